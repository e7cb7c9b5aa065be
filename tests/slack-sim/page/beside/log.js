// The list of calls and deliveries: filtered, each with all there is to know of it.

import { fill, h, icon } from "../kit/dom.js";
import { channel, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { detail, wire } from "./wire.js";

/** So many rows at most: the newest. */
const MOST = 300;

const filter = { kind: "all", words: "" };
const open = new Map();
let drawn = "";

export function drawLog(root) {
  if (!root.querySelector(".log-list")) {
    drawn = "";
    fill(root, filters(root), h("div", { className: "log-list", ariaLabel: t("tab.log") }));
  }
  const rows = wire.rows.filter(fits).slice(-MOST).reverse();
  const key = `${JSON.stringify(filter)} ${rows.length} ${rows[0]?.id} ${[...open.keys()]}`;
  if (key === drawn) return;
  drawn = key;
  const list = root.querySelector(".log-list");
  list.role = rows.length === 0 ? null : "list";
  const known = new Map([...list.children].map((node) => [node.dataset.id, node]));
  fill(list, rows.length === 0 && h("p", { className: "empty" }, t("log.empty")), rows.map((row) => known.get(row.id) ?? drawRow(row)));
}

/** Opens one row, from the chart. */
export function showRow(row) {
  Object.assign(filter, { kind: "all", words: "" });
  open.set(row.id, true);
}

function filters(root) {
  const choose = h("select", { className: "control", ariaLabel: t("log.kind"), onchange: () => { filter.kind = choose.value; drawLog(root); } },
    ["all", "call", "delivery", "problem"].map((kind) => h("option", { value: kind, selected: kind === filter.kind }, t(`log.kind.${kind}`))));
  const search = h("input", {
    type: "search", className: "control", placeholder: t("log.filter"), ariaLabel: t("log.filter"), value: filter.words,
    oninput: () => { filter.words = search.value.trim().toLowerCase(); drawLog(root); },
  });
  return h("div", { className: "log-filters" }, choose, search);
}

function fits(row) {
  const kind = {
    all: true, call: !row.inward, delivery: Boolean(row.inward), problem: Boolean(row.problem),
  }[filter.kind];
  const words = `${row.name} ${row.tag ?? ""} ${row.text ?? ""} ${row.problem} ${nameOf(row)}`.toLowerCase();
  return kind && words.includes(filter.words);
}

const nameOf = (row) => (row.channel && channel(row.channel)?.name ? `#${channel(row.channel).name}` : "");

function drawRow(row) {
  const body = h("div", { className: "log-detail", hidden: true });
  const head = h("button", {
    type: "button", className: "log-head", ariaExpanded: "false", onclick: () => toggle(row, head, body),
  },
  icon(row.inward ? "in" : "out"),
  h("b", {}, row.name), row.retry > 0 && h("span", { className: "tag" }, t("log.retry", { n: row.retry })),
  h("span", { className: "space" }),
  row.problem ? h("span", { className: "tag bad" }, row.problem) : h("span", { className: "quiet" }, "ok"),
  h("span", { className: "took" }, took(row)),
  h("small", {}, [clockOf(row.at), row.tag, nameOf(row), row.text].filter(Boolean).join(" · ")));
  const node = h("div", { role: "listitem", className: `log-row${row.inward ? " inward" : ""}`, "data-id": row.id }, head, body);
  if (open.has(row.id)) toggle(row, head, body);
  return node;
}

async function toggle(row, head, body) {
  const opening = body.hidden;
  body.hidden = !opening;
  head.ariaExpanded = String(opening);
  if (opening) open.set(row.id, true);
  else open.delete(row.id);
  if (opening && !body.firstChild) fill(body, parts(row, await detail(row)));
}

function parts(row, one) {
  if (!one) return [];
  return row.inward
    ? [part(t("log.sent"), sentBody(one)), part(t("log.answer"), answerOf(one))]
    : [row.tag && part(t("log.tag"), row.tag), part(t("log.args"), readable(one.args)), one.fault && part(t("log.fault"), one.fault), part(t("log.answer"), one.answer ?? t("log.unapplied"))];
}

function part(label, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return [h("h4", {}, label), h("pre", { tabIndex: 0 }, text)];
}

/** Arguments that are JSON inside a form are read. */
function readable(args) {
  return Object.fromEntries(Object.entries(args).map(([name, raw]) => {
    try {
      return [name, /^[[{]/.test(raw) ? JSON.parse(raw) : raw];
    } catch {
      return [name, raw];
    }
  }));
}

function sentBody(one) {
  if (one.content_type === "application/json") return JSON.parse(one.body);
  const fields = Object.fromEntries(new URLSearchParams(one.body));
  return fields.payload ? JSON.parse(fields.payload) : fields;
}

function answerOf({ reached }) {
  if (reached === "timed_out") return t("log.timeout");
  if (reached.failed) return reached.failed;
  const { status, body } = reached.answered;
  try {
    return { status, body: body ? JSON.parse(body) : "" };
  } catch {
    return { status, body };
  }
}

export const took = (row) => (row.took === undefined ? "" : row.took < 1000 ? "<1 ms" : `${Math.round(row.took / 1000)} ms`);

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const clockOf = (micros) => `${clock.format(new Date(micros / 1000))}.${String(Math.floor(micros / 1000) % 1000).padStart(3, "0")}`;
