// Where one types: messages and commands.

import { fill, h } from "./dom.js";
import { act, seen } from "./workspace.js";
import { canWrite } from "./messages.js";

/** Draws a composer for a channel or a thread; what was typed survives while the place is the same. */
export function drawComposer(root, channel, thread) {
  const key = `${channel}/${thread ?? ""}`;
  const refusal = canWrite(channel);
  if (root.dataset.key === key && root.dataset.refusal === refusal) return;
  root.dataset.key = key;
  root.dataset.refusal = refusal;
  if (refusal) {
    fill(root, h("p", { className: "hint" }, refusal));
    return;
  }
  const hint = h("p", { className: "hint", hidden: true });
  const box = h("textarea", {
    rows: 1,
    ariaLabel: thread ? "Answer" : "Message",
    placeholder: thread ? "Answer in the thread" : "Write a message, or / for a command",
    oninput: () => suggest(hint, box.value, thread),
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    },
  });
  const form = h("form", {
    className: "composer",
    onsubmit: (event) => {
      event.preventDefault();
      send(box, channel, thread);
      hint.hidden = true;
    },
  }, box, h("button", { className: "button main" }, "Send"));
  fill(root, hint, form);
}

async function send(box, channel, thread) {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  const isCommand = text.startsWith("/") && !thread;
  const outcome = isCommand
    ? await act("command", { channel, line: text })
    : await act("say", { channel, text, thread_ts: thread ?? null });
  if (outcome === undefined && !box.value) box.value = text;
}

function suggest(hint, typed, thread) {
  const commands = seen.now.commands.filter((one) => typed && !thread && (one.command.startsWith(typed) || typed.startsWith(one.command)));
  hint.hidden = commands.length === 0;
  fill(hint, commands.map((one) => h("span", {}, h("code", {}, one.command), ` ${one.usage_hint} `)));
}
