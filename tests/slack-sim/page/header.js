// The head of a channel: name, topic, pins, bookmarks, members.

import { fill, h } from "./dom.js";
import { linkTo } from "./text.js";
import { act, person, seen } from "./workspace.js";
import { goTo } from "./places.js";

export function drawHeader(root, channel) {
  if (!channel) {
    fill(root, h("h2", {}, seen.place?.home ? seen.now.app.name : "Nothing here"));
    return;
  }
  const mark = channel.kind === "private_channel" ? "🔒 " : channel.kind === "im" ? "" : "# ";
  const name = channel.kind === "im" ? seen.now.app.name : channel.name;
  fill(root,
    h("h2", {}, `${mark}${name}`),
    channel.topic && h("div", { className: "topic" }, channel.topic),
    h("div", { className: "facts quiet" },
      h("span", { title: channel.members.map((id) => person(id)?.shown).join(", ") }, `${channel.members.length} members`),
      channel.pins.map((pin) => h("button", { className: "link", onclick: () => goTo({ channel: channel.id, ts: pin.ts }) }, `📌 ${excerpt(channel.id, pin.ts)}`)),
      channel.bookmarks.map((one) => linkTo(one.link, `🔗 ${one.title}`)),
      channel.archived && h("span", {}, "archived"),
      !channel.member && !channel.archived && h("button", { className: "button main", onclick: () => act("join", { channel: channel.id }) }, "Join")));
}

function excerpt(channel, ts) {
  const message = seen.now.messages[channel]?.find((one) => one.ts === ts);
  const head = message?.blocks?.find((block) => block.type === "header")?.text.text;
  const text = head ?? message?.text ?? "pinned";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
