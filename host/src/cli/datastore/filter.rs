//! Conditions on the fields of a value, such as `owner.id = U0AYA` or `n >= 3`.

use std::cmp::Ordering;

use serde_json::Value;

/// Longest first, so that `<=` is not taken for `<`.
const SIGNS: [(&str, Test); 7] = [
    ("!=", Test::Not),
    ("<=", Test::AtMost),
    (">=", Test::AtLeast),
    ("=", Test::Is),
    ("<", Test::Below),
    (">", Test::Above),
    ("~", Test::Contains),
];

#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct Condition {
    /// The names of fields, from the outside in.
    path: Vec<String>,
    /// `None`: that it is there.
    test: Option<(Test, Wanted)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Test {
    Is,
    Not,
    Below,
    AtMost,
    Above,
    AtLeast,
    Contains,
}

/// What stands behind the sign. `42` is a number where the field is one, and text where it is text.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    text: String,
    json: Option<Value>,
}

pub(super) fn parse(written: &str) -> Result<Condition, String> {
    let sign = SIGNS
        .iter()
        .filter_map(|(sign, test)| Some((written.find(sign)?, sign, *test)))
        .min_by_key(|(at, sign, _)| (*at, std::cmp::Reverse(sign.len())));
    let (field, test) = match sign {
        None => (written, None),
        Some((at, sign, test)) => {
            let text = written[at + sign.len()..].trim();
            let json = serde_json::from_str(text).ok();
            let text = match &json {
                Some(Value::String(inner)) => inner.clone(),
                _ => text.to_owned(),
            };
            (&written[..at], Some((test, Wanted { text, json })))
        }
    };
    let path: Vec<String> = field.trim().split('.').map(str::to_owned).collect();
    if path.iter().any(String::is_empty) {
        return Err("write a field, a sign and a value, such as 'status = open'".to_owned());
    }
    Ok(Condition { path, test })
}

impl Condition {
    /// A field that is not there is only unequal.
    pub(super) fn holds(&self, value: &Value) -> bool {
        let field = self.path.iter().try_fold(value, |value, name| {
            let nth = name.parse::<usize>().ok();
            value.get(name).or_else(|| value.get(nth?))
        });
        match (&self.test, field) {
            (None, field) => field.is_some(),
            (Some((Test::Not, wanted)), Some(field)) => !wanted.is(field),
            (Some((Test::Not, _)), None) => true,
            (Some(_), None) => false,
            (Some((Test::Is, wanted)), Some(field)) => wanted.is(field),
            (Some((Test::Contains, wanted)), Some(field)) => wanted.is_in(field),
            (Some((test, wanted)), Some(field)) => {
                wanted.order(field).is_some_and(|order| match test {
                    Test::Below => order.is_lt(),
                    Test::AtMost => order.is_le(),
                    Test::Above => order.is_gt(),
                    Test::AtLeast => order.is_ge(),
                    Test::Is | Test::Not | Test::Contains => false,
                })
            }
        }
    }
}

impl Wanted {
    fn is(&self, field: &Value) -> bool {
        match field {
            Value::String(text) => *text == self.text,
            Value::Number(_) => self.order(field) == Some(Ordering::Equal),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.json.as_ref() == Some(field)
            }
        }
    }

    fn is_in(&self, field: &Value) -> bool {
        match field {
            Value::String(text) => text.contains(&self.text),
            Value::Array(list) => list.iter().any(|one| self.is(one)),
            Value::Object(fields) => fields.contains_key(&self.text),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// How the field stands to what is wanted: numbers by size, text by its letters.
    fn order(&self, field: &Value) -> Option<Ordering> {
        match field {
            Value::String(text) => Some(text.as_str().cmp(&self.text)),
            Value::Number(number) => {
                let wanted = self.json.as_ref()?.as_f64()?;
                number.as_f64()?.partial_cmp(&wanted)
            }
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn conditions_hold_for_what_they_say() {
        let value = json!({
            "status": "open", "n": 3, "done": false, "gone": null, "zip": "0123",
            "owner": { "id": "U0AYA" }, "tags": ["db", "cache"], "until": "2026-11-30",
        });
        let holds = |written: &str| parse(written).unwrap().holds(&value);
        for written in [
            "status = open",
            "status=\"open\"",
            "status != closed",
            "status ~ pe",
            "n = 3",
            "n = 3.0",
            "n >= 3",
            "n<4",
            "n > -1",
            "done = false",
            "gone = null",
            "zip = 0123",
            "owner.id = U0AYA",
            "owner ~ id",
            "tags ~ db",
            "tags.1 = cache",
            "until < 2026-12-01",
            "done",
            "gone",
            "missing != 1",
        ] {
            assert!(holds(written), "{written}");
        }
        for written in [
            "status = Open",
            "n = 4",
            "n != 3",
            "n < 3",
            "n > three",
            "done = true",
            "done",
            "zip = 123",
            "owner.name = Aya",
            "owner = U0AYA",
            "tags.2 = x",
            "tags ~ d",
            "missing",
            "missing < 3",
        ] {
            // `done` is there, whatever it says.
            assert_eq!(holds(written), written == "done", "{written}");
        }
    }

    #[test]
    fn what_is_no_condition_is_said() {
        for written in ["", "= 3", " ~ x", "a..b = 1"] {
            assert!(parse(written).is_err(), "{written:?}");
        }
    }
}
