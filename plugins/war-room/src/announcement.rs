//! The announcement in the channel where the incident was declared.

use iris_step::blocks::{context, header, mrkdwn};
use iris_step::facts::{self, Card};
use iris_step::kit::limits::{TITLE_IN_HEADER, cut};
use iris_step::kit::texts::Arg;
use iris_step::kit::time::{span, time_on};
use iris_step::rich::{RichText, channel, one_line};
use iris_step::{Content, Texts, args};

/// How much of the latest update is shown.
const LATEST: usize = 300;

/// Draws it as things stand; `room` is the room's name, none while there is none.
pub(crate) fn draw(texts: &Texts, card: &Card, room: Option<&str>) -> Content {
    let blocks = [
        header("head", &card.brief().header(texts)),
        context("facts", [mrkdwn(card.facts(texts))]),
        body(texts, card).into(),
    ];
    Content::new(fallback(texts, card, room)).blocks(&blocks)
}

fn body(texts: &Texts, card: &Card) -> RichText {
    let mut lines = match &card.incident.room {
        Some(room) => texts.parts("ann-room", args![room = channel(room)]),
        None => texts.parts("ann-room-none", &[]),
    };
    if let Some(update) = facts::entries_of("update").pop() {
        let time = time_on(texts.locale(), &facts::wall(update.at), &facts::today());
        let text = one_line(&update.text);
        lines.push(iris_step::rich::text("\n"));
        lines.extend(texts.parts(
            "ann-latest",
            args![time, text = Arg::people(&cut(&text, LATEST))],
        ));
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
    let who = facts::who(&card.incident.declared_by);
    let said = match (room, card.over_at()) {
        (Some(room), Some(over)) => {
            let span = span(locale, &declared, &facts::wall(over), &today);
            texts.mrkdwn(
                "ann-text-over",
                args![lead, title, status = brief.status, span, zone, room],
            )
        }
        (Some(room), None) => texts.mrkdwn("ann-text", args![lead, title, who, time, zone, room]),
        (None, _) => texts.mrkdwn("ann-text-none", args![lead, title, who, time, zone]),
    };
    brief.mark(texts) + &said
}
