// What went over the wire, as rows: calls of the app, and deliveries to it.

import { seen, send } from "../kit/workspace.js";

/** Rows in the order in which they began; `id` names one for `detail`. */
export const wire = { rows: [] };

let calls = 0;
let deliveries = 0;
let reading;

/** Fetches the rows that are not here yet. */
export async function readLog() {
  const { wire: there } = seen.now;
  if (there.calls === calls && there.deliveries === deliveries) return;
  reading ??= read().finally(() => { reading = undefined; });
  await reading;
}

async function read() {
  const answer = await send("GET", `/sim/log?calls=${calls}&deliveries=${deliveries}`);
  if (!answer || (answer.calls.length === 0 && answer.deliveries.length === 0)) return;
  calls += answer.calls.length;
  deliveries += answer.deliveries.length;
  const rows = [...answer.calls.map(callRow), ...answer.deliveries.map(deliveryRow)];
  wire.rows = [...wire.rows, ...rows].sort((a, b) => a.began - b.began);
}

/** Everything about one row. */
export const detail = (row) => send("GET", `/sim/log/${row.kind === "call" ? "calls" : "deliveries"}/${row.number}`);

function callRow(one) {
  return { ...one, kind: "call", id: `call-${one.number}`, name: one.method, problem: callProblem(one) };
}

function callProblem({ ok, error, fault, status }) {
  if (error) return error;
  if (fault) return faultName(fault);
  return ok ? "" : String(status ?? "?");
}

/** A fault in words: `error: internal_error`, `status 500`, `no answer`. */
export function faultName(fault) {
  if (typeof fault === "string") return fault.replaceAll("_", " ");
  const [[name, value]] = Object.entries(fault);
  return `${name.replaceAll("_", " ")} ${value}`;
}

function deliveryRow(one) {
  const refused = one.status && (one.status < 200 || one.status > 299) ? `HTTP ${one.status}` : "";
  return { ...one, kind: one.kind, inward: true, id: `delivery-${one.number}`, problem: one.failure ?? refused };
}
