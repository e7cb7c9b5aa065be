//! The room of an incident, and its announcement where it was declared.
//!
//! * [`room`]          opens it; topic, purpose, bookmark
//! * [`name`]          what it is called
//! * [`announcement`]  one message, changed in place
//! * [`thread`]        what is said under it
//! * [`refused`]       when it cannot be announced
//! * [`memory`]        what is remembered

mod room;
mod name;
mod announcement;
mod thread;
mod refused;
mod memory;

use iris_step::facts::Card;
use iris_step::kit::story::Data;
use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Place, Speaker, Step, Texts, WishFailed,
    messages, speaker,
};
use memory::Memory;

static TEXTS: Speaker = speaker!("texts");

/// The announcement's name among the step's messages.
const ANNOUNCEMENT: &str = "announcement";

/// The kinds of entries that change the announcement.
const UPDATE: &str = "update";
const TITLE: &str = "title";
const ROOM: &str = "room";

const SETTINGS: &str = r#"{
  "type": "object",
  "properties": {
    "channel": {
      "description": "The room's name; {date} {number} {product} {product_id} {severity} {title}",
      "type": "string",
      "minLength": 1,
      "default": "inc-{date}-{product}-{title}"
    }
  },
  "additionalProperties": false
}"#;

struct WarRoom;

impl Step for WarRoom {
    fn describe(locale: Locale) -> Descriptor {
        Descriptor::new("war-room", env!("CARGO_PKG_VERSION"))
            .sentence(Texts::new(locale, &TEXTS).say("sentence", &[]))
            .events([
                "declared",
                "room-opened",
                "severity-changed",
                "status-changed",
                "entry-added",
                "wish-failed",
            ])
            .wants(["room", "messages", "incident", "slack"])
            .slack_methods(["conversations.setPurpose"])
            .settings_schema(SETTINGS)
    }

    fn handle(event: Event) -> Result<(), Failure> {
        if !concerns(&event.what) {
            return Ok(());
        }
        let Some(card) = Card::read() else {
            return Ok(());
        };
        let texts = &iris_step::texts(&TEXTS);
        let mut memory = Memory::read()?;
        match event.what {
            Happening::Declared(_) => return room::open(texts, &card),
            Happening::RoomOpened(opened) => {
                memory.room = Some(opened.name);
                announce(texts, &card, &mut memory)?;
            }
            Happening::SeverityChanged(change) => {
                room::topic(texts, &card)?;
                if redraw(texts, &card, &memory)? {
                    thread::severity(texts, &card, &mut memory, &change)?;
                }
            }
            Happening::StatusChanged(change) => {
                room::topic(texts, &card)?;
                if redraw(texts, &card, &memory)? {
                    thread::status(texts, &card, &mut memory, &change, event.by.as_deref())?;
                }
            }
            Happening::EntryAdded(entry) => match entry.kind.as_str() {
                UPDATE => {
                    memory.latest = Some(announcement::latest(&entry));
                    if redraw(texts, &card, &memory)? {
                        thread::update(texts, &card, &mut memory, &entry)?;
                    }
                }
                TITLE => {
                    redraw(texts, &card, &memory)?;
                }
                ROOM => {
                    memory.room = Some(entry.text);
                    // What changed while it was archived could not be set.
                    if Data::parse(entry.data.as_deref()).back {
                        room::topic(texts, &card)?;
                    }
                }
                _ => return Ok(()),
            },
            Happening::Pressed(pressed) if pressed.action == refused::ANNOUNCE => {
                if !memory.announced {
                    refused::again(texts, &card, &mut memory)?;
                }
            }
            Happening::Answered(answered) if answered.key == room::PURPOSE => {
                room::purpose_answered(texts, &mut memory, &answered.outcome)?;
            }
            Happening::WishFailed(failed) => wish_failed(texts, &card, &mut memory, &failed)?,
            Happening::Joined(_)
            | Happening::Left(_)
            | Happening::RoleChanged(_)
            | Happening::Command(_)
            | Happening::Pressed(_)
            | Happening::Submitted(_)
            | Happening::Shortcut(_)
            | Happening::Reacted(_)
            | Happening::Said(_)
            | Happening::Edited(_)
            | Happening::Deleted(_)
            | Happening::Timer(_)
            | Happening::Answered(_)
            | Happening::Invited(_)
            | Happening::Other(_) => return Ok(()),
        }
        memory.keep()
    }
}

/// Whether anything follows from it. Most entries are of no concern here, and
/// reading facts for them would cost more than all else.
fn concerns(what: &Happening) -> bool {
    let Happening::EntryAdded(entry) = what else {
        return true;
    };
    [UPDATE, TITLE, ROOM].contains(&entry.kind.as_str())
}

/// Posts the announcement, unless the incident is private or has no channel of
/// origin.
fn announce(texts: &Texts, card: &Card, memory: &mut Memory) -> Result<(), Failure> {
    if card.incident.private || card.incident.origin.is_none() {
        return Ok(());
    }
    let content = announcement::draw(texts, card, memory);
    messages::post(ANNOUNCEMENT, Place::Origin, content)?;
    memory.announced = true;
    Ok(())
}

/// Changes the announcement in place; says whether there is one. It is not
/// posted again when a person has deleted it.
fn redraw(texts: &Texts, card: &Card, memory: &Memory) -> Result<bool, Failure> {
    if memory.announced {
        messages::update(ANNOUNCEMENT, announcement::draw(texts, card, memory))?;
    }
    Ok(memory.announced)
}

/// Says of a wish that Slack refused what people need to know.
fn wish_failed(
    texts: &Texts,
    card: &Card,
    memory: &mut Memory,
    failed: &WishFailed,
) -> Result<(), Failure> {
    let code = &failed.trouble.code;
    match (failed.wish.as_str(), failed.name.as_deref()) {
        ("messages.post", Some(ANNOUNCEMENT)) => {
            memory.announced = false;
            refused::tell(texts, card, code)
        }
        // A person deleted it: it is not posted again, and nothing is said under it.
        ("messages.update", Some(ANNOUNCEMENT)) if code == "message_not_found" => {
            memory.announced = false;
            Ok(())
        }
        // The core says why there is no room; people around should know all the same.
        ("room.open", _) => announce(texts, card, memory),
        ("room.topic", _) => room::not_set(texts, memory, "topic", code),
        ("room.bookmark", _) => room::not_set(texts, memory, "bookmark", code),
        _ => Ok(()),
    }
}

iris_step::export!(WarRoom);
