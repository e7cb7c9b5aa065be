//! What a message is made of, checked the way Slack checks it.

use serde_json::{Value, json};

use super::Refusal;
use super::args::Args;
use crate::blocks::{self, Problem, Surface};

/// Text beyond this is cut, with a warning.
const TEXT: usize = 40_000;
/// Slack accepted 9,597 characters over all blocks and refused 11,341.
const BLOCKS_TEXT: usize = 11_000;
/// The most attachments of a message (`slack_sdk` 3.47).
const ATTACHMENTS: usize = 100;
/// The most characters of `markdown_text`.
const MARKDOWN: usize = 12_000;
/// Slack's own number is not documented.
const METADATA: usize = 16_000;

/// A message's content; `None` where nothing was given.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) text: Option<String>,
    pub(crate) blocks: Option<Vec<Value>>,
    pub(crate) attachments: Vec<Value>,
    pub(crate) metadata: Option<Value>,
    pub(crate) truncated: bool,
}

impl Content {
    pub(super) fn read(args: &Args) -> Result<Self, Refusal> {
        let blocks = match args.json("blocks") {
            Some(Ok(blocks)) => Some(blocks),
            Some(Err(_)) => return Err("invalid_blocks_format".into()),
            None => None,
        };
        let metadata = match args.json("metadata") {
            Some(Ok(metadata)) => Some(metadata),
            Some(Err(_)) => return Err("invalid_metadata_format".into()),
            None => None,
        };
        let text = match (args.get("text"), args.get("markdown_text")) {
            (text, None) => text.map(str::to_owned),
            (None, Some(_)) if blocks.is_some() => return Err("markdown_text_conflict".into()),
            (None, Some(text)) if text.chars().count() > MARKDOWN => {
                return Err("msg_too_long".into());
            }
            (None, Some(text)) => Some(text.to_owned()),
            (Some(_), Some(_)) => return Err("markdown_text_conflict".into()),
        };
        let attachments = match args.json("attachments") {
            Some(Ok(attachments)) => Some(attachments),
            Some(Err(_)) => return Err("invalid_attachments".into()),
            None => None,
        };
        Self::check(text, blocks, metadata)?.with_attachments(attachments)
    }

    /// The content of a JSON body: a command's answer, or one sent to a response url.
    pub(crate) fn of_json(body: &Value) -> Result<Self, Refusal> {
        let text = body["text"]
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned);
        let blocks = body
            .get("blocks")
            .filter(|blocks| !blocks.is_null())
            .cloned();
        let metadata = body.get("metadata").filter(|value| !value.is_null());
        let attachments = body.get("attachments").filter(|value| !value.is_null());
        Self::check(text, blocks, metadata.cloned())?.with_attachments(attachments.cloned())
    }

    /// Refuses a message with nothing in it.
    pub(crate) fn some(self) -> Result<Self, Refusal> {
        let blocks = self.blocks.as_ref().is_none_or(Vec::is_empty);
        if self.text.is_none() && blocks && self.attachments.is_empty() {
            return Err("no_text".into());
        }
        Ok(self)
    }

    fn with_attachments(mut self, attachments: Option<Value>) -> Result<Self, Refusal> {
        match attachments {
            None => {}
            Some(Value::Array(attachments)) if attachments.len() > ATTACHMENTS => {
                return Err("too_many_attachments".into());
            }
            Some(Value::Array(attachments)) => self.attachments = attachments,
            Some(_) => return Err("invalid_attachments".into()),
        }
        Ok(self)
    }

    fn check(
        text: Option<String>,
        blocks: Option<Value>,
        metadata: Option<Value>,
    ) -> Result<Self, Refusal> {
        let mut content = Self {
            text,
            metadata,
            ..Self::default()
        };
        if let Some(text) = content
            .text
            .as_mut()
            .filter(|text| text.chars().count() > TEXT)
        {
            *text = text.chars().take(TEXT).collect();
            content.truncated = true;
        }
        if let Some(metadata) = &content.metadata {
            check_metadata(metadata)?;
        }
        if let Some(blocks) = blocks {
            let problems = blocks::check(&blocks, Surface::Message);
            if !problems.is_empty() {
                return Err(invalid_blocks(&problems));
            }
            if blocks::text_length(&blocks) > BLOCKS_TEXT {
                return Err("msg_blocks_too_long".into());
            }
            content.blocks = blocks.as_array().cloned();
        }
        Ok(content)
    }
}

fn invalid_blocks(problems: &[Problem]) -> Refusal {
    let errors: Vec<String> = problems
        .iter()
        .map(|problem| {
            format!(
                "{} [json-pointer:/blocks{}]",
                problem.message, problem.pointer
            )
        })
        .collect();
    let messages: Vec<String> = errors
        .iter()
        .map(|error| format!("[ERROR] {error}"))
        .collect();
    Refusal::new("invalid_blocks")
        .with("errors", json!(errors))
        .with("response_metadata", json!({ "messages": messages }))
}

fn check_metadata(metadata: &Value) -> Result<(), Refusal> {
    let named = metadata["event_type"]
        .as_str()
        .is_some_and(|name| !name.is_empty());
    let Some(payload) = metadata["event_payload"].as_object().filter(|_| named) else {
        return Err("invalid_metadata_format".into());
    };
    let flat = |value: &Value| !value.is_object() && !value.is_array() && !value.is_null();
    let fits = payload.values().all(|value| match value {
        Value::Object(fields) => fields.values().all(flat),
        Value::Array(items) => items.iter().all(|item| match item {
            Value::Object(fields) => fields.values().all(flat),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => flat(item),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => flat(value),
    });
    if !fits {
        return Err("invalid_metadata_schema".into());
    }
    if metadata.to_string().len() > METADATA {
        return Err("metadata_too_large".into());
    }
    Ok(())
}
