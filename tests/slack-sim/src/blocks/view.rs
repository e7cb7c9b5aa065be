//! Views: modals and the home tab.

use serde_json::Value;

use super::inspect::{Inspector, Spot};
use super::objects::{self, Text};
use super::{Problem, Surface, layout};
use crate::state::inputs::elements;

/// Every mistake in a view.
pub(crate) fn check_view(view: &Value) -> Vec<Problem> {
    let mut inspector = Inspector::default();
    let spot = Spot::root(view);
    match spot.kind() {
        "modal" => modal(&mut inspector, &spot),
        "home" => {
            inspector.only(
                &spot,
                &["blocks", "private_metadata", "callback_id", "external_id"],
            );
            common(&mut inspector, &spot, Surface::Home);
        }
        "" => inspector.note(&spot, "missing required field: type"),
        kind => inspector.note(&spot, format!("unsupported type: {kind}")),
    }
    inspector.problems
}

fn modal(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(
        spot,
        &[
            "title",
            "blocks",
            "close",
            "submit",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
            "submit_disabled",
        ],
    );
    inspector.flags(
        spot,
        &["clear_on_close", "notify_on_close", "submit_disabled"],
    );
    objects::required_text(inspector, spot, "title", Text::Plain, 24);
    objects::optional_text(inspector, spot, "close", Text::Plain, 24);
    objects::optional_text(inspector, spot, "submit", Text::Plain, 24);
    common(inspector, spot, Surface::Modal);
    let blocks = spot.value["blocks"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    if blocks.iter().any(|block| block["type"] == "input") && spot.field("submit").is_none() {
        inspector.note(
            spot,
            "`submit` is required when an `input` block is within blocks",
        );
    }
}

fn common(inspector: &mut Inspector, spot: &Spot<'_>, surface: Surface) {
    inspector.text(spot, "private_metadata", 0, 3000);
    inspector.text(spot, "callback_id", 0, 255);
    inspector.text(spot, "external_id", 0, 255);
    if let Some(blocks) = inspector.require(spot, "blocks") {
        layout::blocks(inspector, &blocks, surface);
        let list = blocks.value.as_array().map_or(&[][..], Vec::as_slice);
        let focused = elements(list).filter(|(_, element)| element["focus_on_load"] == true);
        if focused.count() > 1 {
            inspector.note(
                &blocks,
                "only one element can have `focus_on_load` set to true",
            );
        }
    }
}
