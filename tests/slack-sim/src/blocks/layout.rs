//! Blocks: which exist, where, and how much they hold.

use super::Surface;
use super::elements::element;
use super::inspect::{Inspector, Spot};
use super::objects::{self, Text};
use super::rich_text;

const SINGLE_SELECTS: [&str; 5] = [
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
];
const MULTI_SELECTS: [&str; 5] = [
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
];
const BOXES: [&str; 2] = ["radio_buttons", "checkboxes"];
const PICKERS: [&str; 2] = ["datepicker", "timepicker"];

pub(super) fn blocks(inspector: &mut Inspector, list: &Spot<'_>, surface: Surface) {
    // An empty list takes a message's blocks away; a view has at least one (`slack_sdk` 3.47).
    let (least, most) = match surface {
        Surface::Message => (0, 50),
        Surface::Modal | Surface::Home => (1, 100),
    };
    let blocks = inspector.list(list, least, most);
    for one in &blocks {
        block(inspector, one, surface);
    }
    inspector.unique(
        "block_id",
        blocks.iter().filter_map(|block| block.field("block_id")),
    );
}

fn block(inspector: &mut Inspector, spot: &Spot<'_>, surface: Surface) {
    if !spot.value.is_object() {
        inspector.note(spot, "must be an object");
        return;
    }
    inspector.text(spot, "block_id", 1, 255);
    match spot.kind() {
        "header" => {
            inspector.only(spot, &["block_id", "text"]);
            objects::required_text(inspector, spot, "text", Text::Plain, 150);
        }
        "divider" => inspector.only(spot, &["block_id"]),
        "section" => section(inspector, spot),
        "context" => context(inspector, spot),
        "actions" => actions(inspector, spot),
        "input" => input(inspector, spot),
        "rich_text" => rich_text::check(inspector, spot),
        "image" => image(inspector, spot),
        "markdown" if surface == Surface::Message => {
            inspector.only(spot, &["block_id", "text"]);
            inspector.required_text(spot, "text", 1, 12_000);
        }
        "" => inspector.note(spot, "missing required field: type"),
        kind => inspector.note(spot, format!("unsupported type: {kind}")),
    }
}

fn section(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["block_id", "text", "fields", "accessory", "expand"]);
    inspector.flags(spot, &["expand"]);
    if spot.field("text").is_none() && spot.field("fields").is_none() {
        inspector.note(spot, "missing required field: text");
    }
    objects::optional_text(inspector, spot, "text", Text::PlainOrMarkdown, 3000);
    if let Some(fields) = spot.field("fields") {
        for field in inspector.list(&fields, 1, 10) {
            objects::text(inspector, &field, Text::PlainOrMarkdown, 2000);
        }
    }
    if let Some(accessory) = spot.field("accessory") {
        let mut allowed = vec!["button", "image", "overflow"];
        allowed.extend(SINGLE_SELECTS);
        allowed.extend(MULTI_SELECTS);
        allowed.extend(BOXES);
        allowed.extend(PICKERS);
        element(inspector, &accessory, &allowed);
    }
}

fn context(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["block_id", "elements"]);
    for item in inspector.required_list(spot, "elements", 1, 10) {
        if item.kind() == "image" {
            element(inspector, &item, &["image"]);
        } else {
            objects::text(inspector, &item, Text::PlainOrMarkdown, 3000);
        }
    }
}

fn actions(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["block_id", "elements"]);
    let mut allowed = vec!["button", "overflow", "datetimepicker"];
    allowed.extend(SINGLE_SELECTS);
    allowed.extend(BOXES);
    allowed.extend(PICKERS);
    let elements = inspector.required_list(spot, "elements", 1, 25);
    for item in &elements {
        element(inspector, item, &allowed);
    }
    inspector.unique(
        "action_id",
        elements.iter().filter_map(|item| item.field("action_id")),
    );
}

fn input(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(
        spot,
        &[
            "block_id",
            "label",
            "element",
            "dispatch_action",
            "hint",
            "optional",
        ],
    );
    inspector.flags(spot, &["dispatch_action", "optional"]);
    objects::required_text(inspector, spot, "label", Text::Plain, 2000);
    objects::optional_text(inspector, spot, "hint", Text::Plain, 2000);
    let mut allowed = vec![
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "datetimepicker",
        "file_input",
        "rich_text_input",
    ];
    allowed.extend(SINGLE_SELECTS);
    allowed.extend(MULTI_SELECTS);
    allowed.extend(BOXES);
    allowed.extend(PICKERS);
    if let Some(field) = inspector.require(spot, "element") {
        element(inspector, &field, &allowed);
    }
}

fn image(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(
        spot,
        &["block_id", "image_url", "alt_text", "title", "slack_file"],
    );
    if spot.field("slack_file").is_none() {
        inspector.required_text(spot, "image_url", 1, 3000);
    }
    inspector.required_text(spot, "alt_text", 1, 2000);
    objects::optional_text(inspector, spot, "title", Text::Plain, 2000);
}
