//! The panel: first message of the room, pinned, changed in place.

use iris_step::{
    Content, Failure, Place, Texts, args,
    blocks::{Block, Button, actions, button, context, divider, header, mrkdwn, section},
    facts::{self, Assignment, Card, Entry, Role},
    kit::{
        escape::escape,
        limits::{DESCRIPTION_SHOWN, fit, head as head_of},
        time, words,
    },
    messages, press,
    rich::{self, Element, RichText, bold, one_line, people_words},
};
use serde::Deserialize;

use crate::config::Config;

/// The panel's name among the messages of this step.
const PANEL: &str = "panel";
/// How many roles the panel shows.
const MOST_ROLES: usize = 15;

/// Posts and pins it. It waits for the room by itself.
pub(crate) fn open(texts: &Texts, card: &Card, config: &Config) -> Result<(), Failure> {
    redraw(texts, card, config)?;
    messages::pin(PANEL)?;
    Ok(())
}

/// Says in the panel what is so now.
pub(crate) fn redraw(texts: &Texts, card: &Card, config: &Config) -> Result<(), Failure> {
    let roles = facts::roles();
    let text = fallback(texts, card, &roles);
    let blocks = fit(|room| {
        let mut blocks = head(texts, card, room.context);
        blocks.push(situation(texts, card, room.quote));
        blocks.push(flow(texts, card, config));
        blocks.extend(role_rows(texts, card, &roles));
        blocks.extend(doors(texts, card));
        blocks
    });
    messages::post(PANEL, Place::Room, Content::new(text).blocks(&blocks))?;
    Ok(())
}

/// The roles with their buttons: in the panel, and alone for whoever asks.
pub(crate) fn role_rows(texts: &Texts, card: &Card, roles: &[Role]) -> Vec<Block> {
    if roles.is_empty() {
        return vec![];
    }
    let is_taken = !card.incident.roles.is_empty();
    let taken = if is_taken {
        facts::entries_of("role")
    } else {
        vec![]
    };
    let mut blocks = vec![divider("roles")];
    blocks.extend(
        roles
            .iter()
            .take(MOST_ROLES)
            .map(|role| role_row(texts, card, role, &taken)),
    );
    blocks
}

fn role_row(texts: &Texts, card: &Card, role: &Role, taken: &[Entry]) -> Block {
    let held = holder(card, &role.id);
    let state = match held {
        None => texts.say("role-open", args![]),
        Some(held) if card.incident.status == "closed" => {
            texts.mrkdwn("role-past", args![who = facts::who(&held.user)])
        }
        Some(held) => {
            let time = since(taken, &role.id, &held.user);
            texts.mrkdwn("role-taken", args![who = rich::user(&held.user), time])
        }
    };
    let text = mrkdwn(format!("*{}*\n{state}", escape(&role.label)));
    let row = section(format!("role:{}", role.id), text);
    if card.incident.status != "declared" {
        return row.into();
    }
    let value = press::value(card.incident.number, Some(&role.id));
    let button = if held.is_some() {
        let label = texts.say("handover-label", args![role = &role.label]);
        button(
            format!("handover:{}", role.id),
            &texts.say("handover", args![]),
        )
        .value(value)
        .accessibility_label(&label)
    } else {
        let label = texts.say("take-label", args![role = &role.label]);
        button(format!("take:{}", role.id), &texts.say("take", args![]))
            .value(value)
            .primary()
            .accessibility_label(&label)
    };
    row.accessory(button).into()
}

/// Who holds the role.
pub(crate) fn holder<'a>(card: &'a Card, role: &str) -> Option<&'a Assignment> {
    card.incident.roles.iter().find(|held| held.role == role)
}

/// When they took it, as the wall shows it.
pub(crate) fn since(taken: &[Entry], role: &str, user: &str) -> String {
    #[derive(Deserialize)]
    struct Taken {
        role: String,
        now: Option<String>,
    }
    let at = taken.iter().rev().find_map(|entry| {
        let taken: Taken = serde_json::from_str(entry.data.as_deref()?).ok()?;
        (taken.role == role && taken.now.as_deref() == Some(user)).then_some(entry.at)
    });
    let now = facts::now();
    time::time_on(
        facts::locale(),
        &facts::wall(at.unwrap_or(now)),
        &facts::wall(now),
    )
}

fn head(texts: &Texts, card: &Card, all: bool) -> Vec<Block> {
    let mut lines = Vec::new();
    if card.incident.drill {
        lines.push(mrkdwn(texts.say("drill-first", args![])));
    }
    let silent = facts::silent();
    if !silent.is_empty() {
        let steps = time::names(texts.locale(), &silent);
        lines.push(mrkdwn(texts.mrkdwn("drill-silent", args![steps])));
    }
    if card.incident.private {
        lines.push(mrkdwn(texts.say("private-first", args![])));
    }
    lines.push(mrkdwn(card.facts(texts)));
    let mut blocks = vec![header("head", &card.brief().header(texts))];
    if all {
        blocks.push(context("facts", lines));
    }
    blocks
}

fn situation(texts: &Texts, card: &Card, most: usize) -> Block {
    let head = vec![bold(texts.say("situation", args![]))];
    let said = card.incident.situation.trim();
    let quote: Vec<Element> = if said.is_empty() {
        vec![rich::text(texts.say("situation-none", args![]))]
    } else {
        let most = most.min(DESCRIPTION_SHOWN);
        let shown = head_of(said, most);
        let mut words = people_words(shown.trim_end());
        if shown.len() < said.len() {
            let command = facts::team().command;
            words.push(rich::text(format!(
                " {}",
                texts.say("situation-more", args![command])
            )));
        }
        words
    };
    RichText::new("situation").section(head).quote(quote).into()
}

fn flow(texts: &Texts, card: &Card, config: &Config) -> Block {
    let own = ["flow-1", "flow-2", "flow-3", "flow-4"];
    let steps: Vec<String> = if config.flow.is_empty() {
        own.iter().map(|key| texts.say(key, args![])).collect()
    } else {
        config.flow.clone()
    };
    let rows = steps
        .iter()
        .map(|step| vec![rich::text(one_line(step))])
        .collect();
    let mut block = RichText::new("flow")
        .section(vec![bold(texts.say("flow", args![]))])
        .numbered(rows);
    let product = card.incident.product.as_deref();
    let table = facts::products()
        .into_iter()
        .find(|p| Some(p.id.as_str()) == product);
    if let Some((url, name)) = table.and_then(|p| Some((p.table?, p.name))) {
        let label = texts.say("table", args![product = name]);
        block = block.section(vec![rich::link(url, label)]);
    }
    block.into()
}

/// What can be done from here. Each button belongs to its owner.
fn doors(texts: &Texts, card: &Card) -> Option<Block> {
    let value = press::value(card.incident.number, None);
    let door = |action: &str, key: &str| -> Button {
        button(action, &texts.say(key, args![])).value(value.clone())
    };
    let doors = match card.incident.status.as_str() {
        "declared" => {
            let severity = if card.incident.severity.is_none() {
                door("core:severity", "do-severity-unknown").primary()
            } else {
                door("core:severity", "do-severity")
            };
            let mut doors = vec![door("core:update", "do-update"), severity];
            if facts::steps().iter().any(|step| step == "todo") {
                doors.push(door("todo:add", "do-todo"));
            }
            doors.push(door("core:resolve", "do-resolve"));
            doors
        }
        "resolved" => vec![
            door("core:reopen", "do-reopen"),
            door("core:close", "do-close"),
        ],
        _ => return None,
    };
    Some(actions("do", doors))
}

fn fallback(texts: &Texts, card: &Card, roles: &[Role]) -> String {
    let brief = card.brief();
    let title = one_line(&card.incident.title);
    let product = card.product.clone().unwrap_or_default();
    let inc = words::inc(card.incident.number);
    let sev = brief.severity(texts);
    let said = texts.mrkdwn("text", args![sev, product, title, inc]);
    let open: Vec<&str> = roles
        .iter()
        .filter(|role| holder(card, &role.id).is_none())
        .map(|role| role.label.as_str())
        .collect();
    let who = if let Some(lead) = roles.first().filter(|_| open.is_empty()) {
        let user = holder(card, &lead.id).map(|held| facts::who(&held.user));
        user.map(|who| texts.mrkdwn("text-lead", args![role = &lead.label, who]))
    } else {
        let roles = time::names(texts.locale(), &open);
        (!open.is_empty()).then(|| texts.mrkdwn("text-open", args![roles]))
    };
    let mark = brief.mark(texts);
    let space = if who.is_some() && texts.locale() == iris_step::Locale::En {
        " "
    } else {
        ""
    };
    format!("{mark}{said}{space}{}", who.unwrap_or_default())
}
