// What stands in a channel or a thread for this person, oldest first, and how it is grouped.

import { dateOf } from "../kit/dom.js";
import { seen } from "../kit/workspace.js";

/** So long after their last message, somebody's next one has its own head again. */
const TOGETHER_SECONDS = 300;

/** Messages, and what only this person sees (`only: true`). */
export function listed(channel, thread) {
  const all = [...(seen.messages.get(channel)?.values() ?? [])].filter((one) => !one.gone);
  const shown = thread
    ? all.filter((one) => one.ts === thread || one.thread_ts === thread)
    : all.filter((one) => !one.reply || one.broadcast);
  const own = seen.now.ephemerals
    .filter((one) => one.channel === channel && (one.thread_ts ?? null) === (thread ?? null))
    .map((one) => ({ ...one, only: true }));
  if (own.length === 0) return shown;
  return [...shown, ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

export const byApp = (message) => (message.only ? !message.from_slack : Boolean(message.bot_id));

export const isNotice = (message) => Boolean(message.subtype?.startsWith("channel_"));

/** The author as people are named: who wrote it, the app, or Slack itself. */
export function authorOf(message) {
  if (message.from_slack) return "USLACKBOT";
  return byApp(message) ? seen.now.app.bot_user_id : message.user;
}

export const dayOf = (message) => dateOf(message.ts).toDateString();

/** Whether a message stands under the head of the one before it. */
export function follows(message, before) {
  return Boolean(before)
    && !isNotice(before) && !isNotice(message)
    && Boolean(before.only) === Boolean(message.only)
    && authorOf(before) === authorOf(message)
    && !message.broadcast
    && dayOf(before) === dayOf(message)
    && Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS;
}
