//! What happened, in order: notes, captured messages, and all that Iris and other steps write down.
//!
//! # Layout
//! * [`capture`]  messages kept by emoji or shortcut
//! * [`pick`]     for which incident, when the message is in no room
//! * [`tell`]     what is typed, and the timeline at resolve
//! * [`story`]    what the host knows, for the kit to tell

mod capture;
mod pick;
mod tell;
mod story;

use iris_step::{
    Descriptor, Event, Failure, Happening, Locale, Reach, Speaker, Step, Target, Texts, config,
    speaker,
};

static TEXTS: Speaker = speaker!("texts");

struct Timeline;

iris_step::export!(Timeline);

#[derive(serde::Deserialize)]
struct Config {
    emoji: String,
}

impl Step for Timeline {
    fn describe(locale: Locale) -> Descriptor {
        let texts = Texts::new(locale, &TEXTS);
        let say = |key: &str| texts.say(key, &[]);
        Descriptor::new("timeline", env!("CARGO_PKG_VERSION"))
            .sentence(say("sentence"))
            .events([
                "status-changed",
                "reacted",
                "edited",
                "deleted",
                "wish-failed",
            ])
            .word("note", "…", say("word-note"), Reach::Room)
            .word("timeline", "", say("word-timeline"), Reach::Room)
            .shortcut("add", say("shortcut"), Target::Message)
            .wants(["incident", "messages", "forms"])
            .settings_schema(include_str!("../settings.json"))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what `describe` asks for comes"
    )]
    fn handle(event: Event) -> Result<(), Failure> {
        let emoji = || config::get().map(|Config { emoji }| emoji);
        let by = || {
            event
                .by
                .as_deref()
                .ok_or_else(|| Failure::bug("nobody asked"))
        };
        match event.what {
            Happening::Command(typed) => tell::command(by()?, &typed, &emoji()?),
            Happening::Reacted(reacted) => capture::reacted(by()?, &emoji()?, &reacted),
            Happening::Shortcut(chosen) => capture::shortcut(by()?, &chosen),
            Happening::Submitted(sent) if sent.form.name == pick::FORM => pick::sent(by()?, &sent),
            Happening::Edited(message) => capture::edited(event.at, &message),
            Happening::Deleted(id) => capture::deleted(event.at, &id),
            Happening::StatusChanged(change) if change.now == "resolved" => {
                tell::resolved(&emoji()?)
            }
            Happening::WishFailed(failed) => capture::failed(&failed),
            _ => Ok(()),
        }
    }
}
