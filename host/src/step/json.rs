//! Checks JSON that steps write, without building it in memory: once for its shape, once over its
//! bytes for what Iris must know or add.

use std::{borrow::Cow, ops::Range};

use memchr::memchr2;
use serde::de::{Deserialize, IgnoredAny};

use crate::incident::{Refusal, RefusalKind};

/// Brackets within brackets.
const DEPTH: usize = 64;

/// Characters that a step may use of an action id: Slack's 255, less its name.
const ACTION_ID: usize = 180;

/// Reads `T`, which names what matters and passes over the rest. `code` is the refusal's.
pub(super) fn shape<'a, T: Deserialize<'a>>(text: &'a str, code: &str) -> Result<T, Refusal> {
    serde_json::from_str(text)
        .map_err(|error| malformed(code, format!("It is not the JSON that is wanted: {error}.")))
}

/// Any JSON.
pub(super) fn any(text: &str, code: &str) -> Result<(), Refusal> {
    shape::<IgnoredAny>(text, code)?;
    not_too_deep(scan(text, |_| {}), code)
}

/// A JSON object.
pub(super) fn object(text: &str, code: &str) -> Result<(), Refusal> {
    any(text, code)?;
    if text.trim_start().starts_with('{') {
        Ok(())
    } else {
        Err(malformed(code, "It is no JSON object.".to_owned()))
    }
}

/// Puts the step's name before each `action_id`, but for those that `others` (the core, another
/// step) are to be pressed for. Also checks depth, and what Iris cannot serve.
///
/// Returns the characters of text in it, too. `json` is known to be JSON.
pub(super) fn owned(
    json: String,
    me: &str,
    others: impl Fn(&str) -> bool,
    code: &str,
) -> Result<(String, usize), Refusal> {
    let mut mine = vec![];
    let mut letters = 0;
    let mut wrong = None;
    let depth = scan(&json, |member| match member.key {
        "text" => letters += characters(&json[member.value]),
        "action_id" => {
            let id = &json[member.value.clone()];
            if characters(id) > ACTION_ID || id.is_empty() {
                let why = format!("An `action_id` is not 1 to {ACTION_ID} characters.");
                wrong = Some(malformed("action-id", why));
            }
            if !id
                .split_once(':')
                .is_some_and(|(owner, _)| owner != me && others(owner))
            {
                mine.push(member.value.start);
            }
        }
        "type" if json[member.value.clone()].ends_with("external_select") => {
            let why = "Menus that ask for their choices (`external_select`) are not served.";
            wrong = Some(malformed("external-select", why.to_owned()));
        }
        _ => {}
    });
    not_too_deep(depth, code)?;
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    Ok((insert(json, &mine, &format!("{me}:")), letters))
}

/// Each member of an object whose value is a string.
pub(super) fn strings<'a>(json: &'a str, mut each: impl FnMut(&'a str, &'a str)) {
    scan(json, |member| each(member.key, &json[member.value]));
}

/// A text as JSON has it, read.
pub(super) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    serde_json::from_str(&format!("\"{raw}\"")).map_or(Cow::Borrowed(raw), Cow::Owned)
}

pub(super) fn malformed(code: &str, why: String) -> Refusal {
    Refusal::new(RefusalKind::Malformed, code, why)
}

fn not_too_deep(depth: usize, code: &str) -> Result<(), Refusal> {
    if depth > DEPTH {
        return Err(malformed(
            code,
            format!("It is more than {DEPTH} levels deep."),
        ));
    }
    Ok(())
}

struct Member<'a> {
    /// As written; escapes are not read.
    key: &'a str,
    /// Where the value stands, without its quotes.
    value: Range<usize>,
}

/// Walks over JSON that is known to be JSON, and returns how deep it is.
fn scan<'a>(json: &'a str, mut each: impl FnMut(Member<'a>)) -> usize {
    let bytes = json.as_bytes();
    let (mut at, mut depth, mut deepest) = (0, 0_usize, 0);
    // The string before, while a colon may follow it, and then its value.
    let mut key: Option<&str> = None;
    let mut value_follows = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                let string = at..end_of_string(bytes, at);
                at = string.end + 1;
                match key {
                    Some(name) if value_follows => {
                        each(Member {
                            key: name,
                            value: string,
                        });
                        key = None;
                    }
                    _ => key = Some(&json[string]),
                }
                value_follows = false;
            }
            b':' => value_follows = true,
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => {
                if matches!(byte, b'{' | b'[') {
                    depth += 1;
                    deepest = deepest.max(depth);
                } else if matches!(byte, b'}' | b']') {
                    depth = depth.saturating_sub(1);
                }
                key = None;
                value_follows = false;
            }
        }
    }
    deepest
}

/// Where the closing quote stands.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        // The backslash, and what it stands before.
        at += 2;
    }
    bytes.len()
}

/// How many characters a JSON string stands for.
fn characters(raw: &str) -> usize {
    if raw.contains('\\') {
        unescaped(raw).chars().count()
    } else {
        raw.chars().count()
    }
}

fn insert(json: String, at: &[usize], what: &str) -> String {
    if at.is_empty() {
        return json;
    }
    let mut longer = String::with_capacity(json.len() + at.len() * what.len());
    let mut from = 0;
    for &at in at {
        longer.push_str(&json[from..at]);
        longer.push_str(what);
        from = at;
    }
    longer.push_str(&json[from..]);
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(json: &str) -> Result<String, Refusal> {
        owned(
            json.to_owned(),
            "todo",
            |name| matches!(name, "core" | "guide"),
            "blocks-json",
        )
        .map(|(json, _)| json)
    }

    #[test]
    fn each_action_gets_its_owner_once() {
        for (written, stored) in [
            (
                r#"[{"action_id":"done"}]"#,
                r#"[{"action_id":"todo:done"}]"#,
            ),
            (
                r#"[{"action_id" : "core:declare"}]"#,
                r#"[{"action_id" : "core:declare"}]"#,
            ),
            (
                r#"[{"action_id":"guide:take"}]"#,
                r#"[{"action_id":"guide:take"}]"#,
            ),
            (
                r#"[{"action_id":"todo:done"}]"#,
                r#"[{"action_id":"todo:todo:done"}]"#,
            ),
            (
                r#"[{"action_id":"x:done"},{"a":1}]"#,
                r#"[{"action_id":"todo:x:done"},{"a":1}]"#,
            ),
            // Only as the name of a member.
            (r#"["action_id", "done"]"#, r#"["action_id", "done"]"#),
            (
                r#"{"text":"\"action_id\":\"done\""}"#,
                r#"{"text":"\"action_id\":\"done\""}"#,
            ),
        ] {
            assert_eq!(own(written).as_deref(), Ok(stored));
        }
    }

    #[test]
    fn text_is_counted_in_characters() {
        let json = r#"[{"text":{"type":"mrkdwn","text":"日本\n\u00e9"}},{"text":"ab"}]"#;
        let (_, letters) = owned(json.to_owned(), "todo", |_| false, "x").unwrap();
        assert_eq!(letters, 4 + 2);
    }

    #[test]
    fn what_iris_cannot_serve_is_refused() {
        let long = format!(r#"[{{"action_id":"{}"}}]"#, "a".repeat(181));
        assert_eq!(own(&long).unwrap_err().code, "action-id");
        let menu = r#"[{"type":"multi_external_select"}]"#;
        assert_eq!(own(menu).unwrap_err().code, "external-select");
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(any(&nested(64), "x").is_ok());
        assert_eq!(any(&nested(65), "x").unwrap_err().code, "x");
        assert_eq!(any(&nested(10_000), "x").unwrap_err().code, "x");
        assert_eq!(any("{", "x").unwrap_err().code, "x");
        assert_eq!(object("[]", "x").unwrap_err().code, "x");
    }
}
