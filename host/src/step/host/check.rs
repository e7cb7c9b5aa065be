//! Rules that several interfaces share.

use crate::{
    effect::{MessageRef, Scope},
    ids::{MessageId, Owner, UserId},
    incident::{Refusal, RefusalKind},
    step::{bindings::iris::step::types, json::malformed, typed::mentioned},
};

pub(super) fn too_large(code: &str, sentence: String) -> Refusal {
    Refusal::new(RefusalKind::TooLarge, code, sentence)
}

pub(super) fn not_now(code: &str, sentence: &str) -> Refusal {
    Refusal::new(RefusalKind::NotNow, code, sentence)
}

pub(super) fn not_found(code: &str, sentence: String) -> Refusal {
    Refusal::new(RefusalKind::NotFound, code, sentence)
}

/// At most so many characters.
pub(super) fn at_most(what: &str, text: &str, most: usize) -> Result<(), Refusal> {
    // A character has at least one byte: most texts need not be counted.
    if text.len() <= most || text.chars().count() <= most {
        return Ok(());
    }
    Err(too_large(
        "too-long",
        format!("{what} has more than {most} characters."),
    ))
}

/// Not empty, without regard to blanks.
pub(super) fn some(what: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(malformed("empty", format!("{what} is empty.")));
    }
    Ok(())
}

/// 1 to 64 of `a-z 0-9 - _ .`, beginning with a letter.
pub(super) fn name(text: &str) -> Result<(), Refusal> {
    if is_name(text) {
        return Ok(());
    }
    let why = "A name is 1 to 64 of `a-z 0-9 - _ .`, beginning with a letter.";
    Err(malformed(
        "name",
        format!("`{}` is no name: {why}", short(text)),
    ))
}

/// 1 to 128 bytes without control characters.
pub(in crate::step) fn key(text: &str) -> Result<(), Refusal> {
    if (1..=128).contains(&text.len()) && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(malformed(
        "key",
        "A key is 1 to 128 bytes without control characters.".to_owned(),
    ))
}

/// A name of this step, `other-step/name`, or an id that an event brought.
pub(super) fn message(text: &str, me: &Owner) -> Result<MessageRef, Refusal> {
    if let Some(id) = MessageId::from_opaque(text) {
        return Ok(MessageRef::Seen(id));
    }
    let (owner, name) = match text.split_once('/') {
        Some((owner, name)) => (Owner::from(owner), name),
        None => (me.clone(), text),
    };
    self::name(name)?;
    Ok(MessageRef::Named {
        owner,
        name: name.to_owned(),
    })
}

/// `U…` or `W…`.
pub(super) fn user(text: &str) -> Result<UserId, Refusal> {
    if is_id(text, &['U', 'W']) {
        return Ok(UserId::from(text));
    }
    Err(malformed(
        "user-id",
        format!("`{}` is no id of a person.", short(text)),
    ))
}

pub(super) fn channel(text: &str) -> Result<(), Refusal> {
    if is_id(text, &['C', 'G', 'D']) {
        return Ok(());
    }
    Err(malformed(
        "channel-id",
        format!("`{}` is no id of a channel.", short(text)),
    ))
}

/// Somebody to be reached, as teams' files write it: `U…`, `S…`, `@handle` or an e-mail address.
pub(super) fn people(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let who = mentioned(text).unwrap_or(text);
    let handle = who.strip_prefix('@').is_some_and(|handle| {
        !handle.is_empty() && !handle.contains(|c: char| c.is_whitespace() || c == '@')
    });
    let address = who.split_once('@').is_some_and(|(name, domain)| {
        let plain = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>|,".contains(c))
        };
        plain(name) && plain(domain) && domain.contains('.')
    });
    if handle || address || is_id(who, &['U', 'W', 'S']) {
        return Ok(who.to_owned());
    }
    Err(malformed(
        "people",
        format!("`{}` is no person, group or address.", short(text)),
    ))
}

/// An emoji's name, without colons.
pub(super) fn emoji(text: &str) -> Result<(), Refusal> {
    let plain = |c: char| c.is_alphanumeric() || "_-+':".contains(c);
    if (1..=100).contains(&text.len()) && text.chars().all(plain) && !text.starts_with(':') {
        return Ok(());
    }
    Err(malformed(
        "emoji",
        format!("`{}` is no emoji's name without colons.", short(text)),
    ))
}

pub(super) fn scope(scope: types::Scope) -> Scope {
    match scope {
        types::Scope::Incident => Scope::Incident,
        types::Scope::Team => Scope::Team,
    }
}

/// What a sentence quotes of a step's words.
pub(super) fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(64)]
}

fn is_name(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(plain)
}

fn is_id(text: &str, first: &[char]) -> bool {
    (2..=32).contains(&text.len())
        && text.starts_with(first)
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_understood_as_written_and_as_typed() {
        for (written, meant) in [
            ("U024BE7LH", "U024BE7LH"),
            ("<@W012A3CDE|alice>", "W012A3CDE"),
            ("<!subteam^S0614TZR7|@payments>", "S0614TZR7"),
            ("@payments-oncall", "@payments-oncall"),
            (" lead@acme.example ", "lead@acme.example"),
        ] {
            assert_eq!(people(written).as_deref(), Ok(meant));
        }
        for wrong in [
            "",
            "alice",
            "@",
            "<!channel>",
            "a@b",
            "C024BE7LH",
            "a b@c.example",
        ] {
            assert_eq!(people(wrong).unwrap_err().code, "people", "{wrong}");
        }
    }

    #[test]
    fn messages_are_names_or_ids() {
        let me = Owner::from("todo");
        let named = |owner: &str, name: &str| {
            Ok(MessageRef::Named {
                owner: owner.into(),
                name: name.to_owned(),
            })
        };
        assert_eq!(message("todo-3", &me), named("todo", "todo-3"));
        assert_eq!(message("guide/panel", &me), named("guide", "panel"));
        let id = MessageId {
            channel: "C1".into(),
            ts: "17.5".to_owned(),
        };
        assert_eq!(message(&id.opaque(), &me), Ok(MessageRef::Seen(id)));
        for wrong in ["", "3", "Panel", "a b", "guide/", &"a".repeat(65)] {
            assert_eq!(message(wrong, &me).unwrap_err().code, "name", "{wrong}");
        }
    }
}
