//! What is still to do, by whom, by when.
//!
//! # Layout
//! * [`date`]    dates and owners as people type them
//! * [`todo`]    a todo, and [`case`] the incident it belongs to
//! * [`typed`], [`form`], [`pressed`]  the ways in
//! * [`desk`]    what is done to todos, and all that follows from it
//! * [`show`]    how they look, in a [`scene`]
//! * [`remind`]  who is reminded of them, and when

mod date;
mod todo;
mod case;
mod scene;
mod typed;
mod form;
mod pressed;
mod desk;
mod show;
mod remind;

use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Place, Reach, StatusChanged, Step, Target,
    Texts, TimerFired, facts, kit, messages,
};

use desk::Desk;
use scene::{Scene, TEXTS};

struct TodoStep;

iris_step::export!(TodoStep);

impl Step for TodoStep {
    fn describe(locale: Locale) -> Descriptor {
        let texts = Texts::new(locale, &TEXTS);
        let say = |key: &str| texts.say(key, &[]);
        Descriptor::new("todo", env!("CARGO_PKG_VERSION"))
            .sentence(say("sentence"))
            .events(["status-changed", "title-changed"])
            .word("todo", &say("usage-todo"), say("word-todo"), Reach::Room)
            .word("todos", "", say("word-todos"), Reach::Room)
            .shortcut("add.message", say("shortcut"), Target::Message)
            .wants(["incident", "messages", "forms", "timers"])
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what `describe` asks for comes"
    )]
    fn handle(event: Event) -> Result<(), Failure> {
        let by = || {
            event
                .by
                .as_deref()
                .ok_or_else(|| Failure::bug("nobody asked"))
        };
        match event.what {
            Happening::Command(typed) => typed::command(by()?, &typed),
            Happening::Shortcut(chosen) => typed::shortcut(by()?, chosen),
            Happening::Pressed(press) => pressed::pressed(by()?, &press),
            Happening::Submitted(sent) => form::sent(by()?, &sent.form.memo, &sent.answers),
            Happening::Timer(timer) => woken(&timer),
            Happening::StatusChanged(change) => status_changed(&change),
            Happening::Other(other) if other.kind == "title-changed" => Desk::open()?.remember(),
            _ => Ok(()),
        }
    }
}

fn woken(timer: &TimerFired) -> Result<(), Failure> {
    match timer.name.as_str() {
        remind::TIMER => remind::fire(&Scene::read()),
        desk::OVERDUE => Desk::open()?.overdue(timer.due),
        name => Err(Failure::bug(format_args!("no timer `{name}`"))),
    }
}

fn status_changed(change: &StatusChanged) -> Result<(), Failure> {
    let desk = Desk::open()?;
    match change.now.as_str() {
        "resolved" => desk.list_in_room()?,
        "closed" => {
            let command = facts::team().command;
            if let Some(warning) =
                show::warning_at_close(&desk.scene, &desk.case, &desk.todos, &command)
            {
                messages::say(Place::Room, warning)?;
            }
        }
        _ => {}
    }
    desk.remember()
}
