// Beside the conversation: what went over the wire, and the levers. It can be closed.

import { at, fill, h, icon, iconButton } from "../kit/dom.js";
import { t } from "../kit/words.js";
import { drawChart } from "./chart.js";
import { drawLevers } from "./levers.js";
import { drawLog } from "./log.js";
import { drawStories } from "./stories.js";
import { readLog } from "./wire.js";

const TABS = { log: ["in", drawLog], chart: ["pulse", drawChart], levers: ["power", drawLevers], stories: ["play", drawStories] };

let tab = sessionStorage.getItem("beside") ?? "";
let last = sessionStorage.getItem("beside.last") ?? "log";

/** Opens the drawer at a tab, or closes it. */
export function toggleBeside(to = tab ? "" : last) {
  tab = to;
  if (to) last = to;
  sessionStorage.setItem("beside", tab);
  sessionStorage.setItem("beside.last", last);
  frame();
  draw();
  if (tab) at(`tab-${tab}`)?.focus();
  else at("open-beside")?.focus();
}

let due;

/** Draws the open tab as things are, a few times a second at most. */
export function drawBeside() {
  due ??= setTimeout(() => {
    due = undefined;
    draw();
  }, 100);
}

async function draw() {
  const root = at("beside");
  if (!tab) return;
  if (root.hidden || root.dataset.tab !== tab) frame();
  await readLog();
  if (tab) TABS[tab][1](root.querySelector(".panel"));
}

function frame() {
  const root = at("beside");
  root.hidden = !tab;
  root.dataset.tab = tab;
  root.ariaLabel = t("beside");
  document.body.classList.toggle("beside-open", Boolean(tab));
  const button = at("open-beside");
  if (button) button.ariaExpanded = String(Boolean(tab));
  if (!tab) {
    fill(root);
    return;
  }
  fill(root,
    h("header", {},
      h("div", { role: "tablist", ariaLabel: t("beside"), onkeydown: turn }, Object.entries(TABS).map(([name, [mark]]) => h("button", {
        type: "button", role: "tab", id: `tab-${name}`, ariaSelected: String(name === tab), tabIndex: name === tab ? 0 : -1,
        "aria-controls": "panel", onclick: () => toggleBeside(name),
      }, icon(mark), h("span", {}, t(`tab.${name}`))))),
      iconButton("x", t("close"), () => toggleBeside(""))),
    h("div", { className: `panel ${tab}`, id: "panel", role: "tabpanel", "aria-labelledby": `tab-${tab}`, tabIndex: -1 }));
}

function turn(event) {
  const names = Object.keys(TABS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) toggleBeside(names.at((names.indexOf(tab) + step) % names.length));
}
