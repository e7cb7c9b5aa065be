// The head of a channel: its name, topic, people, pins and bookmarks, and what can be done with it.

import { avatar, h, icon, iconButton, redraw } from "../kit/dom.js";
import { ask } from "../kit/dialog.js";
import { openList, openMenu } from "../kit/menu.js";
import { goTo, place } from "../kit/places.js";
import { act, people, person, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { linkTo, plainOf } from "../blocks/text.js";
import { openSidebar } from "./sidebar.js";
import { toggleBeside } from "../beside/drawer.js";

export function drawHeader(root, channel) {
  const { unread, ...shown } = channel ?? {};
  redraw(root, JSON.stringify([place.home, shown]), () => head(channel));
}

function head(channel) {
  const { app } = seen.now;
  const named = place.home || channel?.kind === "im" ? app.name : channel?.name ?? t("nothing.here");
  const mark = place.home || channel?.kind === "im" ? "iris" : channel?.kind === "private_channel" ? "lock" : "hash";
  return [
    h("div", { className: "title" },
      iconButton("menu", t("open.sidebar"), openSidebar, { className: "icon-button only-narrow" }),
      h("h2", {}, icon(mark), h("span", {}, named)),
      channel?.external && h("span", { className: "tag" }, t("external")),
      channel?.archived && h("span", { className: "tag" }, t("archived")),
      h("span", { className: "space" }),
      channel && channel.kind !== "im" && members(channel),
      channel && channel.kind !== "im" && iconButton("dots", t("channel.menu"), (event) => menu(event.currentTarget, channel)),
      iconButton("pulse", t("beside"), () => toggleBeside(), { id: "open-beside" })),
    channel?.topic && h("p", { className: "topic", title: channel.topic }, channel.topic),
    channel && (channel.pins.length > 0 || channel.bookmarks.length > 0) && h("div", { className: "bookmarks" },
      channel.pins.length > 0 && h("button", { type: "button", className: "link", onclick: (event) => pins(event.currentTarget, channel) },
        icon("pin"), t("pins", { n: channel.pins.length })),
      channel.bookmarks.map((one) => linkTo(one.link, [icon("bookmark"), one.title]))),
  ];
}

function members(channel) {
  const faces = channel.members.slice(0, 3).map((id) => avatar(person(id), person(id)?.bot));
  const label = t("members", { n: channel.members.length });
  return h("button", {
    type: "button", className: "members", title: label, ariaLabel: label, ariaHasPopup: "dialog",
    onclick: (event) => {
      const rows = channel.members.map((id) => h("div", { className: "row" }, avatar(person(id), person(id)?.bot),
        h("span", {}, person(id)?.shown ?? id), h("small", {}, `@${person(id)?.name ?? id}`)));
      const close = openList(event.currentTarget, label, [
        rows,
        channel.member && !channel.archived && h("button", { type: "button", className: "button", onclick: () => { close(); invite(channel); } }, icon("plus"), t("channel.invite")),
      ]);
    },
  }, faces, h("span", {}, channel.members.length));
}

function pins(anchor, channel) {
  const rows = channel.pins.toReversed().map((pin) => {
    const message = seen.messages.get(channel.id)?.get(pin.ts);
    return h("button", { type: "button", className: "row", onclick: () => { close(); goTo({ channel: channel.id, ts: pin.ts }); } },
      icon("pin"), h("span", {}, message ? excerpt(message) : pin.ts));
  });
  const close = openList(anchor, t("pinned"), rows);
}

function excerpt(message) {
  const head = message.blocks?.find((block) => block.type === "header")?.text.text;
  const text = head ?? plainOf(message.text);
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}

function menu(anchor, channel) {
  const id = { channel: channel.id };
  const inside = channel.member && !channel.archived;
  openMenu(anchor, [
    inside && { label: t("channel.invite"), act: () => invite(channel) },
    inside && { label: t("channel.remove"), act: () => remove(channel) },
    inside && { label: t("channel.rename"), act: () => rename(channel) },
    !channel.member && !channel.archived && { label: t("channel.join"), act: () => act("join", id) },
    inside && null,
    inside && { label: t("channel.leave"), act: () => act("leave", id) },
    inside && { label: t("channel.archive"), danger: true, act: () => archive(channel) },
    channel.archived && { label: t("channel.unarchive"), act: () => act("unarchive_channel", id) },
  ], t("channel.menu"));
}

const choices = (list) => list.map((one) => [one.id, one.shown]);

export async function invite(channel) {
  const { app } = seen.now;
  const bot = { id: app.bot_user_id, shown: app.name };
  const outside = [...people(), bot].filter((one) => !channel.members.includes(one.id));
  if (outside.length === 0) return;
  const given = await ask({
    title: t("channel.invite"),
    fields: [{ name: "who", label: t("channel.invite.who"), kind: "choice", options: choices(outside) }],
    confirm: t("channel.invite.do"),
  });
  if (given) act("invite", { channel: channel.id, people: [given.who] });
}

async function remove(channel) {
  const inside = channel.members.map((id) => person(id)).filter((one) => one && one.id !== seen.now.me);
  if (inside.length === 0) return;
  const given = await ask({
    title: t("channel.remove"),
    fields: [{ name: "who", label: t("channel.invite.who"), kind: "choice", options: choices(inside) }],
    confirm: t("channel.remove.do"), danger: true,
  });
  if (given) act("remove", { channel: channel.id, person: given.who });
}

async function rename(channel) {
  const given = await ask({
    title: t("channel.rename"),
    fields: [{ name: "name", label: t("channel.name"), value: channel.name, hint: t("channel.name.hint") }],
    confirm: t("save"),
  });
  if (given) act("rename_channel", { channel: channel.id, name: given.name.replace(/^#/, "") });
}

async function archive(channel) {
  const given = await ask({ title: t("channel.archive"), text: t("channel.archive.sure", { name: channel.name }), confirm: t("channel.archive.do"), danger: true });
  if (given) act("archive_channel", { channel: channel.id });
}
