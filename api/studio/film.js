// One film: what there is to see, how far it is, what was found, and its versions.

import { ask, get, post, tool } from "/studio/api.js";
import { Composer } from "/studio/composer.js";
import { el, fill, find, picture, say, tell } from "/studio/dom.js";
import { Steps, findings } from "/studio/steps.js";
import { Stream } from "/studio/stream.js";
import { KINDS, length, shape, stage, status, weight } from "/studio/words.js";
import { Versions } from "/studio/versions.js";

const CALM_MS = 3000;
const URGENT = ["run.queued", "run.finished", "render.finished", "approval.requested", "approval.resolved"];
const MOVING = ["mp4", "av1", "vp9", "webm"];
const PICTURES = ["gif", "webp", "apng"];
const OPEN = ["queued", "running", "waiting", "awaiting_approval", "cancelling"];

export class FilmView {
  constructor(projectId, { onchange, onproblem }) {
    this.projectId = projectId;
    this.onchange = onchange;
    this.project = null;
    this.runs = new Map();
    this.shown = "";
    this.kind = "";
    this.frames = "";
    this.asked = 0;
    this.soon = 0;
    this.steps = new Steps(find("steps"));
    this.versions = new Versions(projectId);
    this.composer = new Composer({
      label: "What should be different?", placeholder: "What should be different? “Make it warmer, and hold the title longer.”",
      button: "Refine", compact: true, projectId, send: (order, key) => this.refine(order, key),
    });
    this.stop = el("button", { class: "button stop", type: "button", id: "stop", onclick: () => this.cancel() }, "■ Stop");
    this.stop.hidden = true;
    this.composer.place.prepend(this.stop);
    fill(find("refine-place"), this.composer.form);
    fill(find("screen"));
    fill(find("checks"));
    fill(find("film-actions"));
    find("sheet").hidden = true;
    find("progress").hidden = true;
    this.load().catch(onproblem);
    this.stream = new Stream(projectId, { onevent: (event) => this.take(event), onstate: (state) => this.tell(state) });
  }

  close() {
    this.stream.close();
    this.steps.close();
    clearTimeout(this.soon);
  }

  async load() {
    this.asked = Date.now();
    const base = `/api/projects/${this.projectId}`;
    const [project, renders, runs] = await Promise.all([get(base), get(`${base}/renders`), get(`${base}/runs`)]);
    for (const run of runs.items) this.runs.set(run.run_id, run.state);
    this.project = project;
    this.renders = renders.items;
    this.head();
    this.screen();
    this.actions();
    this.busy();
    await this.versions.load(project.revision);
    await this.onchange(project);
  }

  // A busy run tells of much, and a key may ask only so often a minute: what is not urgent waits for company.
  later(urgent = true) {
    const wait = urgent ? 250 : Math.max(250, this.asked + CALM_MS - Date.now());
    const due = Date.now() + wait;
    if (this.soon && this.due <= due) return;
    clearTimeout(this.soon);
    this.due = due;
    this.soon = setTimeout(() => {
      this.soon = 0;
      this.load().catch((problem) => tell(problem.message));
    }, wait);
  }

  head() {
    const { project } = this;
    say(find("film-title"), project.name);
    document.title = `${project.name} · Director`;
    const [words, kind] = status(project.status);
    const chip = find("film-status");
    chip.textContent = words;
    chip.className = `chip ${kind}`;
    const facts = [`${project.width}×${project.height}`, `${project.fps} fps`, project.revision ? `revision ${project.revision}` : "no source yet"];
    const film = this.film();
    if (film?.facts) facts.unshift(length(film.facts.seconds), weight(film.facts.bytes));
    find("film-facts").textContent = facts.join(" · ");
  }

  film() {
    return this.renders.find((render) => render.purpose === "film" && render.links.film);
  }

  preview() {
    return this.renders.find((render) => render.purpose === "preview" && render.links.film && render.revision === this.project.revision);
  }

  screen() {
    const film = this.film();
    const preview = this.preview();
    const best = preview && (!film || preview.revision > film.revision) ? preview : film;
    const screen = find("screen");
    screen.className = `screen ${shape(this.project.width, this.project.height)}`;
    const wanted = best ? best.render_id : `blank-${this.frames}-${this.project.status}-${[...this.runs.values()].includes("awaiting_approval")}`;
    if (wanted !== this.shown) {
      this.shown = wanted;
      fill(screen, ...(best ? this.player(best) : [this.waiting()]));
    }
    this.sheet(film);
    const latest = this.renders.find((render) => render.purpose === "film");
    const list = latest && findings(latest.report.findings);
    fill(find("checks"), list && el("section", {}, el("div", { class: "section-head" }, el("h2", {}, "Checks of the film")), list));
  }

  player(render) {
    const kind = render.output.format;
    const video = !MOVING.includes(kind) ? picture(PICTURES.includes(kind) ? render.links.film : render.links.poster, `The film, ${KINDS[kind]}`) : el("video", { src: render.links.film, poster: render.links.poster, controls: true, playsInline: true, preload: "metadata", id: "player" });
    const old = render.revision < this.project.revision ? `Revision ${render.revision} of ${this.project.revision}` : "";
    const words = render.purpose === "preview" ? "Preview" : old || (kind === "mp4" ? "" : KINDS[kind]);
    return [video, words ? el("span", { class: "badge" }, words) : null];
  }

  waiting() {
    if (this.frames) return picture(this.frames, "Frames of the film in the making");
    const busy = ["GENERATING", "RENDERING"].includes(this.project.status) || this.open();
    const asked = [...this.runs.values()].includes("awaiting_approval");
    if (asked) return el("div", { class: "blank" }, el("b", {}, "It waits for your yes"), "Read what is asked beside this, and answer.");
    const [head, words] = busy
      ? ["Your film is in the making", "The first frames appear here as soon as they are drawn."]
      : this.project.revision ? ["Not rendered yet", "Render the film, or look at a preview first."]
        : ["Nothing here yet", "Say below what the film is, and it will be made."];
    return el("div", { class: busy ? "blank alive" : "blank" }, el("b", {}, head), words);
  }

  sheet(film) {
    const place = find("sheet");
    place.hidden = !film?.links.sheet;
    if (!place.hidden && place.dataset.of !== film.render_id) {
      place.dataset.of = film.render_id;
      fill(place, picture(film.links.sheet, "Contact sheet of the film"));
    }
  }

  actions() {
    const { links, revision } = this.project;
    const film = this.film();
    const made = [];
    const current = film && film.revision === revision;
    if (revision && !this.open()) {
      const kind = this.kind || film?.output.format || "mp4";
      if (!current || kind !== film.output.format) made.push(el("button", { class: "button primary", type: "button", id: "render", onclick: () => this.order("/api/render/start", { format: kind }) }, "Render the film"));
      const choice = el("select", { id: "kind", "aria-label": "Kind of file", onchange: (event) => { this.kind = event.target.value; this.actions(); } });
      for (const [value, words] of Object.entries(KINDS)) {
        const option = el("option", { value }, words);
        option.selected = value === kind;
        choice.append(option);
      }
      made.push(choice);
      if (!current && !this.preview()) made.push(el("button", { class: "button plain", type: "button", onclick: () => this.look() }, "Preview"));
    }
    if (film) made.push(el("a", { class: current ? "button primary" : "button plain", href: film.links.film, download: "", id: "download" }, "↓ Film"));
    if (revision) made.push(el("a", { class: "button plain", href: links.export, download: "", id: "export" }, "↓ Source"));
    if (film) made.push(el("a", { class: "button plain", href: links.timeline, download: "", title: "The cut as OpenTimelineIO, for an editing program", id: "timeline" }, "↓ Cut"));
    made.push(el("button", { class: "button quiet", type: "button", onclick: () => this.remove() }, "Delete"));
    fill(find("film-actions"), ...made);
  }

  open() {
    for (const [runId, state] of this.runs) if (OPEN.includes(state)) return runId;
    return "";
  }

  busy() {
    const run = this.open();
    this.stop.hidden = !run;
    this.stop.disabled = run ? this.runs.get(run) === "cancelling" : false;
    this.stop.textContent = this.stop.disabled ? "Stopping…" : "■ Stop";
    const rendering = this.renders.some((render) => ["QUEUED", "PROCESSING"].includes(render.status));
    if (!rendering) find("progress").hidden = true;
    find("film").classList.toggle("resting", run !== "" && this.runs.get(run) === "awaiting_approval");
  }

  take(event) {
    this.steps.take(event);
    if (event.type === "render.progress") return this.progress(event);
    if (!event.seq) return undefined;
    if (event.type === "run.queued") this.runs.set(event.run_id, "queued");
    if (event.type === "run.started") this.runs.set(event.run_id, "running");
    if (event.type === "run.finished") this.runs.set(event.run_id, event.status);
    if (event.type === "approval.requested" && event.run_id) this.runs.set(event.run_id, "awaiting_approval");
    if (event.type === "approval.resolved" && event.run_id) this.runs.set(event.run_id, "running");
    if ((event.type.startsWith("run.") || event.type.startsWith("approval.")) && this.renders) this.busy();
    const frame = event.type === "frame.captured" ? event.url : event.images?.at(-1)?.href;
    if (frame) this.frames = frame;
    if (["run.", "render.", "approval.", "project.", "frame."].some((start) => event.type.startsWith(start)) || frame) this.later(URGENT.includes(event.type));
    if (frame && this.renders) this.screen();
    return undefined;
  }

  progress(event) {
    find("progress").hidden = false;
    find("progress-bar").value = event.percent;
    find("progress-what").textContent = stage(event.stage);
    const left = event.eta_s ? ` · ${length(Math.ceil(event.eta_s))} left` : "";
    const speed = event.fps ? ` · ${Math.round(event.fps)} frames/s` : "";
    find("progress-much").textContent = `${Math.round(event.percent)} %${speed}${left}`;
  }

  tell(state) {
    const live = find("live");
    live.textContent = state === "live" ? "live" : "reconnecting…";
    live.className = state === "live" ? "live" : "live lost";
  }

  async refine(order, key) {
    const path = this.project.revision || this.open() ? "/api/generate/refine" : "/api/generate/start";
    const started = await post(path, { ...order, project_id: this.projectId }, { "Idempotency-Key": key });
    this.runs.set(started.run_id, "queued");
    this.busy();
  }

  async cancel() {
    const run = this.open();
    if (!run) return;
    this.stop.disabled = true;
    this.stop.textContent = "Stopping…";
    try {
      const told = await post("/api/generate/cancel", { run_id: run });
      this.runs.set(run, told.state);
    } catch (problem) {
      tell(problem.message);
    }
    this.busy();
  }

  async order(path, more) {
    try {
      await post(path, { project_id: this.projectId, ...more });
      this.later();
    } catch (problem) {
      tell(problem.message);
    }
  }

  async look() {
    try {
      await tool("run_preview", { project_id: this.projectId });
      this.later();
    } catch (problem) {
      tell(problem.message);
    }
  }

  async remove() {
    if (!window.confirm(`Delete “${this.project.name}”? What is under way for it is stopped.`)) return;
    try {
      await ask("DELETE", `/api/projects/${this.projectId}`);
      window.location.hash = "#/";
    } catch (problem) {
      tell(problem.message);
    }
  }
}
