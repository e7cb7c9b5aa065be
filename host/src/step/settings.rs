//! A step's own settings: `config` of its line in the team's file, checked against the schema that
//! the step carries, with the schema's defaults filled in.

use std::sync::Arc;

use jsonschema::Validator;
use serde_json::{Map, Value};

/// The schema of one step's settings.
pub struct Settings {
    schema: Value,
    validator: Validator,
}

/// Something in `config` that the step's schema does not take: for whoever writes the team's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`config{}`: {why}", path.replace('/', "."))]
pub struct BadSetting {
    /// Where in `config`, such as `/flow/0`; empty for the whole.
    pub path: String,
    pub why: String,
}

impl Settings {
    /// `Err`: it is no JSON Schema, and why.
    pub(super) fn new(schema: &Value) -> Result<Self, String> {
        let validator = jsonschema::draft202012::new(schema).map_err(|e| e.to_string())?;
        Ok(Self {
            schema: schema.clone(),
            validator,
        })
    }

    /// The settings as the step reads them, or everything that is wrong with them.
    pub fn check(&self, config: &Value) -> Result<Arc<str>, Vec<BadSetting>> {
        let mut config = config.clone();
        fill(&self.schema, &mut config);
        let wrong: Vec<_> = self
            .validator
            .iter_errors(&config)
            .map(|error| BadSetting {
                path: error.instance_path().to_string(),
                why: error.to_string(),
            })
            .collect();
        if wrong.is_empty() {
            Ok(config.to_string().into())
        } else {
            Err(wrong)
        }
    }
}

/// Adds the defaults of properties that are missing, at every depth.
fn fill(schema: &Value, value: &mut Value) {
    if let (Some(Value::Object(properties)), Value::Object(object)) =
        (schema.get("properties"), &mut *value)
    {
        for (name, schema) in properties {
            fill_one(object, name, schema);
        }
    }
    if let (Some(items), Value::Array(values)) = (schema.get("items"), value) {
        for value in values {
            fill(items, value);
        }
    }
}

fn fill_one(object: &mut Map<String, Value>, name: &str, schema: &Value) {
    if let Some(value) = object.get_mut(name) {
        fill(schema, value);
    } else if let Some(default) = schema.get("default") {
        let mut default = default.clone();
        fill(schema, &mut default);
        object.insert(name.to_owned(), default);
    }
}
