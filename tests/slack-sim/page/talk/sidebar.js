// The sidebar: the workspace, its channels, the app, and who one is.

import { avatar, h, icon, iconButton, redraw } from "../kit/dom.js";
import { ask } from "../kit/dialog.js";
import { openMenu } from "../kit/menu.js";
import { addressAs, goTo, hashOf, place } from "../kit/places.js";
import { act, channels, interact, people, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";

export function drawSidebar(root) {
  const { me, team, people: all, shortcuts } = seen.now;
  const rooms = channels().map(({ id, name, kind, member, archived, unread }) => [id, name, kind, member, archived, unread]);
  const scrolled = root.querySelector(".places")?.scrollTop ?? 0;
  redraw(root, JSON.stringify([me, team, all, shortcuts, rooms, place.channel, place.home]), () => sidebar(root));
  root.querySelector(".places").scrollTop = scrolled;
}

function sidebar(root) {
  const { app, team, me, shortcuts } = seen.now;
  const rooms = channels().filter((one) => one.name && one.kind !== "im").sort((a, b) => a.name.localeCompare(b.name));
  const mine = rooms.filter((one) => one.member && !one.archived);
  const others = rooms.filter((one) => !one.member || one.archived);
  const direct = channels().find((one) => one.kind === "im");
  const wasOpen = root.querySelector("details")?.open;
  return [
    h("header", {}, icon("iris"), h("h1", {}, team.name),
      iconButton("x", t("close"), closeSidebar, { className: "icon-button only-narrow" })),
    h("div", { className: "places" },
      section(t("channels"), iconButton("plus", t("channel.create"), create)),
      mine.map(room),
      others.length > 0 && h("details", { open: wasOpen || others.some((one) => one.id === place.channel) },
        h("summary", {}, t("channels.others", { n: others.length })), others.map(room)),
      section(app.name),
      link({
        label: t("app.messages"), mark: "message", open: () => openDirect(direct),
        href: direct && hashOf({ channel: direct.id }), current: direct && place.channel === direct.id, unread: fresh(direct),
      }),
      link({ label: t("app.home"), mark: "home", href: hashOf({ home: true }), current: place.home, open: openHome }),
      shortcuts.filter((one) => one.type === "global").map((one) => link({
        label: one.name, mark: "bolt", open: () => interact("global_shortcut", { callback_id: one.callback_id }),
      }))),
    h("section", { className: "who", ariaLabel: t("you.are") },
      h("h2", {}, t("you.are")),
      h("div", { className: "faces" }, people().map((one) => face(one, me)))),
  ];
}

export function openSidebar() {
  document.body.classList.add("sidebar-open");
  document.querySelector("#sidebar [aria-current=page]")?.focus();
}

export function closeSidebar() {
  document.body.classList.remove("sidebar-open");
}

/** `{messages, mentions}` that this person has not read, where there are any. */
const fresh = (channel) => (channel?.unread.messages > 0 ? channel.unread : undefined);

function section(label, ...tools) {
  return h("h2", {}, h("span", {}, label), tools);
}

function room(one) {
  return link({
    label: one.name,
    mark: one.kind === "private_channel" ? "lock" : "hash",
    href: hashOf({ channel: one.id }),
    current: place.channel === one.id,
    unread: one.member && fresh(one),
    classes: `${one.archived ? "archived" : ""}`,
  });
}

function link({ label, mark, href, current, unread, classes = "", open }) {
  const inner = [icon(mark), h("span", {}, label),
    unread?.mentions > 0 && h("span", { className: "count", ariaLabel: t("unread.mentions", { n: unread.mentions }) }, unread.mentions),
    unread && !unread.mentions && h("span", { className: "dot", role: "img", ariaLabel: t("unread") })];
  const props = { className: `place ${classes}${unread ? " fresh" : ""}`, title: label, onclick: (event) => { closeSidebar(); if (open) { event.preventDefault(); open(); } } };
  const drawn = href ? h("a", { ...props, href }, inner) : h("button", { ...props, type: "button" }, inner);
  if (current) drawn.ariaCurrent = "page";
  return drawn;
}

function face(one, me) {
  const current = one.id === me;
  const drawn = h("a", {
    className: "face", href: addressAs(one.id), "data-person": one.name,
    title: current ? t("you.are.this", { who: one.shown }) : t("become", { who: one.shown }),
  }, avatar(one), h("span", {}, one.shown.split(" ")[0]), one.guest && h("small", {}, t("guest")));
  if (current) drawn.ariaCurrent = "true";
  return drawn;
}

function openDirect(direct) {
  if (direct) goTo({ channel: direct.id });
  else act("open_home").then(() => goTo({ home: true }));
}

function openHome() {
  goTo({ home: true });
}

function create(event) {
  openMenu(event.currentTarget, [
    { label: t("channel.create.public"), act: () => make(false) },
    { label: t("channel.create.private"), act: () => make(true) },
  ], t("channel.create"));
}

async function make(secret) {
  const given = await ask({
    title: secret ? t("channel.create.private") : t("channel.create.public"),
    fields: [{ name: "name", label: t("channel.name"), placeholder: "project-name", hint: t("channel.name.hint") }],
    confirm: t("channel.create"),
  });
  if (!given) return;
  const made = await act("create_channel", { name: given.name.replace(/^#/, ""), private: secret });
  if (made) goTo({ channel: made.id });
}
