//! Plays a story: acts as its people and tells what they see.

use std::{future::Future, pin::Pin, time::Duration};

use super::{
    act::{Act, Deed},
    line::Line,
    sight::Sight,
};
use crate::{Entry, Message, Person, Place, Refused, Sim, SubmitOutcome};

/// Waits until the app and everything it sent has come to rest. Given the time that has passed, or
/// nothing when only acts have to be followed.
pub type Settle<'a> =
    Box<dyn FnMut(Option<Duration>) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> + Send + 'a>;

/// Plays stories in one workspace.
pub struct Player<'a> {
    sim: &'a Sim,
    settle: Settle<'a>,
    sight: Sight,
    /// What people have filled in and not sent yet.
    filled: Vec<(String, Vec<(String, String)>)>,
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
    pub fn new(sim: &'a Sim, settle: Settle<'a>) -> Self {
        Self {
            sim,
            settle,
            sight: Sight::of(sim),
            filled: vec![],
        }
    }

    /// Plays one line. What the story says was seen is passed over.
    pub async fn play(&mut self, line: &Line) -> Result<Vec<String>, Stuck> {
        let mut said = vec![];
        match line {
            Line::Note(_) | Line::See(_) => return Ok(vec![]),
            Line::Pass(time) => (self.settle)(Some(*time)).await,
            Line::Act(act) => {
                said = self.act(act).await?;
            }
        }
        said.extend(self.look().await);
        Ok(said)
    }

    /// What is new or has changed since the last look, once everything has come to rest.
    pub async fn look(&mut self) -> Vec<String> {
        (self.settle)(None).await;
        let now = Sight::of(self.sim);
        let seen = now.since(&self.sight);
        self.sight = now;
        seen
    }

    async fn act(&mut self, act: &Act) -> Result<Vec<String>, Stuck> {
        let person = self.sim.person(&act.who);
        let who = act.who.as_str();
        let refused = |why: Refused| Stuck::Refused {
            who: who.to_owned(),
            why,
        };
        match &act.deed {
            Deed::Say { place, text } if text.starts_with('/') => {
                person
                    .command(&self.place(place), text)
                    .await
                    .map_err(refused)?;
            }
            Deed::Say { place, text } => {
                person.say(&self.place(place), text).map_err(refused)?;
            }
            Deed::Answer {
                place,
                message,
                text,
            } => {
                let message = self.message(who, place, message)?;
                person.reply(&message, text).map_err(refused)?;
            }
            Deed::Fill { fields } => {
                let of_person = self.filled.iter_mut().find(|(name, _)| name == who);
                match of_person {
                    Some((_, filled)) => filled.extend(fields.clone()),
                    None => self.filled.push((who.to_owned(), fields.clone())),
                }
            }
            Deed::Submit => return self.submit(&person, who).await,
            Deed::Close => {
                self.filled.retain(|(name, _)| name != who);
                person.close_view().await.map_err(refused)?;
            }
            Deed::Press { place, label, at } => {
                let (place, action) = self.button(&person, who, place, label, at.as_deref())?;
                person.press(place, &action).await.map_err(refused)?;
            }
            Deed::Choose { place, entry, menu } => {
                let (place, action) = self.button(&person, who, place, menu, None)?;
                person
                    .select(place, &action, entry.as_str())
                    .await
                    .map_err(refused)?;
            }
            Deed::React {
                place,
                emoji,
                message,
                on,
            } => {
                let message = self.message(who, place, message)?;
                let done = if *on {
                    person.react(&message, emoji)
                } else {
                    person.unreact(&message, emoji)
                };
                done.map_err(refused)?;
            }
            Deed::Edit {
                place,
                message,
                text,
            } => {
                let message = self.message(who, place, message)?;
                person.edit(&message, text).map_err(refused)?;
            }
            Deed::Delete { place, message } => {
                let message = self.message(who, place, message)?;
                person.delete(&message).map_err(refused)?;
            }
            Deed::Shortcut {
                place: Some(place),
                callback,
                message: Some(message),
            } => {
                let message = self.message(who, place, message)?;
                person.shortcut(callback, &message).await.map_err(refused)?;
            }
            Deed::Shortcut { callback, .. } => {
                person.global_shortcut(callback).await.map_err(refused)?;
            }
            Deed::Join { place } => person.join(&self.place(place)).map_err(refused)?,
            Deed::Leave { place } => person.leave(&self.place(place)).map_err(refused)?,
            Deed::Invite { place, whom } => {
                person
                    .invite(&self.place(place), &[whom.as_str()])
                    .map_err(refused)?;
            }
            Deed::Archive { place } => {
                person
                    .archive_channel(&self.place(place))
                    .map_err(refused)?;
            }
            Deed::Rename { place, name } => {
                person
                    .rename_channel(&self.place(place), name)
                    .map_err(refused)?;
            }
            Deed::Home => person.open_home().map_err(refused)?,
        }
        Ok(vec![])
    }

    async fn submit(&mut self, person: &Person, who: &str) -> Result<Vec<String>, Stuck> {
        let unseen = || Stuck::Unseen {
            who: who.to_owned(),
            what: "form".to_owned(),
        };
        let view = person.view().ok_or_else(unseen)?;
        let mut form = person.fill(&view);
        if let Some(at) = self.filled.iter().position(|(name, _)| name == who) {
            for (field, value) in self.filled.remove(at).1 {
                form = form.set(&field, entry(&value));
            }
        }
        let outcome = form.submit().await;
        let outcome = outcome.map_err(|why| Stuck::Refused {
            who: who.to_owned(),
            why,
        })?;
        Ok(match outcome {
            SubmitOutcome::Errors(errors) => errors
                .into_iter()
                .map(|(field, sentence)| format!("form of {who}: {field}: {sentence}"))
                .collect(),
            SubmitOutcome::Timeout => vec![format!("form of {who}: no answer in time")],
            SubmitOutcome::Failed(why) => vec![format!("form of {who}: {why}")],
            SubmitOutcome::Closed
            | SubmitOutcome::Cleared
            | SubmitOutcome::Updated(_)
            | SubmitOutcome::Pushed(_) => vec![],
        })
    }

    /// `#room` is the newest channel; `#name*` the one whose name begins so.
    fn place(&self, place: &str) -> String {
        let channels = self.sim.channels();
        let mut named = channels.iter().filter(|channel| !channel.name.is_empty());
        if place == "#room" {
            return named
                .next_back()
                .map_or_else(String::new, |channel| channel.id.clone());
        }
        match place
            .strip_prefix('#')
            .and_then(|name| name.strip_suffix('*'))
        {
            Some(prefix) => {
                let found = named
                    .clone()
                    .find(|channel| channel.name.starts_with(prefix));
                found.map_or_else(|| place.to_owned(), |channel| channel.id.clone())
            }
            None => place.to_owned(),
        }
    }

    /// The newest message there that holds these words.
    fn message(&self, who: &str, place: &str, words: &str) -> Result<Message, Stuck> {
        let messages = if place == "dm" {
            self.sim.dms(who)
        } else {
            self.sim.messages(&self.place(place))
        };
        let holds = |m: &Message| self.sim.shown(&m.text, &m.blocks).contains(words);
        let found = messages.into_iter().rfind(holds);
        found.ok_or_else(|| Stuck::Unseen {
            who: who.to_owned(),
            what: format!("\"{words}\" in {place}"),
        })
    }

    /// The newest thing there with a button or menu of this label, and its action id.
    fn button(
        &self,
        person: &Person,
        who: &str,
        place: &str,
        label: &str,
        at: Option<&str>,
    ) -> Result<(Place, String), Stuck> {
        let action = |blocks: &[serde_json::Value]| find_action(self.sim, blocks, label, at);
        let found = match place {
            "form" => person
                .view()
                .and_then(|v| Some((action(v.blocks())?, Place::from(&v)))),
            "home" => person
                .home()
                .and_then(|v| Some((action(v.blocks())?, Place::from(&v)))),
            "dm" => {
                let dms = person.dms().into_iter().rev();
                dms.into_iter()
                    .find_map(|m| Some((action(&m.blocks)?, Place::from(&m))))
            }
            place => {
                let channel = self.sim.channel(&self.place(place));
                let id = channel.map_or_else(String::new, |channel| channel.id);
                let shown = self
                    .sim
                    .messages(&id)
                    .into_iter()
                    .filter_map(|m| Some((m.ts.clone(), action(&m.blocks)?, Place::from(&m))));
                let own = person.ephemerals().into_iter().filter(|e| e.channel == id);
                let own =
                    own.filter_map(|e| Some((e.ts.clone(), action(&e.blocks)?, Place::from(&e))));
                let newest = shown.chain(own).max_by(|a, b| a.0.cmp(&b.0));
                newest.map(|(_, action, place)| (action, place))
            }
        };
        let unseen = || Stuck::Unseen {
            who: who.to_owned(),
            what: format!("[{label}] in {place}"),
        };
        found
            .map(|(action, place)| (place, action))
            .ok_or_else(unseen)
    }
}

/// Several choices are parted by `, `; a single one that holds a comma is written whole.
fn entry(value: &str) -> Entry {
    if value.contains(", ") && value.starts_with('@') {
        return Entry::from(
            value
                .split(", ")
                .map(str::to_owned)
                .collect::<Vec<String>>(),
        );
    }
    Entry::from(value)
}

/// The action id of the button or menu with this label, in the block that holds the words `at`.
fn find_action(
    sim: &Sim,
    blocks: &[serde_json::Value],
    label: &str,
    at: Option<&str>,
) -> Option<String> {
    let here = |block: &&serde_json::Value| {
        at.is_none_or(|at| sim.text_of(std::slice::from_ref(*block)).contains(at))
    };
    blocks.iter().filter(here).find_map(|block| {
        let elements = block["elements"].as_array().into_iter().flatten();
        elements.chain(block.get("accessory")).find_map(|element| {
            let said = element["text"]["text"]
                .as_str()
                .or(element["placeholder"]["text"].as_str())?;
            (said == label).then(|| element["action_id"].as_str().map(str::to_owned))?
        })
    })
}
