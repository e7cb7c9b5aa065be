// The sidebar: who one is, channels, the app.

import { fill, h } from "./dom.js";
import { act, seen } from "./workspace.js";
import { goTo } from "./places.js";

const read = new Map();

/** Remembers that everything in this channel has been seen. */
export function markRead(id) {
  read.set(id, seen.now.messages[id]?.at(-1)?.ts ?? "0");
}

export function drawSidebar(root) {
  const { channels, people, me, app, team, shortcuts } = seen.now;
  const rooms = channels.filter((one) => one.kind === "public_channel" || one.kind === "private_channel");
  const direct = channels.find((one) => one.kind === "im");
  const others = people.filter((one) => !one.deleted && !one.bot);
  const names = rooms.toSorted((a, b) => a.archived - b.archived || a.name.localeCompare(b.name));
  fill(root,
    h("h1", {}, team.name),
    h("label", {}, "You are",
      h("select", { id: "as", onchange: (event) => become(event.target.value) },
        others.map((one) => h("option", { value: one.id, selected: one.id === me }, one.shown)))),
    h("h2", {}, "Channels"),
    names.map((one) => room(one)),
    h("h2", {}, app.name),
    place({ label: "Messages", mark: "✉", current: direct && seen.place?.channel === direct.id, fresh: isFresh(direct), open: () => openDirect(direct) }),
    place({ label: "Home", mark: "⌂", current: seen.place?.home, open: () => { goTo({ home: true }); act("open_home"); } }),
    shortcuts.filter((one) => one.type === "global").map((one) => place({
      label: one.name, mark: "⚡", open: () => act("global_shortcut", { callback_id: one.callback_id }),
    })));
}

function become(id) {
  const address = new URL(location.href);
  address.searchParams.set("as", id);
  location.href = address.href;
}

function openDirect(direct) {
  if (direct) goTo({ channel: direct.id });
  else act("open_home");
}

function room(one) {
  const classes = [!one.member && "outside", one.archived && "archived"].filter(Boolean).join(" ");
  return place({
    label: one.name,
    mark: one.kind === "private_channel" ? "🔒" : "#",
    current: seen.place?.channel === one.id,
    fresh: one.member && isFresh(one),
    classes,
    open: () => goTo({ channel: one.id }),
  });
}

function place({ label, mark, current, fresh, classes = "", open }) {
  return h("button", { className: `place ${classes}${fresh ? " fresh" : ""}`, ariaCurrent: current ? "true" : "false", onclick: open, title: label },
    h("span", { className: "quiet" }, mark), h("span", {}, label), fresh && !current && h("span", { className: "dot" }));
}

function isFresh(one) {
  if (!one) return false;
  const latest = seen.now.messages[one.id]?.findLast((message) => message.user !== seen.now.me)?.ts;
  if (!read.has(one.id)) read.set(one.id, latest ?? "0");
  return latest !== undefined && Number(latest) > Number(read.get(one.id));
}
