// A list of messages: draws the newest, more when somebody scrolls up, and touches only what changed.

import { dateOf, h } from "../kit/dom.js";
import { locale, t } from "../kit/words.js";
import { channel as channelOf, seen } from "../kit/workspace.js";
import { dayOf, follows, listed } from "./listed.js";
import { drawMessage } from "./message.js";
import { followTools } from "./tools.js";

/** So many messages are drawn at first, so many more at a time, and never more than this. */
const FIRST = 80;
const MORE = 60;
const MOST = 300;
/** Nearer than this to the end counts as there, nearer to where drawing ends asks for more: pixels. */
const NEAR = 120;
const SOON = 800;

const dayName = new Intl.DateTimeFormat(locale, { weekday: "long", month: "long", day: "numeric" });

export class Stream {
  constructor(root) {
    this.root = root;
    this.list = h("div", { className: "list", role: "log", ariaLabel: t("messages") });
    this.below = h("button", { type: "button", className: "below", hidden: true, onclick: () => this.toEnd() }, t("new.below"));
    root.append(this.list, this.below);
    this.rows = new Map();
    // Rows get their true height only when they come into sight.
    new ResizeObserver(() => { if (this.stuck) this.toEnd(); }).observe(this.list);
    root.addEventListener("scroll", () => this.scrolled(), { passive: true });
    root.addEventListener("keydown", (event) => this.move(event));
    followTools(root);
  }

  /** Draws a channel or a thread; `flash` is a message to go to. */
  show({ channel, thread, flash }) {
    const place = `${seen.now.me} ${channel} ${thread ?? ""}`;
    const moved = place !== this.place;
    if (moved) {
      this.list.replaceChildren();
      this.rows.clear();
    }
    const whole = !moved && this.end === this.all.length;
    const follow = moved || (this.stuck && whole);
    const before = this.last;
    Object.assign(this, { place, channel, thread, all: listed(channel, thread) });
    this.last = this.all.at(-1)?.ts;
    const index = flash ? this.all.findIndex((one) => one.ts === flash) : -1;
    if (index >= 0) this.window(index - FIRST / 2, index + FIRST / 2);
    else if (follow) this.window(this.all.length - FIRST, this.all.length);
    else this.window(this.start, whole ? Math.min(this.all.length, this.start + MOST) : this.end);
    if (index >= 0) this.flash(flash);
    else if (follow) this.toEnd();
    else if (this.last !== before) this.below.hidden = false;
  }

  /** Draws the messages from `start` to `end`. */
  window(start, end) {
    this.start = Math.max(0, start);
    this.end = Math.min(this.all.length, end);
    this.draw();
  }

  atEnd() {
    return this.end === this.all.length && this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR;
  }

  toEnd() {
    if (this.end < this.all.length) this.window(this.all.length - FIRST, this.all.length);
    this.stuck = true;
    this.root.scrollTop = this.root.scrollHeight;
    this.below.hidden = true;
  }

  /** More of the past or of what came later, when an end of what is drawn comes near. */
  scrolled() {
    if (!this.all) return;
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const size = `${scrollHeight} ${clientHeight}`;
    const resized = size !== this.size;
    this.size = size;
    // What grew while the end was in sight did not move the person away from it.
    if (this.stuck && resized) this.toEnd();
    this.stuck = this.atEnd();
    if (this.stuck) this.below.hidden = true;
    const { start, end } = this;
    if (scrollTop < SOON && start > 0) this.moveWindow(start - MORE, Math.min(end, start - MORE + MOST));
    else if (scrollHeight - scrollTop - clientHeight < SOON && end < this.all.length) this.moveWindow(Math.max(start, end + MORE - MOST), end + MORE);
  }

  /** Draws another part, and leaves what is in sight where it is. */
  moveWindow(start, end) {
    const top = this.root.getBoundingClientRect().top;
    const kept = [...this.list.children].find((row) => row.dataset.ts && row.getBoundingClientRect().bottom > top);
    const before = kept?.getBoundingClientRect().bottom;
    this.window(start, end);
    // Drawn anew, perhaps: it may have got or lost its head.
    const now = kept && this.rows.get(kept.dataset.ts)?.node;
    if (now) this.root.scrollTop += now.getBoundingClientRect().bottom - before;
  }

  draw() {
    const { start, end } = this;
    const wanted = [];
    if (start === 0) wanted.push(this.row("start", this.place, () => this.beginning()));
    for (let index = start; index < end; index += 1) {
      const message = this.all[index];
      const before = this.all[index - 1];
      const newDay = !before || dayOf(before) !== dayOf(message);
      if (newDay && !this.thread) wanted.push(this.row(`day ${dayOf(message)}`, locale, () => dayLine(message)));
      wanted.push(this.messageRow(message, index > start && !newDay && follows(message, before)));
    }
    this.keep(new Set(wanted));
    let next = this.list.firstChild;
    for (const node of wanted) {
      if (node === next) next = next.nextSibling;
      else this.list.insertBefore(node, next);
    }
  }

  messageRow(message, grouped) {
    const pinned = channelOf(message.channel)?.pins.some((pin) => pin.ts === message.ts);
    const state = message.only ? JSON.stringify(message) : message.revision;
    const key = `${state} ${grouped} ${pinned} ${seen.names}`;
    const before = this.rows.get(message.ts);
    const node = this.row(message.ts, key, () => drawMessage(message, { grouped, pinned, inThread: Boolean(this.thread) }));
    if (before && before.node !== node) {
      const edited = message.only || message.edited?.ts !== before.edited;
      if (edited) node.classList.add("changed");
    }
    this.rows.get(message.ts).edited = message.edited?.ts;
    return node;
  }

  /** The node that stands for `name`: the one there is while its `key` stays the same. */
  row(name, key, draw) {
    const known = this.rows.get(name);
    if (known?.key === key) return known.node;
    const node = draw();
    if (known) {
      const focused = known.node.contains(document.activeElement) && document.activeElement;
      known.node.replaceWith(node);
      if (focused) refocus(node, focused);
    }
    this.rows.set(name, { key, node });
    return node;
  }

  keep(wanted) {
    for (const [name, { node }] of this.rows) {
      if (wanted.has(node)) continue;
      node.remove();
      this.rows.delete(name);
    }
  }

  beginning() {
    const channel = channelOf(this.channel);
    if (this.thread || !channel) return h("div", {});
    const name = channel.kind === "im" ? seen.now.app.name : `#${channel.name}`;
    return h("div", { className: "beginning" }, h("h3", {}, t("beginning", { name })), channel.purpose && h("p", {}, channel.purpose));
  }

  flash(ts) {
    this.stuck = false;
    const node = this.rows.get(ts)?.node;
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("flash");
    node?.focus({ preventScroll: true });
  }

  /** Arrow keys go from message to message. */
  move(event) {
    const message = event.target.closest?.(".message");
    if (!message || event.target !== message) return;
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    let to = message[step];
    while (to && !to.classList.contains("message")) to = to[step];
    if (to) to.focus();
    else if (event.key === "ArrowDown") this.root.parentElement.querySelector("textarea")?.focus();
  }

  /** The newest message, for who comes from below with the arrow key. */
  focusLast() {
    this.list.querySelector(".message:last-child")?.focus();
  }
}

function dayLine(message) {
  return h("div", { className: "day", role: "separator" }, h("span", {}, dayName.format(dateOf(message.ts))));
}

/** The same button or field of the message as it is now. */
function refocus(node, was) {
  const id = was.dataset?.actionId;
  const same = id && node.querySelector(`[data-action-id="${CSS.escape(id)}"]`);
  (same || node).focus({ preventScroll: true });
}
