//! Reading a person's act from a line.

use super::act::{Act, Deed, Spot, Words};
use super::quote::{plain, unquoted, until};

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
            let fields = fields.split(" | ").map(field).collect::<Option<_>>()?;
            return Some(Self::Fill { fields });
        }
        if let Some(callback) = line.strip_prefix("uses ") {
            let callback = callback.to_owned();
            return Some(Self::Shortcut { callback });
        }
        if let Some(channel) = line.strip_prefix("creates ") {
            let public = channel.strip_prefix('#').map(|name| (name, false));
            let private = || Some((channel.strip_prefix("private #")?, true));
            let (name, private) = public.or_else(private)?;
            return Some(Self::Create {
                name: name.to_owned(),
                private,
            });
        }
        let (place, rest) = line.split_once(' ')?;
        if let Some(place) = place.strip_suffix(':') {
            return Some(Self::Say {
                place: place.into(),
                text: plain(rest),
            });
        }
        let (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        Self::at(place.to_owned(), verb, rest)
    }

    /// What people do with something in one place.
    fn at(place: String, verb: &str, rest: &str) -> Option<Self> {
        Some(match verb {
            "presses" => Self::Press {
                place,
                button: spot(rest),
            },
            "chooses" => {
                let (entry, menu) = until(rest, " in ");
                Self::Choose {
                    place,
                    entry,
                    menu: spot(menu?),
                }
            }
            "reacts" | "unreacts" => {
                let (emoji, rest) = rest.strip_prefix(':')?.split_once(": to ")?;
                Self::React {
                    place,
                    emoji: emoji.into(),
                    message: words(rest)?.0,
                    on: verb == "reacts",
                }
            }
            "pins" | "unpins" => Self::Pin {
                place,
                message: words(rest)?.0,
                on: verb == "pins",
            },
            "answers" => {
                let (message, rest) = words(rest)?;
                Self::Answer {
                    place,
                    message,
                    text: plain(rest.strip_prefix(": ")?),
                }
            }
            "shares" => {
                let (file, text) = until(rest, ": ");
                let text = text.map(plain).unwrap_or_default();
                Self::Share { place, file, text }
            }
            "edits" => {
                let (message, rest) = words(rest)?;
                Self::Edit {
                    place,
                    message,
                    text: unquoted(rest.strip_prefix(" to ")?)?.0,
                }
            }
            "deletes" => Self::Delete {
                place,
                message: words(rest)?.0,
            },
            "uses" => {
                let (callback, rest) = rest.split_once(" on ")?;
                Self::MessageShortcut {
                    place,
                    callback: callback.into(),
                    message: words(rest)?.0,
                }
            }
            "joins" => Self::Join { place },
            "leaves" => Self::Leave { place },
            "connects" => Self::Connect { place },
            "archives" | "unarchives" => Self::Archive {
                place,
                archived: verb == "archives",
            },
            "invites" => Self::Invite {
                place,
                whom: rest.into(),
            },
            "removes" => Self::Remove {
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

fn field(field: &str) -> Option<(String, String)> {
    let (name, value) = field
        .split_once(": ")
        .or_else(|| Some((field.strip_suffix(':')?, "")))?;
    Some((name.trim().to_owned(), plain(value.trim())))
}

/// A message's words, which of those that hold them, and what follows.
fn words(text: &str) -> Option<(Words, &str)> {
    let (text, rest) = unquoted(text)?;
    let counted = rest
        .strip_prefix(" (")
        .and_then(|rest| rest.split_once(')'))
        .and_then(|(nth, rest)| Some((ordinal(nth)?, rest)));
    let (nth, rest) = counted.unwrap_or((1, rest));
    Some((Words { text, nth }, rest))
}

fn spot(text: &str) -> Spot {
    let counted = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
        .and_then(|(text, nth)| Some((text, ordinal(nth)?)));
    let (text, nth) = counted.unwrap_or((text, 1));
    let (label, at) = until(text, " at ");
    let at = at.map(|at| unquoted(at).map_or_else(|| at.to_owned(), |(at, _)| at));
    Spot { label, at, nth }
}

/// 2 for `2nd`.
fn ordinal(text: &str) -> Option<usize> {
    let ending = ["st", "nd", "rd", "th"];
    let number = ending.iter().find_map(|ending| text.strip_suffix(ending))?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Deed {
        Act::read(line).unwrap().deed
    }

    fn spot(label: &str, at: Option<&str>, nth: usize) -> Spot {
        Spot {
            label: label.into(),
            at: at.map(str::to_owned),
            nth,
        }
    }

    #[test]
    fn acts_read_like_sentences() {
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
                button: spot("🙋 I'll take it", Some("Operation lead"), 1),
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
                message: Words {
                    text: "went out".into(),
                    nth: 1
                },
                on: true
            }
        );
        assert!(Act::read("@aya #room dances").is_err());
        assert!(Act::read("aya submits").is_err());
    }

    #[test]
    fn what_could_be_misread_is_quoted_and_counted() {
        for button in [
            spot("Look at it", None, 1),
            spot("Look at it", Some("Meet at noon"), 3),
            spot("Edit", None, 12),
            spot("Edit (2nd)", None, 2),
            spot("\"Go\"", Some("two\nlines"), 1),
        ] {
            let deed = Deed::Press {
                place: "#room".into(),
                button,
            };
            assert_eq!(read(&format!("@aya {deed}")), deed, "{deed}");
        }
        let deed = Deed::Choose {
            place: "form".into(),
            entry: "Sign in again".into(),
            menu: spot("What in there?", None, 1),
        };
        assert_eq!(read(&format!("@aya {deed}")), deed, "{deed}");
        for (file, text) in [("graph.png", ""), ("a: b.md", "two\nlines: both")] {
            let deed = Deed::Share {
                place: "#room".into(),
                file: file.into(),
                text: text.into(),
            };
            assert_eq!(read(&format!("@aya {deed}")), deed, "{deed}");
        }
        let deed = Deed::Edit {
            place: "dm".into(),
            message: Words {
                text: "a \"b\"".into(),
                nth: 21,
            },
            text: "c\nd \\".into(),
        };
        assert_eq!(
            deed.to_string(),
            r#"dm edits "a \"b\"" (21st) to "c\nd \\""#
        );
        assert_eq!(read(&format!("@aya {deed}")), deed, "{deed}");
    }
}
