//! A person of the workspace: what they do, and what they see of it.

use crate::sim::Sim;
use crate::state::State;
use crate::state::channel::Channel;
use crate::state::ephemeral::Ephemeral;
use crate::state::message::Message;
use crate::state::view::View;

mod command;
mod element;
mod entry;
mod form;
mod install;
mod payload;
mod press;
mod room;
mod shortcut;
mod submission;
mod suggest;
mod talk;

pub use command::{CommandOutcome, CommandStatus};
pub use entry::Entry;
pub use form::{Form, SubmitOutcome};
pub(crate) use install::Asked;
pub use press::Pressed;

/// Acts as one person; made by `Sim::person`.
#[derive(Clone)]
pub struct Person {
    sim: Sim,
    named: String,
}

/// Why Slack's client would not let a person do this.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    #[error("there is no person {0:?}")]
    NoSuchPerson(String),
    #[error("there is no channel {0:?} that this person can see")]
    NoSuchChannel(String),
    #[error("this person is not in #{0}")]
    NotInChannel(String),
    #[error("#{0} is archived")]
    Archived(String),
    #[error("the message is not there any more")]
    NoSuchMessage,
    #[error("only who wrote a message can change it")]
    NotTheirs,
    #[error("no app has the command {0:?}")]
    NoSuchCommand(String),
    #[error("no app has the shortcut {0:?}")]
    NoSuchShortcut(String),
    #[error("the view is not open any more")]
    NoSuchView,
    #[error("there is no {what:?}; there are: {}", there.join(", "))]
    NoSuchElement { what: String, there: Vec<String> },
    #[error("{0:?} stands there more than once")]
    Ambiguous(String),
    #[error("{what:?} cannot be chosen; there are: {}", there.join(", "))]
    NoSuchOption { what: String, there: Vec<String> },
    #[error("{0:?} cannot be used this way")]
    WrongElement(String),
    #[error("Slack refuses it: {0}")]
    Slack(String),
}

/// Where a button stands: a message, an ephemeral one, or a view.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Message { channel: String, ts: String },
    Ephemeral { ts: String },
    View { id: String },
}

impl From<&Message> for Place {
    fn from(message: &Message) -> Self {
        Self::Message {
            channel: message.channel.clone(),
            ts: message.ts.clone(),
        }
    }
}

impl From<&Ephemeral> for Place {
    fn from(ephemeral: &Ephemeral) -> Self {
        Self::Ephemeral {
            ts: ephemeral.ts.clone(),
        }
    }
}

impl From<&View> for Place {
    fn from(view: &View) -> Self {
        Self::View {
            id: view.id.clone(),
        }
    }
}

impl Person {
    pub(crate) fn new(sim: Sim, named: &str) -> Self {
        Self {
            sim,
            named: named.to_owned(),
        }
    }

    /// The modal in front of them.
    pub fn view(&self) -> Option<View> {
        self.sim.views(&self.named).pop()
    }

    /// What only they see, oldest first.
    pub fn ephemerals(&self) -> Vec<Ephemeral> {
        self.sim.ephemerals(&self.named)
    }

    /// Their direct messages with the app, oldest first.
    pub fn dms(&self) -> Vec<Message> {
        self.sim.dms(&self.named)
    }

    /// Their home tab of the app.
    pub fn home(&self) -> Option<View> {
        self.sim.home(&self.named)
    }

    /// Changes the state as this person.
    fn act<R>(
        &self,
        act: impl FnOnce(&mut State, &str) -> Result<R, Refused>,
    ) -> Result<R, Refused> {
        let core = self.sim.core();
        let before = core.recorder.look(&self.sim);
        let (name, done, deeds) = core.change(|state| {
            let user = state.find_user(&self.named).filter(|user| !user.deleted);
            let Some((id, name)) = user.map(|user| (user.id.clone(), user.name.clone())) else {
                let nobody = Refused::NoSuchPerson(self.named.clone());
                return (String::new(), Err(nobody), None);
            };
            state.deeds = before.is_some().then(Vec::new);
            let done = act(state, &id);
            (name, done, state.deeds.take())
        });
        if let (Ok(_), Some(before), Some(deeds)) = (&done, before, deeds) {
            core.recorder.did(before, &format!("@{name}"), deeds);
        }
        done
    }
}

/// A channel that `user` is in and can write to; `@handle` of the bot is its direct messages.
fn channel_to_write_in(state: &mut State, user: &str, named: &str) -> Result<Channel, Refused> {
    let bot = state.bot_user_id().to_owned();
    if named.starts_with('@') && state.find_user(named).is_some_and(|found| found.id == bot) {
        let direct = state.direct_channel(user);
        return state
            .channel(&direct)
            .cloned()
            .ok_or(Refused::NoSuchMessage);
    }
    let channel = seen_channel(state, user, named)?;
    if !channel.has(user) {
        return Err(Refused::NotInChannel(channel.name));
    }
    if channel.archived {
        return Err(Refused::Archived(channel.name));
    }
    Ok(channel)
}

fn seen_channel(state: &State, user: &str, named: &str) -> Result<Channel, Refused> {
    state
        .find_channel(named)
        .filter(|channel| state.sees(user, channel))
        .cloned()
        .ok_or_else(|| Refused::NoSuchChannel(named.to_owned()))
}
