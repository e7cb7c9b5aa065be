// Rich text blocks.

import { h, timeOf } from "../kit/dom.js";
import { emoji } from "./emoji.js";
import { channelLink, groupOf, linkTo, mentionOf } from "./text.js";

export function drawRich(block) {
  return h("div", { className: "rich" }, block.elements.map(part));
}

function part(element) {
  switch (element.type) {
    case "rich_text_list": return list(element);
    case "rich_text_quote": return h("blockquote", {}, element.elements.map(inline));
    case "rich_text_preformatted": return h("pre", { tabIndex: 0 }, element.elements.map(inline));
    default: return h("div", { className: "text" }, element.elements.map(inline));
  }
}

function list(element) {
  const ordered = element.style === "ordered";
  const rows = element.elements.map((row) => h("li", {}, row.elements.map(inline)));
  const drawn = h(ordered ? "ol" : "ul", { className: "text", "data-indent": element.indent ?? 0 }, rows);
  if (ordered && element.offset) drawn.start = element.offset + 1;
  drawn.style.setProperty("--indent", element.indent ?? 0);
  return drawn;
}

function inline(element) {
  return styled(plain(element), element.style ?? {});
}

function plain(element) {
  switch (element.type) {
    case "text": return element.text;
    case "link": return linkTo(element.url, element.text || element.url);
    case "user": return mentionOf(element.user_id);
    case "channel": return channelLink(element.channel_id);
    case "usergroup": return groupOf(element.usergroup_id);
    case "broadcast": return h("span", { className: "mention me" }, `@${element.range}`);
    case "emoji": return emoji(element.name);
    case "date": return element.fallback ?? timeOf(element.timestamp);
    case "color": return h("span", { className: "colour", title: element.value }, element.value);
    default: return element.value ?? "";
  }
}

const TAGS = { bold: "b", italic: "i", strike: "s", code: "code", underline: "u" };

function styled(node, style) {
  return Object.entries(TAGS).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}
