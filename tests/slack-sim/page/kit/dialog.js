// The page's own questions: a name for a channel, whom to invite, whether one is sure.

import { fill, h } from "./dom.js";
import { t } from "./words.js";

/**
 * Asks with a form; resolves with its fields by name, or nothing. `fields` are
 * `{name, label, value?, placeholder?, kind?, options?, hint?}`.
 */
export function ask({ title, text, fields = [], confirm, deny, danger }) {
  return new Promise((resolve) => {
    const inputs = fields.map(field);
    const dialog = h("dialog", { className: "ask", onclose: () => { dialog.remove(); resolve(undefined); } });
    const form = h("form", {
      method: "dialog",
      onsubmit: () => resolve(Object.fromEntries(inputs.map(({ name, read }) => [name, read()]))),
    },
    h("h2", { id: "asked" }, title),
    text && h("p", {}, text),
    inputs.map((one) => one.drawn),
    h("footer", {},
      h("button", { type: "button", className: "button", onclick: () => dialog.close() }, deny ?? t("cancel")),
      h("button", { className: `button ${danger ? "danger" : "main"}` }, confirm ?? t("ok"))));
    dialog.setAttribute("aria-labelledby", "asked");
    fill(dialog, form);
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("input, textarea, select") ?? dialog.querySelector("footer button:last-child")).focus();
  });
}

function field({ name, label, value = "", placeholder, kind = "text", options, hint, required = true }) {
  const id = `ask-${name}`;
  let input;
  if (kind === "checkbox") input = h("input", { id, type: "checkbox", checked: Boolean(value) });
  else if (kind === "long") input = h("textarea", { id, value, rows: 4, required });
  else if (kind === "choice") input = h("select", { id, required }, options.map(([key, shown]) => h("option", { value: key, selected: key === value }, shown)));
  else input = h("input", { id, type: "text", value, placeholder, required, autocomplete: "off" });
  input.classList.add("control");
  const drawn = h("p", { className: `ask-${kind}` }, h("label", { htmlFor: id }, label), input, hint && h("small", {}, hint));
  return { name, drawn, read: () => (kind === "checkbox" ? input.checked : input.value.trim()) };
}

/** Slack's confirmation before a press; true where the person agrees. */
export async function agrees(confirm) {
  if (!confirm) return true;
  const answer = await ask({
    title: confirm.title?.text ?? "",
    text: confirm.text?.text ?? "",
    confirm: confirm.confirm?.text,
    deny: confirm.deny?.text,
    danger: confirm.style === "danger",
  });
  return answer !== undefined;
}
