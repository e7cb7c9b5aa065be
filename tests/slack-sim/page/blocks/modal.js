// The form in front of the person.

import { fill, h, iconButton } from "../kit/dom.js";
import { act, seen } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { drawBlocks } from "./blocks.js";
import { readEntries } from "./elements.js";
import { speech } from "./text.js";

let drawn = "";
/** What stood in the form when it was drawn: what differs later was typed by the person. */
let begun = {};

const close = () => act("close_view");
// Somebody followed a link out of the form.
document.addEventListener("left", () => { if (seen.now.modals.length > 0) close(); });

/** Draws the top of the stack, again only when the app changed it, so that typing is not disturbed. */
export function drawModal(dialog) {
  const view = seen.now.modals.at(-1);
  if (!view) {
    if (dialog.open) dialog.close();
    drawn = "";
    return;
  }
  const key = `${view.id} ${view.hash}`;
  if (key === drawn) return;
  const same = drawn.startsWith(`${view.id} `);
  drawn = key;
  draw(dialog, view, { typed: same ? typedIn(dialog) : {}, focus: !same });
  if (!dialog.open) dialog.showModal();
  if (!same) focusFirst(dialog);
}

/** Entries that the person changed since the form was drawn. */
function typedIn(dialog) {
  const now = readEntries(dialog);
  return Object.fromEntries(Object.entries(now).filter(([id, entry]) => JSON.stringify(entry) !== JSON.stringify(begun[id])));
}

function draw(dialog, view, { typed = {}, errors = {}, said = "" }) {
  const focused = dialog.contains(document.activeElement) ? document.activeElement.id : "";
  const place = { view: { id: view.id } };
  const body = h("form", { className: "body", id: "form", noValidate: true });
  const entries = () => readEntries(body);
  body.append(drawBlocks(view.blocks, place, { values: withTyped(view, typed), entries, errors }));
  body.onsubmit = (event) => {
    event.preventDefault();
    submit(dialog, view, entries());
  };
  dialog.oncancel = (event) => {
    event.preventDefault();
    close();
  };
  const deeper = seen.now.modals.length > 1;
  const title = view.title?.text ?? "";
  fill(dialog,
    h("header", {},
      deeper && iconButton("back", t("back"), close),
      h("h2", { id: "modal-title", lang: speech(title) }, title),
      iconButton("x", t("close"), close)),
    body,
    said && h("p", { className: "error said", role: "alert" }, said),
    (view.submit || view.close) && h("footer", {},
      h("span", { className: "quiet" }, seen.now.app.name),
      h("button", { className: "button", type: "button", onclick: close }, view.close?.text ?? t(view.submit ? "cancel" : "close")),
      view.submit && h("button", { className: "button main", id: "submit", type: "submit", form: "form" }, view.submit.text)));
  dialog.setAttribute("aria-labelledby", "modal-title");
  begun = { ...entries(), ...Object.fromEntries(Object.keys(typed).map((id) => [id, undefined])) };
  if (focused) document.getElementById(focused)?.focus();
}

function focusFirst(dialog) {
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".body input, .body textarea, .body select, .body button");
  (first ?? dialog.querySelector("footer .main") ?? dialog).focus();
  if (first?.matches("input[type=text], textarea")) first.setSelectionRange(first.value.length, first.value.length);
}

async function submit(dialog, view, entries) {
  const button = dialog.querySelector("#submit");
  if (button) {
    button.disabled = true;
    button.ariaBusy = "true";
  }
  const outcome = await act("submit", { view: view.id, entries });
  if (button) {
    button.disabled = false;
    button.ariaBusy = "false";
  }
  if (outcome === undefined) return;
  if (outcome.errors) {
    draw(dialog, view, { typed: entries, errors: outcome.errors });
    dialog.querySelector("[aria-invalid]")?.focus();
  } else if (outcome === "timeout" || outcome.failed) {
    const why = outcome.failed ? ` (${outcome.failed})` : "";
    draw(dialog, view, { typed: entries, said: `${t("form.trouble")}${why}` });
  }
}

/** Slack's `state.values` with what the person typed in it. */
function withTyped(view, typed) {
  const values = structuredClone(view.state.values);
  for (const block of view.blocks.filter((one) => one.type === "input" && one.block_id in typed)) {
    const entry = typed[block.block_id];
    const known = values[block.block_id]?.[block.element.action_id] ?? {};
    const labels = [known.selected_option, ...(known.selected_options ?? [])].filter(Boolean);
    const named = (value) => labels.find((one) => one.value === value) ?? value;
    const value = Array.isArray(entry) ? entry.map(named) : entry === "" ? null : named(entry);
    values[block.block_id] = { [block.element.action_id]: { value } };
  }
  return values;
}
