// Events as steps that a person reads.

import { Approval } from "/studio/approval.js";
import { el, say, showPicture } from "/studio/dom.js";
import { clock, doing, done, tidy } from "/studio/words.js";

const MARKS = { error: ["bad", "must fix"], warning: ["warn", "warning"], advice: ["", "advice"] };
const OUTCOMES = { succeeded: "Finished", failed: "Stopped", cancelled: "Cancelled" };

export function findings(list) {
  if (!list || !list.length) return null;
  const box = el("div", { class: "findings" });
  for (const finding of list) {
    const [kind, words] = MARKS[finding.severity] || ["", finding.severity];
    const place = [finding.file && `${finding.file}${finding.line ? `:${finding.line}` : ""}`, finding.scene].filter(Boolean).join(" · ");
    box.append(el("div", { class: "finding" }, el("span", { class: `chip ${kind}` }, words),
      el("div", {}, el("span", { text: finding.message }), place ? el("small", { text: place }) : null)));
  }
  return box;
}

export class Steps {
  constructor(place) {
    this.place = place;
    this.calls = new Map();
    this.approvals = new Map();
    this.refused = new Set(); // calls that nobody agreed to: the card says why
    this.working = null;
    this.speaking = null;
    this.words = ""; // said since the last frame
    this.due = 0;
    this.pictures = new Set();
    this.follow = true;
    place.replaceChildren();
    place.onscroll = () => { this.follow = place.scrollHeight - place.scrollTop - place.clientHeight < 80; };
    this.closing = new AbortController();
    // a picture that arrives late makes the list longer; its event does not bubble, so it is caught on its way down
    place.addEventListener("load", () => this.down(), { capture: true, signal: this.closing.signal });
  }

  close() {
    this.closing.abort();
    cancelAnimationFrame(this.due);
  }

  take(event) {
    const show = this[event.type.replace(".", "_")];
    if (show) show.call(this, event);
    this.down();
  }

  // Once a frame, however much comes in it: a measure after every event would lay a long story out again each time.
  down() {
    this.due ||= requestAnimationFrame(() => {
      this.due = 0;
      if (this.speaking && this.words) this.speaking.firstChild.append(this.words);
      this.words = "";
      if (this.follow) this.place.scrollTop = this.place.scrollHeight;
    });
  }

  add(kind, ...children) {
    const line = el("li", { class: `step ${kind}` }, ...children.flatMap((child) => [child, " "]));
    this.place.append(line);
    return line;
  }

  run_queued(event) {
    const asked = event.request;
    const wishes = [asked.format, asked.seconds && `${asked.seconds} s`, asked.quality !== "standard" && asked.quality, asked.file_format !== "mp4" && asked.file_format,
      asked.assets.length && `${asked.assets.length} asset${asked.assets.length > 1 ? "s" : ""}`].filter(Boolean).join(" · ");
    const bubble = el("li", { class: "ask" }, el("span", { text: asked.prompt }));
    bubble.append(el("small", {}, [wishes, clock(event.at)].filter(Boolean).join(" · ")));
    this.place.append(bubble);
  }

  run_started(event) {
    const again = event.attempt > 1 ? `, taken up again (attempt ${event.attempt})` : "";
    this.add("done", el("b", {}, "Directing"), el("span", { class: "what" }, `by ${event.model}${again}`));
  }

  model_delta(event) {
    if (!this.speaking) this.speaking = this.add("says busy", el("span", { text: "" }));
    this.words += event.text;
  }

  model_replied(event) {
    this.hush();
    if (event.text.trim()) this.add("says", el("span", { text: event.text.trim() }));
  }

  model_reminded(event) {
    this.hush();
    const title = event.correction ? `Mending, round ${event.correction}` : "Not done yet";
    this.add("", el("b", {}, title), el("span", { class: "what", text: event.text }));
  }

  run_promised(event) {
    const promise = event.promise;
    const said = [promise.seconds && `${promise.seconds} s`, promise.format, promise.scenes && `${promise.scenes} scenes`,
      promise.texts.length && `${promise.texts.length} texts`, promise.languages.join(" + "),
      promise.assets.length && `${promise.assets.length} of your files`, promise.beat_sync && "cuts on beats"].filter(Boolean).join(" · ");
    this.add("done", el("b", {}, event.weakened.length ? "Promises less" : "Promises"), el("span", { class: "what", text: said }));
  }

  hush() {
    if (this.speaking) this.speaking.remove();
    this.speaking = null;
    this.words = "";
  }

  tool_started(event) {
    const line = this.add("busy", el("b", {}, doing(event.tool)), el("span", { class: "what", text: this.subject(event.args) }));
    const lines = JSON.stringify(event.args, null, 2);
    if (lines.length > 2) line.append(el("details", {}, el("summary", {}, "what exactly"), el("pre", { text: lines })));
    this.calls.set(event.call_id, line);
    this.working = line;
  }

  subject(args) {
    return String(args.file_path || args.component_name || args.template_name || args.label || args.source || "");
  }

  tool_progress(event) {
    const line = this.calls.get(event.call_id);
    if (line) line.querySelector(".what").textContent = tidy(event.message);
  }

  tool_finished(event) {
    const line = this.calls.get(event.call_id) || this.add("done", el("b", {}), el("span", { class: "what" }));
    line.className = "step done";
    line.querySelector("b").textContent = done(event.tool);
    const what = line.querySelector(".what");
    say(what, tidy(event.summary));
    const list = event.tool === "wait_for_job" ? null : findings(event.findings); // the render tells them itself
    if (list) what.after(list);
    this.shots(what, event.images.map((link) => link.href));
    if (this.working === line) this.working = null;
  }

  tool_failed(event) {
    const line = this.calls.get(event.call_id) || this.add("bad", el("b", {}), el("span", { class: "what" }));
    line.className = "step bad";
    line.querySelector("b").textContent = doing(event.tool);
    line.querySelector(".what").textContent = this.refused.has(event.call_id) ? "was not agreed to" : tidy(event.message);
    if (this.working === line) this.working = null;
  }

  frame_captured(event) {
    if (this.pictures.has(event.url)) return;
    const line = this.working || this.add("done", el("b", {}, "Frames"), el("span", { class: "what" }, `of revision ${event.revision}`));
    this.shots(line.querySelector(".what"), [event.url]);
  }

  shots(after, addresses) {
    const fresh = addresses.filter((address) => !this.pictures.has(address));
    if (!fresh.length) return;
    const box = el("div", { class: "shots" });
    for (const address of fresh) {
      this.pictures.add(address);
      const image = el("img", { src: address, alt: "Frames of the film", loading: "lazy" });
      box.append(el("button", { type: "button", "aria-label": "Look at the frames", onclick: () => showPicture(address, "Frames of the film") }, image));
    }
    after.after(box);
  }

  check_finished(event) {
    for (const skipped of event.skipped) this.add("warn", el("b", {}, "Not checked"), el("span", { class: "what", text: `${skipped.code}: ${skipped.reason}` }));
    if (this.working) return; // the call that checks tells of its findings itself
    const bad = event.findings.some((finding) => finding.severity === "error");
    const words = event.findings.length
      ? `${event.findings.length} finding${event.findings.length > 1 ? "s" : ""} in the ${event.subject}`
      : `nothing wrong in the ${event.subject}`;
    const line = this.add(bad ? "bad" : "done", el("b", {}, "Check"), el("span", { class: "what" }, words));
    const list = findings(event.findings);
    if (list) line.append(list);
  }

  render_queued(event) {
    if (this.working) return;
    const what = event.purpose === "film" ? "Film ordered" : "Preview ordered";
    this.add("done", el("b", {}, what), el("span", { class: "what" }, `of revision ${event.revision}`));
  }

  render_finished(event) {
    const good = event.status === "COMPLETED";
    const what = event.purpose === "preview" ? "Preview" : "Film";
    const words = good ? "rendered" : `${event.status.toLowerCase().replace("_", " ")}${event.reason ? `: ${event.reason}` : ""}`;
    const line = this.add(good ? "done" : "bad", el("b", {}, what), el("span", { class: "what", text: words }));
    const list = findings(event.findings);
    if (list) line.append(list);
  }

  memory_noted(event) {
    this.add("done", el("b", {}, "Noted"), el("span", { class: "what", text: event.text }));
  }

  memory_recalled(event) {
    this.add("done", el("b", {}, "From the handbook"), el("span", { class: "what", text: event.entries.join(", ") }));
  }

  approval_requested(event) {
    const asked = new Approval(event);
    this.approvals.set(event.approval_id, asked);
    this.place.append(asked.line);
  }

  approval_resolved(event) {
    const asked = this.approvals.get(event.approval_id);
    if (!asked) return;
    asked.settle(event);
    if (!["approved", "edited"].includes(event.decision)) this.refused.add(asked.event.call_id);
  }

  notice(event) {
    this.add("warn", el("b", { text: event.substitution }), el("span", { class: "what", text: event.reason }));
  }

  run_finished(event) {
    this.hush();
    for (const line of this.place.querySelectorAll(".step.busy")) line.classList.remove("busy");
    const words = OUTCOMES[event.status] || event.status;
    const box = el("li", { class: `end ${event.status}` }, el("b", {}, `${words}. `), el("span", { text: tidy(event.reason) }));
    const lines = event.promise.map((line) => el("li", { class: line.kept ? "kept" : "broken" },
      el("b", { text: line.what }), " ", el("bdi", { text: line.promised }),
      line.kept ? null : el("small", {}, "delivered: ", el("bdi", { text: line.delivered }))));
    if (lines.length) {
      const kept = event.promise.filter((line) => line.kept).length;
      box.append(el("details", kept < lines.length ? { open: "" } : {}, el("summary", { text: `${kept} of ${lines.length} promises kept` }), el("ul", {}, ...lines)));
    }
    const left = findings(event.findings);
    if (left) box.append(left);
    this.working = null;
    this.place.append(box);
  }
}
