// Interactive elements: buttons, menus, inputs. `readEntries` collects what stands in a form.

import { h, icon, toast } from "../kit/dom.js";
import { agrees } from "../kit/dialog.js";
import { openMenu } from "../kit/menu.js";
import { placeOf, textObject } from "./text.js";
import { goTo } from "../kit/places.js";
import { t } from "../kit/words.js";
import { act } from "../kit/workspace.js";
import { drawPicker } from "./picker.js";

/** What was chosen or typed so far, as values. */
export function chosenIn(state) {
  if (!state) return [];
  const field = Object.keys(state).find((name) => name === "value" || name === "files" || name === "rich_text_value" || name.startsWith("selected_"));
  const value = field === "rich_text_value" && state[field] ? wordsOf(state[field]) : state[field];
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((one) => one.value ?? one.id ?? String(one));
}

/** The words of a rich text, for an input that has no marks. */
function wordsOf(rich) {
  if (typeof rich === "string") return rich;
  return (rich.elements ?? []).map((one) => (one.elements ? wordsOf(one) : one.text ?? "")).join("");
}

/**
 * Draws an element. `state` is what was chosen so far; `press()` and `choose(values)` do what the
 * person does, `suggest(typed)` asks the app for options; inside a form `choose` may be left out.
 */
export function drawElement(element, given) {
  const common = { id: given.id, "data-action-id": element.action_id, "data-element": element.type };
  const confirmed = { ...given, choose: given.choose && (async (choice) => (await agrees(element.confirm)) && given.choose(choice)) };
  switch (element.type) {
    case "button": case "workflow_button": return button(element, given, common);
    case "overflow": return overflow(element, confirmed, common);
    case "radio_buttons": return boxes(element, "radio", confirmed, common);
    case "checkboxes": return boxes(element, "checkbox", confirmed, common);
    case "static_select": return select(element, confirmed, common);
    case "file_input": return files(element, given, common);
    default:
      return element.type.endsWith("_select") ? drawPicker(element, confirmed, common) : input(element, confirmed, common);
  }
}

/** What stands in the inputs of `root`, by block id. */
export function readEntries(root) {
  const entries = {};
  for (const block of root.querySelectorAll("[data-input]")) {
    const control = block.querySelector("[data-element]");
    const kind = control.dataset.element;
    if (control.chosen) entries[block.dataset.input] = control.chosen();
    else if (kind === "radio_buttons" || kind === "checkboxes") {
      const values = [...control.querySelectorAll("input:checked")].map((box) => box.value);
      entries[block.dataset.input] = kind === "checkboxes" ? values : values[0] ?? "";
    } else if (kind === "datetimepicker") {
      entries[block.dataset.input] = control.value ? String(new Date(control.value).getTime() / 1000) : "";
    } else entries[block.dataset.input] = control.value;
  }
  return entries;
}

function button(element, { press }, common) {
  const clicked = async (event) => {
    const target = event.currentTarget;
    if (!await agrees(element.confirm)) return;
    const there = element.url && placeOf(element.url);
    if (element.url && !there) window.open(element.url, "_blank", "noreferrer,noopener");
    target.ariaBusy = "true";
    await press();
    target.ariaBusy = "false";
    if (there) leaveFor(there);
  };
  return h("button", {
    ...common, type: "button", className: `button ${element.style ?? ""}`, onclick: clicked,
    ariaLabel: element.accessibility_label,
  }, textObject(element.text));
}

/** A link into this workspace opens here, with the form out of the way. */
function leaveFor(there) {
  goTo(there);
  document.dispatchEvent(new CustomEvent("left"));
}

function overflow(element, { choose }, common) {
  return h("button", {
    ...common, type: "button", className: "icon-button", ariaLabel: t("more"), ariaHasPopup: "menu",
    onclick: (event) => openMenu(event.currentTarget, element.options.map((option) => ({
      label: option.text.text, hint: option.description?.text,
      act: () => { if (option.url) window.open(option.url, "_blank", "noreferrer,noopener"); choose(option.value); },
    })), t("more")),
  }, icon("dots"));
}

function boxes(element, type, { state, choose, id }, common) {
  const chosen = chosenIn(state);
  const group = h("div", { ...common, className: "choices", role: type === "radio" ? "radiogroup" : "group" }, element.options.map((option) => h("label", { className: "choice" },
    h("input", { type, name: id, value: option.value, checked: chosen.includes(option.value), autofocus: element.focus_on_load }),
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

function select(element, { state, choose, label }, common) {
  const [chosen] = chosenIn(state);
  const option = (one) => h("option", { value: one.value, selected: one.value === chosen }, one.text.text);
  const drawn = h("select", { ...common, className: "control", ariaLabel: common.id && choose ? label : undefined, autofocus: element.focus_on_load },
    h("option", { value: "", selected: chosen === undefined }, element.placeholder?.text ?? t("choose")),
    element.option_groups
      ? element.option_groups.map((group) => h("optgroup", { label: group.label.text }, group.options.map(option)))
      : element.options.map(option));
  if (choose) drawn.onchange = () => drawn.value && choose(drawn.value);
  return drawn;
}

/** At most so many bytes: the page sends them as JSON. */
const LARGEST = 400_000;

/** Uploads what is chosen at once; its value are the files' ids. */
function files(element, { state, label }, common) {
  let ids = chosenIn(state);
  const drawn = h("input", {
    ...common, type: "file", className: "control", ariaLabel: label, multiple: (element.max_files ?? 10) > 1,
    accept: (element.filetypes ?? []).map((ending) => `.${ending}`).join(","),
    onchange: async () => {
      const chosen = [...drawn.files].slice(0, element.max_files ?? 10);
      if (chosen.some((file) => file.size > LARGEST)) toast(t("file.large"));
      const small = chosen.filter((file) => file.size <= LARGEST);
      // A form that is sent now would be sent without them.
      const submit = drawn.closest("dialog")?.querySelector("#submit");
      if (submit) submit.disabled = true;
      const bytes = await Promise.all(small.map(async (file) => [...new Uint8Array(await file.arrayBuffer())]));
      ids = await Promise.all(small.map((file, n) => act("upload", { name: file.name, bytes: bytes[n] })));
      drawn.dataset.uploaded = ids.length;
      if (submit) submit.disabled = false;
    },
  });
  drawn.chosen = () => ids.filter(Boolean);
  return drawn;
}

const TYPES = {
  datepicker: "date", timepicker: "time", datetimepicker: "datetime-local", email_text_input: "email",
  url_text_input: "url", number_input: "number",
};

function input(element, { state, choose, label }, common) {
  const type = TYPES[element.type] ?? "text";
  const [value = ""] = chosenIn(state);
  const props = {
    ...common, className: "control", value: type === "datetime-local" && value ? localTime(value) : value,
    placeholder: element.placeholder?.text ?? "", autofocus: element.focus_on_load, autocomplete: "off",
    ariaLabel: choose && type !== "text" ? label : undefined,
  };
  if (element.max_length) props.maxLength = element.max_length;
  const drawn = element.multiline || element.type === "rich_text_input"
    ? h("textarea", { ...props, rows: 3 })
    : h("input", { ...props, type, min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : undefined });
  const sent = () => (type === "datetime-local" && drawn.value ? String(new Date(drawn.value).getTime() / 1000) : drawn.value);
  if (choose) drawn.onchange = () => choose(sent());
  return drawn;
}

function localTime(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}
