//! A person's acts as JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::person::{Entry, Place, Refused};
use crate::sim::Sim;
use crate::state::message::Message;

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Act {
    Command {
        channel: String,
        line: String,
    },
    Press {
        place: Place,
        what: String,
        /// What was typed in the view so far.
        #[serde(default)]
        entries: BTreeMap<String, Entry>,
    },
    Select {
        place: Place,
        what: String,
        choice: Entry,
        #[serde(default)]
        entries: BTreeMap<String, Entry>,
    },
    /// Types in a menu whose options the app looks up.
    Suggest {
        place: Place,
        what: String,
        typed: String,
    },
    Submit {
        view: String,
        entries: BTreeMap<String, Entry>,
    },
    CloseView,
    Say {
        channel: String,
        text: String,
        thread_ts: Option<String>,
    },
    /// Gives a form a file; answers with its id.
    Upload {
        name: String,
        bytes: Vec<u8>,
    },
    Edit {
        channel: String,
        ts: String,
        text: String,
    },
    Delete {
        channel: String,
        ts: String,
    },
    React {
        channel: String,
        ts: String,
        emoji: String,
    },
    Unreact {
        channel: String,
        ts: String,
        emoji: String,
    },
    Pin {
        channel: String,
        ts: String,
        on: bool,
    },
    GlobalShortcut {
        callback_id: String,
    },
    Shortcut {
        callback_id: String,
        channel: String,
        ts: String,
    },
    OpenHome,
    /// Has seen everything that stands in the channel.
    Read {
        channel: String,
    },
    Join {
        channel: String,
    },
    Leave {
        channel: String,
    },
    Invite {
        channel: String,
        people: Vec<String>,
    },
    Remove {
        channel: String,
        person: String,
    },
    CreateChannel {
        name: String,
        #[serde(default)]
        private: bool,
    },
    RenameChannel {
        channel: String,
        name: String,
    },
    ConnectChannel {
        channel: String,
    },
    ArchiveChannel {
        channel: String,
    },
    UnarchiveChannel {
        channel: String,
    },
}

pub(super) async fn perform(sim: &Sim, person: &str, act: Act) -> Result<Value, Refused> {
    let who = sim.person(person);
    let message = |channel: &str, ts: &str| message(sim, channel, ts);
    Ok(match act {
        Act::Command { channel, line } => json!(who.command(&channel, &line).await?),
        Act::Press {
            place,
            what,
            entries,
        } => {
            who.keep(&place, &entries)?;
            json!(who.press(place, &what).await?)
        }
        Act::Select {
            place,
            what,
            choice,
            entries,
        } => {
            who.keep(&place, &entries)?;
            json!(who.select(place, &what, choice).await?)
        }
        Act::Suggest { place, what, typed } => json!(who.suggest(place, &what, &typed).await?),
        Act::Submit { view, entries } => {
            let open = sim.views(person).into_iter().find(|open| open.id == view);
            let mut form = who.fill(open.as_ref().ok_or(Refused::NoSuchView)?);
            for (input, entry) in entries {
                form = form.set(&input, entry);
            }
            json!(form.submit().await?)
        }
        Act::CloseView => json!(who.close_view().await?),
        Act::Say {
            channel,
            text,
            thread_ts: None,
        } => json!(who.say(&channel, &text)?),
        Act::Say {
            channel,
            text,
            thread_ts: Some(root),
        } => {
            json!(who.reply(&message(&channel, &root)?, &text)?)
        }
        Act::Upload { name, bytes } => json!(who.upload(&name, bytes)?),
        Act::Edit { channel, ts, text } => json!(who.edit(&message(&channel, &ts)?, &text)?),
        Act::Delete { channel, ts } => json!(who.delete(&message(&channel, &ts)?)?),
        Act::React { channel, ts, emoji } => json!(who.react(&message(&channel, &ts)?, &emoji)?),
        Act::Unreact { channel, ts, emoji } => {
            json!(who.unreact(&message(&channel, &ts)?, &emoji)?)
        }
        Act::Pin { channel, ts, on } => json!(who.pin(&channel, &ts, on)?),
        Act::GlobalShortcut { callback_id } => json!(who.global_shortcut(&callback_id).await?),
        Act::Shortcut {
            callback_id,
            channel,
            ts,
        } => {
            json!(who.shortcut(&callback_id, &message(&channel, &ts)?).await?)
        }
        Act::Read { channel } => json!(who.reads(&channel)?),
        Act::OpenHome => json!(who.open_home()?),
        Act::Join { channel } => json!(who.join(&channel)?),
        Act::Leave { channel } => json!(who.leave(&channel)?),
        Act::Invite { channel, people } => {
            let people: Vec<&str> = people.iter().map(String::as_str).collect();
            json!(who.invite(&channel, &people)?)
        }
        Act::Remove { channel, person } => json!(who.remove(&channel, &person)?),
        Act::CreateChannel { name, private } => json!(who.create_channel(&name, private)?),
        Act::RenameChannel { channel, name } => json!(who.rename_channel(&channel, &name)?),
        Act::ConnectChannel { channel } => json!(who.connect_channel(&channel)?),
        Act::ArchiveChannel { channel } => json!(who.archive_channel(&channel)?),
        Act::UnarchiveChannel { channel } => json!(who.unarchive_channel(&channel)?),
    })
}

fn message(sim: &Sim, channel: &str, ts: &str) -> Result<Message, Refused> {
    let found = sim
        .messages(channel)
        .into_iter()
        .find(|message| message.ts == ts);
    found.ok_or(Refused::NoSuchMessage)
}
