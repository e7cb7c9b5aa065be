//! Interactive elements and images.

use super::inspect::{Inspector, Spot};
use super::objects::{self, Options, Text};

/// Checks an element and notes it where its type is not one of `allowed`.
pub(super) fn element(inspector: &mut Inspector, spot: &Spot<'_>, allowed: &[&str]) {
    let kind = spot.kind();
    if kind.is_empty() {
        inspector.note(spot, "missing required field: type");
        return;
    }
    if !allowed.contains(&kind) {
        inspector.note(spot, format!("unsupported type: {kind}"));
        return;
    }
    if kind != "image" {
        inspector.text(spot, "action_id", 1, 255);
    }
    match kind {
        "button" => button(inspector, spot),
        "image" => image(inspector, spot),
        "overflow" => overflow(inspector, spot),
        "radio_buttons" | "checkboxes" => boxes(inspector, spot),
        "plain_text_input" => plain_text_input(inspector, spot),
        "email_text_input" | "url_text_input" | "number_input" => text_input(inspector, spot),
        "datepicker" => picker(inspector, spot, "initial_date", date),
        "timepicker" => picker(inspector, spot, "initial_time", time),
        "datetimepicker" => date_time_picker(inspector, spot),
        "rich_text_input" => rich_text_input(inspector, spot),
        "file_input" => {
            inspector.only(spot, &["action_id", "filetypes", "max_files"]);
            inspector.strings(spot, "filetypes");
            inspector.number(spot, "max_files", 1, 10);
        }
        _ => select(inspector, spot, kind),
    }
}

fn button(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(
        spot,
        &[
            "action_id",
            "text",
            "url",
            "value",
            "style",
            "confirm",
            "accessibility_label",
        ],
    );
    objects::required_text(inspector, spot, "text", Text::Plain, 75);
    inspector.text(spot, "url", 1, 3000);
    inspector.text(spot, "value", 0, 2000);
    inspector.text(spot, "accessibility_label", 1, 75);
    objects::style(inspector, spot);
    objects::confirm(inspector, spot);
}

fn image(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["image_url", "alt_text", "slack_file"]);
    if spot.field("slack_file").is_none() {
        inspector.required_text(spot, "image_url", 1, 3000);
    }
    inspector.required_text(spot, "alt_text", 1, 2000);
}

fn overflow(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(spot, &["action_id", "options", "confirm"]);
    let shape = Options {
        least: 1,
        most: 5,
        text: Text::Plain,
        groups: false,
        urls: true,
    };
    objects::options(inspector, spot, shape);
    objects::confirm(inspector, spot);
}

fn boxes(inspector: &mut Inspector, spot: &Spot<'_>) {
    let initial = if spot.kind() == "checkboxes" {
        "initial_options"
    } else {
        "initial_option"
    };
    inspector.only(
        spot,
        &["action_id", "options", initial, "confirm", "focus_on_load"],
    );
    inspector.flags(spot, &["focus_on_load"]);
    let text = Text::PlainOrMarkdown;
    objects::options(
        inspector,
        spot,
        Options {
            least: 1,
            most: 10,
            text,
            groups: false,
            urls: false,
        },
    );
    objects::confirm(inspector, spot);
}

fn plain_text_input(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(
        spot,
        &[
            "action_id",
            "initial_value",
            "multiline",
            "min_length",
            "max_length",
            "dispatch_action_config",
            "focus_on_load",
            "placeholder",
        ],
    );
    inspector.flags(spot, &["multiline", "focus_on_load"]);
    objects::optional_text(inspector, spot, "placeholder", Text::Plain, 150);
    let least = inspector.number(spot, "min_length", 0, 3000);
    let most = inspector.number(spot, "max_length", 1, 3000);
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        inspector.note(spot, "min_length must be less than max_length");
    }
    let most = most
        .and_then(|most| usize::try_from(most).ok())
        .unwrap_or(3000);
    inspector.text(spot, "initial_value", 0, most);
    dispatch_config(inspector, spot);
}

fn text_input(inspector: &mut Inspector, spot: &Spot<'_>) {
    let mut fields = vec![
        "action_id",
        "initial_value",
        "dispatch_action_config",
        "focus_on_load",
        "placeholder",
    ];
    if spot.kind() == "number_input" {
        fields.extend(["is_decimal_allowed", "min_value", "max_value"]);
        if inspector.require(spot, "is_decimal_allowed").is_some() {
            inspector.flags(spot, &["is_decimal_allowed"]);
        }
    }
    inspector.only(spot, &fields);
    inspector.flags(spot, &["focus_on_load"]);
    inspector.text(spot, "initial_value", 0, 3000);
    objects::optional_text(inspector, spot, "placeholder", Text::Plain, 150);
    dispatch_config(inspector, spot);
}

fn rich_text_input(inspector: &mut Inspector, spot: &Spot<'_>) {
    let fields = [
        "action_id",
        "initial_value",
        "dispatch_action_config",
        "focus_on_load",
        "placeholder",
    ];
    inspector.only(spot, &fields);
    inspector.flags(spot, &["focus_on_load"]);
    if let Some(initial) = spot.field("initial_value") {
        inspector.one_of(&initial.field("type").unwrap_or(initial), &["rich_text"]);
    }
    objects::optional_text(inspector, spot, "placeholder", Text::Plain, 150);
    dispatch_config(inspector, spot);
}

fn dispatch_config(inspector: &mut Inspector, spot: &Spot<'_>) {
    let Some(config) = spot.field("dispatch_action_config") else {
        return;
    };
    inspector.only(&config, &["trigger_actions_on"]);
    if let Some(list) = config.field("trigger_actions_on") {
        for item in inspector.list(&list, 1, 2) {
            inspector.one_of(&item, &["on_enter_pressed", "on_character_entered"]);
        }
    }
}

fn picker(inspector: &mut Inspector, spot: &Spot<'_>, initial: &str, fits: fn(&str) -> bool) {
    let mut fields = vec![
        "action_id",
        initial,
        "confirm",
        "focus_on_load",
        "placeholder",
    ];
    if spot.kind() == "timepicker" {
        fields.push("timezone");
    }
    inspector.only(spot, &fields);
    inspector.flags(spot, &["focus_on_load"]);
    objects::optional_text(inspector, spot, "placeholder", Text::Plain, 150);
    if let Some(value) = spot.field(initial)
        && !value.value.as_str().is_some_and(fits)
    {
        inspector.note(&value, "invalid date or time");
    }
    objects::confirm(inspector, spot);
}

fn date_time_picker(inspector: &mut Inspector, spot: &Spot<'_>) {
    inspector.only(
        spot,
        &["action_id", "initial_date_time", "confirm", "focus_on_load"],
    );
    inspector.flags(spot, &["focus_on_load"]);
    inspector.number(spot, "initial_date_time", 1_000_000_000, 9_999_999_999);
    objects::confirm(inspector, spot);
}

fn select(inspector: &mut Inspector, spot: &Spot<'_>, kind: &str) {
    let many = kind.starts_with("multi_");
    let mut fields = vec!["action_id", "placeholder", "confirm", "focus_on_load"];
    if many {
        fields.push("max_selected_items");
        inspector.number(spot, "max_selected_items", 1, u64::MAX);
    }
    inspector.flags(spot, &["focus_on_load"]);
    objects::optional_text(inspector, spot, "placeholder", Text::Plain, 150);
    objects::confirm(inspector, spot);
    let source = kind.trim_start_matches("multi_");
    let initial = match source {
        "static_select" => {
            fields.extend(["options", "option_groups"]);
            let shape = Options {
                least: 1,
                most: 100,
                text: Text::Plain,
                groups: true,
                urls: false,
            };
            objects::options(inspector, spot, shape);
            if many {
                "initial_options"
            } else {
                "initial_option"
            }
        }
        "external_select" => {
            fields.push("min_query_length");
            inspector.number(spot, "min_query_length", 0, 3000);
            if many {
                "initial_options"
            } else {
                "initial_option"
            }
        }
        "users_select" => {
            if many {
                "initial_users"
            } else {
                "initial_user"
            }
        }
        "channels_select" => {
            fields.push("response_url_enabled");
            if many {
                "initial_channels"
            } else {
                "initial_channel"
            }
        }
        _ => {
            fields.extend([
                "default_to_current_conversation",
                "response_url_enabled",
                "filter",
            ]);
            inspector.flags(
                spot,
                &["default_to_current_conversation", "response_url_enabled"],
            );
            conversation_filter(inspector, spot);
            if many {
                "initial_conversations"
            } else {
                "initial_conversation"
            }
        }
    };
    fields.push(initial);
    inspector.only(spot, &fields);
    if matches!(
        initial,
        "initial_user" | "initial_channel" | "initial_conversation"
    ) {
        inspector.text(spot, initial, 1, 255);
    } else if initial != "initial_option" && initial != "initial_options" {
        inspector.strings(spot, initial);
    }
}

fn conversation_filter(inspector: &mut Inspector, spot: &Spot<'_>) {
    let Some(filter) = spot.field("filter") else {
        return;
    };
    let flags = ["exclude_external_shared_channels", "exclude_bot_users"];
    inspector.only(&filter, &["include", flags[0], flags[1]]);
    inspector.flags(&filter, &flags);
    if filter
        .value
        .as_object()
        .is_some_and(serde_json::Map::is_empty)
    {
        inspector.note(&filter, "must have at least one property");
    }
    if let Some(include) = filter.field("include") {
        for item in inspector.list(&include, 1, 4) {
            inspector.one_of(&item, &["im", "mpim", "private", "public"]);
        }
    }
}

/// `2026-12-01`
fn date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number =
        |text: &str, length: usize| text.parse::<u32>().ok().filter(|_| text.len() == length);
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

/// `14:05`
fn time(text: &str) -> bool {
    text.split_once(':').is_some_and(|(hours, minutes)| {
        hours.len() == 2
            && minutes.len() == 2
            && hours.parse::<u32>().is_ok_and(|hours| hours < 24)
            && minutes.parse::<u32>().is_ok_and(|minutes| minutes < 60)
    })
}
