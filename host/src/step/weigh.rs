//! How many bytes a wish keeps.

use crate::{
    effect::{Content, MessageRef, Place, Wish},
    incident::Change,
};

/// What the smallest thing costs.
const LEAST: usize = 64;

pub(super) fn wish(wish: &Wish) -> usize {
    LEAST
        + match wish {
            Wish::Change(change) => self::change(change),
            Wish::Invite { people } => people.iter().map(|who| LEAST + who.len()).sum(),
            Wish::Bookmark { title, link, emoji } => {
                title.len() + link.len() + option(emoji.as_ref())
            }
            Wish::Post {
                name,
                place,
                content,
            } => name.len() + self::place(place) + text(content),
            Wish::Update { name, content } => name.len() + text(content),
            Wish::Say { place, content } | Wish::Whisper { place, content, .. } => {
                self::place(place) + text(content)
            }
            Wish::Reply { content } | Wish::ReplyInstead { content } => text(content),
            Wish::React { message, emoji } | Wish::Unreact { message, emoji } => {
                self::message(message) + emoji.len()
            }
            Wish::Pin { message } | Wish::Unpin { message } => self::message(message),
            Wish::Upload { name, place, file } => {
                let words = file.filename.len() + file.title.len() + file.comment.len();
                name.len() + self::place(place) + words + file.bytes.len()
            }
            Wish::OpenForm { form, view, memo }
            | Wish::NextForm { form, view, memo }
            | Wish::UpdateView {
                form, view, memo, ..
            } => form.len() + view.len() + memo.len(),
            Wish::PublishHome { view, .. }
            | Wish::PrepareForm { view, .. }
            | Wish::ReopenForm { view } => view.len(),
            Wish::Call {
                key,
                method,
                arguments,
                ..
            } => key.len() + method.len() + arguments.len(),
            Wish::Fetch { key, request, .. } => {
                let headers: usize = request.headers.iter().map(|(n, v)| n.len() + v.len()).sum();
                key.len() + request.url.len() + headers + request.body.as_ref().map_or(0, Vec::len)
            }
            Wish::OpenRoom { name, .. }
            | Wish::Rename { name }
            | Wish::Remove { name }
            | Wish::Topic { text: name }
            | Wish::SetTimer { name, .. }
            | Wish::CancelTimer { name, .. } => name.len(),
            Wish::Archive | Wish::Declare(_) | Wish::RedrawHome => 0,
        }
}

/// One key of the state, written or read.
pub(super) fn state(key: &str, json: Option<&str>) -> usize {
    LEAST + key.len() + json.map_or(0, str::len)
}

fn change(change: &Change) -> usize {
    match change {
        // Twice: an entry is written down, and told as an event.
        Change::Append { entry } => {
            let data = entry.data.as_ref().map_or(0, |data| data.to_string().len());
            2 * (entry.kind.len() + entry.text.len() + option(entry.key.as_ref()) + data)
        }
        Change::Severity { severity, why } => option(severity.as_ref()) + why.len(),
        Change::Status { note, .. } => note.len(),
        Change::Role { role, note, .. } => role.len() + note.len(),
        Change::Title { title } => title.len(),
        Change::Lines { lines } => lines.iter().map(|l| l.label.len() + l.value.len()).sum(),
        Change::RoomOpened { name, .. } | Change::RoomRenamed { name } => name.len(),
        Change::Joined { .. } | Change::Left { .. } | Change::Called { .. } => LEAST,
    }
}

fn text(content: &Content) -> usize {
    content.text.len() + option(content.blocks.as_ref()) + option(content.more.as_ref())
}

fn place(place: &Place) -> usize {
    match place {
        Place::Room | Place::Origin | Place::Channel(_) | Place::Person(_) => LEAST,
        Place::Thread(message) => self::message(message),
    }
}

fn message(message: &MessageRef) -> usize {
    match message {
        MessageRef::Named { owner, name } => owner.0.len() + name.len(),
        MessageRef::Seen(id) => id.channel.0.len() + id.ts.len(),
    }
}

fn option(text: Option<&String>) -> usize {
    text.map_or(0, String::len)
}
