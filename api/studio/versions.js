// The states a film has been in: what changed, names for them, and the way back.

import { get, tool } from "/studio/api.js";
import { el, fill, find, tell } from "/studio/dom.js";
import { ago } from "/studio/words.js";

export class Versions {
  constructor(projectId) {
    this.projectId = projectId;
    this.newest = -1;
    fill(find("versions"));
    fill(find("version-actions"));
  }

  async load(newest) {
    this.newest = newest;
    const place = find("versions").closest(".versions");
    place.hidden = newest === 0;
    if (!newest) return;
    const told = await get(`/api/projects/${this.projectId}/versions?limit=30`);
    fill(find("versions"), ...told.items.map((version) => this.line(version)));
    fill(find("version-actions"), el("button", { class: "button quiet small", type: "button", onclick: () => this.name() }, "Name this version"));
  }

  line(version) {
    const said = el("span", {}, el("b", { text: version.label || version.message }), el("small", {}, [version.label && version.message, ago(version.created_at)].filter(Boolean).join(" · ")));
    const look = el("button", { class: "button quiet small", type: "button", onclick: () => this.compare(version.number) }, "Changes");
    const back = version.number === this.newest ? el("span", { class: "chip" }, "now")
      : el("button", { class: "button quiet small", type: "button", onclick: () => this.restore(version) }, "Restore");
    return el("li", { class: "version" }, el("span", {}, `r${version.number}`), said, el("span", { class: "row" }, look, back));
  }

  async name() {
    const label = window.prompt("What is this version called?");
    if (!label || !label.trim()) return;
    await this.tried("save_version", { label });
  }

  async restore(version) {
    await this.tried("restore_version", { version_id: String(version.number) });
  }

  async tried(name, args) {
    try {
      const answer = await tool(name, { ...args, project_id: this.projectId });
      tell(answer.summary, { calm: true });
      await this.load(answer.revision || this.newest);
    } catch (problem) {
      tell(problem.message);
    }
  }

  async compare(number) {
    try {
      const told = await get(`/api/projects/${this.projectId}/versions/diff?after=${number}`);
      find("difference-title").textContent = told.before ? `What revision ${told.after} changed` : `Revision ${told.after}: the beginning`;
      fill(find("difference-files"), ...told.files.map((file) => this.file(file)));
      if (!told.files.length) fill(find("difference-files"), el("p", {}, "Nothing differs."));
      find("difference").showModal();
    } catch (problem) {
      tell(problem.message);
    }
  }

  file(file) {
    const kind = { added: "good", removed: "bad", changed: "" }[file.what];
    const head = el("h3", {}, el("span", { text: file.path }), " ", el("span", { class: `chip ${kind}` }, file.what));
    if (file.binary) return el("section", {}, head, el("p", {}, "No text to compare."));
    const lines = el("div", { class: "diff" });
    for (const line of file.diff.trimEnd().split("\n").slice(2)) {
      const mark = { "+": "add", "-": "cut", "@": "place" }[line[0]] || "";
      lines.append(el("div", { class: mark }, line));
    }
    return el("section", {}, head, lines, file.cut ? el("p", {}, "… and more") : null);
  }
}
