//! A method's arguments as a form.

use serde_json::Value;

/// Name and value of each field. Complex values become JSON texts, nulls are left out.
pub(super) fn fields(arguments: &Value) -> Vec<(&str, String)> {
    let Value::Object(arguments) = arguments else {
        return Vec::new();
    };
    arguments
        .iter()
        .filter_map(|(name, value)| match value {
            Value::Null => None,
            Value::String(text) => Some((name.as_str(), text.clone())),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Some((name.as_str(), value.to_string()))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::fields;

    #[test]
    fn what_is_complex_is_json_within_the_form() {
        let arguments = json!({ "channel": "C1", "blocks": [{ "type": "divider" }], "force": true,
            "limit": 100, "thread_ts": null });
        assert_eq!(
            fields(&arguments),
            [
                ("blocks", r#"[{"type":"divider"}]"#.to_owned()),
                ("channel", "C1".to_owned()),
                ("force", "true".to_owned()),
                ("limit", "100".to_owned()),
            ]
        );
    }
}
