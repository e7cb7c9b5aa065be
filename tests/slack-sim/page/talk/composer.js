// Where one types: messages and commands.

import { fill, h, iconButton } from "../kit/dom.js";
import { act, channel, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { pickEmoji } from "../blocks/emoji.js";
import { complete } from "./complete.js";

/** What was typed and not sent, by place. */
const drafts = new Map();

/** Draws a composer for a channel or a thread; what was typed survives while the place is the same. */
export function drawComposer(root, id, { thread, up } = {}) {
  const key = `${id}/${thread ?? ""}/${refusal(id)}`;
  if (root.dataset.key === key) return;
  root.dataset.key = key;
  const why = refusal(id);
  if (why) fill(root, closed(id, why));
  else fill(root, composer(id, thread, up));
}

export function leaveComposer(root) {
  fill(root);
  delete root.dataset.key;
}

function refusal(id) {
  const place = channel(id);
  if (!place) return "gone";
  if (place.archived) return "archived";
  return place.member ? "" : "outside";
}

function closed(id, why) {
  return h("div", { className: "closed" }, h("p", {}, t(`composer.${why}`)),
    why === "outside" && h("button", { type: "button", className: "button main", onclick: () => act("join", { channel: id }) }, t("channel.join")),
    why === "archived" && h("button", { type: "button", className: "button", onclick: () => act("unarchive_channel", { channel: id }) }, t("channel.unarchive")));
}

function composer(id, thread, up) {
  const draft = `${id}/${thread ?? ""}`;
  const place = channel(id);
  const name = place.kind === "im" ? seen.now.app.name : `#${place.name}`;
  const box = h("textarea", {
    rows: 1,
    ariaLabel: thread ? t("composer.thread") : t("composer.to", { name }),
    placeholder: thread ? t("composer.thread") : t("composer.to", { name }),
    value: drafts.get(draft) ?? "",
    oninput: () => drafts.set(draft, box.value),
  });
  const list = complete(box, { commands: !thread });
  const form = h("form", {
    className: "composer",
    onsubmit: (event) => {
      event.preventDefault();
      sendText(box, id, thread);
      drafts.delete(draft);
      list.close();
    },
  },
  box,
  iconButton("smile", t("emoji"), async (event) => {
    const emoji = await pickEmoji(event.currentTarget);
    if (emoji) box.setRangeText(`:${emoji}: `, box.selectionStart, box.selectionEnd, "end");
    box.focus();
  }),
  h("button", { className: "icon-button send", title: t("send"), ariaLabel: t("send") }, iconOfSend()));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && !box.value) {
      event.preventDefault();
      up?.();
    }
  });
  return [list.drawn, form];
}

function iconOfSend() {
  return iconButton("send", "").firstChild;
}

async function sendText(box, id, thread) {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  const outcome = text.startsWith("/") && !thread
    ? await act("command", { channel: id, line: text })
    : await act("say", { channel: id, text, thread_ts: thread ?? null });
  if (outcome === undefined && !box.value) box.value = text;
}
