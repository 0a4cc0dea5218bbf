// openapi.json as a page to read; nothing is loaded from anywhere else.

import { get } from "/studio/api.js";
import { el, fill, find } from "/studio/dom.js";

let schemas = {};

function resolved(schema) {
  return schema?.$ref ? schemas[schema.$ref.split("/").at(-1)] || {} : schema || {};
}

function kind(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  if (schema.anyOf) return schema.anyOf.map(kind).join(" | ");
  if (schema.type === "array") return `list of ${kind(schema.items) || "anything"}`;
  return schema.format || schema.type || "anything";
}

function rows(schema) {
  const { properties = {}, required = [] } = resolved(schema);
  return Object.entries(properties).map(([name, field]) =>
    el("tr", {}, el("td", {}, required.includes(name) ? `${name} *` : name), el("td", {}, kind(field)), el("td", {}, field.description || resolved(field).description || "")));
}

function table(title, lines) {
  return lines.length ? [el("h3", {}, title), el("table", {}, el("tbody", {}, ...lines))] : [];
}

function operation(method, path, told) {
  const given = (told.parameters || []).map((each) =>
    el("tr", {}, el("td", {}, each.required ? `${each.name} *` : each.name), el("td", {}, `${each.in}, ${kind(each.schema)}`), el("td", {}, each.description || each.schema?.description || "")));
  const body = Object.values(told.requestBody?.content || {})[0]?.schema;
  const good = Object.entries(told.responses || {}).find(([code]) => code.startsWith("2"));
  const answer = good && Object.values(good[1].content || {})[0]?.schema;
  return el("details", { class: "operation" },
    el("summary", {}, el("span", { class: `method ${method}` }, method.toUpperCase()), el("code", {}, path), el("small", {}, told.description || told.summary || "")),
    el("div", { class: "inside" }, ...table("Parameters", given), ...table("Body", body ? rows(body) : []),
      ...table(good ? `Answer ${good[0]}` : "Answer", answer ? rows(answer) : [])));
}

const told = await get("/openapi.json");
schemas = told.components?.schemas || {};
const groups = new Map();
for (const [path, methods] of Object.entries(told.paths)) {
  for (const [method, about] of Object.entries(methods)) {
    const group = (about.tags || ["other"])[0];
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(operation(method, path, about));
  }
}
find("lead").textContent = `${told.info.description} Version ${told.info.version}.`;
fill(find("groups"), ...[...groups.keys()].map((name) => el("a", { class: "chip", href: `#${name}` }, name)));
fill(find("operations"), ...[...groups].map(([name, list]) => el("section", { id: name }, el("h2", {}, name), ...list)));
