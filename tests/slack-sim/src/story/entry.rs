//! What is filled into a field, as a story says it.

use serde_json::Value;

use super::quote::{quoted, unquoted};
use crate::blocks::text_of;
use crate::person::Entry;
use crate::state::State;
use crate::state::inputs::fields;

/// Several choices are parted by `, `: people as `@name`, others each between quotation marks.
pub(super) fn read(said: &str) -> Entry {
    if said.starts_with('@') && said.contains(", ") {
        return Entry::Many(said.split(", ").map(str::to_owned).collect());
    }
    match list(said) {
        Some(mut many) if many.len() == 1 => Entry::One(many.remove(0)),
        Some(many) => Entry::Many(many),
        None => Entry::One(said.to_owned()),
    }
}

/// What was typed or chosen, by Slack's state object for it.
pub(crate) fn said(state: &State, chosen: &Value) -> String {
    let kind = chosen["type"].as_str().unwrap_or_default();
    let value = fields(kind).map_or(&Value::Null, |(field, _)| &chosen[field]);
    let typed = kind.ends_with("_input") || kind.ends_with("picker");
    let called = |one: &Value| match one.as_str() {
        Some(text) if typed => text.to_owned(),
        Some(_) | None => called(state, one),
    };
    let Some(many) = value.as_array() else {
        let one = called(value);
        let misread = one.starts_with('"') || (one.starts_with('@') && one.contains(", "));
        return if misread { quoted(&one) } else { one };
    };
    let many: Vec<String> = many.iter().map(called).collect();
    if many.len() > 1 && many.iter().all(|one| one.starts_with('@')) {
        return many.join(", ");
    }
    let many: Vec<String> = many.iter().map(|one| quoted(one)).collect();
    many.join(", ")
}

/// An option by its label, a person or channel by its name.
fn called(state: &State, value: &Value) -> String {
    match value {
        Value::Object(file) if file.contains_key("mimetype") => {
            let name = file.get("name").and_then(Value::as_str);
            name.unwrap_or_default().to_owned()
        }
        Value::Object(rich) if rich.get("type").is_some_and(|kind| kind == "rich_text") => {
            text_of(std::slice::from_ref(value), state)
        }
        Value::Object(option) => {
            let label = option.get("text").and_then(|text| text["text"].as_str());
            label.unwrap_or_default().to_owned()
        }
        Value::String(text) => {
            let user = state.user(text).map(|user| format!("@{}", user.name));
            let channel = || {
                state
                    .channel(text)
                    .filter(|channel| !channel.name.is_empty())
            };
            let channel = || Some(format!("#{}", channel()?.name));
            user.or_else(channel).unwrap_or_else(|| text.clone())
        }
        Value::Null => String::new(),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_)) => other.to_string(),
    }
}

fn list(said: &str) -> Option<Vec<String>> {
    let (first, mut rest) = unquoted(said)?;
    let mut many = vec![first];
    while let Some(next) = rest.strip_prefix(", ") {
        let (one, after) = unquoted(next)?;
        many.push(one);
        rest = after;
    }
    rest.is_empty().then_some(many)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::person::Entry;

    #[test]
    fn several_choices_are_parted() {
        assert_eq!(read("Checkout, fails"), Entry::from("Checkout, fails"));
        assert_eq!(read("@aya, @ken"), Entry::from(["@aya", "@ken"]));
        assert_eq!(read(r#""a, b", "c""#), Entry::from(["a, b", "c"]));
        assert_eq!(read(r#""\"yes\", maybe""#), Entry::from("\"yes\", maybe"));
        assert_eq!(read(r#""yes" he said"#), Entry::from("\"yes\" he said"));
    }
}
