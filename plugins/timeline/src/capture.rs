//! Messages kept by emoji or shortcut, and followed as long as they change.

use iris_step::incident::{self, NewEntry};
use iris_step::kit::escape::plain;
use iris_step::kit::limits::cut;
use iris_step::kit::story::MessageData;
use iris_step::{
    Content, Failure, Place, Reacted, Scope, SeenMessage, Shortcut, WishFailed, args, facts,
    messages, state,
};
use serde::{Deserialize, Serialize};

use crate::{TEXTS, pick};

/// Iris's receipt.
const RECEIPT: &str = "memo";
/// The most that an entry holds.
const TEXT: usize = 4000;
/// Who captured [`Last`], to be told if the receipt cannot be given; `true` once that was said.
const LAST: &str = "last";
const TOLD: &str = "told";

/// The last capture.
#[derive(Serialize, Deserialize)]
struct Last {
    by: String,
    /// Of a message outside of the room.
    elsewhere: bool,
}

/// A captured message, as its newest entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    text: String,
    author: Option<String>,
    /// When it was written.
    at: u64,
    /// Who has the emoji on it.
    pins: Vec<String>,
    /// Kept by the shortcut: stays without the emoji.
    by_hand: bool,
    data: MessageData,
}

/// What a change of the reactions makes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Capture,
    Withdraw,
    Nothing,
}

pub(crate) fn reacted(by: &str, emoji: &str, reacted: &Reacted) -> Result<(), Failure> {
    if reacted.emoji != emoji {
        return Ok(());
    }
    let id = &reacted.message.id;
    let stored = load(id)?;
    if stored.is_none() && !reacted.added {
        return Ok(());
    }
    let known = stored.is_some();
    let mut kept = stored.unwrap_or_else(|| Kept::of(&reacted.message));
    match kept.pin(by, reacted.added, known) {
        Turn::Capture => capture(by, id, &kept, false),
        Turn::Withdraw => withdraw(id),
        Turn::Nothing => save(id, &kept),
    }
}

/// In a room the message is kept at once; elsewhere the person says for which incident.
pub(crate) fn shortcut(by: &str, shortcut: &Shortcut) -> Result<(), Failure> {
    let Some(message) = &shortcut.message else {
        return Ok(());
    };
    let kept = Kept::of(message);
    if facts::incident().is_none() {
        return pick::ask(by, &message.id, &kept);
    }
    by_hand(by, &message.id, kept, false)
}

/// Somebody wants the message kept, whatever becomes of the emoji on it.
pub(crate) fn by_hand(by: &str, id: &str, kept: Kept, elsewhere: bool) -> Result<(), Failure> {
    let known = load(id)?;
    let fresh = known.is_none();
    let kept = Kept {
        by_hand: true,
        ..known.unwrap_or(kept)
    };
    if fresh {
        capture(by, id, &kept, elsewhere)
    } else {
        save(id, &kept)
    }
}

/// The entry follows what the message says now.
pub(crate) fn edited(at: u64, message: &SeenMessage) -> Result<(), Failure> {
    let Some(mut kept) = load(&message.id)? else {
        return Ok(());
    };
    if !kept.edit(at, Kept::of(message)) {
        return Ok(());
    }
    append(&message.id, &kept)?;
    save(&message.id, &kept)
}

/// The entry keeps its words, but there is nothing to open any more.
pub(crate) fn deleted(at: u64, id: &str) -> Result<(), Failure> {
    let Some(mut kept) = load(id)? else {
        return Ok(());
    };
    kept.data.deleted = Some(at);
    append(id, &kept)?;
    save(id, &kept)
}

/// The receipt could not be given: its reader is told. In the room once an incident; elsewhere each
/// time, as nothing else says that the message was kept.
pub(crate) fn failed(failed: &WishFailed) -> Result<(), Failure> {
    let last: Option<Last> = state::get(Scope::Incident, LAST)?;
    let (Some(Last { by, elsewhere }), "messages.react") = (last, failed.wish.as_str()) else {
        return Ok(());
    };
    let texts = iris_step::texts(&TEXTS);
    if elsewhere {
        return pick::kept(&texts, &by);
    }
    if state::get::<bool>(Scope::Incident, TOLD)?.is_some() {
        return Ok(());
    }
    let code = &failed.trouble.code;
    let said = texts.mrkdwn("cannot-react", args![code]);
    messages::whisper(&by, Place::Room, Content::new(said))?;
    state::put(Scope::Incident, TOLD, &true)?;
    Ok(())
}

impl Kept {
    fn of(message: &SeenMessage) -> Self {
        let text = plain(&message.text, facts::name_of);
        // A file without words is told by its name.
        let text = if text.trim().is_empty() {
            message.files.join(", ")
        } else {
            text
        };
        let text = if text.is_empty() {
            "…".to_owned()
        } else {
            text
        };
        Self {
            text: cut(&text, TEXT).into_owned(),
            author: message.author.clone(),
            at: message.at,
            pins: Vec::new(),
            by_hand: false,
            data: MessageData {
                app: message.author.is_none(),
                files: message.files.clone(),
                ..MessageData::default()
            },
        }
    }

    /// Somebody put the emoji on it or took it off; `known` says whether it is captured.
    fn pin(&mut self, by: &str, added: bool, known: bool) -> Turn {
        self.pins.retain(|user| user != by);
        if added {
            self.pins.push(by.to_owned());
        }
        match (known, self.by_hand || !self.pins.is_empty()) {
            (false, true) => Turn::Capture,
            (true, false) => Turn::Withdraw,
            (true, true) | (false, false) => Turn::Nothing,
        }
    }

    /// True when the words have changed; Slack tells of previews and the like in the same way.
    fn edit(&mut self, at: u64, now: Self) -> bool {
        if now.text == self.text {
            return false;
        }
        self.text = now.text;
        self.data = MessageData {
            edited: Some(at),
            ..now.data
        };
        true
    }
}

fn capture(by: &str, id: &str, kept: &Kept, elsewhere: bool) -> Result<(), Failure> {
    append(id, kept)?;
    messages::react(id, RECEIPT)?;
    let by = by.to_owned();
    state::put(Scope::Incident, LAST, &Last { by, elsewhere })?;
    save(id, kept)
}

fn withdraw(id: &str) -> Result<(), Failure> {
    incident::append(NewEntry::new("message", "").key(id))?;
    messages::unreact(id, RECEIPT)?;
    state::remove(Scope::Incident, &key(id));
    Ok(())
}

fn append(id: &str, kept: &Kept) -> Result<(), Failure> {
    let mut entry = NewEntry::new("message", &kept.text)
        .at(kept.at)
        .key(id)
        .data(&kept.data);
    if kept.data.deleted.is_none() {
        entry = entry.message(id);
    }
    if let Some(author) = &kept.author {
        entry = entry.by(author);
    }
    incident::append(entry)?;
    Ok(())
}

fn load(id: &str) -> Result<Option<Kept>, Failure> {
    state::get(Scope::Incident, &key(id))
}

fn save(id: &str, kept: &Kept) -> Result<(), Failure> {
    state::put(Scope::Incident, &key(id), kept)?;
    Ok(())
}

fn key(id: &str) -> String {
    format!("kept:{id}")
}

#[cfg(test)]
mod tests {
    use super::{Kept, MessageData, Turn};

    fn kept(text: &str) -> Kept {
        Kept {
            text: text.to_owned(),
            author: None,
            at: 1,
            pins: vec![],
            by_hand: false,
            data: MessageData::default(),
        }
    }

    #[test]
    fn the_first_emoji_captures_and_the_last_one_withdraws() {
        let mut kept = kept("x");
        assert_eq!(kept.pin("U1", true, false), Turn::Capture);
        assert_eq!(kept.pin("U2", true, true), Turn::Nothing);
        assert_eq!(kept.pin("U2", true, true), Turn::Nothing);
        assert_eq!(kept.pin("U1", false, true), Turn::Nothing);
        assert_eq!(kept.pin("U2", false, true), Turn::Withdraw);
    }

    #[test]
    fn what_was_kept_by_hand_stays() {
        let mut kept = Kept {
            by_hand: true,
            ..kept("x")
        };
        kept.pin("U1", true, true);
        assert_eq!(kept.pin("U1", false, true), Turn::Nothing);
    }

    #[test]
    fn only_other_words_are_an_edit() {
        let mut before = kept("x");
        assert!(!before.edit(5, kept("x")));
        assert!(before.edit(5, kept("y")));
        assert_eq!((before.text.as_str(), before.data.edited), ("y", Some(5)));
    }
}
