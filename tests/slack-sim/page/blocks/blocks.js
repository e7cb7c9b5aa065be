// Blocks, in messages, forms and the home tab.

import { h, icon } from "../kit/dom.js";
import { act, interact } from "../kit/workspace.js";
import { t } from "../kit/words.js";
import { drawElement } from "./elements.js";
import { drawRich } from "./rich.js";
import { mrkdwn, speech, textObject } from "./text.js";

/**
 * Draws `blocks` that stand at `place`. `values` is Slack's `state.values`; `entries()` gives what
 * was typed in the same form; `errors` are field errors by block id.
 */
export function drawBlocks(blocks, place, { values = {}, entries, errors = {} } = {}) {
  const context = { place, values, entries, errors };
  return h("div", { className: "blocks", lang: speech(JSON.stringify(blocks)) }, blocks.map((block) => draw(block, context)));
}

function draw(block, context) {
  switch (block.type) {
    case "header": return h("h3", { className: "b-header" }, textObject(block.text));
    case "divider": return h("hr", { className: "b-divider" });
    case "section": return section(block, context);
    case "context": return h("div", { className: "b-context" }, block.elements.map((one) => (
      one.type === "image" ? picture(one) : h("span", { className: "text" }, textObject(one)))));
    case "actions": return h("div", { className: "b-actions" }, block.elements.map((element) => active(block, element, context)));
    case "input": return input(block, context);
    case "rich_text": return drawRich(block);
    case "markdown": return h("div", { className: "text" }, mrkdwn(block.text));
    case "image": return h("figure", { className: "b-image" }, block.title && h("figcaption", {}, textObject(block.title)), picture(block));
    default: return h("p", { className: "b-unknown" }, t("block.unknown", { type: block.type }));
  }
}

function section(block, context) {
  return h("div", { className: "b-section" },
    block.text && h("div", { className: "text" }, textObject(block.text)),
    block.fields && h("div", { className: "fields" }, block.fields.map((field) => h("div", { className: "text" }, textObject(field)))),
    block.accessory && h("div", { className: "accessory" }, active(block, block.accessory, context)));
}

/** Pictures stand elsewhere, and nothing is fetched from there: a frame with their words. */
export function picture(one) {
  return h("span", { className: "picture", role: "img", ariaLabel: one.alt_text, title: one.image_url ?? "" }, icon("image"), h("span", {}, one.alt_text));
}

function active(block, element, { place, values, entries }) {
  if (element.type === "image") return picture(element);
  const what = element.action_id;
  const typed = () => (entries ? { entries: entries() } : {});
  return drawElement(element, {
    id: `${block.block_id}-${what}`,
    state: values[block.block_id]?.[what],
    label: element.accessibility_label ?? element.placeholder?.text,
    suggest: (text) => act("suggest", { place, what, typed: text }),
    press: () => interact("press", { place, what, ...typed() }),
    choose: (choice) => interact("select", { place, what, choice, ...typed() }),
  });
}

function input(block, { place, values, entries, errors }) {
  const { element } = block;
  const what = element.action_id;
  const error = errors[block.block_id];
  const id = `${block.block_id}-${what}`;
  const grouped = element.type === "radio_buttons" || element.type === "checkboxes";
  const label = [textObject(block.label), block.optional && h("span", { className: "quiet" }, ` ${t("optional")}`)];
  const notes = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const choose = block.dispatch_action
    ? (choice) => interact("select", { place, what: block.block_id, choice, ...(entries ? { entries: entries() } : {}) })
    : undefined;
  const drawn = drawElement(element, {
    id, choose, state: values[block.block_id]?.[what], label: block.label.text,
    suggest: (typed) => act("suggest", { place, what: block.block_id, typed }),
  });
  const control = drawn.matches("input, select, textarea, button") ? drawn : drawn.querySelector("input, button") ?? drawn;
  // A picker is read with its label and with what was chosen.
  if (control.matches(".picker")) control.setAttribute("aria-labelledby", `${id}-label ${id}`);
  if (notes) control.setAttribute("aria-describedby", notes);
  if (error) control.setAttribute("aria-invalid", "true");
  // What opens a list is a button, of which it cannot be said.
  if (!block.optional && !control.matches("button")) control.setAttribute("aria-required", "true");
  return h(grouped ? "fieldset" : "div", { className: `b-input${error ? " wrong" : ""}`, "data-input": block.block_id, "data-action": what },
    grouped ? h("legend", {}, label) : h("label", { htmlFor: id, id: `${id}-label` }, label),
    drawn,
    block.hint && h("small", { className: "quiet", id: `${id}-hint` }, textObject(block.hint)),
    error && h("p", { className: "error", id: `${id}-error` }, icon("alert"), error));
}
