//! Wishes about the incident's room.

use url::Url;

use super::check::{self, at_most, some, too_large};
use crate::{
    effect::{Wish, channel_name},
    incident::{Refusal, RefusalKind},
    step::{
        bindings::iris::step::room::Host,
        grants::Permission::Room,
        json::malformed,
        running::{Answer, Running},
    },
};

impl Host for Running {
    fn open(&mut self, name: String, hidden: bool) -> Answer {
        self.wish(Room, |call| {
            let has_room = call.incident()?.room.is_some();
            call.may_cause()?;
            let wished = call
                .recorded
                .wishes
                .iter()
                .any(|wish| matches!(wish, Wish::OpenRoom { .. }));
            if has_room || wished || call.call.facts.room_wished {
                let sentence = "The incident has a room, or one has been wished.";
                return Err(Refusal::new(RefusalKind::Conflict, "room", sentence));
            }
            something_left(&name)?;
            Ok(Wish::OpenRoom { name, hidden })
        })
    }

    fn invite(&mut self, people: Vec<String>) -> Answer {
        self.wish(Room, |call| {
            call.incident()?;
            call.may_cause()?;
            if people.len() > 1_000 {
                return Err(too_large("people", "At most 1,000 at once.".to_owned()));
            }
            let people = people
                .iter()
                .map(|who| check::people(who))
                .collect::<Result<_, _>>()?;
            Ok(Wish::Invite { people })
        })
    }

    fn topic(&mut self, text: String) -> Answer {
        self.wish(Room, |call| {
            call.incident()?;
            at_most("`text`", &text, 250)?;
            Ok(Wish::Topic { text })
        })
    }

    fn bookmark(&mut self, title: String, link: String, emoji: Option<String>) -> Answer {
        self.wish(Room, |call| {
            call.incident()?;
            some("`title`", &title)?;
            at_most("`title`", &title, 250)?;
            at_most("`link`", &link, 3_000)?;
            let web = Url::parse(&link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !web {
                let why = format!("`{}` is no link.", check::short(&link));
                return Err(malformed("link", why));
            }
            // Slack wants an emoji with its colons here; without is as elsewhere.
            if let Some(emoji) = &emoji {
                check::emoji(emoji.trim_matches(':'))?;
            }
            Ok(Wish::Bookmark { title, link, emoji })
        })
    }

    fn rename(&mut self, name: String) -> Answer {
        self.wish(Room, |call| {
            call.incident()?;
            something_left(&name)?;
            Ok(Wish::Rename { name })
        })
    }

    fn archive(&mut self) -> Answer {
        self.wish(Room, |call| {
            call.incident()?;
            Ok(Wish::Archive)
        })
    }
}

fn something_left(name: &str) -> Result<(), Refusal> {
    if name.len() > 1_000 || channel_name(name).is_empty() {
        let why = format!("Nothing is left of the name `{}`.", check::short(name));
        return Err(malformed("room-name", why));
    }
    Ok(())
}
