//! What a person can do in a story.

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
        message: String,
        text: String,
    },
    /// `@aya fills Product: Payments | Severity: SEV1`; several choices are parted by `, `.
    Fill {
        fields: Vec<(String, String)>,
    },
    /// `@aya submits`, `@aya closes`
    Submit,
    Close,
    /// `@aya #room presses Hand over at Operation lead`: `at` is any text of the block.
    Press {
        place: String,
        label: String,
        at: Option<String>,
    },
    /// `@aya #room chooses Renew the certificate in Change…`
    Choose {
        place: String,
        entry: String,
        menu: String,
    },
    /// `@aya #room reacts :pushpin: to "words"`
    React {
        place: String,
        emoji: String,
        message: String,
        on: bool,
    },
    /// `@aya #room edits "old" to "new"`, `deletes "old"`
    Edit {
        place: String,
        message: String,
        text: String,
    },
    Delete {
        place: String,
        message: String,
    },
    /// `@aya #room uses timeline:add on "words"`, `@aya uses core:declare`
    Shortcut {
        place: Option<String>,
        callback: String,
        message: Option<String>,
    },
    /// `@aya #room joins`, `leaves`, `invites @ken`, `archives`, `renames inc-other`
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
    Archive {
        place: String,
    },
    Rename {
        place: String,
        name: String,
    },
    /// `@aya opens home`
    Home,
}

impl Act {
    pub(super) fn read(line: &str) -> Result<Self, String> {
        let (who, rest) = line.split_once(' ').ok_or("nobody does anything")?;
        if !who.starts_with('@') {
            return Err(format!("`{who}` is nobody: people are written `@name`"));
        }
        let deed = Deed::read(rest).ok_or_else(|| format!("`{rest}` is nothing people do"))?;
        Ok(Self {
            who: who.to_owned(),
            deed,
        })
    }
}

impl Deed {
    fn read(line: &str) -> Option<Self> {
        match line {
            "submits" => return Some(Self::Submit),
            "closes" => return Some(Self::Close),
            "opens home" => return Some(Self::Home),
            _ => {}
        }
        if let Some(fields) = line.strip_prefix("fills ") {
            let field = |field: &str| {
                let (name, value) = field
                    .split_once(": ")
                    .or_else(|| Some((field.strip_suffix(':')?, "")))?;
                Some((name.trim().to_owned(), value.trim().to_owned()))
            };
            return Some(Self::Fill {
                fields: fields.split(" | ").map(field).collect::<Option<_>>()?,
            });
        }
        if let Some(callback) = line.strip_prefix("uses ") {
            return Some(Self::Shortcut {
                place: None,
                callback: callback.into(),
                message: None,
            });
        }
        let (place, rest) = line.split_once(' ')?;
        if let Some(place) = place.strip_suffix(':') {
            return Some(Self::Say {
                place: place.into(),
                text: rest.into(),
            });
        }
        let place = place.to_owned();
        let (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        Some(match verb {
            "presses" => {
                let (label, at) = match rest.split_once(" at ") {
                    Some((label, at)) => (label, Some(at.to_owned())),
                    None => (rest, None),
                };
                Self::Press {
                    place,
                    label: label.into(),
                    at,
                }
            }
            "chooses" => {
                let (entry, menu) = rest.split_once(" in ")?;
                Self::Choose {
                    place,
                    entry: entry.into(),
                    menu: menu.into(),
                }
            }
            "reacts" | "unreacts" => {
                let (emoji, rest) = rest.strip_prefix(':')?.split_once(": to ")?;
                let message = quoted(rest)?.0;
                Self::React {
                    place,
                    emoji: emoji.into(),
                    message,
                    on: verb == "reacts",
                }
            }
            "answers" => {
                let (message, rest) = quoted(rest)?;
                Self::Answer {
                    place,
                    message,
                    text: rest.strip_prefix(": ")?.into(),
                }
            }
            "edits" => {
                let (message, rest) = quoted(rest)?;
                Self::Edit {
                    place,
                    message,
                    text: quoted(rest.strip_prefix(" to ")?)?.0,
                }
            }
            "deletes" => Self::Delete {
                place,
                message: quoted(rest)?.0,
            },
            "uses" => {
                let (callback, rest) = rest.split_once(" on ")?;
                let message = Some(quoted(rest)?.0);
                Self::Shortcut {
                    place: Some(place),
                    callback: callback.into(),
                    message,
                }
            }
            "joins" => Self::Join { place },
            "leaves" => Self::Leave { place },
            "archives" => Self::Archive { place },
            "invites" => Self::Invite {
                place,
                whom: rest.into(),
            },
            "renames" => Self::Rename {
                place,
                name: rest.into(),
            },
            _ => return None,
        })
    }
}

/// What stands between the first quotation marks, and what follows them.
fn quoted(text: &str) -> Option<(String, &str)> {
    let (quoted, rest) = text.strip_prefix('"')?.split_once('"')?;
    Some((quoted.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::{Act, Deed};

    #[test]
    fn acts_read_like_sentences() {
        let read = |line: &str| Act::read(line).unwrap().deed;
        assert_eq!(
            read("@aya #general: /incident checkout: fails"),
            Deed::Say {
                place: "#general".into(),
                text: "/incident checkout: fails".into()
            }
        );
        assert_eq!(
            read("@ken #room presses 🙋 I'll take it at Operation lead"),
            Deed::Press {
                place: "#room".into(),
                label: "🙋 I'll take it".into(),
                at: Some("Operation lead".into())
            }
        );
        assert_eq!(
            read("@ken fills Product: Payments | Severity: SEV1"),
            Deed::Fill {
                fields: vec![
                    ("Product".into(), "Payments".into()),
                    ("Severity".into(), "SEV1".into())
                ]
            }
        );
        assert_eq!(
            read("@yui #room reacts :pushpin: to \"went out\""),
            Deed::React {
                place: "#room".into(),
                emoji: "pushpin".into(),
                message: "went out".into(),
                on: true
            }
        );
        assert!(Act::read("@aya #room dances").is_err());
        assert!(Act::read("aya submits").is_err());
    }
}
