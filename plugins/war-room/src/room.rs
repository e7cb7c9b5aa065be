//! The room itself: its name, topic, purpose and bookmark.

use crate::memory::Memory;
use crate::name::{Keys, name};
use iris_step::facts::{self, Card};
use iris_step::incident::Line;
use iris_step::kit::time::compact_date;
use iris_step::kit::words::inc;
use iris_step::{Failure, Outcome, Texts, args, config, incident, room, slack};
use serde::{Deserialize, Serialize};

/// The `slack.call` that sets the purpose.
pub(crate) const PURPOSE: &str = "purpose";

#[derive(Deserialize)]
struct Config {
    channel: String,
}

#[derive(Serialize)]
struct Purpose<'a> {
    channel: &'a str,
    purpose: String,
}

/// Wishes the room and all that stands at its head.
pub(crate) fn open(texts: &Texts, card: &Card) -> Result<(), Failure> {
    let Config { channel: template } = config::get()?;
    let incident = &card.incident;
    let keys = Keys {
        date: &compact_date(&facts::wall(card.declared_at())),
        number: incident.number,
        product: card.product.as_deref().unwrap_or_default(),
        product_id: incident.product.as_deref().unwrap_or_default(),
        severity: card.severity.as_deref().unwrap_or_default(),
        title: &incident.title,
    };
    room::open(&name(&template, &keys, incident.drill), incident.private)?;
    topic(texts, card)?;
    let purpose = texts.mrkdwn("purpose", args![inc = inc(incident.number)]);
    let arguments = Purpose {
        channel: slack::ROOM,
        purpose,
    };
    slack::call(PURPOSE, "conversations.setPurpose", &arguments, true)?;
    bookmark(texts, card)
}

/// Wishes the topic as things stand.
pub(crate) fn topic(texts: &Texts, card: &Card) -> Result<(), Failure> {
    Ok(room::topic(&card.brief().topic(texts))?)
}

/// The product's table, if it has one.
fn bookmark(texts: &Texts, card: &Card) -> Result<(), Failure> {
    let id = card.incident.product.as_deref();
    let product = facts::products()
        .into_iter()
        .find(|p| Some(p.id.as_str()) == id);
    let Some((name, table)) = product.and_then(|p| Some((p.name, p.table?))) else {
        return Ok(());
    };
    let title = texts.mrkdwn("bookmark", args![product = &name]);
    Ok(room::bookmark(&title, &table, None)?)
}

/// What came of the purpose: nothing is said unless it was refused.
pub(crate) fn purpose_answered(
    texts: &Texts,
    memory: &mut Memory,
    outcome: &Outcome,
) -> Result<(), Failure> {
    #[derive(Deserialize)]
    struct Refused {
        error: Option<String>,
    }
    let code = match outcome {
        Outcome::Slack(answer) => serde_json::from_str(answer)
            .ok()
            .and_then(|r: Refused| r.error),
        Outcome::Failed(trouble) => Some(trouble.code.clone()),
        Outcome::Http(_) => None,
    };
    match code {
        Some(code) => not_set(texts, memory, PURPOSE, &code),
        None => Ok(()),
    }
}

/// Keeps for the card of `status` what Slack did not let Iris set.
pub(crate) fn not_set(
    texts: &Texts,
    memory: &mut Memory,
    what: &str,
    code: &str,
) -> Result<(), Failure> {
    memory.unset.retain(|(known, _)| known != what);
    memory.unset.push((what.to_owned(), code.to_owned()));
    let said = |(what, code): &(String, String)| texts.say(&format!("not-set-{what}"), args![code]);
    let value: Vec<String> = memory.unset.iter().map(said).collect();
    let value = iris_step::kit::time::names(texts.locale(), &value);
    Ok(incident::show(&[Line {
        label: texts.say("not-set", &[]),
        value,
    }])?)
}
