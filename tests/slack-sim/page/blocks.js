// Blocks, in messages, forms and the home tab.

import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { drawRich } from "./rich.js";
import { mrkdwn, textObject } from "./text.js";
import { act, interact } from "./workspace.js";

/**
 * Draws `blocks` that stand at `place`. `values` is Slack's `state.values`; `entries()` gives what
 * was typed in the same form; `errors` are field errors by block id.
 */
export function drawBlocks(blocks, place, { values = {}, entries, errors = {} } = {}) {
  const context = { place, values, entries, errors };
  return h("div", { className: "blocks" }, blocks.map((block) => draw(block, context)));
}

function draw(block, context) {
  switch (block.type) {
    case "header": return h("div", { className: "b-header", role: "heading", ariaLevel: "3" }, textObject(block.text));
    case "divider": return h("hr", { className: "b-divider" });
    case "section": return section(block, context);
    case "context": return h("div", { className: "b-context" }, block.elements.map((one) => (
      one.type === "image" ? drawElement(one, {}) : h("span", { className: "text" }, textObject(one)))));
    case "actions": return h("div", { className: "b-actions" },
      block.elements.map((element) => active(block, element, context)));
    case "input": return input(block, context);
    case "rich_text": return drawRich(block);
    case "markdown": return h("div", { className: "text" }, mrkdwn(block.text));
    case "image": return h("figure", {}, h("img", { src: block.image_url, alt: block.alt_text }));
    default: return null;
  }
}

function section(block, context) {
  return h("div", { className: "b-section" },
    block.text && h("div", { className: "text" }, textObject(block.text)),
    block.accessory && active(block, block.accessory, context),
    block.fields && h("div", { className: "fields" },
      block.fields.map((field) => h("div", { className: "text" }, textObject(field)))));
}

function active(block, element, { place, values, entries }) {
  const what = element.action_id;
  const typed = () => (entries ? { entries: entries() } : {});
  return drawElement(element, {
    id: `${block.block_id}-${element.action_id}`,
    state: values[block.block_id]?.[element.action_id],
    suggest: (typed) => act("suggest", { place, what, typed }),
    press: () => interact("press", { place, what, ...typed() }),
    choose: (choice) => interact("select", { place, what, choice, ...typed() }),
  });
}

function input(block, context) {
  const { element } = block;
  const error = context.errors[block.block_id];
  const grouped = element.type === "radio_buttons" || element.type === "checkboxes";
  const id = `${block.block_id}-${element.action_id}`;
  const state = context.values[block.block_id]?.[element.action_id];
  const label = [textObject(block.label), block.optional && h("span", { className: "quiet" }, " (optional)")];
  const choose = block.dispatch_action
    ? (choice) => interact("select", { place: context.place, what: element.action_id, choice })
    : undefined;
  const suggest = (typed) => act("suggest", { place: context.place, what: element.action_id, typed });
  return h(grouped ? "fieldset" : "div", { className: `b-input${error ? " wrong" : ""}`, "data-input": block.block_id },
    grouped ? h("legend", {}, label) : h("label", { htmlFor: id }, label),
    drawElement(element, { id, state, choose, suggest }),
    block.hint && h("span", { className: "quiet" }, textObject(block.hint)),
    error && h("span", { className: "error", role: "alert" }, error));
}
