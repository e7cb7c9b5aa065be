// One message: who said what, and what hangs below it.

import { avatar, h, icon, timeOf, toast } from "../kit/dom.js";
import { goTo } from "../kit/places.js";
import { act, person, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { drawBlocks } from "../blocks/blocks.js";
import { emoji } from "../blocks/emoji.js";
import { mrkdwn, speech } from "../blocks/text.js";
import { authorOf, byApp, isNotice } from "./listed.js";

export function drawMessage(message, { grouped, pinned, inThread }) {
  const author = person(authorOf(message));
  const notice = isNotice(message);
  const fromApp = byApp(message);
  const classes = ["message", notice && "notice", grouped && "grouped", pinned && "pinned", message.only && "private"];
  const name = author?.shown ?? "?";
  const drawn = h("article", { className: classes.filter(Boolean).join(" "), "data-ts": message.ts, tabIndex: -1, ariaLabel: notice ? undefined : name },
    grouped ? timeOf(message.ts, { className: "aside" }) : avatar(author, fromApp || author?.id === seen.now.app.bot_user_id),
    h("div", { className: "body" },
      notice ? h("p", { className: "byline" }, h("span", { className: "text" }, mrkdwn(message.text)), timeOf(message.ts))
        : byline(message, { name, fromApp, pinned, grouped, inThread }),
      !notice && content(message),
      (message.files ?? []).map(file),
      under(message, inThread)));
  drawn.message = message;
  return drawn;
}

function byline(message, { name, fromApp, pinned, grouped, inThread }) {
  const marks = [
    message.only && h("span", { className: "tag only" }, icon("eye"), t("only.you")),
    pinned && h("span", { className: "tag pin" }, icon("pin"), t("pinned")),
    message.broadcast && !inThread && h("button", {
      type: "button", className: "link quiet", onclick: () => goTo({ channel: message.channel, thread: message.thread_ts }),
    }, t("from.thread")),
    message.broadcast && inThread && h("span", { className: "quiet" }, t("also.in.channel")),
  ];
  if (grouped) return marks.some(Boolean) && h("p", { className: "byline" }, marks);
  return h("p", { className: "byline" },
    h("b", {}, name), fromApp && h("span", { className: "tag" }, t("app")), timeOf(message.ts), marks,
    message.edited && !fromApp && h("span", { className: "quiet" }, t("edited")));
}

function content(message) {
  const place = message.only
    ? { ephemeral: { ts: message.ts } }
    : { message: { channel: message.channel, ts: message.ts } };
  if (message.blocks?.length) return drawBlocks(message.blocks, place);
  return h("div", { className: "text", lang: speech(message.text) }, mrkdwn(message.text));
}

function file(one) {
  const address = new URL(one.url_private).pathname;
  return h("button", { type: "button", className: "file", onclick: (event) => toggleFile(event.currentTarget, address) },
    icon("file"), h("span", {}, h("b", {}, one.title), h("small", {}, `${one.pretty_type} · ${size(one.size)}`)), icon("down"));
}

/** Opens a file under its card, or closes it. */
async function toggleFile(card, address) {
  if (card.nextElementSibling?.classList.contains("opened")) {
    card.nextElementSibling.remove();
    card.ariaExpanded = "false";
    return;
  }
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) {
    toast(t("file.gone"));
    return;
  }
  const text = await answer.text();
  card.after(h("div", { className: "opened" },
    h("a", { href: address, download: "" }, t("file.download")), h("pre", { tabIndex: 0, lang: speech(text) }, text)));
  card.ariaExpanded = "true";
}

const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);

function under(message, inThread) {
  const reactions = (message.reactions ?? []).map((reaction) => {
    const mine = reaction.users.includes(seen.now.me);
    const who = reaction.users.map((id) => person(id)?.shown).join(", ");
    return h("button", {
      type: "button", className: "reaction", ariaPressed: String(mine),
      title: `${who} :${reaction.name}:`, ariaLabel: t("reaction", { name: reaction.name, n: reaction.count, who }),
      onclick: () => act(mine ? "unreact" : "react", { channel: message.channel, ts: message.ts, emoji: reaction.name }),
    }, emoji(reaction.name), h("span", {}, reaction.count));
  });
  const replies = message.reply_count > 0 && !inThread
    && h("button", { type: "button", className: "replies", onclick: () => goTo({ channel: message.channel, thread: message.ts }) },
      message.reply_users.slice(0, 4).map((id) => avatar(person(id), person(id)?.bot)),
      h("b", {}, t("replies", { n: message.reply_count })), h("span", { className: "quiet" }, t("replies.last"), " ", timeOf(message.latest_reply)));
  if (reactions.length === 0 && !replies) return null;
  return h("div", { className: "under" }, reactions, replies);
}
