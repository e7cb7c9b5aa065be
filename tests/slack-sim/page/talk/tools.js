// What can be done with a message: appears on the one that is pointed at or has the focus.

import { h, iconButton } from "../kit/dom.js";
import { ask } from "../kit/dialog.js";
import { openMenu } from "../kit/menu.js";
import { goTo } from "../kit/places.js";
import { act, channel, interact, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { emoji, pickEmoji } from "../blocks/emoji.js";
import { plainOf } from "../blocks/text.js";

const QUICK = ["pushpin", "+1", "eyes"];

/** Lets tools follow the pointer within `root`, and others the focus. */
export function followTools(root) {
  for (const way of ["pointerover", "focusin"]) {
    let tools;
    root.addEventListener(way, ({ target }) => {
      const drawn = target.closest?.(".message");
      if (!drawn || tools?.parentElement === drawn) return;
      tools?.remove();
      tools = undefined;
      if (!usable(drawn.message) || drawn.querySelector(".tools")) return;
      tools = draw(drawn);
      drawn.append(tools);
    });
  }
}

const usable = (message) => message && !message.only && !message.subtype?.startsWith("channel_") && channel(message.channel)?.member;

function draw(drawn) {
  const { message } = drawn;
  const { archived } = channel(message.channel);
  const quick = QUICK.map((name) => h("button", {
    type: "button", className: "icon-button", title: `:${name}:`, ariaLabel: t("react.with", { name }), onclick: () => toggle(drawn.message, name),
  }, emoji(name)));
  return h("div", { className: "tools", role: "toolbar", ariaLabel: t("message.tools") },
    !archived && quick,
    !archived && iconButton("smile", t("react"), async (event) => {
      const name = await pickEmoji(event.currentTarget);
      if (name) toggle(drawn.message, name);
    }),
    iconButton("reply", t("reply.in.thread"), () => goTo({ channel: message.channel, thread: message.thread_ts ?? message.ts })),
    iconButton("dots", t("message.more"), (event) => more(event.currentTarget, drawn.message)));
}

const at = (message) => ({ channel: message.channel, ts: message.ts });

function toggle(message, name) {
  const mine = message.reactions?.some((one) => one.name === name && one.users.includes(seen.now.me));
  act(mine ? "unreact" : "react", { ...at(message), emoji: name });
}

function more(anchor, message) {
  const here = channel(message.channel);
  const mine = message.user === seen.now.me && !message.bot_id;
  const pinned = here.pins.some((pin) => pin.ts === message.ts);
  const shortcuts = seen.now.shortcuts.filter((one) => one.type === "message").map((one) => ({
    label: one.name, hint: seen.now.app.name, act: () => interact("shortcut", { ...at(message), callback_id: one.callback_id }),
  }));
  openMenu(anchor, [
    ...shortcuts,
    shortcuts.length > 0 && null,
    { label: pinned ? t("unpin") : t("pin"), act: () => act("pin", { ...at(message), on: !pinned }) },
    { label: t("copy.text"), act: () => navigator.clipboard?.writeText(plainOf(message.text)) },
    mine && null,
    mine && { label: t("edit"), act: () => edit(message) },
    mine && { label: t("delete"), danger: true, act: () => remove(message) },
  ], t("message.more"));
}

async function edit(message) {
  const given = await ask({ title: t("edit.title"), fields: [{ name: "text", label: t("message"), kind: "long", value: plainOf(message.text) }], confirm: t("save") });
  if (given?.text) act("edit", { ...at(message), text: given.text });
}

async function remove(message) {
  const given = await ask({ title: t("delete.title"), text: plainOf(message.text), confirm: t("delete"), danger: true });
  if (given) act("delete", at(message));
}
