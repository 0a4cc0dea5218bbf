// A question that the run waits with: what, why, what it costs, and three ways to answer it.

import { el, say } from "/studio/dom.js";
import { post } from "/studio/api.js";
import { until } from "/studio/words.js";

const ANSWERED = { approved: "You agreed.", edited: "You agreed, with changes.", rejected: "You said no.",
  expired: "Nobody answered in time.", cancelled: "No answer is needed any more." };
const HEADS = { propose_plan: "Shall I make it so?", ai_image_proxy: "Shall I have this picture made?" };

export class Approval {
  constructor(event) {
    this.event = event;
    this.fields = new Map();
    this.what = el("div", { class: "approval-what", text: event.what });
    this.error = el("p", { class: "error", role: "alert" });
    this.error.hidden = true;
    this.more = el("div", { class: "approval-more" });
    this.more.hidden = true;
    this.buttons = el("div", { class: "row" },
      el("button", { class: "button primary", type: "button", onclick: () => this.send("approve") }, "Agree"),
      el("button", { class: "button plain", type: "button", onclick: () => this.change() }, "Change…"),
      el("button", { class: "button quiet", type: "button", onclick: () => this.refuse() }, "No…"));
    const cost = event.cost_usd ? `at most $${event.cost_usd.toFixed(2)}` : "";
    const ends = event.expires_at ? until(event.expires_at) : "";
    this.facts = el("small", {}, [event.why, cost, ends].filter(Boolean).join(" · "));
    this.line = el("li", { class: "approval", "data-approval": event.approval_id }, el("b", {}, HEADS[event.tool] || "May I?"),
      this.what, this.facts, this.more, this.buttons, this.error);
  }

  change() {
    this.fields.clear();
    this.what.hidden = true; // the same words stand in the fields
    const fields = Object.entries(this.event.args).map(([name, value]) => this.field(name, value));
    this.open(fields, "Agree with changes", () => this.send("edit", this.args()));
  }

  field(name, value) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const rows = String(Math.min(12, Math.max(1, text.split("\n").length)));
    const input = el("textarea", { rows, "aria-label": name });
    input.value = text;
    this.fields.set(name, input);
    return el("label", { class: "approval-field" }, el("span", {}, name.replaceAll("_", " ")), input);
  }

  args() {
    const args = {};
    for (const [name, input] of this.fields) {
      if (typeof this.event.args[name] === "string") args[name] = input.value;
      else {
        try {
          args[name] = JSON.parse(input.value);
        } catch {
          throw new Error(`${name}: ${input.value} is not written like the value before it.`);
        }
      }
    }
    return args;
  }

  refuse() {
    const input = el("textarea", { rows: "2", "aria-label": "What should be different?", placeholder: "What should be different?" });
    this.open([input], "Say no", () => this.send("reject", undefined, input.value.trim()));
    input.focus();
  }

  open(fields, words, act) {
    const button = el("button", { class: "button primary", type: "button", onclick: () => {
      try {
        act();
      } catch (wrong) {
        this.fail(wrong);
      }
    } }, words);
    const back = el("button", { class: "button quiet", type: "button", onclick: () => this.close() }, "Back");
    this.more.replaceChildren(...fields, el("div", { class: "row" }, button, back));
    this.more.hidden = false;
    this.buttons.hidden = true;
    this.line.scrollIntoView({ block: "end" });
  }

  close() {
    this.more.hidden = true;
    this.buttons.hidden = false;
    this.what.hidden = false;
    this.error.hidden = true;
  }

  async send(decision, args, reason = "") {
    const body = { decision, reason };
    if (args) body.args = args;
    this.wait(true);
    try {
      await post(`/api/approvals/${this.event.approval_id}`, body);
    } catch (problem) {
      this.fail(problem);
    }
    this.wait(false);
  }

  wait(busy) {
    for (const button of this.line.querySelectorAll("button")) button.disabled = busy;
  }

  fail(problem) {
    this.error.textContent = problem.message;
    this.error.hidden = false;
  }

  settle(event) {
    this.close();
    this.buttons.hidden = true;
    this.line.classList.add("settled", event.decision);
    say(this.facts, [ANSWERED[event.decision] || event.decision, event.reason].filter(Boolean).join(" "));
  }
}
