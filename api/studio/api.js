// The HTTP API as the page uses it; errors are the server's own problems.

export class Problem extends Error {
  constructor(status, told) {
    super(told.detail || told.title || `The server answered ${status}.`);
    this.status = status;
    this.code = told.code || "";
    this.errors = told.errors || [];
  }
}

async function read(answer) {
  if (answer.status === 204) return null;
  const isJson = (answer.headers.get("content-type") || "").includes("json");
  const told = isJson ? await answer.json() : {};
  if (!answer.ok) throw new Problem(answer.status, told);
  return told;
}

export async function ask(method, path, body, headers = {}) {
  const sent = { method, headers: { ...headers } };
  if (body !== undefined) {
    sent.headers["Content-Type"] = "application/json";
    sent.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, sent);
  } catch {
    throw new Problem(0, { detail: "The server does not answer. Is it running?", code: "no_answer" });
  }
  return read(answer);
}

export const get = (path) => ask("GET", path);
export const post = (path, body, headers) => ask("POST", path, body, headers);

export async function tool(name, args) {
  const answer = await post(`/api/tools/${name}`, args);
  if (answer.failed) throw new Problem(422, { detail: answer.summary, code: answer.kind });
  return answer;
}

export async function upload(file, projectId) {
  const form = new FormData();
  if (projectId) form.append("project_id", projectId);
  form.append("file", file, file.name);
  let answer;
  try {
    answer = await fetch("/api/assets/upload", { method: "POST", body: form });
  } catch {
    throw new Problem(0, { detail: `${file.name} could not be sent; it may be too large.`, code: "no_answer" });
  }
  return read(answer);
}

export function fetchLink(url, projectId) {
  return ask("POST", "/api/assets/fetch", projectId ? { url, project_id: projectId } : { url });
}

export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
