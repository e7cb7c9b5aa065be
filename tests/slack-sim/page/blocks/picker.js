// Menus that are searched, and those in which several can be chosen: people, channels, options, and
// options that the app looks up.

import { fill, h, icon } from "../kit/dom.js";
import { popUp } from "../kit/menu.js";
import { channels, people, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { chosenIn } from "./elements.js";

const WAIT_MS = 150;

/** A button with what is chosen, and the list behind it. `chosen()` of what is returned reads it. */
export function drawPicker(element, { state, choose, suggest, label }, common) {
  const many = element.type.startsWith("multi_");
  const source = sourceOf(element, suggest, state);
  let chosen = chosenIn(state);
  const box = h("button", {
    type: "button", id: common.id, className: "control picker", ariaHasPopup: "listbox", autofocus: element.focus_on_load,
    onclick: () => open(),
  });
  const drawn = h("div", { ...common, id: undefined, className: "picker-field" }, box);
  drawn.chosen = () => (many ? chosen : chosen[0] ?? "");

  const draw = () => fill(box,
    chosen.length === 0
      ? h("span", { className: "quiet" }, element.placeholder?.text ?? t("choose"))
      : chosen.map((value) => h("span", { className: many ? "token" : "" }, source.label(value))),
    icon("down"));
  const take = (value, close) => {
    if (!many) chosen = chosen[0] === value ? [] : [value];
    else if (chosen.includes(value)) chosen = chosen.filter((one) => one !== value);
    else if (chosen.length < (element.max_selected_items ?? Infinity)) chosen = [...chosen, value];
    draw();
    if (!many) close();
  };
  const open = () => {
    const before = JSON.stringify(chosen);
    const done = () => { if (choose && JSON.stringify(chosen) !== before) choose(drawn.chosen()); };
    openOptions(box, { label, many, source, isChosen: (value) => chosen.includes(value), take, done });
  };
  draw();
  return drawn;
}

function openOptions(anchor, { label, many, source, isChosen, take, done }) {
  const list = h("div", { className: "options", role: "listbox", ariaMultiSelectable: String(many), ariaLabel: label });
  const search = h("input", { className: "control", type: "search", role: "combobox", placeholder: t("search"), ariaLabel: t("search"), autocomplete: "off" });
  const close = popUp(anchor, h("div", { className: "picker-sheet" }, search, list), { label, onclose: done });
  let current = 0;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const mark = () => options().forEach((one, index) => one.classList.toggle("current", index === current));
  const show = (found) => {
    fill(list, found.length === 0 && h("p", { className: "quiet" }, t("nothing.found")), found.map(([value, shown, hint]) => h("div", {
      role: "option", ariaSelected: String(isChosen(value)), "data-value": value,
      onclick: () => { take(value, close); if (many) show(found); },
    }, h("span", {}, shown), hint && h("small", {}, hint), isChosen(value) && icon("check"))));
    mark();
  };
  let waiting;
  search.oninput = () => {
    clearTimeout(waiting);
    current = 0;
    waiting = setTimeout(async () => show(await source.find(search.value.trim())), source.asks ? WAIT_MS : 0);
  };
  search.onkeydown = (event) => {
    const all = options();
    if (event.key === "ArrowDown") current = Math.min(current + 1, all.length - 1);
    else if (event.key === "ArrowUp") current = Math.max(current - 1, 0);
    else if (event.key === "Enter" && all[current]) all[current].click();
    else return;
    event.preventDefault();
    mark();
    options()[current]?.scrollIntoView({ block: "nearest" });
  };
  Promise.resolve(source.find("")).then(show);
  search.focus();
}

/** Where the options come from: `find(typed)` gives `[value, label, hint]`, `label(value)` names one. */
function sourceOf(element, suggest, state) {
  const kind = element.type.replace("multi_", "");
  if (kind === "external_select") return external(element, suggest, state);
  const list = {
    users_select: () => people().map((one) => [one.id, one.shown, `@${one.name}`]),
    channels_select: () => rooms((one) => one.kind === "public_channel"),
    conversations_select: () => rooms(() => true),
  }[kind] ?? (() => options(element).map(pair));
  const all = list();
  return {
    label: (value) => all.find(([one]) => one === value)?.[1] ?? value,
    find: (typed) => all.filter((one) => one.join(" ").toLowerCase().includes(typed.toLowerCase())),
  };
}

const pair = (option) => [option.value, option.text.text, option.description?.text];

const options = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

function rooms(fits) {
  const direct = ["im", seen.now.app.name];
  return channels().filter((one) => !one.archived && fits(one))
    .map((one) => (one.name ? [one.id, `#${one.name}`, one.topic] : [one.id, ...direct]));
}

/** What the options that the app gave are called, by menu. */
const given = new Map();

function external(element, suggest, state) {
  const known = given.get(element.action_id) ?? new Map();
  given.set(element.action_id, known);
  for (const one of state?.selected_options ?? [state?.selected_option]) if (one) known.set(one.value, one.text.text);
  return {
    asks: true,
    label: (value) => known.get(value) ?? value,
    find: async (typed) => {
      if (typed.length < (element.min_query_length ?? 3)) return [...known];
      const found = (await suggest(typed) ?? []).map(pair);
      for (const [value, label] of found) known.set(value, label);
      return found;
    },
  };
}
