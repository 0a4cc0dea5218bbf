// Building the page: every word of a user or a model goes in as text, never as markup.

export function el(tag, about = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "text") say(made, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value === "boolean") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// The direction of most letters, not of the first: an English sentence may begin with an Arabic name.
export function say(place, words) {
  const right = (words.match(/\p{Script=Arabic}|\p{Script=Hebrew}/gu) || []).length;
  const letters = (words.match(/\p{L}/gu) || []).length;
  place.textContent = words;
  place.dir = right * 2 > letters ? "rtl" : "ltr";
}

export function find(id) {
  return document.getElementById(id);
}

export function fill(place, ...children) {
  place.replaceChildren(...children.filter(Boolean));
}

export function tell(message, { calm = false, stay = false } = {}) {
  const line = el("div", { class: calm ? "alert calm" : "alert", role: "alert" }, el("span", { text: message }));
  line.append(el("button", { class: "button quiet small", type: "button", "aria-label": "Dismiss", onclick: () => line.remove() }, "✕"));
  find("alerts").append(line);
  if (!stay) setTimeout(() => line.remove(), 12000);
  return line;
}

export function showPicture(address, words = "") {
  const viewer = find("viewer");
  const picture = find("viewer-picture");
  picture.src = address;
  picture.alt = words;
  viewer.showModal();
}

export function picture(address, words) {
  return el("img", { src: address, alt: words, loading: "lazy", onclick: () => showPicture(address, words) });
}
