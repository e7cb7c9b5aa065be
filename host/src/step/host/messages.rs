//! Wishes about messages.

use super::check::{self, at_most, not_now, some, too_large};
use crate::{
    effect::{File, Place, Wish},
    event::{Pressed, What},
    ids::ChannelId,
    incident::{Refusal, RefusalKind},
    step::{
        bindings::iris::step::{
            messages::{File as WitFile, Host},
            types::{Content, Place as WitPlace},
        },
        grants::Permission::Messages,
        json::malformed,
        running::{Answer, Running, Stop},
    },
};

/// Answers to one person in one call.
const REPLIES: usize = 5;

impl Host for Running {
    async fn post(&mut self, name: String, place: WitPlace, content: Content) -> Answer {
        let stands = self.stands_in(&name).await?;
        self.wish(Messages, |call| {
            let content = call.content(content)?;
            let place = call.named_at(&name, place, stands)?;
            Ok(Wish::Post {
                name,
                place,
                content,
            })
        })
    }

    fn update(&mut self, name: String, content: Content) -> Answer {
        self.wish(Messages, |call| {
            call.own_message(&name)?;
            Ok(Wish::Update {
                name,
                content: call.content(content)?,
            })
        })
    }

    fn say(&mut self, place: WitPlace, content: Content) -> Answer {
        self.wish(Messages, |call| {
            let place = call.where_to(place)?;
            Ok(Wish::Say {
                place,
                content: call.content(content)?,
            })
        })
    }

    fn remove(&mut self, name: String) -> Answer {
        self.wish(Messages, |call| {
            call.own_message(&name)?;
            call.named.insert(name.clone(), None);
            Ok(Wish::Remove { name })
        })
    }

    fn pin(&mut self, message: String) -> Answer {
        self.wish(Messages, |call| {
            Ok(Wish::Pin {
                message: call.message(&message)?,
            })
        })
    }

    fn unpin(&mut self, message: String) -> Answer {
        self.wish(Messages, |call| {
            Ok(Wish::Unpin {
                message: call.message(&message)?,
            })
        })
    }

    fn react(&mut self, message: String, emoji: String) -> Answer {
        self.wish(Messages, |call| {
            check::emoji(&emoji)?;
            Ok(Wish::React {
                message: call.message(&message)?,
                emoji,
            })
        })
    }

    fn unreact(&mut self, message: String, emoji: String) -> Answer {
        self.wish(Messages, |call| {
            check::emoji(&emoji)?;
            Ok(Wish::Unreact {
                message: call.message(&message)?,
                emoji,
            })
        })
    }

    fn reply(&mut self, content: Content) -> Answer {
        self.wish(Messages, |call| {
            if call.call.event.by.is_none() {
                return Err(not_now("nobody-asked", "Nobody caused this event."));
            }
            let replies = call
                .recorded
                .wishes
                .iter()
                .filter(|w| matches!(w, Wish::Reply { .. }))
                .count();
            if replies == REPLIES {
                return Err(too_large(
                    "replies",
                    format!("At most {REPLIES} replies a call."),
                ));
            }
            Ok(Wish::Reply {
                content: call.content(content)?,
            })
        })
    }

    fn reply_instead(&mut self, content: Content) -> Answer {
        self.wish(Messages, |call| {
            let What::Pressed(Pressed {
                message: Some(_), ..
            }) = &call.call.event.what
            else {
                let sentence = "Only a button in a message can be answered in its place.";
                return Err(not_now("not-pressed", sentence));
            };
            Ok(Wish::ReplyInstead {
                content: call.content(content)?,
            })
        })
    }

    fn whisper(&mut self, to: String, place: WitPlace, content: Content) -> Answer {
        self.wish(Messages, |call| {
            let to = check::user(&to)?;
            let place = call.where_to(place)?;
            if let Place::Person(_) = place {
                let why = "In a direct conversation everything is seen by one person: use `say`.";
                return Err(malformed("place", why.to_owned()));
            }
            Ok(Wish::Whisper {
                to,
                place,
                content: call.content(content)?,
            })
        })
    }

    fn upload(&mut self, name: String, place: WitPlace, file: WitFile) -> Answer {
        self.wish(Messages, |call| {
            check::name(&name)?;
            let place = call.where_to(place)?;
            Ok(Wish::Upload {
                name,
                place,
                file: checked(file)?,
            })
        })
    }
}

impl Running {
    /// The channel in which a message of an earlier call stands, if that is known.
    async fn stands_in(&mut self, name: &str) -> Result<Option<ChannelId>, Stop> {
        let id = (self.owner.clone(), name.to_owned());
        if self.named.contains_key(name) || !self.call.facts.messages.contains(&id) {
            return Ok(None);
        }
        Ok(self
            .resource(&id.0, name)
            .await?
            .map(|stands| stands.id.channel))
    }

    /// Gives the name to a message at this place, unless it has it at another.
    fn named_at(
        &mut self,
        name: &str,
        place: WitPlace,
        stands: Option<ChannelId>,
    ) -> Result<Place, Refusal> {
        check::name(name)?;
        let place = self.where_to(place)?;
        let moved = match self.named.get(name) {
            Some(Some(earlier)) => *earlier != place,
            Some(None) => false,
            None => stands
                .zip(self.channel_of(&place))
                .is_some_and(|(was, now)| was != now),
        };
        if moved {
            let sentence = format!("`{name}` stands at another place.");
            return Err(Refusal::new(RefusalKind::Conflict, "place", sentence));
        }
        self.named.insert(name.to_owned(), Some(place.clone()));
        Ok(place)
    }

    /// `None` where only Slack knows it.
    fn channel_of(&self, place: &Place) -> Option<ChannelId> {
        let incident = self.call.facts.incident.as_ref();
        match place {
            Place::Room => incident?.room.as_ref().map(|room| room.channel.clone()),
            Place::Origin => incident?.origin.clone(),
            Place::Channel(channel) => Some(channel.clone()),
            Place::Person(_) | Place::Thread(_) => None,
        }
    }
}

fn checked(file: WitFile) -> Result<File, Refusal> {
    let named = (1..=255).contains(&file.filename.len())
        && !file
            .filename
            .contains(|c: char| c.is_control() || c == '/' || c == '\\');
    if !named {
        return Err(malformed(
            "filename",
            "A `filename` is 1 to 255 bytes, no path.".to_owned(),
        ));
    }
    if file.bytes.len() > 1 << 20 {
        return Err(too_large("file", "A file is larger than 1 MiB.".to_owned()));
    }
    if file.bytes.is_empty() {
        return Err(malformed(
            "file",
            "A file is empty, which Slack does not take.".to_owned(),
        ));
    }
    some("`title`", &file.title)?;
    at_most("`title`", &file.title, 255)?;
    at_most("`comment`", &file.comment, 4_000)?;
    let WitFile {
        filename,
        title,
        bytes,
        comment,
    } = file;
    Ok(File {
        filename,
        title,
        bytes,
        comment,
    })
}
