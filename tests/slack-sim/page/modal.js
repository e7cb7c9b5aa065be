// The modal in front of the person.

import { fill, h } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { readEntries } from "./elements.js";
import { act } from "./workspace.js";

let drawn = "";

/** Draws the top of the stack, again only when the app changed it, so that typing is not disturbed. */
export function drawModal(dialog, modals) {
  const view = modals.at(-1);
  if (!view) {
    if (dialog.open) dialog.close();
    drawn = "";
    return;
  }
  const key = `${view.id} ${view.hash}`;
  if (key !== drawn) draw(dialog, view, {});
  drawn = key;
  if (!dialog.open) dialog.showModal();
}

function draw(dialog, view, errors, said = "") {
  const place = { view: { id: view.id } };
  const body = h("form", { className: "body", id: "form", noValidate: true });
  const entries = () => readEntries(body);
  body.append(drawBlocks(view.blocks, place, { values: view.state.values, entries, errors }));
  if (said) body.append(h("p", { className: "error", role: "alert" }, said));
  body.onsubmit = (event) => {
    event.preventDefault();
    submit(dialog, view, entries());
  };
  dialog.oncancel = (event) => {
    event.preventDefault();
    act("close_view");
  };
  fill(dialog,
    h("header", {}, h("h2", {}, view.title?.text ?? ""),
      h("button", { className: "button", type: "button", ariaLabel: "Close", onclick: () => act("close_view") }, "✕")),
    body,
    h("footer", {},
      h("button", { className: "button", type: "button", onclick: () => act("close_view") }, view.close?.text ?? "Close"),
      view.submit && h("button", { className: "button main", id: "submit", type: "submit", "form": "form" }, view.submit.text)));
  dialog.querySelector("[autofocus]")?.focus();
}

async function submit(dialog, view, entries) {
  const button = dialog.querySelector("#submit");
  button.disabled = true;
  const outcome = await act("submit", { view: view.id, entries });
  button.disabled = false;
  if (outcome === undefined) return;
  const typed = { ...view, state: { values: typedValues(view, entries) } };
  if (outcome.errors) draw(dialog, typed, outcome.errors);
  if (outcome === "timeout" || outcome.failed) {
    const why = outcome.failed ? ` (${outcome.failed})` : "";
    draw(dialog, typed, {}, `We had some trouble connecting. Try again?${why}`);
  }
}

/** The state that the form would have with what was typed in it. */
function typedValues(view, entries) {
  const values = structuredClone(view.state.values);
  for (const block of view.blocks.filter((one) => one.type === "input")) {
    const entry = entries[block.block_id];
    const list = Array.isArray(entry) ? entry : entry === "" ? null : entry;
    values[block.block_id] = { [block.element.action_id]: { value: list } };
  }
  return values;
}
