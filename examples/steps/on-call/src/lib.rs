//! Finds who is on call now, calls them into the room, and says there whom it called.

mod calendar;
mod find;
mod memory;
mod message;
mod people;
mod schedule;
mod settings;
mod source;

use find::{ask_or_look, fall_back, understand};
use iris_step::facts::{self, Card};
use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Place, Speaker, Step, Texts, messages, speaker,
};
use memory::Memory;
use source::Trouble;

static TEXTS: Speaker = speaker!("texts");

/// The message's name.
const MESSAGE: &str = "on-call";

struct OnCall;

impl Step for OnCall {
    fn describe(locale: Locale) -> Descriptor {
        Descriptor::new("on-call", env!("CARGO_PKG_VERSION"))
            .sentence(Texts::new(locale, &TEXTS).say("sentence", &[]))
            .events([
                "declared",
                "room-opened",
                "severity-changed",
                "invited",
                "joined",
            ])
            .wants(["room", "messages", "timers", "http"])
            // Which host it is, the team's file says.
            .http_hosts(["*"])
            .settings_schema(settings::SCHEMA)
    }

    fn handle(event: Event) -> Result<(), Failure> {
        let Some(card) = Card::read() else {
            return Ok(());
        };
        let mut memory = Memory::read()?;
        match event.what {
            Happening::Declared(_) => ask_or_look(&card, &mut memory)?,
            Happening::SeverityChanged(change) => {
                if !calls_more(change.was.as_deref(), change.now.as_deref()) {
                    return Ok(());
                }
                ask_or_look(&card, &mut memory)?;
            }
            Happening::Answered(answered) => understand(&card, &mut memory, &answered)?,
            Happening::Timer(timer) => {
                if timer.name != find::PATIENCE || !memory.waiting {
                    return Ok(());
                }
                fall_back(&card, &mut memory, Trouble::Late)?;
            }
            Happening::Invited(invited) => memory.invited(invited),
            Happening::Joined(user) => {
                if !memory.settle(&user) {
                    return Ok(());
                }
            }
            // Not before: the guide is the first message of the room.
            Happening::RoomOpened(_) => {}
            Happening::Left(_)
            | Happening::StatusChanged(_)
            | Happening::RoleChanged(_)
            | Happening::EntryAdded(_)
            | Happening::Command(_)
            | Happening::Pressed(_)
            | Happening::Submitted(_)
            | Happening::Shortcut(_)
            | Happening::Reacted(_)
            | Happening::Said(_)
            | Happening::Edited(_)
            | Happening::Deleted(_)
            | Happening::WishFailed(_)
            | Happening::Other(_) => return Ok(()),
        }
        show(&card, &memory)?;
        memory.keep()
    }
}

/// Whether a change of severity may need others: when it becomes graver, or known. After a
/// lowering nobody is sent away or told.
fn calls_more(was: Option<&str>, now: Option<&str>) -> bool {
    let severities = facts::severities();
    let rank = |id: &str| severities.iter().position(|severity| severity.id == id);
    match (was, now) {
        (_, None) => false,
        (None, Some(_)) => true,
        // One that has gone from the team's file says nothing: as if it were not known.
        (Some(was), Some(now)) => rank(now) < rank(was).or(Some(usize::MAX)),
    }
}

/// Posts the message, or changes it in place, once the room stands and it is known who came.
fn show(card: &Card, memory: &Memory) -> Result<(), Failure> {
    if card.incident.room.is_none() || memory.is_calling() {
        return Ok(());
    }
    let texts = iris_step::texts(&TEXTS);
    if let Some(content) = message::draw(&texts, &card.brief(), memory) {
        messages::post(MESSAGE, Place::Room, content)?;
    }
    Ok(())
}

iris_step::export!(OnCall);
