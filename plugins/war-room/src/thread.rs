//! What is said in the announcement's thread.

use crate::memory::Memory;
use iris_step::blocks::{Block, context, mrkdwn};
use iris_step::facts::{self, Card, Entry};
use iris_step::kit::escape::escape;
use iris_step::kit::limits::{TITLE_IN_HEADER, WORDS_SHOWN, cut};
use iris_step::kit::texts::Arg;
use iris_step::kit::time::{duration, time_on};
use iris_step::kit::words::{inc, join};
use iris_step::rich::{Element, RichText, emoji, one_line, people_words, text, user};
use iris_step::{Content, Failure, Place, SeverityChanged, StatusChanged, Texts, args, messages};
use serde::Deserialize;

/// Says the new severity; a graver one also in the channel.
pub(crate) fn severity(
    texts: &Texts,
    card: &Card,
    memory: &mut Memory,
    change: &SeverityChanged,
) -> Result<(), Failure> {
    let label = |id: &Option<String>| match id {
        Some(id) => facts::severity_label(id),
        None => texts.say("sev-unknown", &[]),
    };
    let args = args![
        inc = inc(card.incident.number),
        sev = label(&change.now),
        sev0 = label(&change.was)
    ];
    let content = line(
        texts,
        card,
        texts.parts("thread-severity", args),
        &texts.mrkdwn("thread-severity", args),
        "",
    );
    reply(card, memory, content, is_graver(change))
}

/// Says that it is over, or that it is not over after all, also in the channel.
/// A closing is not said.
pub(crate) fn status(
    texts: &Texts,
    card: &Card,
    memory: &mut Memory,
    change: &StatusChanged,
    by: Option<&str>,
) -> Result<(), Failure> {
    let inc = inc(card.incident.number);
    let title = one_line(&card.incident.title);
    let (key, args) = match change.now.as_str() {
        "resolved" => {
            let over = card.over_at().unwrap_or_else(facts::now);
            let lasted = duration(texts.locale(), over.saturating_sub(card.declared_at()));
            (
                "thread-resolved",
                args![inc, lasted, title = cut(&title, TITLE_IN_HEADER)].to_vec(),
            )
        }
        "declared" => (
            "thread-reopened",
            args![inc, who = by.map_or_else(|| text("Iris"), user)].to_vec(),
        ),
        _ => return Ok(()),
    };
    let content = line(
        texts,
        card,
        texts.parts(key, &args),
        &texts.mrkdwn(key, &args),
        &change.note,
    );
    reply(card, memory, content, true)
}

/// Passes an update on, unless the thread is long already.
pub(crate) fn update(
    texts: &Texts,
    card: &Card,
    memory: &mut Memory,
    update: &Entry,
) -> Result<(), Failure> {
    if !memory.reply_with_update() {
        return Ok(());
    }
    let (brief, now) = (card.brief(), facts::now());
    let time = time_on(texts.locale(), &facts::wall(update.at), &facts::wall(now));
    let (zone, inc, sev) = (facts::zone(now), inc(brief.number), brief.severity(texts));
    let by = update.by.as_deref();
    let who = by.map_or_else(|| text("Iris"), user);

    let mut head = marked(texts, card, vec![]);
    head.extend(texts.parts(
        "thread-update",
        args![mark = emoji("mega"), time = &time, zone = &zone, who],
    ));
    let sev_shown = escape(&sev);
    let next = next_update(update).map(|at| {
        let time = time_on(texts.locale(), &facts::wall(at), &facts::wall(now));
        texts.mrkdwn("thread-next", args![time])
    });
    let parts = [Some(inc.as_str()), Some(&*sev_shown), next.as_deref()];
    let foot = join(texts.locale(), parts.into_iter().flatten());
    let blocks = [
        RichText::new("update")
            .section(head)
            .quote(words(&update.text))
            .into(),
        context("next", [mrkdwn(foot)]),
    ];
    let who = by.map_or_else(|| Arg::from("Iris"), facts::who);
    let said = args![inc, sev, who, time, zone, text = Arg::people(&update.text)];
    let fallback = brief.mark(texts) + &texts.mrkdwn("thread-update-text", said);
    Ok(messages::say(
        thread(),
        Content::new(fallback).blocks(&blocks),
    )?)
}

/// When the next one is promised, if it is.
fn next_update(update: &Entry) -> Option<u64> {
    #[derive(Deserialize)]
    struct Promised {
        next: u64,
    }
    let Promised { next } = serde_json::from_str(update.data.as_deref()?).ok()?;
    (next > 0).then(|| update.at + next * 60_000)
}

/// One line, with the person's words as a quote below it.
fn line(texts: &Texts, card: &Card, said: Vec<Element>, fallback: &str, quote: &str) -> Content {
    let block = RichText::new("line")
        .section(marked(texts, card, said))
        .quote(words(quote));
    let heard = format!("{fallback} {}", escape(&one_line(quote)));
    let heard = card.brief().mark(texts) + heard.trim_end();
    Content::new(heard).blocks(&[Block::from(block)])
}

fn marked(texts: &Texts, card: &Card, said: Vec<Element>) -> Vec<Element> {
    let mark = card.brief().mark(texts);
    if mark.is_empty() {
        said
    } else {
        [vec![text(mark)], said].concat()
    }
}

fn words(words: &str) -> Vec<Element> {
    people_words(&cut(words, WORDS_SHOWN))
}

fn reply(card: &Card, memory: &mut Memory, content: Content, loud: bool) -> Result<(), Failure> {
    memory.reply();
    // A drill is never sent to the channel a second time.
    let content = if loud && !card.incident.drill {
        content.also_in_channel()
    } else {
        content
    };
    Ok(messages::say(thread(), content)?)
}

fn thread() -> Place {
    Place::Thread(crate::ANNOUNCEMENT.to_owned())
}

/// Whether a known severity became a graver one.
fn is_graver(change: &SeverityChanged) -> bool {
    let severities = facts::severities();
    let rank = |id: &Option<String>| severities.iter().position(|s| Some(&s.id) == id.as_ref());
    matches!((rank(&change.was), rank(&change.now)), (Some(was), Some(now)) if now < was)
}
