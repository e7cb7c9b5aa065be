//! What is filled into the inputs of a form or a message: Slack's `state`, made flat.

use serde_json::Value;

use super::json::text;
use crate::event::Answer;

/// All answers of a `state`. `blocks` are those of the view or message, which tell input blocks
/// from others; an element of an unknown block (a message only one person sees comes without its
/// blocks) goes by its own id.
pub(super) fn answers(state: Option<&Value>, blocks: Option<&Value>) -> Vec<Answer> {
    let Some(values) = state
        .and_then(|state| state.get("values"))
        .and_then(Value::as_object)
    else {
        return Vec::new();
    };
    let inputs: Vec<&str> = blocks
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|block| text(block, "/type") == Some("input"))
        .filter_map(|block| text(block, "/block_id"))
        .collect();
    let mut answers = Vec::new();
    for (block, elements) in values {
        let input = inputs.contains(&&**block);
        for (action, element) in elements.as_object().into_iter().flatten() {
            let field = if input { block } else { action };
            answers.push(Answer {
                field: field.clone(),
                values: values_of(element),
            });
        }
    }
    answers
}

/// What was chosen or typed in one element; empty when nothing was. Known by the names of the
/// fields and not by the element's type, so that new elements come through.
pub(super) fn values_of(element: &Value) -> Vec<String> {
    const ONE: [&str; 9] = [
        "/selected_option/value",
        "/selected_date",
        "/selected_time",
        "/selected_date_time",
        "/selected_user",
        "/selected_conversation",
        "/selected_channel",
        "/rich_text_value",
        "/value",
    ];
    const MANY: [(&str, &str); 5] = [
        ("/selected_options", "/value"),
        ("/selected_users", ""),
        ("/selected_conversations", ""),
        ("/selected_channels", ""),
        ("/files", "/id"),
    ];
    let given = |place: &&str| element.pointer(place).filter(|value| !value.is_null());
    if let Some((list, item)) = MANY.iter().find(|(list, _)| given(list).is_some()) {
        let items = element.pointer(list).and_then(Value::as_array);
        return items
            .into_iter()
            .flatten()
            .filter_map(|v| v.pointer(item))
            .filter_map(string)
            .collect();
    }
    ONE.iter()
        .find_map(given)
        .and_then(string)
        .into_iter()
        .collect()
}

/// As typed: a text itself, a number or a rich text as its JSON.
fn string(value: &Value) -> Option<String> {
    match value.as_str() {
        Some("") => None,
        Some(text) => Some(text.to_owned()),
        None => Some(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_of_element_gives_its_values() {
        let option =
            |value: &str| json!({ "text": { "type": "plain_text", "text": "x" }, "value": value });
        let rich = json!({ "type": "rich_text", "elements": [] });
        for (element, values) in [
            (
                json!({ "type": "plain_text_input", "value": "a\nb" }),
                vec!["a\nb"],
            ),
            (json!({ "type": "plain_text_input", "value": null }), vec![]),
            (json!({ "type": "plain_text_input", "value": "" }), vec![]),
            (
                json!({ "type": "number_input", "value": "1.50" }),
                vec!["1.50"],
            ),
            (
                json!({ "type": "email_text_input", "value": "a@b.example" }),
                vec!["a@b.example"],
            ),
            (
                json!({ "type": "url_text_input", "value": "https://a.example" }),
                vec!["https://a.example"],
            ),
            (
                json!({ "type": "static_select", "selected_option": option("sev1") }),
                vec!["sev1"],
            ),
            (
                json!({ "type": "external_select", "selected_option": null }),
                vec![],
            ),
            (
                json!({ "type": "radio_buttons", "selected_option": option("unsure") }),
                vec!["unsure"],
            ),
            (
                json!({ "type": "overflow", "selected_option": option("more") }),
                vec!["more"],
            ),
            (
                json!({ "type": "checkboxes", "selected_options": [option("a"), option("b")] }),
                vec!["a", "b"],
            ),
            (
                json!({ "type": "checkboxes", "selected_options": [] }),
                vec![],
            ),
            (
                json!({ "type": "multi_static_select", "selected_options": [option("z")] }),
                vec!["z"],
            ),
            (
                json!({ "type": "datepicker", "selected_date": "2026-12-01" }),
                vec!["2026-12-01"],
            ),
            (
                json!({ "type": "timepicker", "selected_time": "13:30", "timezone": "Asia/Tokyo" }),
                vec!["13:30"],
            ),
            (
                json!({ "type": "datetimepicker", "selected_date_time": 1_796_101_920 }),
                vec!["1796101920"],
            ),
            (
                json!({ "type": "users_select", "selected_user": "U1" }),
                vec!["U1"],
            ),
            (
                json!({ "type": "multi_users_select", "selected_users": ["U1", "W2"] }),
                vec!["U1", "W2"],
            ),
            (
                json!({ "type": "conversations_select", "selected_conversation": "C1" }),
                vec!["C1"],
            ),
            (
                json!({ "type": "multi_conversations_select", "selected_conversations": ["C1"] }),
                vec!["C1"],
            ),
            (
                json!({ "type": "channels_select", "selected_channel": "C1" }),
                vec!["C1"],
            ),
            (
                json!({ "type": "multi_channels_select", "selected_channels": ["C1", "C2"] }),
                vec!["C1", "C2"],
            ),
            (
                json!({ "type": "file_input", "files": [{ "id": "F1" }, { "id": "F2" }] }),
                vec!["F1", "F2"],
            ),
            (
                json!({ "type": "rich_text_input", "rich_text_value": rich.clone() }),
                vec![&*rich.to_string()],
            ),
            (
                json!({ "type": "button", "value": "42/commander" }),
                vec!["42/commander"],
            ),
            (
                json!({ "type": "hologram", "selected_shape": "cube" }),
                vec![],
            ),
        ] {
            assert_eq!(values_of(&element), values, "{element}");
        }
    }

    #[test]
    fn inputs_go_by_their_block_and_others_by_their_own_id() {
        let text = |value: &str| json!({ "type": "plain_text_input", "value": value });
        let state = json!({ "values": {
            "title": { "v": text("Checkout fails") },
            "menu": { "todo:pick": text("x"), "todo:who": text("y") },
        }});
        let blocks = json!([{ "type": "input", "block_id": "title" }, { "type": "actions", "block_id": "menu" }]);
        let fields = |blocks| {
            answers(Some(&state), blocks)
                .into_iter()
                .map(|answer| answer.field)
                .collect::<Vec<_>>()
        };
        assert_eq!(fields(Some(&blocks)), ["todo:pick", "todo:who", "title"]);
        assert_eq!(fields(None), ["todo:pick", "todo:who", "v"]);
        assert_eq!(answers(Some(&json!({})), None), []);
        assert_eq!(answers(None, None), []);
    }
}
