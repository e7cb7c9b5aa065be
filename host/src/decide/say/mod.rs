//! What the core's messages and forms are made of, surface by surface: blocks, no decisions.

mod declaration;
mod declared;
pub(super) mod forms;
mod help;
mod home;
mod list;
mod misfit;
mod resolved;
mod rows;
mod status;
mod update;

use iris_kit::{
    blocks::{Block, Button, actions, to_json},
    escape::escape,
    limits::{FALLBACK, WORDS_SHOWN, cut},
    rich::{Element, RichText, people_words, text},
    texts::Arg,
};

pub(super) use declaration::{Filled, declaration, preparing, products};
pub(super) use declared::{Progress, declared};
pub(super) use help::{help, help_page, help_word};
pub(super) use home::home;
pub(super) use list::list;
pub(super) use misfit::{closed, elsewhere, near};
pub(super) use resolved::resolved;
use rows::{dotted, inc_row};
pub(super) use status::{Audience, status};
pub(super) use update::update;

use super::asked::Asked;
use crate::effect::Content;
use crate::incident::Incident;

/// A message of blocks; `text` is what notifications and screen readers say.
pub(super) fn content(text: &str, blocks: &[Block]) -> Content {
    Content {
        text: cut(text, FALLBACK).into_owned(),
        blocks: Some(to_json(blocks)),
        more: None,
    }
}

/// One sentence.
pub(super) fn sentence(asked: &Asked<'_>, key: &str, args: &[(&str, Arg<'_>)]) -> Content {
    sentence_with(asked, key, args, vec![])
}

/// One sentence, and what can be done about it.
pub(super) fn sentence_with(
    asked: &Asked<'_>,
    key: &str,
    args: &[(&str, Arg<'_>)],
    buttons: Vec<Button>,
) -> Content {
    let mut blocks = vec![
        RichText::new("say")
            .section(asked.texts.parts(key, args))
            .into(),
    ];
    if !buttons.is_empty() {
        blocks.push(actions("do", buttons));
    }
    content(&asked.texts.mrkdwn(key, args), &blocks)
}

/// Plain words, and what can be done about it.
pub(super) fn plain_with(said: &str, buttons: Vec<Button>) -> Content {
    let mut blocks = vec![RichText::new("say").section(vec![text(said)]).into()];
    if !buttons.is_empty() {
        blocks.push(actions("do", buttons));
    }
    content(&escape(said), &blocks)
}

/// A line in an incident's room, with a person's words below it. Of a drill it says so.
pub(super) fn line(
    asked: &Asked<'_>,
    incident: &Incident,
    said: Vec<Element>,
    words: &str,
    fallback: &str,
) -> Content {
    let mut parts = said;
    if incident.drill {
        parts.insert(0, text("🧯 "));
    }
    let block = RichText::new("say")
        .section(parts)
        .quote(quoted(words, WORDS_SHOWN));
    let mark = asked.brief(incident).mark(asked.texts);
    content(&format!("{mark}{fallback}"), &[block.into()])
}

/// A person's words, as much of them as is shown.
pub(super) fn quoted(words: &str, limit: usize) -> Vec<Element> {
    people_words(&cut(words.trim(), limit))
}
