//! S10: the status card.

use iris_kit::{
    args,
    blocks::{Block, actions, button, context, header, mrkdwn},
    escape::escape,
    limits::{DESCRIPTION_SHOWN, TITLE_IN_HEADER, cut, fit, utf16_len},
    rich::{Element, RichText, bold, one_line, text},
    texts::Arg,
    time::names,
    words::{Since, inc, join},
};

use super::{content, quoted};
use crate::{
    decide::asked::{Asked, mention},
    effect::Content,
    event::Missing,
    ids::UserId,
    incident::{Incident, Status},
};

/// For whom the card is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decide) enum Audience {
    /// Only who asked: with mentions and buttons.
    Asker,
    /// Everybody in the room: pings nobody, and says when it was true.
    Room,
}

/// Names of people who were not called.
const NOT_CALLED: usize = 10;

pub(in crate::decide) fn status(asked: &Asked<'_>, incident: &Incident, to: Audience) -> Content {
    let head = asked.brief(incident).header(asked.texts);
    let rows = rows(asked, incident, to);
    let card: Vec<Element> = rows
        .into_iter()
        .enumerate()
        .flat_map(|(n, (label, value))| {
            let line = if n == 0 { "" } else { "\n" };
            [bold(format!("{line}{label}  "))].into_iter().chain(value)
        })
        .collect();
    let blocks = fit(|room| {
        let mut blocks: Vec<Block> = vec![header("head", &head)];
        blocks.push(context("facts", [mrkdwn(facts(asked, incident, to))]));
        blocks.push(RichText::new("card").section(card.clone()).into());
        let latest = incident
            .latest
            .as_ref()
            .map(|latest| quoted(&latest.text, room.quote));
        let latest = RichText::new("latest").quote(latest.unwrap_or_default());
        // The guide shows a long description only in part.
        let whole = utf16_len(&incident.situation) > DESCRIPTION_SHOWN;
        let situation = if whole {
            quoted(&incident.situation, 2000)
        } else {
            vec![]
        };
        let situation = RichText::new("situation").quote(situation);
        blocks.extend(
            [latest, situation]
                .into_iter()
                .filter(|b| !b.is_empty())
                .map(Block::from),
        );
        if to == Audience::Asker {
            blocks.push(actions("do", buttons(asked, incident)));
        }
        blocks
    });
    content(&fallback(asked, incident), &blocks)
}

fn buttons(asked: &Asked<'_>, incident: &Incident) -> Vec<iris_kit::blocks::Button> {
    let number = incident.number.to_string();
    let open = incident.status != Status::Closed;
    let update =
        open.then(|| button("core:update", &asked.say("core-status-update")).value(&number));
    let share = button("core:status.share", &asked.say("core-status-share")).value(&number);
    update.into_iter().chain([share]).collect()
}

/// The line below the header, as mrkdwn.
fn facts(asked: &Asked<'_>, incident: &Incident, to: Audience) -> String {
    let zone = asked.zone();
    let clock = match to {
        Audience::Asker => asked.texts.mrkdwn("core-status-zone", args![zone = &zone]),
        Audience::Room => {
            let time = asked.time(asked.known.now);
            asked
                .texts
                .mrkdwn("core-status-as-of", args![time, zone = &zone])
        }
    };
    let Some(resolved) = incident
        .entered(Status::Resolved)
        .filter(|_| over(incident))
    else {
        let lasted = asked.lasted(incident.declared_at(), asked.known.now);
        let ongoing = asked.texts.mrkdwn("core-status-ongoing", args![lasted]);
        let product = asked.product(incident).map(escape);
        let inc = inc(incident.number);
        let facts = [
            Some(&*ongoing),
            product.as_deref(),
            Some(&*inc),
            Some(&*clock),
        ];
        return join(asked.locale(), facts.into_iter().flatten());
    };
    let from = incident.declared_at();
    let millis = resolved
        .since(from)
        .as_millis()
        .try_into()
        .unwrap_or(u64::MAX);
    let since = Since::Over {
        from: asked.wall(from),
        to: asked.wall(resolved),
        millis,
    };
    asked
        .brief(incident)
        .facts(asked.texts, since, &asked.wall(asked.known.now), &zone)
}

fn over(incident: &Incident) -> bool {
    incident.status != Status::Declared
}

/// Labels and values, in order.
fn rows(asked: &Asked<'_>, incident: &Incident, to: Audience) -> Vec<(String, Vec<Element>)> {
    let person = |id: &UserId| match to {
        Audience::Asker => mention(Some(id)),
        Audience::Room => asked.who(id),
    };
    let mut rows: Vec<(String, Vec<Element>)> = Vec::new();
    for role in &asked.known.team.roles {
        let held = incident.roles.get(&role.id);
        let who = held.map_or_else(|| text(asked.say("nobody")), |held| person(&held.user));
        rows.push((role.label.clone(), vec![who]));
    }
    let at = asked.time(incident.declared_at());
    let by = match &incident.through {
        Some(through) => text(one_line(&through.label)),
        None => person(&incident.declared_by),
    };
    let declared = vec![by, text(format!(" {at}"))];
    rows.push((asked.say("core-status-declared"), declared));
    let mut plain = |key: &str, value: String| rows.push((asked.say(key), vec![text(value)]));
    plain(
        "core-status-people",
        asked.count("people", incident.people.len()),
    );
    if let Some(missing) = not_called(asked) {
        plain("core-status-not-called", missing);
    }
    if let Some(refused) = not_set(asked) {
        plain("core-status-not-set", refused);
    }
    if asked.known.waiting > 0 {
        plain(
            "core-status-waiting",
            asked.count("core-status-things", asked.known.waiting),
        );
    }
    for line in incident.lines.values().flatten() {
        rows.push((one_line(&line.label), vec![text(one_line(&line.value))]));
    }
    let latest = match (&incident.latest, to) {
        (Some(latest), Audience::Asker) => {
            let args = args![time = asked.time(latest.at), ago = asked.ago(latest.at)];
            asked.texts.say("core-status-latest-at", args)
        }
        (Some(latest), Audience::Room) => asked.time(latest.at),
        (None, _) => asked.say("core-status-latest-none"),
    };
    rows.push((asked.say("core-status-latest"), vec![text(latest)]));
    rows
}

/// The names of those who could not be called and have not come since.
fn not_called(asked: &Asked<'_>) -> Option<String> {
    let missing = asked.entries("not-called").into_iter().filter_map(|entry| {
        let missing = entry.data?.get_mut("missing")?.take();
        serde_json::from_value::<Vec<Missing>>(missing).ok()
    });
    let mut who: Vec<String> = missing
        .flatten()
        .map(|missing| one_line(&missing.who))
        .map(|who| asked.name(&UserId::from(who.as_str())).unwrap_or(who))
        .collect();
    who.sort_unstable();
    who.dedup();
    let more = who.len().saturating_sub(NOT_CALLED);
    who.truncate(NOT_CALLED);
    if more > 0 {
        who.push(asked.count("core-more", more));
    }
    (!who.is_empty()).then(|| names(asked.locale(), &who))
}

/// What Slack refused to set up: `pin (too_many_pins)`.
fn not_set(asked: &Asked<'_>) -> Option<String> {
    let refused: Vec<(String, String)> = asked.memory("not-set")?;
    let said = refused.iter().map(|(what, code)| {
        asked
            .texts
            .say("core-status-not-set-what", args![what, code])
    });
    Some(names(asked.locale(), &said.collect::<Vec<_>>()))
}

fn fallback(asked: &Asked<'_>, incident: &Incident) -> String {
    let severity = asked.severity(incident.severity.as_deref());
    let facts = [Some(&*severity), asked.product(incident)];
    let facts = facts
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(asked.comma());
    let title = one_line(&incident.title);
    let title = cut(&title, TITLE_IN_HEADER);
    let (inc, title) = (inc(incident.number), Arg::people(&title));
    let mark = asked.brief(incident).mark(asked.texts);
    if over(incident) {
        let args = args![inc, facts, title, status = incident.status.as_str()];
        return mark + &asked.texts.mrkdwn("core-status-text-over", args);
    }
    let lasted = asked.lasted(incident.declared_at(), asked.known.now);
    let mut said = vec![
        asked
            .texts
            .mrkdwn("core-status-text", args![inc, facts, title, lasted]),
    ];
    if let Some(role) = asked.lead() {
        let value = match incident.roles.get(&role.id) {
            Some(held) => asked.texts.parts("who", args![who = asked.who(&held.user)]),
            None => vec![text(asked.say("nobody"))],
        };
        let label: &str = &role.label;
        said.push(asked.texts.mrkdwn("core-status-line", args![label, value]));
    }
    for line in incident.lines.values().flatten() {
        let (label, value) = (one_line(&line.label), one_line(&line.value));
        said.push(asked.texts.mrkdwn("core-status-line", args![label, value]));
    }
    let space = if asked.locale() == iris_kit::Locale::En {
        " "
    } else {
        ""
    };
    mark + &said.join(space)
}
