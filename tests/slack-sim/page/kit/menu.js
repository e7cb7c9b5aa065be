// Menus and other things that pop up beside what was pressed.

import { fill, h } from "./dom.js";

let open;

/** Shows `content` beside `anchor` until something else is pressed; returns what closes it. */
export function popUp(anchor, content, { label, className = "", onclose } = {}) {
  open?.();
  const sheet = h("div", { className: `pop ${className}`, popover: "auto", ariaLabel: label }, content);
  (anchor.closest("dialog") ?? document.body).append(sheet);
  anchor.ariaExpanded = "true";
  const close = () => sheet.isConnected && sheet.hidePopover();
  sheet.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    const had = sheet.contains(document.activeElement) || document.activeElement === document.body;
    sheet.remove();
    anchor.ariaExpanded = "false";
    if (open === close) open = undefined;
    if (had && anchor.isConnected) anchor.focus();
    onclose?.();
  });
  sheet.showPopover();
  // What is in it may come later.
  new ResizeObserver(() => beside(sheet, anchor)).observe(sheet);
  open = close;
  return close;
}

/** Below the anchor, or above it where there is more room; never outside of the window. */
function beside(sheet, anchor) {
  const where = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = sheet;
  const below = innerHeight - where.bottom;
  const top = below > height + 8 || below > where.top ? where.bottom + 4 : where.top - height - 4;
  const left = where.left + width > innerWidth - 8 ? where.right - width : where.left;
  sheet.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  sheet.style.left = `${Math.max(8, left)}px`;
}

/**
 * A menu; `entries` are `{label, hint?, act, danger?}` or `null` for a line between them. Arrow
 * keys move, letters jump, Escape closes.
 */
export function openMenu(anchor, entries, label) {
  const items = entries.filter((entry) => entry !== false && entry !== undefined).map((entry) => (entry
    ? h("button", { type: "button", role: "menuitem", tabIndex: -1, className: entry.danger ? "danger" : "", onclick: () => { close(); entry.act(); } },
      h("span", {}, entry.label), entry.hint && h("small", {}, entry.hint))
    : h("hr", {})));
  const menu = h("div", { role: "menu", ariaLabel: label, className: "menu", onkeydown: move }, items);
  const close = popUp(anchor, menu, { label });
  menu.querySelector("button")?.focus();
}

function move(event) {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const now = buttons.indexOf(document.activeElement);
  const to = {
    ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    buttons.at(to % buttons.length)?.focus();
  } else if (event.key.length === 1 && event.key !== " ") {
    const letter = event.key.toLowerCase();
    const after = [...buttons.slice(now + 1), ...buttons.slice(0, now + 1)];
    after.find((one) => one.textContent.toLowerCase().startsWith(letter))?.focus();
  }
}

/** A list of rows to read, such as members or pins. */
export function openList(anchor, label, rows) {
  const list = h("div", { className: "rows" });
  fill(list, h("h3", {}, label), rows);
  return popUp(anchor, list, { label });
}
