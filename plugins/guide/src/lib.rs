//! The guide: one pinned message with the situation, the flow, the table and the roles to take.
//!
//! Everything that changes the panel comes as an event, so that it is drawn in one place.

mod duties;
mod hand;
mod join;
mod panel;
mod remind;
mod roles;
mod typed;
mod vacancy;

use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Reach, Speaker, Step, Texts, args, facts::Card,
    speaker,
};

static TEXTS: Speaker = speaker!("texts");

struct Guide;

impl Step for Guide {
    fn describe(locale: Locale) -> Descriptor {
        let texts = Texts::new(locale, &TEXTS);
        Descriptor::new("guide", env!("CARGO_PKG_VERSION"))
            .sentence(texts.say("sentence", args![]))
            .events([
                "declared",
                "joined",
                "severity-changed",
                "status-changed",
                "role-changed",
                "entry-added",
            ])
            .word(
                "role",
                "commander @who",
                texts.say("word-role", args![]),
                Reach::Room,
            )
            .wants(["messages", "incident", "forms", "room", "timers"])
            .settings_schema(include_str!("../settings.json"))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what `describe` asks for comes"
    )]
    fn handle(event: Event) -> Result<(), Failure> {
        let texts = iris_step::texts(&TEXTS);
        let by = event.by.as_deref();
        match event.what {
            Happening::Declared(_) => declared(&texts),
            Happening::SeverityChanged(_) => panel::redraw(&texts),
            Happening::StatusChanged(change) => status_changed(&texts, &change.now),
            Happening::Joined(user) => with(|card| join::joined(&texts, card, &user)),
            Happening::EntryAdded(entry) if entry.kind == "update" => {
                with(|card| remind::updated(&texts, card, &entry))
            }
            Happening::Timer(timer) if timer.name == remind::TIMER => {
                with(|card| remind::fired(&texts, card))
            }
            Happening::Timer(timer) => with(|card| vacancy::fired(&texts, card, &timer.name)),
            Happening::EntryAdded(entry) if entry.kind == "title" => panel::redraw(&texts),
            Happening::RoleChanged(change) => roles::changed(&texts, by, &change),
            Happening::Command(command) => typed::role(&texts, by, &command),
            Happening::Pressed(pressed) => roles::pressed(&texts, by, &pressed),
            Happening::Submitted(submitted) => hand::submitted(&texts, &submitted),
            _ => Ok(()),
        }
    }
}

fn declared(texts: &Texts) -> Result<(), Failure> {
    panel::open(texts)?;
    vacancy::watch()?;
    with(remind::start)
}

fn status_changed(texts: &Texts, now: &str) -> Result<(), Failure> {
    if now == "declared" {
        with(remind::start)?;
    }
    panel::redraw(texts)
}

/// Outside of incidents there is nothing to do.
fn with(act: impl FnOnce(&Card) -> Result<(), Failure>) -> Result<(), Failure> {
    Card::read().map_or(Ok(()), |card| act(&card))
}

iris_step::export!(Guide);
