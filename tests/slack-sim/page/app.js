// The page: draws what this person sees, and draws what changed of it.

import { at, fill, h, iconButton } from "./kit/dom.js";
import { goTo, onMove, place } from "./kit/places.js";
import { act, channel, channels, listen, load, seen } from "./kit/workspace.js";
import { language, t } from "./kit/words.js";
import { drawBlocks } from "./blocks/blocks.js";
import { drawModal } from "./blocks/modal.js";
import { drawComposer, leaveComposer } from "./talk/composer.js";
import { drawHeader } from "./talk/header.js";
import { closeSidebar, drawSidebar } from "./talk/sidebar.js";
import { Stream } from "./talk/stream.js";
import { drawBeside } from "./beside/drawer.js";
import { drawGuide } from "./beside/guide.js";

document.documentElement.lang = language;
const room = new Stream(at("messages"));
let thread;
let homeOpened = false;
let marking = false;

onMove(() => { if (seen.now) moved(); });
listen(async ({ parts, channels: touched }) => {
  if (!place.channel && !place.home) begin();
  else if (parts.has("me")) await moved();
  else drawNews(parts, touched);
  if (parts.has("modals")) drawModal(at("modal"));
  drawBeside();
  drawGuide(at("guide"));
}, () => fill(room.list, h("p", { className: "empty" }, t("nobody"), " ", h("a", { href: "/" }, t("nobody.first")))));

/** Nothing is open yet: the first channel that this person is in. */
function begin() {
  const rooms = channels().filter((one) => one.kind !== "im");
  const first = rooms.find((one) => one.member) ?? rooms[0];
  if (first) goTo({ channel: first.id });
}

function drawNews(parts, touched) {
  drawFrame();
  if (place.home) {
    if (parts.has("home")) drawHome();
  } else if (touched.has(place.channel) || parts.has("ephemerals") || parts.has("channels")) drawTalk();
}

/** Another place, or another person. */
async function moved() {
  closeSidebar();
  if (place.channel && channel(place.channel)) await load(place.channel);
  if (place.home && !homeOpened) act("open_home");
  homeOpened = Boolean(place.home);
  drawFrame();
  if (place.home) drawHome();
  else drawTalk();
}

function drawFrame() {
  const here = channel(place.channel);
  if (here?.unread.messages > 0 && document.visibilityState === "visible") markRead(here.id);
  const fresh = document.querySelector("#sidebar .fresh");
  document.title = `${fresh ? "● " : ""}${here?.name ? `#${here.name}` : seen.now.app.name} · ${seen.now.team.name}`;
  drawSidebar(at("sidebar"));
  drawHeader(at("header"), here);
}

/** Says that this person has seen the channel, once at a time. */
async function markRead(id) {
  if (marking) return;
  marking = true;
  await act("read", { channel: id });
  marking = false;
}

function drawTalk() {
  const id = place.channel;
  document.body.classList.toggle("at-home", false);
  if (!channel(id)) {
    fill(room.list, h("p", { className: "empty" }, t("nothing.here")));
    leaveComposer(at("composer"));
    return;
  }
  room.show({ channel: id, flash: place.thread ? undefined : place.flash });
  place.flash = undefined;
  drawComposer(at("composer"), id, { up: () => room.focusLast() });
  drawThread(id);
}

function drawThread(id) {
  const root = at("thread");
  root.hidden = !place.thread;
  document.body.classList.toggle("thread-open", Boolean(place.thread));
  if (!place.thread) {
    fill(root);
    thread = undefined;
    return;
  }
  if (!thread) {
    const list = h("section", { className: "stream", tabIndex: -1 });
    fill(root, h("header", {}, h("h2", {}, t("thread")), iconButton("x", t("close"), () => goTo({ channel: place.channel }))), list, h("footer", {}));
    root.ariaLabel = t("thread");
    thread = new Stream(list);
  }
  thread.show({ channel: id, thread: place.thread });
  drawComposer(root.querySelector("footer"), id, { thread: place.thread, up: () => thread.focusLast() });
}

function drawHome() {
  const view = seen.now.home;
  document.body.classList.toggle("at-home", true);
  const blocks = view
    ? drawBlocks(view.blocks, { view: { id: view.id } }, { values: view.state.values })
    : h("p", { className: "empty" }, t("home.none"));
  room.place = undefined;
  room.rows.clear();
  fill(room.list, h("div", { className: "home" }, blocks));
  leaveComposer(at("composer"));
  at("thread").hidden = true;
}

document.addEventListener("visibilitychange", () => { if (seen.now) drawFrame(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if (document.body.classList.contains("sidebar-open")) closeSidebar();
  else if (place.thread) goTo({ channel: place.channel });
  else document.querySelector("#composer textarea")?.focus();
});
