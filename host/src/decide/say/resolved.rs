//! S14: the message that says an incident is resolved. It stays, and changes when the incident is
//! reopened or closed.

use std::collections::BTreeSet;

use iris_kit::{
    args,
    blocks::{Block, Button, Confirm, actions, button, context, header, mrkdwn},
    escape::escape,
    limits::{FALLBACK, TITLE_IN_HEADER, cut, fit},
    rich::{Element, RichText, bold, one_line, text, user},
    texts::Arg,
    words::{inc, join},
};

use super::{content, quoted};
use crate::{
    clock::Moment,
    decide::{asked::Asked, todos},
    effect::Content,
    ids::UserId,
    incident::{Incident, Status},
};

/// As it stands now. `None` when the incident was never resolved.
pub(in crate::decide) fn resolved(asked: &Asked<'_>, incident: &Incident) -> Option<Content> {
    let at = incident.entered(Status::Resolved)?;
    let entry = asked.entered(Status::Resolved);
    let by = entry.as_ref().and_then(|entry| entry.by.clone());
    let words = entry.map(|entry| entry.text).unwrap_or_default();

    let mark = asked.brief(incident).mark(asked.texts);
    let title = one_line(&incident.title);
    let title = cut(&title, TITLE_IN_HEADER);
    let title: &str = &title;
    let head = format!(
        "{mark}{}",
        asked.texts.say("core-resolve-head", args![title])
    );
    let figures = figures(asked, incident);
    let blocks = fit(|room| {
        let mut blocks: Vec<Block> = vec![header("head", &head)];
        blocks.push(context(
            "facts",
            [mrkdwn(facts(asked, incident, at, by.as_ref()))],
        ));
        let how = RichText::new("how").quote(quoted(&words, room.quote));
        if !how.is_empty() {
            blocks.push(how.into());
        }
        blocks.push(RichText::new("figures").section(figures.clone()).into());
        let unset = incident.severity.is_none() && incident.status == Status::Resolved;
        if unset {
            let warning = vec![text(asked.say("core-resolve-unknown"))];
            blocks.push(RichText::new("unset").section(warning).into());
        }
        let buttons = buttons(asked, incident, unset);
        if !buttons.is_empty() {
            blocks.push(actions("do", buttons));
        }
        if room.context {
            blocks.extend(after(asked, incident).map(|said| context("next", [mrkdwn(said)])));
        }
        blocks
    });

    let shown = cut(&words, FALLBACK);
    let args = args![
        inc = inc(incident.number),
        lasted = asked.lasted(incident.declared_at(), at),
        title = Arg::people(title),
        text = Arg::people(&shown),
    ];
    let fallback = asked.texts.mrkdwn("core-resolve-text", args);
    Some(content(&format!("{mark}{}", fallback.trim_end()), &blocks))
}

/// How long after the declaration the leading role was first taken.
fn lead_time(asked: &Asked<'_>, role: &str) -> Option<Moment> {
    let taken = asked.entries("role").into_iter().find(|entry| {
        let data = entry.data.as_ref();
        data.is_some_and(|data| data["role"] == role && data["now"].is_string())
    });
    taken.map(|entry| entry.at)
}

/// The line below the header, as mrkdwn.
fn facts(asked: &Asked<'_>, incident: &Incident, at: Moment, by: Option<&UserId>) -> String {
    let from = incident.declared_at();
    let (span, lasted) = (asked.span(from, at), asked.lasted(from, at));
    let span = asked
        .texts
        .mrkdwn("facts-span", args![span, lasted, zone = asked.zone()]);
    let inc = inc(incident.number);
    let severity = asked.severity(incident.severity.as_deref());
    let (severity, product) = (escape(&severity), asked.product(incident).map(escape));
    let who = by.map(|by| {
        asked
            .texts
            .mrkdwn("core-resolve-by", args![who = user(by.as_str())])
    });
    let facts = [
        Some(&*inc),
        Some(&*severity),
        product.as_deref(),
        Some(&*span),
        who.as_deref(),
    ];
    join(asked.locale(), facts.into_iter().flatten())
}

fn figures(asked: &Asked<'_>, incident: &Incident) -> Vec<Element> {
    let declared = incident.declared_at();
    let first = asked
        .entries("update")
        .first()
        .map(|entry| asked.lasted(declared, entry.at));
    let first = match first {
        Some(lasted) => asked.texts.say("core-resolve-first-after", args![lasted]),
        None => asked.say("core-resolve-first-none"),
    };
    let mut figures = vec![
        bold(format!("{}  ", asked.say("core-resolve-first"))),
        text(first),
    ];
    if let Some(role) = asked.lead() {
        figures.push(bold(format!("\n{}  ", role.label)));
        match incident.roles.get(&role.id) {
            Some(held) => {
                let since = lead_time(asked, &role.id).unwrap_or(held.since);
                let args = args![
                    who = asked.who(&held.user),
                    lasted = asked.lasted(declared, since)
                ];
                figures.extend(asked.texts.parts("core-resolve-lead", args));
            }
            None => figures.push(text(asked.say("core-resolve-lead-none"))),
        }
    }
    figures.push(bold(format!("\n{}  ", asked.say("core-resolve-took"))));
    figures.push(text(asked.count("people", took_part(asked, incident))));
    figures
}

/// How many people are in the room or did something.
fn took_part(asked: &Asked<'_>, incident: &Incident) -> usize {
    let entries = (asked.known.entries)(None);
    let acted = entries.iter().filter_map(|entry| entry.by.as_ref());
    let people = acted.chain(&incident.people).chain(incident.declarer());
    people
        .filter(|id| Some(*id) != asked.known.bot)
        .collect::<BTreeSet<_>>()
        .len()
}

fn buttons(asked: &Asked<'_>, incident: &Incident, unset: bool) -> Vec<Button> {
    let number = incident.number.to_string();
    let reopen = || button("core:reopen", &asked.say("core-reopen-title")).value(&number);
    match incident.status {
        Status::Declared => vec![],
        Status::Closed => vec![reopen()],
        Status::Resolved => {
            let severity = unset.then(|| {
                button("core:severity", &asked.say("core-sev-button"))
                    .value(&number)
                    .primary()
            });
            severity
                .into_iter()
                .chain([close(asked, &number), reopen()])
                .collect()
        }
    }
}

/// Asks before it counts only while todos are open.
fn close(asked: &Asked<'_>, number: &str) -> Button {
    let label = asked.say("core-close-button");
    let close = button("core:close", &label).value(number);
    match todos::open(&asked.entries("todo")) {
        0 => close,
        n => close.confirm(Confirm::new(
            &asked.count("core-close-confirm-title", n),
            &asked.say("core-close-confirm-text"),
            &label,
            &asked.say("core-close-confirm-deny"),
        )),
    }
}

/// The last line.
fn after(asked: &Asked<'_>, incident: &Incident) -> Option<String> {
    match incident.status {
        Status::Declared => {
            let time = asked.time(incident.since());
            Some(asked.texts.mrkdwn("core-resolve-reopened", args![time]))
        }
        Status::Resolved if incident.drill => Some(asked.say("core-resolve-drill")),
        Status::Resolved => Some(asked.say("core-resolve-next")),
        Status::Closed => None,
    }
}
