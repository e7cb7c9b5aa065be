// Messages: who said what, what can be done with it.

import { avatar, h, timeOf } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { emoji, mrkdwn } from "./text.js";
import { act, channel, interact, person, seen } from "./workspace.js";
import { goTo } from "./places.js";

/** What stands in a channel for this person, oldest first: messages and what only they see. */
export function listed(id, thread) {
  const messages = seen.now.messages[id] ?? [];
  const shown = thread
    ? messages.filter((one) => one.ts === thread || one.thread_ts === thread)
    : messages.filter((one) => !one.reply || one.broadcast);
  const own = seen.now.ephemerals
    .filter((one) => one.channel === id && (one.thread_ts ?? null) === (thread ?? null))
    .map((one) => ({ ...one, only: true }));
  return [...shown, ...own].sort((a, b) => Number(a.ts) - Number(b.ts));
}

export function drawMessage(message, { inThread = false } = {}) {
  const byApp = message.only ? !message.from_slack : Boolean(message.bot_id);
  const author = authorOf(message, byApp);
  const notice = message.subtype?.startsWith("channel_");
  const pinned = message.pinned_to?.length > 0;
  const classes = ["message", notice && "notice", pinned && "pinned", message.only && "private"];
  return h("article", { className: classes.filter(Boolean).join(" "), "data-ts": message.ts },
    avatar(author, byApp),
    h("div", {},
      h("div", { className: "byline" },
        !notice && h("b", {}, author?.shown ?? "?"),
        notice && h("span", { className: "text" }, mrkdwn(message.text)),
        byApp && !notice && h("span", { className: "tag" }, "app"),
        message.only && h("span", { className: "tag only" }, "only you"),
        h("time", { className: "quiet" }, timeOf(message.ts)),
        message.edited && h("span", { className: "quiet" }, "(edited)"),
        pinned && h("span", { className: "quiet" }, "📌 pinned"),
        message.reply && !inThread && h("span", { className: "quiet" }, "answered in a thread")),
      !notice && content(message),
      (message.files ?? []).map(file),
      under(message, inThread)),
    !message.only && !notice && tools(message));
}

function authorOf(message, byApp) {
  const { app, people } = seen.now;
  if (message.from_slack) return people.find((one) => one.id === "USLACKBOT");
  return byApp ? person(app.bot_user_id) : person(message.user);
}

function content(message) {
  const place = message.only
    ? { ephemeral: { ts: message.ts } }
    : { message: { channel: message.channel, ts: message.ts } };
  if (message.blocks?.length) return drawBlocks(message.blocks, place);
  return h("div", { className: "text" }, mrkdwn(message.text));
}

function file(one) {
  const address = new URL(one.url_private).pathname;
  return h("a", { className: "file", href: address, target: "_blank" }, "📄", h("span", {}, one.title), h("span", { className: "quiet" }, one.pretty_type));
}

function under(message, inThread) {
  const reactions = (message.reactions ?? []).map((reaction) => {
    const mine = reaction.users.includes(seen.now.me);
    return h("button", {
      className: `reaction${mine ? " mine" : ""}`,
      title: `${reaction.users.map((id) => person(id)?.shown).join(", ")}: ${reaction.name}`,
      onclick: () => act(mine ? "unreact" : "react", { ...at(message), emoji: reaction.name }),
    }, `${emoji(reaction.name)} ${reaction.count}`);
  });
  const replies = message.reply_count && !inThread
    && h("button", { className: "link", onclick: () => goTo({ channel: message.channel, thread: message.ts }) },
      `${message.reply_count} ${message.reply_count === 1 ? "answer" : "answers"}`);
  if (reactions.length === 0 && !replies) return null;
  return h("div", { className: "under" }, reactions, replies);
}

const at = (message) => ({ channel: message.channel, ts: message.ts });

function tools(message) {
  const react = (name) => h("button", { title: name, onclick: () => act("react", { ...at(message), emoji: name }) }, emoji(name));
  const root = message.reply ? message.thread_ts : message.ts;
  const mine = message.user === seen.now.me;
  const shortcuts = seen.now.shortcuts.filter((one) => one.type === "message").map((one) => h("button", {
    onclick: () => interact("shortcut", { ...at(message), callback_id: one.callback_id }),
  }, one.name));
  return h("div", { className: "tools" },
    react("pushpin"), react("thumbsup"), react("eyes"),
    h("button", { title: "Answer in a thread", onclick: () => goTo({ channel: message.channel, thread: root }) }, "💬"),
    h("details", {}, h("summary", { title: "More" }, "⋯"), h("div", { className: "menu" },
      shortcuts,
      h("button", { onclick: () => anyEmoji(message) }, "React with another emoji…"),
      mine && h("button", { onclick: () => edit(message) }, "Edit…"),
      mine && h("button", { onclick: () => act("delete", at(message)) }, "Delete"))));
}

function anyEmoji(message) {
  const name = prompt("The emoji's name, such as rocket")?.replaceAll(":", "").trim();
  if (name) act("react", { ...at(message), emoji: name });
}

function edit(message) {
  const text = prompt("Edit the message", message.text);
  if (text) act("edit", { ...at(message), text });
}

export function canWrite(id) {
  const place = channel(id);
  if (!place) return "There is no such channel.";
  if (place.archived) return "This channel is archived.";
  if (!place.member) return "You are not in this channel.";
  return "";
}

