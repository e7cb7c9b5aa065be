// What the JavaScript bot shows: the same as views.py.

const plain = (text) => ({ type: "plain_text", text });

export const option = (text, value) => ({ text: plain(text), value });

export const menu = (title) => [
  { type: "header", text: plain(title) },
  {
    type: "actions",
    block_id: "menu",
    elements: [
      { type: "button", action_id: "press", text: plain("Press"), value: "7", style: "primary" },
      { type: "button", action_id: "gone", text: plain("Away") },
      {
        type: "static_select",
        action_id: "pick",
        placeholder: plain("Colour…"),
        options: [option("Red", "red"), option("Blue", "blue")],
      },
      { type: "external_select", action_id: "seek", placeholder: plain("Seek…"), min_query_length: 1 },
    ],
  },
];

const input = (block_id, label, element, optional) => ({
  type: "input",
  block_id,
  label: plain(label),
  element,
  optional,
});

export const form = (title) => ({
  type: "modal",
  callback_id: "form",
  title: plain(title),
  submit: plain("Send"),
  close: plain("Cancel"),
  notify_on_close: true,
  private_metadata: "kept",
  blocks: [
    {
      type: "section",
      block_id: "buttons",
      text: { type: "mrkdwn", text: "*More* of it" },
      accessory: { type: "button", action_id: "more", text: plain("More") },
    },
    {
      type: "actions",
      elements: [{ type: "button", action_id: "deeper", text: plain("Deeper") }],
    },
    input("title", "Title", { type: "plain_text_input", action_id: "said" }, false),
    input("people", "People", { type: "multi_users_select", action_id: "chosen" }, true),
    input("day", "Day", { type: "datepicker", action_id: "chosen" }, true),
    input(
      "boxes",
      "Boxes",
      { type: "checkboxes", action_id: "chosen", options: [option("One", "1"), option("Two", "2")] },
      true,
    ),
  ],
});

export const deeper = () => ({
  type: "modal",
  callback_id: "deeper",
  title: plain("Deeper"),
  submit: plain("Enough"),
  blocks: [{ type: "section", text: plain("There is no more.") }],
});

export const home = () => ({
  type: "home",
  blocks: [{ type: "section", text: plain("At home") }],
});
