//! The JSON Schema of a team's file, for editors: with the settings of the steps that there are.

use serde_json::{Value, json};

/// What holds whatever the steps.
const FILE: &str = include_str!("schema.json");

/// `steps`: their names and the schemas of their settings. Each name once.
pub fn team_schema<'a>(steps: impl Iterator<Item = (&'a str, &'a Value)>) -> Value {
    let mut schema: Value = serde_json::from_str(FILE).unwrap_or_default();
    let of_steps = steps.map(|(name, settings)| {
        json!({
            "if": { "properties": { "use": { "const": name } } },
            "then": { "properties": { "config": settings } },
        })
    });
    if let Some(all) = schema.pointer_mut("/properties/step/items/allOf") {
        *all = of_steps.collect();
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steps_settings_are_checked_where_it_is_used() {
        let settings = json!({ "type": "object", "additionalProperties": false,
            "properties": { "flow": { "type": "array" } } });
        let schema = team_schema([("guide", &settings)].into_iter());
        let schema = jsonschema::validator_for(&schema).unwrap();
        let file = |text: &str| json!(text.parse::<toml::Table>().unwrap());
        for good in [
            "",
            "[[step]]\nuse = \"guide\"\nconfig = { flow = [\"x\"] }",
            "[[step]]\nuse = \"other\"\nconfig = { any = 1 }",
        ] {
            assert!(schema.is_valid(&file(good)), "{good}");
        }
        for bad in [
            "nme = \"Acme\"",
            "[[severity]]\nlabel = \"SEV1\"",
            "[[step]]\nuse = \"guide\"\nconfig = { flwo = [\"x\"] }",
            "[[step]]\nuse = \"guide\"\nallow = { wishes = [\"everything\"] }",
        ] {
            assert!(!schema.is_valid(&file(bad)), "{bad}");
        }
    }
}
