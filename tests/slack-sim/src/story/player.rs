//! Plays a story: acts as its people and tells what they see.

use std::{future::Future, pin::Pin, time::Duration};

use super::{
    act::{Act, Deed, Spot, Words},
    entry,
    line::Line,
    naming::{channel_at, holding, spots},
    sight::Sight,
};
use crate::{Entry, Message, Person, Place, Refused, Sim, SubmitOutcome};

/// Waits until the app and everything it sent has come to rest. Given the time that has passed, or
/// nothing when only acts have to be followed.
pub type Settle<'a> =
    Box<dyn FnMut(Option<Duration>) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> + Send + 'a>;

/// What is in a file that somebody shares: no text, so that a story shows its name alone.
const CONTENT: &[u8] = &[0xff];

/// Plays stories in one workspace.
pub struct Player<'a> {
    sim: Sim,
    settle: Settle<'a>,
    sight: Sight,
}

/// A person could not do what the story says.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    #[error("{who} sees no {what}")]
    Unseen { who: String, what: String },
    #[error("{who}: {why}")]
    Refused { who: String, why: Refused },
}

impl<'a> Player<'a> {
    /// Whatever is there already is not told.
    pub fn new(sim: &Sim, settle: Settle<'a>) -> Self {
        Self {
            sim: sim.clone(),
            settle,
            sight: Sight::of(sim),
        }
    }

    /// Plays one line. What the story says was seen is passed over.
    pub async fn play(&mut self, line: &Line) -> Result<Vec<String>, Stuck> {
        let mut said = self.act(line).await?;
        if matches!(line, Line::Pass(_) | Line::Act(_)) {
            said.extend(self.look().await);
        }
        Ok(said)
    }

    /// Plays one line and tells only what a form says to it. Looking around takes the longer the more
    /// there is to see.
    pub async fn act(&mut self, line: &Line) -> Result<Vec<String>, Stuck> {
        match line {
            Line::Note(_) | Line::See(_) => {}
            Line::Pass(time) => (self.settle)(Some(*time)).await,
            Line::Act(act) => return perform(&self.sim, act).await,
        }
        Ok(vec![])
    }

    /// What is new or has changed since the last look, once everything has come to rest.
    pub async fn look(&mut self) -> Vec<String> {
        (self.settle)(None).await;
        let now = Sight::of(&self.sim);
        let seen = now.since(&self.sight);
        self.sight = now;
        seen
    }
}

/// Does it, and tells what a form says to it.
async fn perform(sim: &Sim, act: &Act) -> Result<Vec<String>, Stuck> {
    let doing = Doing {
        sim,
        person: sim.person(&act.who),
        who: &act.who,
    };
    doing.act(&act.deed).await
}

/// One person at one act.
struct Doing<'a> {
    sim: &'a Sim,
    person: Person,
    who: &'a str,
}

impl Doing<'_> {
    async fn act(&self, deed: &Deed) -> Result<Vec<String>, Stuck> {
        let person = &self.person;
        let done = match deed {
            Deed::Say { place, text } if text.starts_with('/') => {
                person.command(&self.channel(place), text).await.map(drop)
            }
            Deed::Say { place, text } => person.say(&self.channel(place), text).map(drop),
            Deed::Answer {
                place,
                message,
                text,
            } => person.reply(&self.message(place, message)?, text).map(drop),
            Deed::Share { place, file, text } => {
                let file = (file.as_str(), CONTENT.to_vec());
                person.share(&self.channel(place), file, text).map(drop)
            }
            Deed::Fill { fields } => {
                let view = person
                    .view()
                    .ok_or_else(|| self.unseen("form".to_owned()))?;
                self.fill(&Place::from(&view), fields).await
            }
            Deed::Submit => return self.submit().await,
            Deed::Close => person.close_view().await,
            Deed::Press { place, button } => {
                let (place, name) = self.spot(place, button)?;
                person.press(place, &name).await.map(drop)
            }
            Deed::Choose { place, entry, menu } => {
                let (place, name) = self.spot(place, menu)?;
                self.choose(&place, &name, entry).await
            }
            Deed::React {
                place,
                emoji,
                message,
                on,
            } => {
                let message = self.message(place, message)?;
                if *on {
                    person.react(&message, emoji)
                } else {
                    person.unreact(&message, emoji)
                }
            }
            Deed::Pin { place, message, on } => {
                let message = self.message(place, message)?;
                person.pin(&message.channel, &message.ts, *on)
            }
            Deed::Edit {
                place,
                message,
                text,
            } => person.edit(&self.message(place, message)?, text).map(drop),
            Deed::Delete { place, message } => person.delete(&self.message(place, message)?),
            Deed::MessageShortcut {
                place,
                callback,
                message,
            } => {
                let message = self.message(place, message)?;
                person.shortcut(callback, &message).await.map(drop)
            }
            Deed::Shortcut { callback } => person.global_shortcut(callback).await.map(drop),
            Deed::Join { place } => person.join(&self.channel(place)),
            Deed::Leave { place } => person.leave(&self.channel(place)),
            Deed::Invite { place, whom } => {
                let people: Vec<&str> = whom.split(", ").collect();
                person.invite(&self.channel(place), &people)
            }
            Deed::Remove { place, whom } => person.remove(&self.channel(place), whom),
            Deed::Connect { place } => person.connect_channel(&self.channel(place)),
            Deed::Archive { place, archived } => {
                let place = self.channel(place);
                if *archived {
                    person.archive_channel(&place)
                } else {
                    person.unarchive_channel(&place)
                }
            }
            Deed::Rename { place, name } => person.rename_channel(&self.channel(place), name),
            Deed::Create { name, private } => person.create_channel(name, *private).map(drop),
            Deed::Home => person.open_home(),
        };
        done.map(|()| vec![]).map_err(|why| self.refused(why))
    }

    async fn submit(&self) -> Result<Vec<String>, Stuck> {
        let view = self.person.view();
        let view = view.ok_or_else(|| self.unseen("form".to_owned()))?;
        let outcome = self.person.fill(&view).submit().await;
        Ok(complaints(
            self.who,
            &outcome.map_err(|why| self.refused(why))?,
        ))
    }

    async fn fill(&self, form: &Place, fields: &[(String, String)]) -> Result<(), Refused> {
        let mut entries = Vec::new();
        for (field, said) in fields {
            let entry = entry::read(said);
            self.offered(form, field, &entry).await;
            entries.push((field, entry));
        }
        let entries = entries.iter().map(|(field, entry)| (*field, entry));
        self.person.keep(form, entries)
    }

    async fn choose(&self, place: &Place, menu: &str, said: &str) -> Result<(), Refused> {
        let entry = entry::read(said);
        self.offered(place, menu, &entry).await;
        let chosen = self.person.select(place.clone(), menu, entry).await;
        chosen.map(drop)
    }

    /// Types what is wanted where the app looks the options up; elsewhere they are there.
    async fn offered(&self, place: &Place, menu: &str, entry: &Entry) {
        let wanted = match entry {
            Entry::One(one) => std::slice::from_ref(one),
            Entry::Many(many) => many,
        };
        for one in wanted {
            // What is no such menu is refused, and needs none.
            let _ = self.person.suggest(place.clone(), menu, one).await;
        }
    }

    /// What a place of the story is to the workspace.
    fn channel(&self, place: &str) -> String {
        self.sim.core().read(|state| {
            let user = state.find_user(self.who).map_or("", |user| &user.id);
            channel_at(state, user, place)
                .map_or_else(|| place.to_owned(), |channel| channel.id.clone())
        })
    }

    fn message(&self, place: &str, words: &Words) -> Result<Message, Stuck> {
        let channel = self.channel(place);
        let found = self.sim.core().read(|state| {
            let mut holding = holding(state, &channel, &words.text);
            holding.nth(words.nth.saturating_sub(1)).cloned()
        });
        found.ok_or_else(|| self.unseen(format!("{words} in {place}")))
    }

    /// Where a button or menu stands, and its name there.
    fn spot(&self, place: &str, spot: &Spot) -> Result<(Place, String), Stuck> {
        let found = self.sim.core().read(|state| {
            let user = state.find_user(self.who).map_or("", |user| &user.id);
            let seen = spots(state, user, place, &spot.label, spot.at.as_deref());
            seen.into_iter().nth(spot.nth.saturating_sub(1))
        });
        let seen = found.ok_or_else(|| self.unseen(format!("[{spot}] in {place}")))?;
        let name = format!("{}/{}", seen.block_id, seen.action_id);
        Ok((seen.place, name))
    }

    fn unseen(&self, what: String) -> Stuck {
        Stuck::Unseen {
            who: self.who.to_owned(),
            what,
        }
    }

    fn refused(&self, why: Refused) -> Stuck {
        Stuck::Refused {
            who: self.who.to_owned(),
            why,
        }
    }
}

/// What the form says to who sent it.
pub(crate) fn complaints(who: &str, outcome: &SubmitOutcome) -> Vec<String> {
    match outcome {
        SubmitOutcome::Errors(errors) => errors
            .iter()
            .map(|(field, sentence)| format!("form of {who}: {field}: {sentence}"))
            .collect(),
        SubmitOutcome::Timeout => vec![format!("form of {who}: no answer in time")],
        SubmitOutcome::Failed(why) => vec![format!("form of {who}: {why}")],
        SubmitOutcome::Closed
        | SubmitOutcome::Cleared
        | SubmitOutcome::Updated(_)
        | SubmitOutcome::Pushed(_) => vec![],
    }
}
