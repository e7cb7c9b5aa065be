//! What a person can do in a story.

use std::fmt::{self, Display, Formatter};

use super::quote::{bare, escaped, quoted, value};

/// One act of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// As written: `@aya`.
    pub who: String,
    pub deed: Deed,
}

/// The kinds of acts. `place` is `#channel`, `form`, `dm` or `home`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// `@aya #general: words`, a slash command too. `@iris` is the direct messages with the app.
    Say {
        place: String,
        text: String,
    },
    /// `@aya #room answers "words of the message": words`
    Answer {
        place: String,
        message: Words,
        text: String,
    },
    /// `@aya #room shares graph.png`, `shares graph.png: words`
    Share {
        place: String,
        file: String,
        text: String,
    },
    /// `@aya fills Product: Payments | Severity: SEV1`
    Fill {
        fields: Vec<(String, String)>,
    },
    /// `@aya submits`, `@aya closes`
    Submit,
    Close,
    /// `@aya #room presses Hand over at Operation lead`
    Press {
        place: String,
        button: Spot,
    },
    /// `@aya #room chooses Renew the certificate in Change…`
    Choose {
        place: String,
        entry: String,
        menu: Spot,
    },
    /// `@aya #room reacts :pushpin: to "words"`
    React {
        place: String,
        emoji: String,
        message: Words,
        on: bool,
    },
    /// `@aya #room pins "words"`, `unpins "words"`
    Pin {
        place: String,
        message: Words,
        on: bool,
    },
    /// `@aya #room edits "old" to "new"`, `deletes "old"`
    Edit {
        place: String,
        message: Words,
        text: String,
    },
    Delete {
        place: String,
        message: Words,
    },
    /// `@aya #room uses timeline:add on "words"`
    MessageShortcut {
        place: String,
        callback: String,
        message: Words,
    },
    /// `@aya uses core:declare`
    Shortcut {
        callback: String,
    },
    /// `@aya #room joins`, `leaves`, `invites @ken`, `removes @ken`, `renames inc-other`
    Join {
        place: String,
    },
    Leave {
        place: String,
    },
    Invite {
        place: String,
        whom: String,
    },
    Remove {
        place: String,
        whom: String,
    },
    Rename {
        place: String,
        name: String,
    },
    /// `@aya #room connects`: with another organisation.
    Connect {
        place: String,
    },
    /// `@aya #room archives`, `unarchives`
    Archive {
        place: String,
        archived: bool,
    },
    /// `@aya creates #war`, `creates private #war`
    Create {
        name: String,
        private: bool,
    },
    /// `@aya opens home`
    Home,
}

/// A message, by words of it: `"Which one?"`, or `"Which one?" (2nd)` where newer ones hold the
/// same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    /// 1 is the newest that holds them.
    pub nth: usize,
}

/// A button or menu, by what it says: `Hand over`, `Hand over at Operation lead`, `Edit (2nd)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub label: String,
    /// Any words of its block.
    pub at: Option<String>,
    /// 1 is the first of the newest message that has one.
    pub nth: usize,
}

impl Display for Act {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.who, self.deed)
    }
}

impl Display for Deed {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say { place, text } => write!(out, "{place}: {}", escaped(text)),
            Self::Answer {
                place,
                message,
                text,
            } => write!(out, "{place} answers {message}: {}", escaped(text)),
            Self::Share { place, file, text } => {
                write!(out, "{place} shares {}", bare(file, ": "))?;
                match text.as_str() {
                    "" => Ok(()),
                    text => write!(out, ": {}", escaped(text)),
                }
            }
            Self::Fill { fields } => {
                let fields = fields
                    .iter()
                    .map(|(label, said)| format!("{label}: {}", value(said)));
                let fields: Vec<String> = fields.collect();
                write!(out, "fills {}", fields.join(" | ").trim_end())
            }
            Self::Submit => out.write_str("submits"),
            Self::Close => out.write_str("closes"),
            Self::Press { place, button } => write!(out, "{place} presses {button}"),
            Self::Choose { place, entry, menu } => {
                write!(out, "{place} chooses {} in {menu}", bare(entry, " in "))
            }
            Self::React {
                place,
                emoji,
                message,
                on,
            } => {
                let verb = if *on { "reacts" } else { "unreacts" };
                write!(out, "{place} {verb} :{emoji}: to {message}")
            }
            Self::Pin { place, message, on } => {
                let verb = if *on { "pins" } else { "unpins" };
                write!(out, "{place} {verb} {message}")
            }
            Self::Edit {
                place,
                message,
                text,
            } => write!(out, "{place} edits {message} to {}", quoted(text)),
            Self::Delete { place, message } => write!(out, "{place} deletes {message}"),
            Self::MessageShortcut {
                place,
                callback,
                message,
            } => write!(out, "{place} uses {callback} on {message}"),
            Self::Shortcut { callback } => write!(out, "uses {callback}"),
            Self::Join { place } => write!(out, "{place} joins"),
            Self::Leave { place } => write!(out, "{place} leaves"),
            Self::Invite { place, whom } => write!(out, "{place} invites {whom}"),
            Self::Remove { place, whom } => write!(out, "{place} removes {whom}"),
            Self::Rename { place, name } => write!(out, "{place} renames {name}"),
            Self::Connect { place } => write!(out, "{place} connects"),
            Self::Archive { place, archived } => {
                let verb = if *archived { "archives" } else { "unarchives" };
                write!(out, "{place} {verb}")
            }
            Self::Create { name, private } => {
                let kind = if *private { "private " } else { "" };
                write!(out, "creates {kind}#{name}")
            }
            Self::Home => out.write_str("opens home"),
        }
    }
}

impl Display for Words {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&quoted(&self.text))?;
        ordinal(out, self.nth)
    }
}

impl Display for Spot {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&bare(&self.label, " at "))?;
        if let Some(at) = &self.at {
            write!(out, " at {}", bare(at, " at "))?;
        }
        ordinal(out, self.nth)
    }
}

/// ` (2nd)`; nothing for the first.
fn ordinal(out: &mut Formatter<'_>, nth: usize) -> fmt::Result {
    let ending = match (nth % 10, nth % 100) {
        _ if nth <= 1 => return Ok(()),
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    write!(out, " ({nth}{ending})")
}
