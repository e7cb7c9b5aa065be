//! Walking through JSON while noting what is wrong, in Slack's words.

use std::fmt::Display;

use serde_json::Value;

use super::Problem;

#[derive(Default)]
pub(super) struct Inspector {
    pub(super) problems: Vec<Problem>,
}

/// A value and where it stands.
pub(super) struct Spot<'a> {
    pub(super) value: &'a Value,
    pointer: String,
}

impl<'a> Spot<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self {
            value,
            pointer: String::new(),
        }
    }

    pub(super) fn field(&self, name: impl Display + AsRef<str>) -> Option<Spot<'a>> {
        let value = self.value.get(name.as_ref())?;
        Some(Spot {
            value,
            pointer: format!("{}/{name}", self.pointer),
        })
    }

    pub(super) fn kind(&self) -> &'a str {
        self.value["type"].as_str().unwrap_or_default()
    }

    fn items(&self) -> Vec<Spot<'a>> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        items
            .iter()
            .enumerate()
            .map(|(index, value)| Spot {
                value,
                pointer: format!("{}/{index}", self.pointer),
            })
            .collect()
    }
}

impl Inspector {
    pub(super) fn note(&mut self, spot: &Spot<'_>, message: impl Into<String>) {
        self.problems.push(Problem {
            pointer: spot.pointer.clone(),
            message: message.into(),
        });
    }

    /// The field, or a note that it is missing.
    pub(super) fn require<'a>(&mut self, spot: &Spot<'a>, name: &str) -> Option<Spot<'a>> {
        let field = spot.field(name);
        if field.is_none() {
            self.note(spot, format!("missing required field: {name}"));
        }
        field
    }

    /// Notes every field that is not one of `fields`, `type` and `block_id`.
    pub(super) fn only(&mut self, spot: &Spot<'_>, fields: &[&str]) {
        let given = spot.value.as_object().into_iter().flatten();
        for (name, _) in given {
            if !fields.contains(&name.as_str()) && name != "type" {
                self.note(spot, format!("invalid additional property: {name}"));
            }
        }
    }

    /// A string of `least` to `most` characters (UTF-16 units, the most careful reading).
    pub(super) fn string<'a>(
        &mut self,
        spot: &Spot<'a>,
        least: usize,
        most: usize,
    ) -> Option<&'a str> {
        let Some(text) = spot.value.as_str() else {
            self.note(spot, "must be a string");
            return None;
        };
        let length = text.encode_utf16().count();
        if length < least {
            self.note(spot, format!("must be more than {} characters", least - 1));
        }
        if length > most {
            self.note(spot, format!("must be less than {} characters", most + 1));
        }
        Some(text)
    }

    /// A string field that may be absent.
    pub(super) fn text(&mut self, spot: &Spot<'_>, name: &str, least: usize, most: usize) {
        if let Some(field) = spot.field(name) {
            self.string(&field, least, most);
        }
    }

    /// A string field that must be there.
    pub(super) fn required_text(&mut self, spot: &Spot<'_>, name: &str, least: usize, most: usize) {
        if let Some(field) = self.require(spot, name) {
            self.string(&field, least, most);
        }
    }

    /// A string field that must be there and be one of `values`.
    pub(super) fn choice(&mut self, spot: &Spot<'_>, name: &str, values: &[&str]) {
        if let Some(field) = self.require(spot, name) {
            self.one_of(&field, values);
        }
    }

    pub(super) fn one_of(&mut self, spot: &Spot<'_>, values: &[&str]) {
        if !spot
            .value
            .as_str()
            .is_some_and(|value| values.contains(&value))
        {
            self.note(spot, format!("must be one of: {}", values.join(", ")));
        }
    }

    /// Boolean fields that may be absent.
    pub(super) fn flags(&mut self, spot: &Spot<'_>, names: &[&str]) {
        for name in names {
            if let Some(field) = spot.field(name).filter(|field| !field.value.is_boolean()) {
                self.note(&field, "must be a boolean");
            }
        }
    }

    /// A whole number field that may be absent.
    pub(super) fn number(
        &mut self,
        spot: &Spot<'_>,
        name: &str,
        least: u64,
        most: u64,
    ) -> Option<u64> {
        let field = spot.field(name)?;
        let Some(number) = field
            .value
            .as_u64()
            .filter(|number| (least..=most).contains(number))
        else {
            self.note(&field, format!("must be a number from {least} to {most}"));
            return None;
        };
        Some(number)
    }

    /// A list of `least` to `most` items.
    pub(super) fn list<'a>(&mut self, spot: &Spot<'a>, least: usize, most: usize) -> Vec<Spot<'a>> {
        if !spot.value.is_array() {
            self.note(spot, "must be an array");
        }
        let items = spot.items();
        if items.len() < least {
            self.note(spot, format!("no fewer than {least} items allowed"));
        }
        if items.len() > most {
            self.note(spot, format!("no more than {most} items allowed"));
        }
        items
    }

    /// A list field that must be there.
    pub(super) fn required_list<'a>(
        &mut self,
        spot: &Spot<'a>,
        name: &str,
        least: usize,
        most: usize,
    ) -> Vec<Spot<'a>> {
        match self.require(spot, name) {
            Some(field) => self.list(&field, least, most),
            None => Vec::new(),
        }
    }

    /// A list of strings that may be absent.
    pub(super) fn strings(&mut self, spot: &Spot<'_>, name: &str) {
        if let Some(field) = spot.field(name) {
            for item in self.list(&field, 0, usize::MAX) {
                self.string(&item, 1, 255);
            }
        }
    }

    /// Notes every string that stands there twice, under `what` it is.
    pub(super) fn unique<'a>(&mut self, what: &str, spots: impl Iterator<Item = Spot<'a>>) {
        let mut seen: Vec<&str> = Vec::new();
        for spot in spots {
            let Some(id) = spot.value.as_str() else {
                continue;
            };
            if seen.contains(&id) {
                self.note(
                    &spot,
                    format!("`{what}` \"{id}\" already exists for another element"),
                );
            }
            seen.push(id);
        }
    }
}
