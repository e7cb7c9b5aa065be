//! What a person types: mentions, channels and links are recognised as Slack's client does.

use serde_json::{Value, json};

use super::State;

pub(crate) enum Piece {
    Text(String),
    User(String),
    Channel(String),
    Group { id: String, handle: String },
    Broadcast(&'static str),
    Link(String),
}

impl State {
    pub(crate) fn pieces(&self, typed: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = typed;
        let mut at_start = true;
        while let Some(first) = rest.chars().next() {
            let found = if at_start { self.piece_at(rest) } else { None };
            if let Some((piece, length)) = found {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(piece);
                rest = &rest[length..];
                at_start = false;
            } else {
                text.push(first);
                rest = &rest[first.len_utf8()..];
                at_start = !first.is_ascii_alphanumeric();
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces
    }

    /// What a command's text becomes with `should_escape`.
    pub(crate) fn escaped_command(&self, typed: &str) -> String {
        let pieces = self.pieces(typed);
        pieces
            .iter()
            .map(|piece| self.written(piece, true))
            .collect()
    }

    /// A message's `text`.
    pub(crate) fn escaped_message(&self, typed: &str) -> String {
        let pieces = self.pieces(typed);
        pieces
            .iter()
            .map(|piece| self.written(piece, false))
            .collect()
    }

    /// The rich text block that Slack's client sends along with a message; none without words.
    pub(crate) fn typed_blocks(&self, typed: &str) -> Vec<Value> {
        if typed.is_empty() {
            return Vec::new();
        }
        let elements: Vec<Value> = self
            .pieces(typed)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => json!({ "type": "text", "text": text }),
                Piece::User(id) => json!({ "type": "user", "user_id": id }),
                Piece::Channel(id) => json!({ "type": "channel", "channel_id": id }),
                Piece::Group { id, .. } => json!({ "type": "usergroup", "usergroup_id": id }),
                Piece::Broadcast(range) => json!({ "type": "broadcast", "range": range }),
                Piece::Link(url) => json!({ "type": "link", "url": url }),
            })
            .collect();
        vec![json!({
            "type": "rich_text",
            "elements": [{ "type": "rich_text_section", "elements": elements }],
        })]
    }

    fn written(&self, piece: &Piece, labelled: bool) -> String {
        let label = |name: Option<String>| match name.filter(|_| labelled) {
            Some(name) => format!("|{name}"),
            None => String::new(),
        };
        match piece {
            Piece::Text(text) => escape(text),
            Piece::User(id) => {
                format!(
                    "<@{id}{}>",
                    label(self.user(id).map(|user| user.name.clone()))
                )
            }
            Piece::Channel(id) => {
                format!(
                    "<#{id}{}>",
                    label(self.channel(id).map(|channel| channel.name.clone()))
                )
            }
            Piece::Group { id, handle } => {
                format!("<!subteam^{id}{}>", label(Some(format!("@{handle}"))))
            }
            Piece::Broadcast(range) => format!("<!{range}>"),
            Piece::Link(url) => format!("<{}>", escape(url)),
        }
    }

    fn piece_at(&self, rest: &str) -> Option<(Piece, usize)> {
        if let Some(name) = rest.strip_prefix('@') {
            return self
                .mention_at(name)
                .map(|(piece, length)| (piece, length + 1));
        }
        if let Some(name) = rest.strip_prefix('#') {
            return self
                .channels
                .iter()
                .filter(|channel| !channel.name.is_empty() && starts_word(name, &channel.name))
                .max_by_key(|channel| channel.name.len())
                .map(|channel| (Piece::Channel(channel.id.clone()), channel.name.len() + 1));
        }
        if rest.starts_with("https://") || rest.starts_with("http://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>\"".contains(c));
            let url = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ')', '!', '?']);
            return Some((Piece::Link(url.to_owned()), url.len()));
        }
        None
    }

    fn mention_at(&self, name: &str) -> Option<(Piece, usize)> {
        let people = self.people.iter().flat_map(|user| {
            [user.shown(), &user.real_name, &user.name]
                .map(|named| (named.len(), named, Piece::User(user.id.clone())))
        });
        let groups = self.groups.iter().map(|group| {
            let piece = Piece::Group {
                id: group.id.clone(),
                handle: group.handle.clone(),
            };
            (group.handle.len(), group.handle.as_str(), piece)
        });
        let everybody = ["here", "channel", "everyone"]
            .map(|range| (range.len(), range, Piece::Broadcast(range)));
        people
            .chain(groups)
            .chain(everybody)
            .filter(|(_, named, _)| starts_word(name, named))
            .max_by_key(|(length, ..)| *length)
            .map(|(length, _, piece)| (piece, length))
    }
}

/// Whether `text` begins with `word` and does not go on with a letter of the same word.
fn starts_word(text: &str, word: &str) -> bool {
    !word.is_empty()
        && text.strip_prefix(word).is_some_and(|rest| {
            rest.chars()
                .next()
                .is_none_or(|next| !(next.is_ascii_alphanumeric() || next == '-' || next == '_'))
        })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
