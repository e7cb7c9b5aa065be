//! S11: an update, as it is posted in the room and below the announcement.

use iris_kit::{
    args,
    blocks::{context, mrkdwn},
    escape::escape,
    limits::{FALLBACK, WORDS_SHOWN, cut},
    rich::{RichText, emoji, text},
    texts::Arg,
    words::{inc, join},
};

use super::{content, quoted};
use crate::{
    clock::Moment,
    decide::asked::{Asked, mention},
    effect::Content,
    incident::{Entry, Incident},
};

/// `next` is when the next one is expected.
pub(in crate::decide) fn update(
    asked: &Asked<'_>,
    incident: &Incident,
    entry: &Entry,
    next: Option<Moment>,
) -> Content {
    let (time, zone) = (asked.time(entry.at), asked.zone());
    let who = mention(entry.by.as_ref());
    let mut head = vec![emoji("mega"), text(" ")];
    if incident.drill {
        head.insert(0, text("🧯 "));
    }
    head.extend(
        asked
            .texts
            .parts("core-update-head", args![time = &time, zone = &zone, who]),
    );
    let quote = quoted(&entry.text, WORDS_SHOWN);

    let severity = asked.severity(incident.severity.as_deref());
    let inc = inc(incident.number);
    let next = next.map(|at| {
        asked
            .texts
            .say("core-update-next", args![time = asked.time(at)])
    });
    let facts = [Some(&*inc), Some(&*severity), next.as_deref()];
    let facts = join(asked.locale(), facts.into_iter().flatten());

    let by = match &entry.by {
        Some(by) => asked.who(by),
        None => text("Iris"),
    };
    let words = cut(&entry.text, FALLBACK);
    let args = args![
        inc = &inc,
        sev = &severity,
        who = by,
        time,
        zone,
        text = Arg::people(&words)
    ];
    let fallback =
        asked.brief(incident).mark(asked.texts) + &asked.texts.mrkdwn("core-update-text", args);
    content(
        &fallback,
        &[
            RichText::new("update").section(head).quote(quote).into(),
            context("next", [mrkdwn(escape(&facts))]),
        ],
    )
}
