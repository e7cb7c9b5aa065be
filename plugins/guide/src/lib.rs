//! The guide: one pinned message with the situation, the flow, the table and the roles to take.
//!
//! Everything that changes the panel comes as an event, so that it is drawn in one place. The card and
//! the settings are read once a call: each crosses the border between Iris and the step.

mod config;
mod duties;
mod hand;
mod join;
mod panel;
mod remind;
mod roles;
mod typed;
mod vacancy;

use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Reach, Speaker, Step, Texts, args,
    facts::{Card, Entry},
    kit::story::Data,
    speaker,
};

use config::Config;

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
                &texts.say("usage-role", args![]),
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
            Happening::Declared(_) => with(|card| declared(&texts, card)),
            Happening::SeverityChanged(_) => with(|card| redraw(&texts, card)),
            Happening::StatusChanged(change) => {
                with(|card| status_changed(&texts, card, &change.now))
            }
            Happening::Joined(user) => with(|card| join::joined(&texts, card, &user)),
            Happening::EntryAdded(entry) if entry.kind == "update" => {
                with(|card| remind::updated(&texts, card, &entry))
            }
            Happening::Timer(timer) if timer.name == remind::TIMER => {
                with(|card| remind::fired(&texts, card))
            }
            Happening::Timer(timer) => with(|card| vacancy::fired(&texts, card, &timer.name)),
            Happening::EntryAdded(entry) if entry.kind == "title" => {
                with(|card| redraw(&texts, card))
            }
            // What changed while it was archived could not be drawn.
            Happening::EntryAdded(entry) if is_room_back(&entry) => {
                with(|card| redraw(&texts, card))
            }
            Happening::RoleChanged(change) => {
                with(|card| roles::changed(&texts, card, by, &change))
            }
            Happening::Command(command) => typed::role(&texts, by, &command),
            Happening::Pressed(pressed) => roles::pressed(&texts, by, &pressed),
            Happening::Submitted(submitted) => hand::submitted(&texts, &submitted),
            _ => Ok(()),
        }
    }
}

fn is_room_back(entry: &Entry) -> bool {
    entry.kind == "room" && Data::parse(entry.data.as_deref()).back
}

fn declared(texts: &Texts, card: &Card) -> Result<(), Failure> {
    let config = Config::read()?;
    panel::open(texts, card, &config)?;
    vacancy::watch()?;
    remind::start(card, &config)
}

fn status_changed(texts: &Texts, card: &Card, now: &str) -> Result<(), Failure> {
    let config = Config::read()?;
    if now == "declared" {
        remind::start(card, &config)?;
    }
    panel::redraw(texts, card, &config)
}

fn redraw(texts: &Texts, card: &Card) -> Result<(), Failure> {
    panel::redraw(texts, card, &Config::read()?)
}

/// Outside of incidents there is nothing to do.
fn with(act: impl FnOnce(&Card) -> Result<(), Failure>) -> Result<(), Failure> {
    Card::read().map_or(Ok(()), |card| act(&card))
}

iris_step::export!(Guide);
