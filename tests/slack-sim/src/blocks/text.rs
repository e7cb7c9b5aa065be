//! Blocks as a person reads them: plain lines, for tests and for the terminal.

use serde_json::Value;

/// Who and what the ids in blocks are.
pub trait Names {
    /// A person's shown name, without `@`.
    fn user(&self, id: &str) -> Option<String>;
    /// A channel's name, without `#`.
    fn channel(&self, id: &str) -> Option<String>;
    /// A group's handle, without `@`.
    fn group(&self, id: &str) -> Option<String>;
}

/// Blocks as lines: buttons as `[Label]`, selects as `[Label ▾]`, mentions as `@name`,
/// channels as `#name`, quotes after `> `, list rows after `• ` or their number.
///
/// ```
/// # struct Nobody;
/// # impl slack_sim::Names for Nobody {
/// #     fn user(&self, _: &str) -> Option<String> { None }
/// #     fn channel(&self, _: &str) -> Option<String> { None }
/// #     fn group(&self, _: &str) -> Option<String> { None }
/// # }
/// let blocks = [
///     serde_json::json!({ "type": "header", "text": { "type": "plain_text", "text": "Hello" } }),
///     serde_json::json!({ "type": "actions", "elements": [
///         { "type": "button", "text": { "type": "plain_text", "text": "Go" } },
///     ] }),
/// ];
/// assert_eq!(slack_sim::text_of(&blocks, &Nobody), "Hello\n[Go]");
/// ```
pub fn text_of(blocks: &[Value], names: &dyn Names) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        match block["type"].as_str().unwrap_or_default() {
            "header" | "section" | "markdown" => section(block, names, &mut lines),
            "context" => {
                let texts: Vec<String> = list(&block["elements"])
                    .iter()
                    .map(|item| text(item, names))
                    .collect();
                lines.push(texts.join(" "));
            }
            "actions" => {
                let labels: Vec<String> = list(&block["elements"])
                    .iter()
                    .map(|item| label(item, names))
                    .collect();
                lines.push(labels.join(" "));
            }
            "input" => input(block, names, &mut lines),
            "rich_text" => rich_text(block, names, &mut lines),
            "image" => lines.push(format!("[image: {}]", str(&block["alt_text"]))),
            "divider" => lines.push("---".to_owned()),
            _ => {}
        }
    }
    lines.join("\n")
}

/// A `mrkdwn` text as a person reads it: marks of style gone, mentions named.
pub(crate) fn read_markup(text: &str, names: &dyn Names) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        read.push_str(&rest[..start]);
        let Some(length) = rest[start..].find('>') else {
            break;
        };
        read.push_str(&reference(&rest[start + 1..start + length], names));
        rest = &rest[start + length + 1..];
    }
    read.push_str(rest);
    read.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn reference(inner: &str, names: &dyn Names) -> String {
    let (target, label) = match inner.split_once('|') {
        Some((target, label)) => (target, Some(label)),
        None => (inner, None),
    };
    if let Some(id) = target.strip_prefix('@') {
        return format!("@{}", names.user(id).unwrap_or_else(|| id.to_owned()));
    }
    if let Some(id) = target.strip_prefix('#') {
        return format!("#{}", names.channel(id).unwrap_or_else(|| id.to_owned()));
    }
    if let Some(id) = target.strip_prefix("!subteam^") {
        return format!("@{}", names.group(id).unwrap_or_else(|| id.to_owned()));
    }
    if let Some(range) = target.strip_prefix('!') {
        return label.map_or_else(|| format!("@{range}"), str::to_owned);
    }
    label.unwrap_or(target).to_owned()
}

fn section(block: &Value, names: &dyn Names, lines: &mut Vec<String>) {
    if block["text"].is_string() {
        lines.push(str(&block["text"]).to_owned());
    } else if block["text"].is_object() {
        lines.push(text(&block["text"], names));
    }
    for field in list(&block["fields"]) {
        lines.push(text(field, names));
    }
    if let Some(accessory) = block.get("accessory") {
        let shown = label(accessory, names);
        match lines.last_mut() {
            Some(last) => {
                last.push(' ');
                last.push_str(&shown);
            }
            None => lines.push(shown),
        }
    }
}

fn input(block: &Value, names: &dyn Names, lines: &mut Vec<String>) {
    let optional = if block["optional"] == true {
        " (optional)"
    } else {
        ""
    };
    let element = &block["element"];
    let shown = match element["type"].as_str().unwrap_or_default() {
        "radio_buttons" | "checkboxes" => {
            let chosen = |option: &Value| {
                element["initial_option"]["value"] == option["value"]
                    || list(&element["initial_options"])
                        .iter()
                        .any(|chosen| chosen["value"] == option["value"])
            };
            let options: Vec<String> = list(&element["options"])
                .iter()
                .map(|option| {
                    let mark = if chosen(option) { "* " } else { "" };
                    format!("{mark}{}", text(&option["text"], names))
                })
                .collect();
            format!("({})", options.join(" | "))
        }
        kind if kind.ends_with("_input") => match str(&element["initial_value"]) {
            "" => "[______]".to_owned(),
            value => format!("[{}]", value.replace('\n', " / ")),
        },
        _ => label(element, names),
    };
    lines.push(format!(
        "{}{optional}: {shown}",
        text(&block["label"], names)
    ));
    if block["hint"].is_object() {
        lines.push(text(&block["hint"], names));
    }
}

fn label(element: &Value, names: &dyn Names) -> String {
    match element["type"].as_str().unwrap_or_default() {
        "button" => format!("[{}]", str(&element["text"]["text"])),
        "overflow" => "[⋯]".to_owned(),
        "image" => format!("[image: {}]", str(&element["alt_text"])),
        "radio_buttons" | "checkboxes" => {
            let options: Vec<&str> = list(&element["options"])
                .iter()
                .map(|option| str(&option["text"]["text"]))
                .collect();
            format!("({})", options.join(" | "))
        }
        "datepicker" | "timepicker" | "datetimepicker" => {
            let initial = ["initial_date", "initial_time"]
                .iter()
                .find_map(|key| element.get(key));
            let placeholder = str(&element["placeholder"]["text"]);
            format!(
                "[{} ▾]",
                initial.and_then(Value::as_str).unwrap_or(placeholder)
            )
        }
        _ => {
            let id = |key: &str| element[key].as_str().map(str::to_owned);
            let initial = element["initial_option"]["text"]["text"]
                .as_str()
                .map(str::to_owned)
                .or_else(|| Some(format!("@{}", names.user(&id("initial_user")?)?)))
                .or_else(|| Some(format!("#{}", names.channel(&id("initial_conversation")?)?)));
            let placeholder = || str(&element["placeholder"]["text"]).to_owned();
            let shown = initial.unwrap_or_else(placeholder);
            format!("[{shown} ▾]")
        }
    }
}

fn rich_text(block: &Value, names: &dyn Names, lines: &mut Vec<String>) {
    for part in list(&block["elements"]) {
        match part["type"].as_str().unwrap_or_default() {
            "rich_text_list" => {
                let indent = "  ".repeat(part["indent"].as_u64().unwrap_or(0).min(8) as usize);
                let first = part["offset"].as_u64().unwrap_or(0) + 1;
                for (number, row) in (first..).zip(list(&part["elements"])) {
                    let mark = match part["style"].as_str() {
                        Some("ordered") => format!("{number}."),
                        Some(_) | None => "•".to_owned(),
                    };
                    lines.push(format!("{indent}{mark} {}", inline(row, names)));
                }
            }
            "rich_text_quote" => {
                lines.extend(inline(part, names).lines().map(|line| format!("> {line}")));
            }
            _ => lines.push(inline(part, names).trim_end_matches('\n').to_owned()),
        }
    }
}

fn inline(part: &Value, names: &dyn Names) -> String {
    list(&part["elements"])
        .iter()
        .map(|item| {
            let field = |key: &str| str(&item[key]).to_owned();
            match item["type"].as_str().unwrap_or_default() {
                "user" => {
                    let id = field("user_id");
                    format!("@{}", names.user(&id).unwrap_or(id))
                }
                "channel" => {
                    let id = field("channel_id");
                    format!("#{}", names.channel(&id).unwrap_or(id))
                }
                "usergroup" => {
                    let id = field("usergroup_id");
                    format!("@{}", names.group(&id).unwrap_or(id))
                }
                "broadcast" => format!("@{}", field("range")),
                "emoji" => format!(":{}:", field("name")),
                "link" => match str(&item["text"]) {
                    "" => field("url"),
                    label => label.to_owned(),
                },
                "date" => field("fallback"),
                "color" => field("value"),
                _ => field("text"),
            }
        })
        .collect()
}

fn text(object: &Value, names: &dyn Names) -> String {
    match object["type"].as_str().unwrap_or_default() {
        "mrkdwn" => plain_style(&read_markup(str(&object["text"]), names)),
        "image" => format!("[image: {}]", str(&object["alt_text"])),
        _ => str(&object["text"]).to_owned(),
    }
}

/// Drops the marks of bold, italic, strike and code where they stand around words.
fn plain_style(text: &str) -> String {
    let mut plain = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1).copied();
        let inside = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let mark = matches!(letter, '*' | '~' | '`')
            || (*letter == '_' && !(inside(before) && inside(after)));
        let paired = text.matches(*letter).count() >= 2;
        if !(mark && paired) {
            plain.push(*letter);
        }
    }
    plain
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn str(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
