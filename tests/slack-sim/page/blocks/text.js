// Text as Slack draws it: mrkdwn, mentions, links.

import { dateOf, h } from "../kit/dom.js";
import { goTo } from "../kit/places.js";
import { channel, person, seen } from "../kit/workspace.js";
import { locale, t } from "../kit/words.js";
import { emoji, isEmoji } from "./emoji.js";

export function mentionOf(id) {
  const mine = id === seen.now.me ? " me" : "";
  return h("span", { className: `mention${mine}` }, `@${person(id)?.shown ?? id}`);
}

export function channelLink(id) {
  const name = channel(id)?.name;
  if (!name) return h("span", { className: "mention" }, t("private.channel"));
  return h("button", { type: "button", className: "link mention", onclick: () => goTo({ channel: id }) }, `#${name}`);
}

export function groupOf(id) {
  const group = seen.now.groups.find((one) => one.id === id);
  const mine = group?.users.includes(seen.now.me) ? " me" : "";
  return h("span", { className: `mention${mine}` }, `@${group?.handle ?? id}`);
}

/** A link; one into this workspace opens its place here. */
export function linkTo(url, label) {
  const there = placeOf(url);
  if (there) return h("button", { type: "button", className: "link", onclick: () => goTo(there) }, label);
  if (!/^(https?|mailto):/.test(url)) return h("span", {}, label);
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, label);
}

/** The place that a link into this workspace means. */
export function placeOf(url) {
  const archive = url.match(/^https:\/\/[a-z0-9-]+\.slack\.com\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?(?:\?thread_ts=([\d.]+))?/);
  if (!archive) return undefined;
  const [, id, seconds, part, thread] = archive;
  return { channel: id, ts: seconds ? `${seconds}.${part}` : undefined, thread };
}

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const apart = (mark) => `(?<![\\p{L}\\p{N}])${mark}([^${mark}\\n]+)${mark}(?![\\p{L}\\p{N}])`;

const PATTERN = new RegExp([
  "<([^<>]+)>", "```([\\s\\S]+?)```", "`([^`\\n]+)`", apart("\\*"), apart("_"), apart("~"),
  ":([a-z0-9_+-]+):", "(?:^|\\n)((?:&gt; ?[^\\n]*(?:\\n|$))+)",
].join("|"), "gu");

/** Nodes of a `mrkdwn` text. */
export function mrkdwn(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    nodes.push(unescape(text.slice(end, match.index)));
    end = match.index + match[0].length;
    const [whole, reference, block, code, bold, italic, strike, name, quote] = match;
    if (reference) nodes.push(refer(reference));
    else if (block) nodes.push(h("pre", {}, unescape(block.replace(/^\n/, ""))));
    else if (code) nodes.push(h("code", {}, unescape(code)));
    else if (bold) nodes.push(h("b", {}, mrkdwn(bold)));
    else if (italic) nodes.push(h("i", {}, mrkdwn(italic)));
    else if (strike) nodes.push(h("s", {}, mrkdwn(strike)));
    else if (quote) nodes.push(h("blockquote", {}, mrkdwn(quote.replace(/^&gt; ?/gm, "").trimEnd())));
    else nodes.push(isEmoji(name) ? emoji(name) : whole);
  }
  nodes.push(unescape(text.slice(end)));
  return nodes;
}

function refer(inner) {
  const [target, label] = inner.split("|");
  if (target.startsWith("@")) return mentionOf(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1));
  if (target.startsWith("!subteam^")) return groupOf(target.slice(9));
  if (target.startsWith("!date^")) return h("time", {}, label ?? dateOf(target.split("^")[1]).toLocaleString(locale));
  if (target.startsWith("!")) return h("span", { className: "mention me" }, label ?? `@${target.slice(1)}`);
  return linkTo(unescape(target), unescape(label ?? target));
}

/** Nodes of a text object. */
export function textObject(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [object.text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => (isEmoji(name) ? emoji(name) : whole))];
}

/** A text without markup, as it was typed. */
export function plainOf(text) {
  return unescape(text.replace(/<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g, (_, mark, target, label) => {
    if (mark === "@") return `@${person(target)?.name ?? target}`;
    if (mark === "#") return `#${channel(target)?.name ?? label ?? target}`;
    return label || (mark === "!" ? `@${target.split("^")[0]}` : target);
  }));
}

/** The language of a text, for line breaks, fonts and readers: Japanese where it has kana. */
export const speech = (text) => (/[\u3040-\u30ff]/.test(text ?? "") ? "ja" : undefined);
