// The connection to the workspace: what this person sees, and what they do.

import { toast } from "./dom.js";
import { t } from "./words.js";

/**
 * What this person sees. `now` is everything but messages; `messages` holds, for each channel that
 * was opened, its messages by timestamp, in order.
 */
export const seen = { now: null, messages: new Map(), names: 0 };

const asked = new URLSearchParams(location.search).get("as");
const query = asked ? `?as=${encodeURIComponent(asked)}` : "";
const watchers = [];

/** Is told of each act with its fields and outcome. */
export function onAct(watcher) {
  watchers.push(watcher);
}

/** Performs an act; says what Slack refuses and returns nothing then. */
export async function act(name, fields = {}) {
  const outcome = await send("POST", `/sim/as/${encodeURIComponent(seen.now.me)}`, { act: name, ...fields });
  if (outcome !== undefined) for (const watcher of watchers) watcher(name, fields, outcome);
  return outcome;
}

/** A press or a choice; says it when the app did not take it. */
export async function interact(name, fields) {
  const outcome = await act(name, fields);
  if (outcome === "timeout") toast(t("app.timeout"));
  if (outcome === "failed") toast(t("app.failed"));
  return outcome;
}

/** Asks the workspace for something, or tells it something. Nothing where it refuses. */
export async function send(method, path, body) {
  const given = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, { method, ...given });
  } catch {
    toast(t("workspace.gone"));
    return undefined;
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    toast(answer?.refused ?? t("refused"));
    return undefined;
  }
  return answer;
}

export const person = (id) => seen.now.people.find((one) => one.id === id);
export const channel = (id) => seen.now.channels[id];
export const channels = () => Object.values(seen.now.channels);
/** People one can be, speak to or choose. */
export const people = () => seen.now.people.filter((one) => !one.deleted && !one.bot);

/** Counts what this page has been told, so that each message knows when it last changed. */
let told = 0;

/** Fetches what stands in a channel, once. */
export async function load(id) {
  if (!seen.messages.has(id)) await refresh(id);
}

/** What came over the stream while a channel is being fetched: it is at least as new. */
const meanwhile = new Map();

async function refresh(id) {
  const before = seen.messages.get(id);
  meanwhile.set(id, new Map());
  const list = await send("GET", `/sim/messages/${id}?as=${encodeURIComponent(seen.now.me)}`) ?? [];
  const newer = meanwhile.get(id);
  meanwhile.delete(id);
  const all = new Map(list.map((one) => [one.ts, remembered(before?.get(one.ts), one)]));
  for (const one of newer.values()) all.set(one.ts, one);
  seen.messages.set(id, all);
}

function remembered(before, now) {
  const revision = before?.revision;
  if (before && JSON.stringify(before) === JSON.stringify({ ...now, revision })) return before;
  return { ...now, revision: told += 1 };
}

/**
 * Calls `changed(news)` now and at every change; `news` says which parts of the head, and which
 * channels' messages. `nobody()` where the address names a person who is not there.
 */
export function listen(changed, nobody) {
  const source = new EventSource(`/sim/live${query}`);
  let lost = false;
  source.onmessage = async ({ data }) => {
    const { head, messages } = JSON.parse(data);
    takeHead(head);
    const touched = new Set(messages.filter(takeMessage).map((one) => one.channel));
    if (lost) {
      lost = false;
      await Promise.all([...seen.messages.keys()].map(refresh));
      for (const id of seen.messages.keys()) touched.add(id);
    }
    changed({ parts: new Set(Object.keys(head)), channels: touched });
  };
  source.onerror = () => {
    lost = true;
    document.body.classList.add("lost");
    if (source.readyState === EventSource.CLOSED && !seen.now) nobody();
  };
  source.onopen = () => document.body.classList.remove("lost");
}

function takeHead(head) {
  if (!seen.now) {
    seen.now = head;
    return;
  }
  const { channels: changed, ...rest } = head;
  Object.assign(seen.now, rest);
  for (const [id, now] of Object.entries(changed ?? {})) {
    if (now?.name !== seen.now.channels[id]?.name) seen.names += 1;
    if (now) seen.now.channels[id] = now;
    else delete seen.now.channels[id];
  }
}

function takeMessage(message) {
  message.revision = told += 1;
  meanwhile.get(message.channel)?.set(message.ts, message);
  const known = seen.messages.get(message.channel);
  known?.set(message.ts, message);
  return known !== undefined;
}
