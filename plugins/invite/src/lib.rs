//! Calls the people of a product and severity, and says who could not be called.

mod call;
mod memory;

use iris_step::facts::{self, Card};
use iris_step::kit::words::Brief;
use iris_step::{
    Descriptor, Event, Failure, Happening, Invited, Locale, Place, Speaker, Step, Texts, messages,
    room, speaker,
};
use memory::{Call, Memory, Why};

static TEXTS: Speaker = speaker!("texts");

struct Invite;

impl Step for Invite {
    fn describe(locale: Locale) -> Descriptor {
        Descriptor::new("invite", env!("CARGO_PKG_VERSION"))
            .sentence(Texts::new(locale, &TEXTS).say("sentence", &[]))
            .events([
                "declared",
                "room-opened",
                "severity-changed",
                "invited",
                "joined",
            ])
            .wants(["room", "messages"])
            .settings_schema(r#"{"type": "object", "additionalProperties": false}"#)
    }

    fn handle(event: Event) -> Result<(), Failure> {
        let Some(card) = Card::read() else {
            return Ok(());
        };
        let texts = &iris_step::texts(&TEXTS);
        let mut memory = Memory::read()?;
        match event.what {
            Happening::Declared(_) => invite(&mut memory, Why::Declared, called(&card))?,
            Happening::SeverityChanged(change) => {
                if calls_more(change.was.as_deref(), change.now.as_deref()) {
                    invite(&mut memory, Why::Raised, responders(&card))?;
                }
            }
            Happening::Invited(invited) => invited_came(texts, &card, &mut memory, invited)?,
            Happening::Joined(user) => {
                let Some(at) = memory.settle(&user) else {
                    return Ok(());
                };
                if !show(texts, &card, &memory, at)? {
                    // Everybody who was missing has come: nothing is left to say.
                    messages::remove(&message(at))?;
                }
            }
            // Not before: the guide is the first message of the room.
            Happening::RoomOpened(_) => {
                if called(&card).is_empty() {
                    messages::post("nobody", Place::Room, call::nobody(texts, &card.brief()))?;
                }
            }
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
            | Happening::Timer(_)
            | Happening::Answered(_)
            | Happening::WishFailed(_)
            | Happening::Other(_) => return Ok(()),
        }
        memory.keep()
    }
}

/// Whom the team's file lists and whom the declarer asked for; the declarer comes
/// in by themselves.
fn called(card: &Card) -> Vec<String> {
    [responders(card), facts::also_called()].concat()
}

fn responders(card: &Card) -> Vec<String> {
    let incident = &card.incident;
    let severity = incident.severity.as_deref();
    let of = |product: &str| facts::responders(product, severity);
    incident.product.as_deref().map(of).unwrap_or_default()
}

/// Whether a change of severity calls people: when it becomes graver, or known.
/// After a lowering nobody is sent away or told.
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

fn invite(memory: &mut Memory, why: Why, people: Vec<String>) -> Result<(), Failure> {
    let new = memory.wish(why, people);
    if !new.is_empty() {
        room::invite(&new)?;
    }
    Ok(())
}

/// Mentions those who came, but neither the declarer nor anybody twice.
fn invited_came(
    texts: &Texts,
    card: &Card,
    memory: &mut Memory,
    invited: Invited,
) -> Result<(), Failure> {
    let why = memory.answered();
    let is_new = |id: &String| *id != card.incident.declared_by && !memory.has_called(id);
    let people = invited.came.into_iter().filter(is_new).collect();
    let missing = invited
        .missing
        .into_iter()
        .map(|missing| (missing.who, missing.code))
        .collect();
    memory.calls.push(Call {
        why,
        people,
        missing,
        severity: card.severity.clone(),
    });
    show(texts, card, memory, memory.calls.len() - 1)?;
    Ok(())
}

/// Posts the message of a call, or changes it in place; says whether there is
/// anything to say.
fn show(texts: &Texts, card: &Card, memory: &Memory, at: usize) -> Result<bool, Failure> {
    let call = &memory.calls[at];
    let brief = Brief {
        severity: call.severity.as_deref(),
        ..card.brief()
    };
    let Some(content) = call::draw(texts, &brief, call) else {
        return Ok(false);
    };
    messages::post(&message(at), Place::Room, content)?;
    Ok(true)
}

/// The name of a call's message.
fn message(at: usize) -> String {
    format!("call-{}", at + 1)
}

iris_step::export!(Invite);
