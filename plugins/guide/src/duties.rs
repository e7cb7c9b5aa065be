//! What a person needs to know who has just got a role.

use iris_step::{
    Content, Failure, Place, Texts, args,
    blocks::{Block, actions, button},
    facts::{self, Card, Role},
    kit::words,
    messages, press,
    rich::{RichText, bold, one_line, text},
};

use crate::config::Config;

/// Tells the holder; in the room if they took it themselves, else in their direct messages.
pub(crate) fn tell(
    (texts, config): (&Texts, &Config),
    card: &Card,
    role: &Role,
    holder: &str,
    given_by: Option<&str>,
) -> Result<(), Failure> {
    let inc = words::inc(card.incident.number);
    let fallback = texts.mrkdwn(
        "duties-text",
        args![role = &role.label, inc = &inc, duties = &role.duties],
    );
    let mut blocks = Vec::new();
    if let Some(by) = given_by {
        blocks.extend(asked(texts, card, role, by));
    }
    blocks.extend(duties(texts, card, role, &inc, config));
    let content = Content::new(format!("{}{fallback}", card.brief().mark(texts))).blocks(&blocks);
    if given_by.is_some() {
        messages::say(Place::Person(holder.to_owned()), content)?;
    } else {
        messages::whisper(holder, Place::Room, content)?;
    }
    Ok(())
}

fn asked(texts: &Texts, card: &Card, role: &Role, by: &str) -> Option<Block> {
    let room = iris_step::rich::channel(card.incident.room.as_deref()?);
    let title = one_line(&card.incident.title);
    let inc = words::inc(card.incident.number);
    let parts = texts.parts(
        "duties-given",
        args![by = facts::who(by), role = &role.label, inc, title, room],
    );
    Some(RichText::new("given").section(parts).into())
}

fn duties(texts: &Texts, card: &Card, role: &Role, inc: &str, config: &Config) -> Vec<Block> {
    let mut about = vec![bold(
        texts.say("duties-title", args![role = &role.label, inc]),
    )];
    if !role.duties.is_empty() {
        about.push(text(format!("\n{}", role.duties)));
    }
    let mut blocks = vec![RichText::new("duties").section(about).into()];
    let first = first_things(texts, &role.id, config);
    if !first.is_empty() {
        let rows = first.into_iter().map(|thing| vec![text(thing)]).collect();
        let list = RichText::new("first")
            .section(vec![bold(texts.say("duties-first", args![]))])
            .bullets(rows);
        blocks.push(list.into());
    }
    let number = card.incident.number;
    let here = press::value(number, None);
    let mut doors = Vec::new();
    if role.id == "commander" {
        doors.push(button("core:update", &texts.say("do-update", args![])).value(&here));
        doors.push(button("core:severity", &texts.say("do-severity", args![])).value(&here));
    }
    let hand = button(
        format!("handover:{}", role.id),
        &texts.say("handover", args![]),
    )
    .value(press::value(number, Some(&role.id)));
    doors.push(hand);
    blocks.push(actions("do", doors));
    blocks
}

/// The first things to do, for the roles that every team starts with.
fn first_things(texts: &Texts, role: &str, config: &Config) -> Vec<String> {
    let keys: &[&str] = match role {
        "commander" => &[
            "first-commander-1",
            "first-commander-2",
            "first-commander-3",
            "first-commander-4",
        ],
        "operation-lead" => &[
            "first-operation-lead-1",
            "first-operation-lead-2",
            "first-operation-lead-3",
        ],
        _ => &[],
    };
    let n = config.first_update();
    keys.iter().map(|key| texts.say(key, args![n])).collect()
}
