// The studio: which film is open, the list of all of them, and who is here.

import { Problem, ask, get, post } from "/studio/api.js";
import { Composer } from "/studio/composer.js";
import { el, fill, find, tell } from "/studio/dom.js";
import { FilmView } from "/studio/film.js";
import { ago, status } from "/studio/words.js";

const PAGE = 30;
let view = null;
let next = null;
const projects = new Map();

const start = new Composer({
  label: "What is the film?", placeholder: "A 12-second launch teaser for Noor Tea: calm, green, title in English and Arabic",
  button: "Make the film", send: begin,
});

async function begin(order, key) {
  const started = await post("/api/generate/start", order, { "Idempotency-Key": key });
  await list();
  window.location.hash = `#/${started.project_id}`;
}

function opened() {
  return window.location.hash.startsWith("#/") ? window.location.hash.slice(2) : "";
}

function show() {
  const projectId = opened();
  if (view) view.close();
  view = null;
  find("alerts").replaceChildren();
  find("welcome").hidden = Boolean(projectId);
  find("film").hidden = !projectId;
  if (projectId) {
    view = new FilmView(projectId, { onchange: changed, onproblem: lost });
  } else {
    document.title = "Director";
    if (window.matchMedia("(min-width: 760px)").matches) start.text.focus();
  }
  mark();
}

function lost(problem) {
  if (problem instanceof Problem && problem.status === 401) return signIn();
  if (problem.status === 404) {
    window.location.hash = "#/";
    setTimeout(() => tell("That film does not exist (any more)."));
    return undefined;
  }
  tell(problem.message);
  return undefined;
}

async function changed(project) {
  const before = projects.get(project.project_id);
  if (before && JSON.stringify(before) === JSON.stringify(project)) return;
  if (!before) await list();
  projects.set(project.project_id, project); // an old film may not be among the newest ones
  draw();
}

async function list(after = "") {
  const told = await get(`/api/projects?limit=${PAGE}${after ? `&after=${encodeURIComponent(after)}` : ""}`);
  if (!after) projects.clear();
  for (const project of told.items) projects.set(project.project_id, project);
  next = told.next;
  draw();
}

function draw() {
  fill(find("projects"), ...[...projects.values()].map(line));
  find("more-projects").hidden = !next;
  mark();
}

function line(project) {
  const [words, kind] = status(project.status);
  const shape = project.width > project.height ? "16:9" : project.width < project.height ? "9:16" : "1:1";
  return el("a", { class: "project", href: `#/${project.project_id}`, "data-project": project.project_id },
    el("span", { class: "thumb", "aria-hidden": "true" }, shape),
    el("span", {}, el("b", { text: project.name }), el("small", { class: kind }, `${words} · ${ago(project.updated_at)}`)));
}

function mark() {
  const current = opened();
  for (const each of find("projects").children) {
    if (each.dataset.project === current) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
}

async function ideas() {
  const told = await get("/api/templates");
  fill(find("ideas"), ...told.items.slice(0, 3).map((card) => el("button", { class: "idea", type: "button", onclick: () => {
    start.text.value = card.example_prompt;
    start.text.focus();
  } }, el("b", { text: card.title }), el("span", { text: card.example_prompt }))));
}

async function health() {
  const place = find("server");
  try {
    const told = await get("/health");
    place.textContent = `${told.director === "offline" ? "offline director" : told.director} · ${told.version}`;
  } catch {
    place.textContent = "the server does not answer";
  }
}

function signIn() {
  const dialog = find("sign-in");
  if (!dialog.open) dialog.showModal();
}

find("sign-in").addEventListener("cancel", (event) => event.preventDefault());
find("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const error = find("sign-in-error");
  try {
    await post("/api/session", { key: find("sign-in-key").value });
    find("sign-in-key").value = "";
    error.hidden = true;
    find("sign-in").close();
    await enter();
  } catch (problem) {
    error.textContent = problem.message;
    error.hidden = false;
  }
});
find("sign-out").addEventListener("click", async () => {
  await ask("DELETE", "/api/session").catch(() => {});
  window.location.reload();
});
find("more-projects").addEventListener("click", () => list(next).catch(lost));
// A browser keeps a page that was left, with its stream, and opens six connections to a server: no more are let go.
window.addEventListener("pagehide", () => view?.close());
window.addEventListener("pageshow", (event) => { if (event.persisted) show(); });
window.addEventListener("hashchange", show);

async function enter() {
  const who = await get("/api/session");
  find("sign-out").hidden = who.keyless;
  await Promise.all([list(), ideas()]);
  show();
}

fill(find("start-place"), start.form);
health();
setInterval(health, 30000);
setInterval(draw, 60000);
enter().catch(lost);
