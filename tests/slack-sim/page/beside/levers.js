// Levers: time, latency, rate limits, an outage, faults, and in the demo the app's own life.

import { fill, h, icon } from "../kit/dom.js";
import { send } from "../kit/workspace.js";
import { locale, t } from "../kit/words.js";
import { demo, readDemo } from "./demo.js";
import { faultName } from "./wire.js";

const JUMPS = [["5m", 300], ["30m", 1800], ["1d", 86400]];
const LATENCIES = [0, 100, 500, 2000];

/** Faults that can be ordered, by name; each makes what the workspace is told. */
const FAULTS = {
  refuse: (code) => ({ error: code || "internal_error" }),
  status: () => ({ status: 500 }),
  limited: () => ({ rate_limited: 30 }),
  reset_before: () => "reset_before_apply",
  reset_after: () => "reset_after_apply",
  half: () => "half_body_after_apply",
  html: () => "html",
  silent: () => "no_answer",
};

const METHODS = ["*", "chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.create", "conversations.invite", "conversations.setTopic",
  "pins.add", "bookmarks.add", "reactions.add", "views.open", "views.update", "views.publish", "files.completeUploadExternal", "usergroups.users.list", "users.info"];

let drawn = "";

export async function drawLevers(root) {
  const [levers] = await Promise.all([send("GET", "/sim/levers"), readDemo()]);
  if (!levers || !root.isConnected || !root.classList.contains("levers")) return;
  const key = JSON.stringify([{ ...levers, clock: { ...levers.clock, now: Math.floor(levers.clock.now / 1e6 / 60) } }, demo]);
  if (key === drawn && root.firstChild) return;
  drawn = key;
  const focused = document.activeElement?.id;
  fill(root, demo.iris && life(root), clock(root, levers.clock), speed(root, levers), faults(root, levers.faults));
  if (focused) root.querySelector(`#${CSS.escape(focused)}`)?.focus();
}

async function change(root, method, path, body) {
  await send(method, path, body);
  await drawLevers(root);
}

function group(label, hint, ...inner) {
  return h("fieldset", { className: "lever" }, h("legend", {}, label), hint && h("p", { className: "quiet" }, hint), h("div", { className: "lever-row" }, inner));
}

/** Only the demo can end its app and start it again. */
function life(root) {
  const running = demo.iris === "running";
  return group(t("lever.iris"), t("lever.iris.hint"),
    h("span", { className: `state ${running ? "good" : "bad"}`, role: "status" }, t(`lever.iris.${demo.iris}`)),
    h("button", { id: "lever-kill", type: "button", className: "button danger", disabled: !running, onclick: () => change(root, "POST", "/demo/iris", { running: false }) }, icon("power"), t("lever.kill")),
    h("button", { id: "lever-start", type: "button", className: "button main", disabled: demo.iris !== "killed", onclick: () => change(root, "POST", "/demo/iris", { running: true }) }, icon("play"), t("lever.start")),
    h("label", {}, t("lever.language"), " ",
      h("select", { id: "lever-language", className: "control", onchange: (event) => change(root, "POST", "/demo/language", { language: event.target.value }) },
        [["en", "English"], ["ja", "日本語"]].map(([value, label]) => h("option", { value, selected: demo.language === value }, label)))));
}

function clock(root, { now }) {
  const shown = new Date(now / 1000).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  return group(t("lever.clock"), t(demo.iris ? "lever.clock.hint" : "lever.clock.alone"),
    h("time", {}, icon("clock"), ` ${shown}`),
    JUMPS.map(([name, seconds]) => h("button", {
      id: `lever-${name}`, type: "button", className: "button", onclick: () => change(root, "POST", "/sim/clock", { advance_seconds: seconds }),
    }, t(`lever.jump.${name}`))));
}

function speed(root, { positions }) {
  const put = (changes) => change(root, "POST", "/sim/levers", { ...positions, ...changes });
  const outage = positions.outage;
  const down = { calls: "refused", events: "late" };
  return [
    group(t("lever.slack"), t("lever.slack.hint"),
      check("lever-limits", t("lever.limits"), positions.rate_limits, (on) => put({ rate_limits: on })),
      check("lever-outage", t("lever.outage"), Boolean(outage), (on) => put({ outage: on ? down : null })),
      outage && choice("lever-outage-calls", t("lever.outage.calls"), outage.calls, ["refused", "unanswered"].map((one) => [one, t(`lever.outage.${one}`)]), (calls) => put({ outage: { ...outage, calls } })),
      outage && choice("lever-outage-events", t("lever.outage.events"), outage.events, ["late", "lost"].map((one) => [one, t(`lever.outage.${one}`)]), (events) => put({ outage: { ...outage, events } })),
      choice("lever-latency", t("lever.latency"), String(positions.latency_ms), [...new Set([...LATENCIES, positions.latency_ms])].sort((a, b) => a - b).map((ms) => [String(ms), ms ? `${ms} ms` : t("lever.latency.none")]), (ms) => put({ latency_ms: Number(ms) }))),
  ];
}

function check(id, label, checked, put) {
  return h("label", { className: "switch" }, h("input", { id, type: "checkbox", checked, onchange: (event) => put(event.target.checked) }), h("span", {}, label));
}

function choice(id, label, value, options, put) {
  return h("label", {}, label, " ", h("select", { id, className: "control", onchange: (event) => put(event.target.value) },
    options.map(([one, shown]) => h("option", { value: one, selected: one === value }, shown))));
}

function faults(root, orders) {
  const method = h("input", { id: "fault-method", className: "control", value: "chat.postMessage", "list": "methods", ariaLabel: t("fault.method") });
  method.setAttribute("list", "methods");
  const kind = h("select", { id: "fault-kind", className: "control", ariaLabel: t("fault.kind") }, Object.keys(FAULTS).map((one) => h("option", { value: one }, t(`fault.${one}`))));
  const code = h("input", { id: "fault-code", className: "control", placeholder: "internal_error", ariaLabel: t("fault.code") });
  const times = h("select", { id: "fault-times", className: "control", ariaLabel: t("fault.times") }, [["1", t("fault.once")], ["3", t("fault.thrice")], ["", t("fault.always")]].map(([value, label]) => h("option", { value }, label)));
  kind.onchange = () => { code.hidden = kind.value !== "refuse"; };
  const order = (event) => {
    event.preventDefault();
    const fault = FAULTS[kind.value](code.value.trim());
    change(root, "POST", "/sim/faults", { method: method.value.trim() || "*", fault, ...(times.value ? { times: Number(times.value) } : {}) });
  };
  return group(t("lever.faults"), t("lever.faults.hint"),
    h("form", { className: "fault-form", onsubmit: order }, method, h("datalist", { id: "methods" }, METHODS.map((one) => h("option", { value: one }))), kind, code, times,
      h("button", { id: "fault-order", className: "button" }, t("fault.order"))),
    orders.length > 0 && h("ul", { className: "orders" }, orders.map((one) => h("li", {}, h("code", {}, one.method), ` ${faultName(one.fault)} `, h("small", {}, one.left === null ? t("fault.always") : `× ${one.left}`)))),
    orders.length > 0 && h("button", { id: "fault-clear", type: "button", className: "button", onclick: () => change(root, "DELETE", "/sim/faults") }, t("fault.clear")));
}
