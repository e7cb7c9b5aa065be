// Rich text blocks.

import { h, timeOf } from "./dom.js";
import { channelLink, emoji, groupOf, linkTo, mentionOf } from "./text.js";

export function drawRich(block) {
  return h("div", { className: "rich" }, block.elements.map(part));
}

function part(element) {
  switch (element.type) {
    case "rich_text_list": return list(element);
    case "rich_text_quote": return h("blockquote", {}, element.elements.map(inline));
    case "rich_text_preformatted": return h("pre", {}, element.elements.map(inline));
    default: return h("div", { className: "text" }, element.elements.map(inline));
  }
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const rows = element.elements.map((row) => h("li", { className: "text" }, row.elements.map(inline)));
  const drawn = h(tag, {}, rows);
  if (element.offset) drawn.start = element.offset + 1;
  drawn.style.marginLeft = `${(element.indent ?? 0) * 1.2}rem`;
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
    case "broadcast": return h("span", { className: "mention" }, `@${element.range}`);
    case "emoji": return emoji(element.name);
    case "date": return element.fallback ?? timeOf(element.timestamp);
    default: return element.value ?? "";
  }
}

function styled(node, style) {
  const tags = { bold: "b", italic: "i", strike: "s", code: "code", underline: "u" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}
