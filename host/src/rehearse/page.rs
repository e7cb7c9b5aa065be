//! What a step said, as a page that people review: one wish a block, nothing of it left out.

use std::{collections::BTreeMap, fmt::Write};

use jiff::Timestamp;
use serde_json::{Map, Number, Value, json};

use iris_kit::rich::one_line;

use crate::{
    effect::Wish,
    event::What,
    step::{Fault, Outcome, Recorded},
    team::Locale,
};

/// Longer things are spread over lines.
const LINE: usize = 100;

/// Members that hold JSON as text.
const JSON: [&str; 5] = ["blocks", "view", "more", "memo", "arguments"];

/// Members in which words for people stand.
const WORDS: [&str; 7] = [
    "text",
    "title",
    "label",
    "accessibility_label",
    "comment",
    "bytes",
    "url",
];

/// Characters of what people wrote, in a caption.
const SHOWN: usize = 60;

/// Numbers above it are milliseconds since 1970.
const MOMENTS: i64 = 1_000_000_000_000;

/// What happened, and what the step said to it.
pub struct Page {
    /// In Japanese only the words are shown: all else is as in English.
    words_only: bool,
    text: String,
    /// Blocks of messages as they were drawn last: what is still so is not drawn again.
    drawn: BTreeMap<String, Vec<Value>>,
}

impl Page {
    pub fn new(locale: Locale) -> Self {
        Self {
            words_only: locale == Locale::Ja,
            text: String::new(),
            drawn: BTreeMap::new(),
        }
    }

    /// All of it, whatever the language.
    pub fn in_full(&mut self) {
        self.words_only = false;
    }

    /// What was written since the pause.
    pub fn since(&self, pause: usize) -> &str {
        self.text.get(pause..).unwrap_or_default()
    }

    /// For what only leads to what is to be seen.
    pub fn pause(&self) -> usize {
        self.text.len()
    }

    /// Forgets what was written since the pause.
    pub fn resume(&mut self, pause: usize) {
        self.text.truncate(pause);
        self.text.push_str("\n▶ …\n");
    }

    pub fn text(&self) -> &str {
        self.text.trim_end()
    }

    pub fn happened(&mut self, caption: &str) {
        let _ = write!(self.text, "\n▶ {}\n", caption.trim_end());
    }

    pub fn outcome(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Done(recorded) => self.recorded(recorded),
            Outcome::Refused(sentence) => self.line(&format!("refused: {sentence}")),
            Outcome::Fields(fields) => {
                for field in fields {
                    self.line(&format!("under {}: {}", field.field, field.sentence));
                }
            }
            Outcome::Bug(why) => self.line(&format!("a bug: {why}")),
        }
    }

    /// It ended against its will.
    pub fn fault(&mut self, fault: &Fault) {
        self.line(&format!("failed: {fault}"));
    }

    fn recorded(&mut self, recorded: &Recorded) {
        if recorded.wishes.is_empty() {
            self.line("(no wish)");
        }
        for wish in &recorded.wishes {
            let mut wish = readable(wish);
            self.shorten(&mut wish);
            if self.words_only {
                words(&wish, &mut self.text);
            } else {
                tree(&wish, 1, "", &mut self.text);
            }
        }
        if self.words_only {
            return;
        }
        for write in &recorded.writes {
            let whose = if write.place.incident.is_some() {
                ""
            } else {
                " (team)"
            };
            match &write.json {
                Some(json) => self.line(&format!("remembers{whose} {}: {json}", write.key)),
                None => self.line(&format!("forgets{whose} {}", write.key)),
            }
        }
    }

    /// Of a message that is drawn again, only what has changed.
    fn shorten(&mut self, wish: &mut Value) {
        let name = wish["name"].as_str().unwrap_or_default().to_owned();
        let Some(Value::Array(blocks)) = wish.pointer_mut("/content/blocks") else {
            return;
        };
        if name.is_empty() {
            return;
        }
        let before = self.drawn.insert(name, blocks.clone()).unwrap_or_default();
        for block in blocks.iter_mut().filter(|block| before.contains(block)) {
            let (kind, id) = (block["type"].clone(), block["block_id"].clone());
            *block = json!({ "type": kind, "block_id": id, "as": "before" });
        }
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "  {line}");
    }
}

/// What a change causes, in a line.
pub fn caused(what: &What) -> String {
    if let What::EntryAdded { entry } = what {
        return format!("↳ entry-added: {} {:?}", entry.kind, entry.text);
    }
    let mut value = json!(what);
    let kind = value.as_object_mut().and_then(|what| what.remove("kind"));
    let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
    let rest = short(&value, usize::MAX).unwrap_or_default();
    format!("↳ {kind}: {rest}")
}

/// What an event is, and what people said in it.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others say nothing that fits into a line"
)]
pub fn happened(what: &What) -> String {
    let value = json!(what);
    let kind = value["kind"].as_str().unwrap_or_default().to_owned();
    let words = match what {
        What::Command(command) => Some(command.text.as_str()),
        What::Alerted(alerted) => Some(alerted.title.as_str()),
        What::Said(said) | What::Mentioned(said) => Some(said.text.as_str()),
        What::Pressed(pressed) => Some(pressed.action.as_str()),
        What::Submitted(sent) => Some(sent.view.callback.as_str()),
        What::EntryAdded { entry } => Some(entry.kind.as_str()),
        What::Timer { name, .. } => Some(name.as_str()),
        What::Answered { key, .. } => Some(key.as_str()),
        What::WishFailed(failed) => Some(failed.trouble.code.as_str()),
        _ => None,
    };
    match words {
        Some(words) => format!("{kind}: {}", cut(&one_line(words))),
        None => kind,
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A wish with what is JSON inside of it opened, and a file's bytes as its text.
fn readable(wish: &Wish) -> Value {
    let mut value = json!(wish);
    if let Value::Object(members) = &mut value {
        let name = members.remove("wish").unwrap_or_default();
        members.insert("type".to_owned(), name);
        if let Wish::Upload { file, .. } = wish {
            members["file"]["bytes"] = String::from_utf8_lossy(&file.bytes).into();
        }
        if let Wish::Fetch { request, .. } = wish
            && let Some(body) = &request.body
        {
            members["request"]["body"] = String::from_utf8_lossy(body).into();
        }
    }
    open(&mut value);
    value
}

fn open(value: &mut Value) {
    let Value::Object(members) = value else {
        return;
    };
    members.retain(|_, value| !value.is_null());
    for (name, value) in members {
        let json = value.as_str().filter(|_| JSON.contains(&name.as_str()));
        if let Some(json) = json.and_then(|json| serde_json::from_str(json).ok()) {
            *value = json;
        }
        open(value);
    }
}

/// A value on as many lines as it needs.
fn tree(value: &Value, depth: usize, name: &str, out: &mut String) {
    let indent = "  ".repeat(depth);
    if let Some(short) = short(value, LINE) {
        let _ = writeln!(out, "{indent}{name}{short}");
        return;
    }
    match value {
        Value::Object(members) => {
            let (plain, nested) = parted(members);
            let line = format!("{indent}{name}{}", head(members, &plain));
            let _ = writeln!(out, "{}", line.trim_end());
            for (name, value) in nested {
                tree(value, depth + 1, &format!("{name}: "), out);
            }
        }
        Value::Array(elements) => {
            let _ = writeln!(out, "{indent}{}", name.trim_end());
            for element in elements {
                tree(element, depth + 1, "- ", out);
            }
        }
        Value::String(text) => {
            let _ = writeln!(out, "{indent}{}", name.trim_end());
            for line in text.lines() {
                let _ = writeln!(out, "{}", format!("{indent}  | {line}").trim_end());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            let _ = writeln!(out, "{indent}{name}{value}");
        }
    }
}

/// Members that fit into the line of their object, and those that do not.
fn parted(members: &Map<String, Value>) -> (Vec<String>, Vec<(&String, &Value)>) {
    let (mut plain, mut nested) = (vec![], vec![]);
    let shown = members
        .iter()
        .filter(|(name, _)| !["type", "block_id", "action_id"].contains(&name.as_str()));
    for (name, value) in shown {
        match short(value, LINE / 2) {
            Some(short) if !value.is_object() || name == "place" => {
                plain.push(format!("{name}={short}"));
            }
            _ => nested.push((name, value)),
        }
    }
    (plain, nested)
}

/// What it is, its own name, and what is plain of it.
fn head(members: &Map<String, Value>, plain: &[String]) -> String {
    let of = |name: &str| members.get(name).and_then(Value::as_str);
    let kind = of("type").map(str::to_owned);
    let id = of("block_id").map(|id| format!("#{id}"));
    let action = of("action_id").map(|id| format!("[{id}]"));
    let words = kind.into_iter().chain(id).chain(action);
    let words: Vec<String> = words.chain(plain.iter().cloned()).collect();
    words.join(" ")
}

/// A value in at most so many characters; texts and rich text in Slack's manner.
fn short(value: &Value, most: usize) -> Option<String> {
    let short = match value {
        Value::Number(number) if number.as_i64().is_some_and(|n| n > MOMENTS) => moment(number),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(elements) => {
            let elements: Option<Vec<_>> = elements.iter().map(|e| short(e, most)).collect();
            format!("[{}]", elements?.join(", "))
        }
        Value::Object(members) => match text(members) {
            Some(text) => return Some(text),
            None => object(members, most)?,
        },
    };
    (short.chars().count() <= most).then_some(short)
}

fn object(members: &Map<String, Value>, most: usize) -> Option<String> {
    let shown = members
        .iter()
        .filter(|(name, _)| !["type", "block_id", "action_id"].contains(&name.as_str()));
    let plain: Option<Vec<_>> = shown
        .map(|(name, value)| Some(format!("{name}={}", short(value, most)?)))
        .collect();
    let inside = head(members, &plain?);
    Some(if members.contains_key("type") {
        inside
    } else {
        format!("{{{inside}}}")
    })
}

/// What the clock in Tokyo shows at a moment.
fn moment(millis: &Number) -> String {
    let moment = Timestamp::from_millisecond(millis.as_i64().unwrap_or_default());
    let tokyo = moment.and_then(|moment| moment.in_tz("Asia/Tokyo"));
    tokyo.map_or_else(
        |_| millis.to_string(),
        |tokyo| tokyo.strftime("%a %d %b %H:%M:%S").to_string(),
    )
}

/// Texts, and the elements of rich text: whole, whatever their length.
fn text(members: &Map<String, Value>) -> Option<String> {
    let of = |name: &str| members.get(name).and_then(Value::as_str);
    let said = || members.get("text").map(Value::to_string);
    let only = |names: &[&str]| members.keys().all(|name| names.contains(&name.as_str()));
    match of("type")? {
        "plain_text" if only(&["type", "text", "emoji"]) => said(),
        "mrkdwn" if only(&["type", "text", "verbatim"]) => Some(format!("mrkdwn {}", said()?)),
        "text" if only(&["type", "text"]) => said(),
        "text" if only(&["type", "text", "style"]) => {
            let style = members.get("style")?.as_object()?;
            let style: Vec<_> = style.keys().map(String::as_str).collect();
            Some(format!("{}({})", style.join(" "), said()?))
        }
        "user" if only(&["type", "user_id"]) => Some(format!("<@{}>", of("user_id")?)),
        "channel" if only(&["type", "channel_id"]) => Some(format!("<#{}>", of("channel_id")?)),
        "emoji" if only(&["type", "name"]) => Some(format!(":{}:", of("name")?)),
        "link" if only(&["type", "url", "text"]) => {
            Some(format!("link({} {})", said()?, of("url")?))
        }
        _ => None,
    }
}

/// What the wish is, and the words in it.
fn words(wish: &Value, out: &mut String) {
    let name = wish["name"].as_str().unwrap_or_default();
    let kind = wish["type"].as_str().unwrap_or_default();
    let _ = writeln!(out, "  {}", format!("{kind} {name}").trim_end());
    within(wish, out);
}

fn within(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let line = members.contains_key("label") && members.contains_key("value");
            for (name, value) in members {
                match value.as_str() {
                    Some(words) if WORDS.contains(&name.as_str()) || (line && name == "value") => {
                        for line in words.lines() {
                            let _ = writeln!(out, "    {}", line.trim_end());
                        }
                    }
                    _ => within(value, out),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| within(element, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
