//! `note` and `timeline`, typed, and the timeline at the end of the incident.

use iris_step::facts::Card;
use iris_step::incident::{self, NewEntry};
use iris_step::kit::escape::plain;
use iris_step::kit::limits::{WORDS_SHOWN, cut};
use iris_step::kit::story::{Told, file, file_name, file_title, message, with_file};
use iris_step::kit::texts::Arg;
use iris_step::rich::{RichText, user};
use iris_step::{Command, Content, Failure, Place, args, facts, messages};

use crate::TEXTS;
use crate::story::Story;

/// The message in the room, and in its thread the file.
const ROOM: &str = "timeline";
/// The most that an entry holds.
const TEXT: usize = 4000;
/// The most that Slack is sent as one file.
const FILE: usize = 1024 * 1024;

pub(crate) fn command(by: &str, command: &Command, emoji: &str) -> Result<(), Failure> {
    match command.word.as_str() {
        "note" => note(by, &command.text),
        _ => timeline(by, emoji),
    }
}

/// At resolve: the message in the room, and the file when it is long.
pub(crate) fn resolved(emoji: &str) -> Result<(), Failure> {
    let story = Story::read()?;
    let told = message(&story.scene, &story.incident, &story.entries, emoji);
    let whole = told.whole;
    messages::post(ROOM, Place::Room, content(told))?;
    if !whole {
        upload(&story, "file", Place::Thread(ROOM.to_owned()))?;
    }
    Ok(())
}

/// Typed words are invisible to others, so the room is shown them.
fn note(by: &str, typed: &str) -> Result<(), Failure> {
    let texts = iris_step::texts(&TEXTS);
    let words = plain(typed, facts::name_of);
    let words = words.trim();
    if words.is_empty() {
        let command = &facts::team().command;
        return Err(Failure::refuse(texts.say("note-empty", args![command])));
    }
    let shown = cut(words, WORDS_SHOWN);
    let said = args![who = user(by), text = Arg::people(&shown)];
    let line = RichText::new("note").section(texts.parts("note-line", said));
    let mark = Card::read()
        .map(|card| card.brief().mark(&texts))
        .unwrap_or_default();
    let fallback = mark + &texts.mrkdwn("note-line", said);
    messages::say(Place::Room, Content::new(fallback).blocks(&[line.into()]))?;
    incident::append(NewEntry::new("note", cut(words, TEXT)))?;
    Ok(())
}

/// Only for the one who asked: a long one comes as a file in their direct messages.
fn timeline(by: &str, emoji: &str) -> Result<(), Failure> {
    let story = Story::read()?;
    let told = message(&story.scene, &story.incident, &story.entries, emoji);
    if told.whole {
        messages::reply(content(told))?;
        return Ok(());
    }
    let name = format!("file-{}", by.to_lowercase());
    if upload(&story, &name, Place::Person(by.to_owned()))? {
        let told = with_file(&story.scene, &story.incident, &story.entries, emoji);
        messages::reply(content(told))?;
    } else {
        messages::reply(content(told))?;
        let too_big = iris_step::texts(&TEXTS).mrkdwn("file-too-big", &[]);
        messages::reply(Content::new(too_big))?;
    }
    Ok(())
}

fn content(told: Told) -> Content {
    let content = Content::new(told.text);
    if told.blocks.is_empty() {
        content
    } else {
        content.blocks(&told.blocks)
    }
}

/// False when it is too large for one file.
fn upload(story: &Story, name: &str, place: Place) -> Result<bool, Failure> {
    let bytes = file(&story.scene, &story.incident, &story.entries, &[]).into_bytes();
    if bytes.len() > FILE {
        return Ok(false);
    }
    let title = file_title(&story.scene, &story.incident);
    let filename = file_name(&story.incident);
    let file = messages::File {
        filename,
        title,
        bytes,
        comment: String::new(),
    };
    messages::upload(name, place, file)?;
    Ok(true)
}
