//! When it cannot be announced: the declarer is told, with a button where another try may help.

use crate::memory::Memory;
use iris_step::blocks::{Block, actions, button};
use iris_step::facts::{self, Card};
use iris_step::kit::words::inc;
use iris_step::rich::{RichText, channel};
use iris_step::{Content, Failure, Place, Texts, args, messages, press};

/// Iris's code for a channel that another organisation reads too.
const SHARED: &str = "shared-channel";
/// The message to the declarer.
const TOLD: &str = "announce";
/// The action of its button.
pub(crate) const ANNOUNCE: &str = "announce";

/// Tells the declarer that nothing could be posted, and what would help.
pub(crate) fn tell(texts: &Texts, card: &Card, code: &str) -> Result<(), Failure> {
    let Some(origin) = &card.incident.origin else {
        return Ok(());
    };
    let inc = inc(card.incident.number);
    let args = args![channel = channel(origin), inc, code];
    let key = match code {
        "not_in_channel" | "channel_not_found" => "announce-private",
        SHARED => "announce-shared",
        _ => "announce-refused",
    };
    let mut blocks = vec![RichText::new("say").section(texts.parts(key, args)).into()];
    // The team's file says so: another try would end the same.
    if code != SHARED {
        let again = button(ANNOUNCE, &texts.say("announce-button", &[]))
            .value(press::value(card.incident.number, None))
            .primary();
        blocks.push(actions("do", [again]));
    }
    post(card, texts.mrkdwn(key, args), &blocks)
}

/// The button was pressed: announces, unless that was done meanwhile.
pub(crate) fn again(texts: &Texts, card: &Card, memory: &mut Memory) -> Result<(), Failure> {
    let Some(origin) = &card.incident.origin else {
        return Ok(());
    };
    let args = args![inc = inc(card.incident.number), channel = channel(origin)];
    let said = RichText::new("say").section(texts.parts("announce-again", args));
    post(card, texts.mrkdwn("announce-again", args), &[said.into()])?;
    crate::announce(texts, card, memory)
}

fn post(card: &Card, fallback: String, blocks: &[Block]) -> Result<(), Failure> {
    let declarer = &card.incident.declared_by;
    // An alert declared it: whoever is called will read it.
    let declarer = if facts::person(declarer).is_some_and(|person| person.bot) {
        Place::Room
    } else {
        Place::Person(declarer.clone())
    };
    Ok(messages::post(
        TOLD,
        declarer,
        Content::new(fallback).blocks(blocks),
    )?)
}
