//! The announcement in the channel where the incident was declared.

use crate::memory::Memory;
use iris_step::blocks::{context, header, mrkdwn};
use iris_step::facts::{self, Card, Entry};
use iris_step::kit::limits::{TITLE_IN_HEADER, cut};
use iris_step::kit::texts::Arg;
use iris_step::kit::time::{span, time_on};
use iris_step::rich::{RichText, channel, one_line};
use iris_step::{Content, Texts, args};

/// How much of the latest update is shown.
const LATEST: usize = 300;

/// An update, to be remembered until the next.
pub(crate) fn latest(update: &Entry) -> (u64, String) {
    (update.at, cut(&one_line(&update.text), LATEST).into_owned())
}

/// Draws it as things stand.
pub(crate) fn draw(texts: &Texts, card: &Card, memory: &Memory) -> Content {
    let blocks = [
        header("head", &card.brief().header(texts)),
        context("facts", [mrkdwn(card.facts(texts))]),
        body(texts, card, memory).into(),
    ];
    Content::new(fallback(texts, card, memory.room.as_deref())).blocks(&blocks)
}

fn body(texts: &Texts, card: &Card, memory: &Memory) -> RichText {
    let mut lines = match &card.incident.room {
        Some(room) => texts.parts("ann-room", args![room = channel(room)]),
        None => texts.parts("ann-room-none", &[]),
    };
    if let Some((at, words)) = &memory.latest {
        let time = time_on(texts.locale(), &facts::wall(*at), &facts::today());
        lines.push(iris_step::rich::text("\n"));
        lines.extend(texts.parts("ann-latest", args![time, text = Arg::people(words)]));
    }
    RichText::new("room").section(lines)
}

fn fallback(texts: &Texts, card: &Card, room: Option<&str>) -> String {
    let brief = card.brief();
    let locale = texts.locale();
    let (now, at) = (facts::now(), card.declared_at());
    let (today, declared) = (facts::wall(now), facts::wall(at));
    let lead = match brief.product {
        Some(product) => format!("{} {product}", brief.severity(texts)),
        None => brief.severity(texts),
    };
    let title = one_line(brief.title);
    let title = cut(&title, TITLE_IN_HEADER);
    let (zone, time) = (facts::zone(now), time_on(locale, &declared, &today));
    let (by, who) = match card.alert() {
        Some(through) => ("alert", through.into()),
        None => ("person", facts::who(&card.incident.declared_by)),
    };
    let said = match (room, card.over_at()) {
        (Some(room), Some(over)) => {
            let span = span(locale, &declared, &facts::wall(over), &today);
            texts.mrkdwn(
                "ann-text-over",
                args![lead, title, status = brief.status, span, zone, room],
            )
        }
        (Some(room), None) => {
            texts.mrkdwn("ann-text", args![lead, title, by, who, time, zone, room])
        }
        (None, _) => texts.mrkdwn("ann-text-none", args![lead, title, by, who, time, zone]),
    };
    brief.mark(texts) + &said
}
