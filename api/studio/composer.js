// Where prompts are written: words, assets, and how the film is to be.

import { el, tell } from "/studio/dom.js";
import { fetchLink, newKey, upload } from "/studio/api.js";
import { ask } from "/studio/api.js";

const KINDS = { audio: "♪", font: "Aa", svg: "◇" };
const ACCEPTED = "image/png,image/jpeg,image/webp,image/svg+xml,audio/*,.ttf,.otf,.svg,.flac,.m4a";
let composers = 0;

export class Composer {
  constructor({ label, placeholder, button, compact = false, projectId = null, send }) {
    this.projectId = projectId;
    this.assets = [];
    this.send = send;
    this.key = newKey();
    this.number = ++composers;
    this.text = el("textarea", { name: "prompt", placeholder, "aria-label": label, maxlength: "20000", rows: compact ? "2" : "4" });
    this.text.dir = "auto";
    this.attached = el("div", { class: "attached" });
    this.file = el("input", { type: "file", accept: ACCEPTED, multiple: true, "aria-label": "Logo, picture, sound or font" });
    this.file.hidden = true;
    this.button = el("button", { class: "button primary", type: "submit" }, button);
    this.form = el("form", { class: compact ? "composer compact" : "composer" }, this.text, this.attached, this.foot(compact), this.file);
    this.listen();
  }

  foot(compact) {
    const attach = el("button", { class: "button quiet small", type: "button", title: "Add a logo, picture, sound or font", onclick: () => this.file.click() }, "＋ Logo or sound");
    this.link = el("input", { type: "url", class: "link", placeholder: "https://…", "aria-label": "Address of a logo, picture, sound or font", maxlength: "2000" });
    this.link.hidden = true;
    const link = el("button", { class: "button quiet small", type: "button", title: "Add a file by its address", onclick: () => {
      this.link.hidden = !this.link.hidden;
      if (!this.link.hidden) this.link.focus();
    } }, "＋ Link");
    const foot = el("div", { class: "composer-foot" }, attach, link, this.link);
    if (!compact) foot.append(this.options());
    this.place = el("span", { class: "row push" }, this.button);
    foot.append(this.place);
    return foot;
  }

  options() {
    const pick = el("span", { class: "pick", role: "radiogroup", "aria-label": "Format" });
    for (const [value, words] of [["", "Auto"], ["16:9", "16:9"], ["9:16", "9:16"], ["1:1", "1:1"]]) {
      const radio = el("input", { type: "radio", name: `format-${this.number}`, value, "aria-label": value || "Format from the prompt" });
      radio.checked = value === "";
      pick.append(el("label", {}, radio, el("span", {}, words)));
    }
    this.pick = pick;
    this.seconds = el("input", { type: "number", min: "1", max: "600", step: "any", placeholder: "auto", "aria-label": "Length in seconds", inputmode: "decimal" });
    this.quality = el("select", { "aria-label": "Quality" },
      el("option", { value: "standard" }, "Standard"), el("option", { value: "draft" }, "Draft"), el("option", { value: "high" }, "High"));
    this.plan = el("input", { type: "checkbox", "aria-label": "Show me the plan first" });
    const first = el("span", { class: "pick" }, el("label", { title: "Show me the plan, and wait for my yes" }, this.plan, el("span", {}, "Plan first")));
    return el("span", { class: "options" }, pick, el("label", { class: "length" }, this.seconds, "s"), this.quality, first);
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.submit(); }
    });
    this.text.addEventListener("input", () => { this.key = newKey(); });
    this.link.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.link.hidden = true;
      if (event.key !== "Enter") return;
      event.preventDefault();
      const url = this.link.value.trim();
      if (!url) return;
      this.link.value = "";
      this.link.hidden = true;
      this.bring(url, () => fetchLink(url, this.projectId));
    });
    this.file.addEventListener("change", () => { this.take(this.file.files); this.file.value = ""; });
    this.form.addEventListener("dragover", (event) => { event.preventDefault(); this.form.classList.add("over"); });
    this.form.addEventListener("dragleave", () => this.form.classList.remove("over"));
    this.form.addEventListener("drop", (event) => {
      event.preventDefault();
      this.form.classList.remove("over");
      this.take(event.dataTransfer.files);
    });
  }

  async take(files) {
    for (const file of [...files]) { // the list empties with its input
      await this.bring(file.name, () => upload(file, this.projectId));
    }
  }

  async bring(name, sending) {
    const chip = el("span", { class: "asset loading" }, el("i", {}, "…"), el("b", { text: name }));
    this.attached.append(chip);
    try {
      const asset = await sending();
      this.assets.push(asset);
      this.show(chip, asset);
    } catch (problem) {
      chip.remove();
      tell(`${name}: ${problem.message}`);
    }
  }

  show(chip, asset) {
    const mark = asset.kind === "image" || asset.kind === "svg"
      ? el("img", { src: asset.links.content, alt: "" }) : el("i", {}, KINDS[asset.kind] || "•");
    const drop = el("button", { type: "button", "aria-label": `Remove ${asset.name}`, onclick: () => {
      this.assets = this.assets.filter((each) => each !== asset);
      chip.remove();
      ask("DELETE", asset.links.asset).catch(() => {});
    } }, "✕");
    chip.className = "asset";
    chip.dataset.assetId = asset.asset_id;
    chip.replaceChildren(mark, el("b", { text: asset.name }), drop);
  }

  order() {
    const order = { prompt: this.text.value, assets: this.assets.map((asset) => asset.asset_id) };
    if (!this.pick) return order;
    const format = this.pick.querySelector("input:checked").value;
    if (format) order.format = format;
    if (this.seconds.value) order.seconds = Number(this.seconds.value);
    order.quality = this.quality.value;
    if (this.plan.checked) order.approve = ["plan"];
    return order;
  }

  async submit() {
    if (this.button.disabled) return;
    if (!this.text.value.trim()) { this.text.focus(); return; }
    this.button.disabled = true;
    try {
      await this.send(this.order(), this.key);
      this.clear();
    } catch (problem) {
      tell(problem.message);
    } finally {
      this.button.disabled = false;
    }
  }

  clear() {
    this.text.value = "";
    this.assets = [];
    this.attached.replaceChildren();
    this.key = newKey();
  }
}
