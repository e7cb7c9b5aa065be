// Completion while one types: commands, people, channels, emoji.

import { fill, h, icon } from "../kit/dom.js";
import { channels, people, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { emoji, findEmoji } from "../blocks/emoji.js";

const MOST = 8;

/** Watches a box; returns the list to be drawn above it, and what closes it. */
export function complete(box, { commands }) {
  const drawn = h("div", { className: "complete", role: "listbox", ariaLabel: t("complete"), hidden: true });
  let found = [];
  let current = 0;
  let range = [0, 0];

  const close = () => {
    found = [];
    drawn.hidden = true;
    box.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    drawn.hidden = found.length === 0;
    fill(drawn, found.map((one, index) => h("div", {
      id: `complete-${index}`, role: "option", ariaSelected: String(index === current),
      onpointerdown: (event) => { event.preventDefault(); take(index); },
    }, h("span", { className: "mark" }, one.mark), h("b", {}, one.label), h("small", {}, one.hint ?? ""))));
    if (found[current]?.insert) box.setAttribute("aria-activedescendant", `complete-${current}`);
    drawn.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  };
  const look = () => {
    const before = box.value.slice(0, box.selectionStart);
    ({ found, range } = candidates(before, commands));
    current = 0;
    draw();
  };
  const take = (index) => {
    const one = found[index];
    if (one?.insert) box.setRangeText(one.insert, ...range, "end");
    close();
    box.dispatchEvent(new Event("input"));
    box.focus();
  };
  box.setAttribute("aria-autocomplete", "list");
  box.addEventListener("input", look);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (found.length === 0 || event.isComposing) return;
    const choosable = found[current]?.insert;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (!choosable) return;
    else if (event.key === "Enter" || event.key === "Tab") take(current);
    else if (step) {
      current = (current + step + found.length) % found.length;
      draw();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { drawn, close };
}

/** What may be meant by the last word before the cursor, and where that word stands. */
function candidates(before, commands) {
  if (commands && before.startsWith("/")) return { found: commandsFor(before), range: [0, before.length] };
  const word = before.match(/(?:^|\s)([@#:])([^\s@#:]*)$/u);
  if (!word) return { found: [], range: [0, 0] };
  const [, mark, typed] = word;
  const range = [before.length - typed.length - 1, before.length];
  const find = { "@": peopleFor, "#": channelsFor, ":": emojiFor }[mark];
  return { found: find(typed.toLowerCase()).slice(0, MOST), range };
}

/** Commands that begin so; once one is typed, what it takes. */
function commandsFor(before) {
  const known = seen.now.commands;
  const typed = known.find((one) => before.startsWith(`${one.command} `));
  if (typed) return [{ mark: icon("bolt"), label: typed.command, hint: typed.usage_hint }];
  return known.filter((one) => one.command.startsWith(before)).map((one) => ({
    mark: icon("bolt"), label: one.command, hint: one.usage_hint, insert: one.command === before ? undefined : `${one.command} `,
  }));
}

function peopleFor(typed) {
  const { app } = seen.now;
  const bot = { name: app.bot_name, shown: app.name };
  return [...people(), bot]
    .filter((one) => `${one.name} ${one.shown} ${one.real_name ?? ""}`.toLowerCase().split(/[\s　]+/).some((part) => part.startsWith(typed)))
    .map((one) => ({ mark: "@", label: one.shown, hint: `@${one.name}`, insert: `@${one.name} ` }));
}

function channelsFor(typed) {
  return channels().filter((one) => one.name && !one.archived && one.name.includes(typed))
    .map((one) => ({ mark: "#", label: one.name, hint: one.topic, insert: `#${one.name} ` }));
}

function emojiFor(typed) {
  if (typed.length < 2) return [];
  return findEmoji(typed).map((name) => ({ mark: emoji(name), label: `:${name}:`, insert: `:${name}: ` }));
}
