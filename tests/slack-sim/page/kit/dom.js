// Making elements, and small things that are drawn everywhere.

import { locale } from "./words.js";

/** An element with properties (`onclick`, `className`, `data-…`) and children. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name in element && name !== "form" && name !== "list") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...nodes(children));
  return element;
}

/** Puts children in the place of what is there. */
export function fill(root, ...children) {
  root.replaceChildren(...nodes(children));
}

const drawn = new WeakMap();

/** Draws anew where `key` says that something is different; the focus stays where it was. */
export function redraw(root, key, draw) {
  if (drawn.get(root) === key) return;
  drawn.set(root, key);
  const places = () => [...root.querySelectorAll("a, button, input, select, textarea, summary")];
  const focused = places().indexOf(document.activeElement);
  fill(root, draw());
  if (focused >= 0) places()[focused]?.focus({ preventScroll: true });
}

function nodes(children) {
  return children.flat(9).filter((child) => child !== null && child !== undefined && child !== false);
}

export const at = (id) => document.getElementById(id);

/** One of the drawings of `icons.svg`. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A button that is only a drawing; `label` is what it says to whoever cannot see it. */
export function iconButton(name, label, onclick, more = {}) {
  return h("button", { type: "button", className: "icon-button", title: label, ariaLabel: label, onclick, ...more }, icon(name));
}

/** A person's face: letters on a colour of their own. */
export function avatar(person, isApp = false) {
  const letters = [...(person?.id ?? "?")];
  const hue = letters.reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  // The letters are drawn, not said: the name stands beside the face, or in a label.
  const face = h("span", { className: `avatar${isApp ? " app" : ""}`, ariaHidden: "true", "data-letters": isApp ? "" : initials(person?.shown ?? "?") },
    isApp && icon("iris"));
  face.style.setProperty("--hue", hue);
  return face;
}

function initials(name) {
  const words = name.trim().split(/[\s_-]+/);
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(name)) return [...words[0]].slice(0, 2).join("");
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

const clockTime = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const wholeTime = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });

export const dateOf = (ts) => new Date(Number(ts) * 1000);

/** The time of day of a message, with the whole date for who points at it. */
export function timeOf(ts, props = {}) {
  const date = dateOf(ts);
  return h("time", { dateTime: date.toISOString(), title: wholeTime.format(date), ...props }, clockTime.format(date));
}

let fading;
/** Says something for a few seconds. */
export function toast(text) {
  const place = at("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { place.hidden = true; }, 6000);
}
