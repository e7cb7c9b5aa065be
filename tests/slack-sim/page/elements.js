// Interactive elements: buttons, menus, inputs.

import { fill, h } from "./dom.js";
import { seen } from "./workspace.js";
import { textObject } from "./text.js";

/** What an element's choice is called in its state, and whether it holds several. */
function chosenIn(state) {
  if (!state) return [];
  const field = Object.keys(state).find((name) => name === "value" || name.startsWith("selected_"));
  const value = state[field];
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((one) => one.value ?? String(one));
}

/**
 * Draws an element. `state` is what was chosen so far; `press()` and `choose(values)` do what
 * the person does, `suggest(typed)` asks the app for options; inside a form `choose` may be left
 * out, then `readEntries` collects it.
 */
export function drawElement(element, { state, press, choose, suggest, id, required }) {
  const common = { id, "data-action-id": element.action_id, "data-element": element.type };
  switch (element.type) {
    case "button": return button(element, press, common);
    case "image": return h("img", { src: element.image_url, alt: element.alt_text });
    case "overflow": return menu(element, "⋯", element.options, choose, common);
    case "radio_buttons": return boxes(element, "radio", state, choose, common);
    case "checkboxes": return boxes(element, "checkbox", state, choose, common);
    case "static_select": case "multi_static_select":
      return select(element, options(element), state, choose, common, required);
    case "external_select": case "multi_external_select":
      return external(element, state, choose, common, suggest);
    case "users_select": case "multi_users_select":
      return select(element, people(), state, choose, common, required);
    case "conversations_select": case "multi_conversations_select":
    case "channels_select": case "multi_channels_select":
      return select(element, channels(), state, choose, common, required);
    default: return input(element, state, choose, common, required);
  }
}

/** What stands in the inputs of `root`, by block id. */
export function readEntries(root) {
  const entries = {};
  for (const block of root.querySelectorAll("[data-input]")) {
    const control = block.querySelector("[data-element]");
    const kind = control.dataset.element;
    let value;
    if (kind === "radio_buttons" || kind === "checkboxes") {
      value = [...control.querySelectorAll("input:checked")].map((box) => box.value);
      if (kind === "radio_buttons") value = value[0] ?? "";
    } else if (control.multiple) {
      value = [...control.selectedOptions].map((option) => option.value);
    } else {
      value = control.value;
    }
    entries[block.dataset.input] = value;
  }
  return entries;
}

function button(element, press, common) {
  const clicked = async (event) => {
    const target = event.currentTarget;
    if (element.confirm && !confirm(`${element.confirm.title.text}\n\n${element.confirm.text.text}`)) return;
    if (element.url) window.open(element.url, "_blank", "noreferrer,noopener");
    target.disabled = true;
    await press();
    target.disabled = false;
  };
  return h("button", {
    ...common, type: "button", className: `button ${element.style ?? ""}`, onclick: clicked,
    ariaLabel: element.accessibility_label,
  }, textObject(element.text));
}

function menu(element, label, list, choose, common) {
  const changed = (event) => { choose(event.target.value); event.target.value = ""; };
  return h("select", { ...common, className: "control", onchange: changed, ariaLabel: "More" },
    h("option", { value: "" }, label),
    list.map((option) => h("option", { value: option.value }, option.text.text)));
}

function boxes(element, type, state, choose, common) {
  const chosen = chosenIn(state);
  const name = `${common.id ?? element.action_id}`;
  const group = h("div", common);
  group.append(...element.options.map((option) => h("label", { className: "choice" },
    h("input", { type, name, value: option.value, checked: chosen.includes(option.value) }),
    h("span", {}, textObject(option.text)),
    option.description && h("small", {}, textObject(option.description)))));
  if (choose) {
    group.onchange = () => {
      const values = [...group.querySelectorAll("input:checked")].map((box) => box.value);
      choose(type === "radio" ? values[0] : values);
    };
  }
  return group;
}

function options(element) {
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.flatMap((group) => group.options.map((option) => [option.value, option.text.text]));
}

const people = () => seen.now.people
  .filter((one) => !one.deleted && !one.bot)
  .map((one) => [one.id, one.shown]);

const channels = () => seen.now.channels
  .filter((one) => one.name && !one.archived)
  .map((one) => [one.id, `#${one.name}`]);

function select(element, list, state, choose, common, required) {
  const chosen = chosenIn(state);
  const many = element.type.startsWith("multi_");
  const placeholder = element.placeholder?.text ?? "Choose";
  const drawn = h("select", { ...common, className: "control", multiple: many, required },
    !many && h("option", { value: "", selected: chosen.length === 0 }, placeholder),
    list.map(([value, label]) => h("option", { value, selected: chosen.includes(value) }, label)));
  if (many) drawn.size = Math.min(5, list.length);
  if (choose) {
    drawn.onchange = () => choose(many ? [...drawn.selectedOptions].map((one) => one.value) : drawn.value);
  }
  return drawn;
}

/** A menu whose options the app looks up for what is typed above it. */
function external(element, state, choose, common, suggest) {
  const chosen = state && (state.selected_options ?? [state.selected_option]).filter(Boolean);
  const pairs = (options) => options.map((option) => [option.value, option.text.text]);
  const list = h("div", {});
  const show = (options) => fill(list, select(element, pairs(options), state, choose, common));
  const search = h("input", {
    className: "control", type: "search", placeholder: "Type to search", ariaLabel: "Search",
    oninput: async () => {
      if (search.value.length >= (element.min_query_length ?? 3)) show(await suggest(search.value) ?? []);
    },
  });
  show(chosen ?? []);
  if (element.min_query_length === 0) suggest("").then((options) => show(options ?? []));
  return h("div", {}, search, list);
}

function input(element, state, choose, common, required) {
  const props = {
    ...common, className: "control", required, value: chosenIn(state)[0] ?? "",
    placeholder: element.placeholder?.text ?? "", autofocus: element.focus_on_load,
  };
  if (element.max_length) props.maxLength = element.max_length;
  if (element.multiline) return h("textarea", props);
  const types = {
    datepicker: "date", timepicker: "time", email_text_input: "email", url_text_input: "url",
    number_input: "number",
  };
  const drawn = h("input", { ...props, type: types[element.type] ?? "text" });
  if (choose) drawn.onchange = () => choose(drawn.value);
  return drawn;
}
