// The round trips that one act set off, drawn on a line of time.

import { fill, h } from "../kit/dom.js";
import { locale, t } from "../kit/words.js";
import { toggleBeside } from "./drawer.js";
import { showRow, took } from "./log.js";
import { wire } from "./wire.js";

const ROW = 22;
/** The narrowest drawing, the names on its left, and the room for figures on its right. */
const WIDTH = 460;
const LABEL = 215;
const FIGURES = 76;
/** A silence of this long ends what an act set off, in microseconds; so does a next act. */
const SILENCE = 4_000_000;
const MOST = 60;

let chosen;
let drawn = "";

/** Acts that may set something off, the newest first. */
const acts = () => wire.rows.filter((row) => row.inward && row.kind !== "event" && row.kind !== "url_verification").toReversed();

export function drawChart(root) {
  const all = acts();
  const act = all.find((row) => row.id === chosen) ?? all.find(declares) ?? all[0];
  if (!act) {
    fill(root, h("p", { className: "empty" }, t("chart.empty")));
    return;
  }
  const rows = setOff(act).filter((row) => row.kind !== "event");
  const key = `${act.id} ${rows.length} ${all.length} ${root.clientWidth}`;
  if (key === drawn && root.querySelector("svg")) return;
  drawn = key;
  const end = Math.max(...rows.map((row) => row.began + row.took));
  const span = Math.max(end - act.began, 1000);
  const calls = rows.filter((row) => !row.inward);
  fill(root,
    h("label", { className: "chart-choice" }, t("chart.of"),
      h("select", { className: "control", onchange: (event) => { chosen = event.target.value; drawChart(root); } },
        all.slice(0, 40).map((row) => h("option", { value: row.id, selected: row.id === act.id }, [new Date(row.at / 1000).toLocaleTimeString(locale), row.name, row.text].filter(Boolean).join(" · "))))),
    h("p", { className: "quiet" }, t("chart.sum", { calls: calls.length, ms: Math.round(span / 1000) }), " ",
      t(slow(calls) ? "chart.trips" : "chart.fast", { trips: trips(calls) })),
    drawing(rows, act.began, span, Math.max(WIDTH, root.clientWidth - 26)));
}

/** Whether it set off a new channel, as declaring an incident does. */
const declares = (act) => setOff(act).some((row) => row.name === "conversations.create");

/** The act, and what followed it until all was quiet or the next act came. */
function setOff(act) {
  const rows = [];
  let quietFrom = act.began + act.took;
  for (const row of wire.rows.filter((one) => one.began >= act.began)) {
    const another = row.inward && row.kind !== "event" && row.began > act.began;
    if (row.began > quietFrom + SILENCE || another) break;
    rows.push(row);
    quietFrom = Math.max(quietFrom, row.began + row.took);
    if (rows.length === MOST) break;
  }
  return rows;
}

/** Whether the calls take long enough to tell which of them wait for one another. */
const slow = (calls) => calls.length > 0 && calls.reduce((sum, one) => sum + one.took, 0) / calls.length > 20_000;

/** How many round trips follow one another: calls at the same time are one. */
function trips(calls) {
  let count = 0;
  let free = 0;
  for (const one of calls) {
    if (one.began >= free) {
      count += 1;
      free = one.began + one.took;
    }
  }
  return count;
}

function drawing(rows, start, span, width) {
  const height = rows.length * ROW + 26;
  const scale = (micros) => LABEL + (micros / span) * (width - LABEL - FIGURES);
  const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": t("chart.label"), class: "chart-drawing" });
  for (const mark of marks(span)) {
    const x = scale(mark);
    svg.append(s("line", { x1: x, x2: x, y1: 20, y2: height, class: "grid" }), s("text", { x, y: 12, class: "scale", "text-anchor": "middle" }, `${mark / 1000} ms`));
  }
  rows.forEach((row, index) => {
    const y = 24 + index * ROW;
    const x = scale(row.began - start);
    const length = Math.max(3, scale(row.began - start + row.took) - x);
    const bar = s("g", { class: `bar ${row.inward ? "inward" : ""} ${row.problem ? "bad" : ""}`, tabindex: 0, role: "button" },
      s("rect", { x: 0, y, width, height: ROW, class: "lane" }),
      s("text", { x: 4, y: y + 15, class: "name" }, label(row)),
      s("rect", { x, y: y + 5, width: length, height: ROW - 10, rx: 3, class: "span" }),
      s("text", { x: x + length + 5, y: y + 15, class: "took" }, row.problem || took(row)));
    bar.append(s("title", {}, [row.name, row.tag, row.text].filter(Boolean).join("\n")));
    const go = () => { showRow(row); toggleBeside("log"); };
    bar.addEventListener("click", go);
    bar.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
    svg.append(bar);
  });
  return h("div", { className: "chart-scroll" }, svg);
}

function label(row) {
  const text = `${row.inward ? "→ " : ""}${row.name}`;
  return text.length > 29 ? `${text.slice(0, 28)}…` : text;
}

/** Round numbers along the line of time, about three of them. */
function marks(span) {
  const rough = span / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
}

function s(tag, props, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
