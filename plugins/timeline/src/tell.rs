//! `note` and `timeline`, typed, and the timeline at the end of the incident.

use iris_step::facts::{Card, Entry};
use iris_step::incident::{self, NewEntry};
use iris_step::kit::escape::plain;
use iris_step::kit::limits::{WORDS_SHOWN, cut};
use iris_step::kit::texts::Arg;
use iris_step::kit::words::inc;
use iris_step::rich::{RichText, user};
use iris_step::{Command, Content, Failure, Place, args, facts, messages};

use crate::file;
use crate::message::{Told, message, with_file};
use crate::scene::Scene;
use crate::story;

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
    let (scene, card, entries) = read()?;
    let Told { content, whole } = message(&scene, &card, &entries, emoji);
    messages::post(ROOM, Place::Room, content)?;
    if !whole {
        upload(
            &scene,
            &card,
            &entries,
            "file",
            Place::Thread(ROOM.to_owned()),
        )?;
    }
    Ok(())
}

/// Typed words are invisible to others, so the room is shown them.
fn note(by: &str, typed: &str) -> Result<(), Failure> {
    let scene = Scene::read();
    let words = plain(typed, facts::name_of);
    let words = words.trim();
    if words.is_empty() {
        let command = &scene.command;
        return Err(Failure::refuse(
            scene.texts.say("note-empty", args![command]),
        ));
    }
    let shown = cut(words, WORDS_SHOWN);
    let said = args![who = user(by), text = Arg::people(&shown)];
    let line = RichText::new("note").section(scene.texts.parts("note-line", said));
    let mark = Card::read()
        .map(|card| card.brief().mark(&scene.texts))
        .unwrap_or_default();
    let fallback = mark + &scene.texts.mrkdwn("note-line", said);
    messages::say(Place::Room, Content::new(fallback).blocks(&[line.into()]))?;
    incident::append(NewEntry::new("note", cut(words, TEXT)))?;
    Ok(())
}

/// Only for the one who asked: a long one comes as a file in their direct messages.
fn timeline(by: &str, emoji: &str) -> Result<(), Failure> {
    let (scene, card, entries) = read()?;
    let Told { content, whole } = message(&scene, &card, &entries, emoji);
    if whole {
        messages::reply(content)?;
        return Ok(());
    }
    let name = format!("file-{}", by.to_lowercase());
    if upload(&scene, &card, &entries, &name, Place::Person(by.to_owned()))? {
        messages::reply(with_file(&scene, &card, &entries, emoji))?;
    } else {
        messages::reply(content)?;
        messages::reply(Content::new(scene.texts.mrkdwn("file-too-big", &[])))?;
    }
    Ok(())
}

/// False when it is too large for one file.
fn upload(
    scene: &Scene,
    card: &Card,
    entries: &[Entry],
    name: &str,
    place: Place,
) -> Result<bool, Failure> {
    let bytes = file::file(scene, card, entries).into_bytes();
    if bytes.len() > FILE {
        return Ok(false);
    }
    let title = scene
        .texts
        .say("file-title", args![inc = inc(card.incident.number)]);
    let filename = file::name(card);
    let file = messages::File {
        filename,
        title,
        bytes,
        comment: String::new(),
    };
    messages::upload(name, place, file)?;
    Ok(true)
}

fn read() -> Result<(Scene, Card, Vec<Entry>), Failure> {
    let card = Card::read().ok_or_else(|| Failure::bug("no incident"))?;
    Ok((Scene::read(), card, story::read()))
}
