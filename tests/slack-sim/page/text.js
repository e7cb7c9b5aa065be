// Text as Slack draws it: mrkdwn, mentions, emoji.

import { h } from "./dom.js";
import { channel, person, seen } from "./workspace.js";
import { goTo } from "./places.js";

const EMOJI = {
  pushpin: "📌", memo: "📝", white_check_mark: "✅", heavy_check_mark: "✔️", red_circle: "🔴",
  checkered_flag: "🏁", fire_extinguisher: "🧯", lock: "🔒", mega: "📣", raising_hand: "🙋",
  clipboard: "📋", alarm_clock: "⏰", warning: "⚠️", hourglass_flowing_sand: "⏳", thumbsup: "👍",
  "+1": "👍", "-1": "👎", eyes: "👀", tada: "🎉", wave: "👋", fire: "🔥", heart: "❤️", joy: "😂",
  rotating_light: "🚨", question: "❓", x: "❌", wrench: "🔧", bulb: "💡", rocket: "🚀",
  pray: "🙏", ok_hand: "👌", link: "🔗", bookmark_tabs: "📑", point_right: "👉", smile: "😄",
};

export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}

export function mentionOf(id) {
  const mine = id === seen.now.me ? " me" : "";
  return h("span", { className: `mention${mine}` }, `@${person(id)?.shown ?? id}`);
}

export function channelLink(id) {
  const name = channel(id)?.name;
  if (name === undefined) return h("span", { className: "mention" }, "#private-channel");
  return h("button", { className: "link mention", onclick: () => goTo({ channel: id }) }, `#${name}`);
}

export function groupOf(id) {
  const group = seen.now.groups.find((one) => one.id === id);
  return h("span", { className: "mention" }, `@${group?.handle ?? id}`);
}

/** A link; one into this workspace opens its place here. */
export function linkTo(url, label) {
  const archive = url.match(/^https:\/\/[a-z0-9-]+\.slack\.com\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?(?:\?thread_ts=([\d.]+))?/);
  if (archive) {
    const [, id, seconds, part, thread] = archive;
    const place = { channel: id, ts: seconds ? `${seconds}.${part}` : undefined, thread };
    return h("button", { className: "link", onclick: () => goTo(place) }, label);
  }
  if (!/^(https?|mailto):/.test(url)) return h("span", {}, label);
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, label);
}

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Nodes of a `mrkdwn` text. */
export function mrkdwn(text) {
  const nodes = [];
  const pattern = /<([^<>]+)>|```([\s\S]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}])\*([^*\n]+)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~([^~\n]+)~(?![\p{L}\p{N}])|:([a-z0-9_+-]+):/gu;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(unescape(text.slice(end, match.index)));
    end = match.index + match[0].length;
    const [whole, reference, block, code, bold, italic, strike, name] = match;
    if (reference) nodes.push(refer(reference));
    else if (block) nodes.push(h("pre", {}, unescape(block)));
    else if (code) nodes.push(h("code", {}, unescape(code)));
    else if (bold) nodes.push(h("b", {}, mrkdwn(bold)));
    else if (italic) nodes.push(h("i", {}, mrkdwn(italic)));
    else if (strike) nodes.push(h("s", {}, mrkdwn(strike)));
    else nodes.push(EMOJI[name] ?? whole);
  }
  nodes.push(unescape(text.slice(end)));
  return nodes;
}

function refer(inner) {
  const [target, label] = inner.split("|");
  if (target.startsWith("@")) return mentionOf(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1));
  if (target.startsWith("!subteam^")) return groupOf(target.slice(9));
  if (target.startsWith("!")) return h("span", { className: "mention" }, label ?? `@${target.slice(1)}`);
  return linkTo(unescape(target), unescape(label ?? target));
}

/** Nodes of a text object. */
export function textObject(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [object.text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole)];
}
