//! Who comes later is told what is going on, once, and only they see it.

use std::collections::BTreeSet;

use iris_step::{
    Content, Failure, Place, Scope, Texts, args,
    blocks::{Button, actions, button},
    facts::{self, Card},
    kit::{limits::cut, texts::Arg, time, words},
    messages, press,
    rich::{Element, RichText, bold, one_line, text},
    state,
};
use serde::Deserialize;

use crate::{panel, vacancy::LEAD};

/// Before that, the guide is on everybody's screen.
const AFTER: u64 = 2 * 60_000;
/// How much of the latest update is shown.
const LATEST: usize = 300;

pub(crate) fn joined(texts: &Texts, card: &Card, user: &str) -> Result<(), Failure> {
    let told = format!("briefed:{user}");
    let is_early = facts::now() < card.declared_at() + AFTER;
    // Other apps read nothing.
    let is_bot = facts::person(user).is_some_and(|person| person.bot);
    if is_early || is_bot || state::get::<bool>(Scope::Incident, &told)?.is_some() {
        return Ok(());
    }
    state::put(Scope::Incident, &told, &true)?;
    messages::whisper(user, Place::Room, brief(texts, card))?;
    Ok(())
}

fn brief(texts: &Texts, card: &Card) -> Content {
    let brief = card.brief();
    let inc = words::inc(card.incident.number);
    let sev = brief.severity(texts);
    let title = one_line(&card.incident.title);
    let head = format!(
        "{}{}",
        brief.mark(texts),
        texts.say("join-head", args![inc = &inc, sev = &sev, title = &title])
    );
    let mut lines: Vec<Element> = vec![bold(head), text(format!("\n{}", stands(texts, card)))];
    lines.push(text("\n"));
    lines.extend(latest(texts));
    if let n @ 1.. = open_todos() {
        lines.push(text(format!("\n{}", texts.say("join-todos", args![n]))));
    }
    let fallback = texts.mrkdwn("join-head", args![inc, sev, title]);
    let blocks = [
        RichText::new("brief").section(lines).into(),
        actions("do", doors(texts, card)),
    ];
    Content::new(format!("{}{fallback}", brief.mark(texts))).blocks(&blocks)
}

/// Since when it lasts and who leads; below it, who holds which other role.
fn stands(texts: &Texts, card: &Card) -> String {
    let locale = texts.locale();
    let until = card.over_at().unwrap_or_else(facts::now);
    let lasted = time::duration(locale, until.saturating_sub(card.declared_at()));
    let mut said = match card.over_at() {
        None => texts.say("join-ongoing", args![lasted]),
        Some(at) => {
            let time = time::time_on(locale, &facts::wall(at), &facts::today());
            texts.say("join-over", args![time, lasted])
        }
    };
    let space = if locale == iris_step::Locale::En {
        " "
    } else {
        ""
    };
    for role in facts::roles() {
        let leads = role.id == LEAD;
        let line = match panel::holder(card, &role.id) {
            Some(held) => {
                let who = facts::name_of(&held.user).unwrap_or_else(|| held.user.clone());
                texts.say("join-role", args![role = &role.label, who])
            }
            None if leads => texts.say("join-lead-none", args![]),
            None => texts.say("join-role-open", args![role = &role.label]),
        };
        said.push_str(if leads { space } else { "\n" });
        said.push_str(&line);
    }
    said
}

fn latest(texts: &Texts) -> Vec<Element> {
    let Some(update) = facts::entries_of("update").pop() else {
        return vec![text(texts.say("join-latest-none", args![]))];
    };
    let time = time::time_on(texts.locale(), &facts::wall(update.at), &facts::today());
    let said = one_line(&update.text);
    let said = cut(&said, LATEST);
    texts.parts("join-latest", args![time, text = Arg::people(&said)])
}

/// Counted over what the todo step writes down.
fn open_todos() -> usize {
    #[derive(Deserialize)]
    struct Noted {
        n: u32,
        act: String,
    }
    let mut open = BTreeSet::new();
    for entry in facts::entries_of("todo") {
        let data = entry.data.as_deref().unwrap_or_default();
        let Ok(Noted { n, act }) = serde_json::from_str(data) else {
            continue;
        };
        match act.as_str() {
            "added" | "undone" => open.insert(n),
            "done" => open.remove(&n),
            _ => false,
        };
    }
    open.len()
}

fn doors(texts: &Texts, card: &Card) -> Vec<Button> {
    let number = card.incident.number;
    let mut doors = Vec::new();
    let open = facts::roles()
        .into_iter()
        .find(|role| panel::holder(card, &role.id).is_none());
    if let Some(role) = open.filter(|_| card.incident.status == "declared") {
        let label = texts.say("join-take", args![role = &role.label]);
        let take = button(format!("take:{}", role.id), &label);
        doors.push(take.value(press::value(number, Some(&role.id))));
    }
    let status = button("core:status", &texts.say("join-status", args![]));
    doors.push(status.value(press::value(number, None)));
    doors
}
