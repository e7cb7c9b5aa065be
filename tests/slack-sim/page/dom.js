// Making elements, and small things about people.

/** An element with properties (`onclick`, `className`, `data-…`) and children. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name in element && name !== "form") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...nodes(children));
  return element;
}

/** Puts children in the place of what is there. */
export function fill(root, ...children) {
  root.replaceChildren(...nodes(children));
}

function nodes(children) {
  return children.flat(9).filter((child) => child !== null && child !== undefined && child !== false);
}

export function initials(name) {
  const words = name.trim().split(/[\s_-]+/);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

export function avatar(person, isApp) {
  const hue = [...(person?.id ?? "?")].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const face = h("span", { className: `avatar${isApp ? " app" : ""}`, ariaHidden: "true" }, initials(person?.shown ?? "?"));
  face.style.setProperty("--hue", hue);
  return face;
}

export function timeOf(ts) {
  const date = new Date(Number(ts) * 1000);
  return date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

let fading;
/** Says something for a few seconds. */
export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { place.hidden = true; }, 5000);
}
