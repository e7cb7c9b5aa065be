// The page: draws what this person sees, and draws it again at every change.

import { fill, h } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { drawComposer } from "./composer.js";
import { drawHeader } from "./header.js";
import { drawMessage, listed } from "./messages.js";
import { drawModal } from "./modal.js";
import { drawSidebar, markRead } from "./sidebar.js";
import { goTo, onMove } from "./places.js";
import { channel, listen, seen } from "./workspace.js";

const at = (id) => document.getElementById(id);
/** How each node looked when it was drawn. */
const drawn = new WeakMap();
let shown = "";

onMove(draw);
listen((state) => {
  seen.now = state;
  if (!seen.place) {
    const first = state.channels.find((one) => one.member) ?? state.channels[0];
    goTo({ channel: first.id });
  }
  draw();
});

function draw() {
  if (!seen.now) return;
  document.title = `${seen.now.team.name} · simulated workspace`;
  const id = seen.place?.channel;
  if (id) markRead(id);
  drawSidebar(at("sidebar"));
  drawHeader(at("header"), channel(id));
  if (seen.place?.home) drawHome();
  else drawRoom(id);
  drawThread(id);
  drawModal(at("modal"), seen.now.modals);
}

function drawRoom(id) {
  const root = at("messages");
  const place = `${seen.now.me} ${id}`;
  const atEnd = shown !== place || root.scrollHeight - root.scrollTop - root.clientHeight < 80;
  shown = place;
  const list = listed(id);
  replaceKept(root, list.length ? list.map((one) => drawMessage(one)) : [h("p", { className: "empty" }, "Nothing has been said here yet.")]);
  if (atEnd) root.scrollTop = root.scrollHeight;
  drawComposer(at("composer"), id);
  if (seen.flash) {
    const target = root.querySelector(`[data-ts="${CSS.escape(seen.flash)}"]`);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("flash");
    seen.flash = null;
  }
}

/** Replaces children, but leaves what is the same: open menus and selections survive. */
function replaceKept(root, nodes) {
  const before = new Map([...root.children].map((node) => [node.dataset.ts, node]));
  const kept = nodes.map((node) => {
    const old = before.get(node.dataset.ts);
    return old && drawn.get(old) === node.outerHTML ? old : node;
  });
  for (const node of kept) if (!drawn.has(node)) drawn.set(node, node.outerHTML);
  if (kept.length === root.children.length && kept.every((node, index) => node === root.children[index])) return;
  fill(root, kept);
}

function drawHome() {
  shown = "home";
  const view = seen.now.home;
  const blocks = view
    ? drawBlocks(view.blocks, { view: { id: view.id } }, { values: view.state.values })
    : h("p", { className: "empty" }, "The app has published no home yet.");
  fill(at("messages"), h("div", { className: "home" }, blocks));
  const composer = at("composer");
  fill(composer);
  delete composer.dataset.key;
}

function drawThread(id) {
  const root = at("thread");
  root.hidden = !seen.thread || !id;
  if (root.hidden) {
    fill(root);
    return;
  }
  if (!root.firstChild || root.dataset.thread !== seen.thread) {
    root.dataset.thread = seen.thread;
    fill(root,
      h("header", {}, h("h2", {}, "Thread"), h("button", { className: "button", ariaLabel: "Close", onclick: () => goTo({ channel: id }) }, "✕")),
      h("div", { className: "list" }), h("footer", {}));
  }
  const list = root.querySelector(".list");
  replaceKept(list, listed(id, seen.thread).map((one) => drawMessage(one, { inThread: true })));
  drawComposer(root.querySelector("footer"), id, seen.thread);
}
