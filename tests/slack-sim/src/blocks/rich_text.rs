//! Rich text: sections, lists, quotes, and what stands in them.

use super::inspect::{Inspector, Spot};

pub(super) fn check(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["block_id", "elements"]);
    for part in inspector.required_list(spot, "elements", 1, usize::MAX) {
        match part.kind() {
            "rich_text_section" => section(inspector, &part),
            "rich_text_preformatted" | "rich_text_quote" => {
                inspector.only(&part, &["elements", "border"]);
                inspector.number(&part, "border", 0, 1);
                inline(inspector, &part);
            }
            "rich_text_list" => list(inspector, &part),
            kind => inspector.note(&part, format!("unsupported type: {kind}")),
        }
    }
}

fn section(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["elements"]);
    inline(inspector, spot);
}

fn list(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["elements", "style", "indent", "offset", "border"]);
    inspector.choice(spot, "style", &["bullet", "ordered"]);
    inspector.number(spot, "indent", 0, 8);
    inspector.number(spot, "offset", 0, u64::MAX);
    inspector.number(spot, "border", 0, 1);
    for item in inspector.required_list(spot, "elements", 1, usize::MAX) {
        match item.kind() {
            "rich_text_section" => section(inspector, &item),
            kind => inspector.note(&item, format!("unsupported type: {kind}")),
        }
    }
}

fn inline(inspector: &mut Inspector, spot: &Spot<'_>) {
    for item in inspector.required_list(spot, "elements", 0, usize::MAX) {
        match item.kind() {
            "text" => {
                inspector.only(&item, &["text", "style"]);
                inspector.required_text(&item, "text", 1, usize::MAX);
            }
            "link" => {
                inspector.only(&item, &["url", "text", "unsafe", "style"]);
                inspector.required_text(&item, "url", 1, 3000);
                inspector.text(&item, "text", 0, usize::MAX);
                inspector.flags(&item, &["unsafe"]);
            }
            "user" => id(inspector, &item, "user_id"),
            "channel" => id(inspector, &item, "channel_id"),
            "usergroup" => id(inspector, &item, "usergroup_id"),
            "emoji" => {
                inspector.only(&item, &["name", "unicode", "skin_tone", "style"]);
                inspector.required_text(&item, "name", 1, 255);
            }
            "broadcast" => {
                inspector.only(&item, &["range", "style"]);
                inspector.choice(&item, "range", &["here", "channel", "everyone"]);
            }
            "date" => {
                inspector.only(&item, &["timestamp", "format", "url", "fallback", "style"]);
                if inspector.require(&item, "timestamp").is_some() {
                    inspector.number(&item, "timestamp", 0, u64::MAX);
                }
                inspector.required_text(&item, "format", 1, 255);
                inspector.text(&item, "fallback", 1, 255);
                inspector.text(&item, "url", 1, 3000);
            }
            "color" => {
                inspector.only(&item, &["value"]);
                inspector.required_text(&item, "value", 1, 9);
            }
            kind => inspector.note(&item, format!("unsupported type: {kind}")),
        }
        style(inspector, &item);
    }
}

fn id(inspector: &mut Inspector, spot: &Spot<'_>, field: &str) {
    inspector.only(spot, &[field, "style"]);
    inspector.required_text(spot, field, 1, 255);
}

fn style(inspector: &mut Inspector, spot: &Spot<'_>) {
    let Some(style) = spot.field("style") else {
        return;
    };
    let names: &[&str] = match spot.kind() {
        "text" | "link" => &["bold", "italic", "strike", "code", "underline"],
        _ => &[
            "bold",
            "italic",
            "strike",
            "highlight",
            "client_highlight",
            "unlink",
            "underline",
            "code",
        ],
    };
    inspector.only(&style, names);
    inspector.flags(&style, names);
}
