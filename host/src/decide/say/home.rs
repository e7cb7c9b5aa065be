//! S22: what is open, and one person's own part in it.

use iris_kit::{
    args,
    blocks::{Block, Home, actions, button, context, header, mrkdwn, plain, section},
    limits::{TODO_SHOWN, cut},
    rich::{Element, RichText, bold, channel, one_line, text},
    time,
    words::join,
};

use super::{
    list::led_by,
    rows::{bold_row, dot, marked},
};
use crate::{
    decide::{
        asked::Asked,
        todos::{self, Todo},
        vocabulary::{CoreWord, Word},
    },
    effect::view::HOME,
    incident::{Incident, Shown, Status, Which},
};

/// Rows of a list, and todos. With all of them the page has 29 of Slack's 100 blocks.
const ROWS: usize = 15;
const TODOS: usize = 20;

/// The page of who acts.
pub(in crate::decide) fn home(asked: &Asked<'_>) -> Home {
    let mut blocks = vec![doors(asked)];
    blocks.extend(open(asked));
    blocks.extend(own_todos(asked));
    blocks.extend(own_roles(asked));
    let (time, zone) = (asked.time(asked.known.now), asked.zone());
    let as_of = asked.texts.mrkdwn("core-home-as-of", args![time, zone]);
    blocks.push(context("asof", [mrkdwn(as_of)]));
    Home::new(HOME, blocks)
}

fn doors(asked: &Asked<'_>) -> Block {
    let door = |action: &str, key: &str| button(action, &asked.say(key)).value("home");
    actions(
        "do",
        [
            door("core:declare", "core-list-declare").danger(),
            door("core:help", "core-home-help"),
        ],
    )
}

/// What is ongoing, and below it what waits to be closed.
fn open(asked: &Asked<'_>) -> Vec<Block> {
    let ongoing = asked.open(Which::Gravest(Status::Declared), ROWS);
    let resolved = asked.open(Which::Gravest(Status::Resolved), ROWS);
    let mut blocks = Vec::new();
    if ongoing.all == 0 {
        blocks.push(section("open", plain(asked.say("core-list-none"))).into());
    } else {
        let head = asked.count("core-list-head", ongoing.all);
        blocks.push(header("open", &head));
        let list = RichText::new("open.list").bullets(rows(asked, &ongoing));
        blocks.push(list.into());
    }
    if resolved.all > 0 {
        let head = vec![bold(asked.say("core-list-resolved"))];
        let list = RichText::new("resolved.list").section(head);
        blocks.push(list.bullets(rows(asked, &resolved)).into());
    }
    blocks
}

fn rows(asked: &Asked<'_>, shown: &Shown) -> Vec<Vec<Element>> {
    let row = |i: &Incident| bold_row(asked, i, led_by(asked, i));
    let more = shown.left(ROWS).map(|n| {
        let command = &asked.known.team.command;
        let word = Word::Core(CoreWord::List).shown(asked.locale());
        asked.texts.parts("core-more-list", args![n, command, word])
    });
    shown.incidents.iter().map(row).chain(more).collect()
}

/// Each with a button whose press goes to the step that keeps it.
fn own_todos(asked: &Asked<'_>) -> Vec<Block> {
    let mine: Vec<_> = todos::own(asked);
    if mine.is_empty() {
        return vec![];
    }
    let mut blocks = vec![header("todos", &asked.count("core-home-todos", mine.len()))];
    blocks.extend(mine.iter().take(TODOS).map(|todo| own_todo(asked, todo)));
    if let Some(n) = left(mine.len(), TODOS) {
        blocks.push(context("todos.more", [plain(asked.count("core-more", n))]));
    }
    blocks
}

fn own_todo(asked: &Asked<'_>, todo: &Todo<'_>) -> Block {
    let words = one_line(&todo.text);
    let words = cut(&words, TODO_SHOWN);
    let (number, n) = (todo.incident.number, todo.n);
    let drill = if todo.incident.drill { "🧯 " } else { "" };
    let overdue = todo.is_overdue(asked.known.now);
    let overdue = overdue.then(|| asked.say("core-home-overdue"));
    let (inc, due) = (marked(todo.incident), due(asked, todo));
    let parts = [Some(inc), Some(due), overdue];
    let detail = join(asked.locale(), parts.iter().flatten().map(String::as_str));
    let label = asked
        .texts
        .say("core-home-done-label", args![text = words.as_ref()]);
    let done = button(
        format!("{}:done:{n}", todo.keeper),
        &asked.say("core-home-done"),
    )
    .value(format!("{number}/{n}"))
    .accessibility_label(&label);
    section(
        format!("todo:{number}/{n}"),
        plain(format!("{drill}{words}\n{detail}")),
    )
    .accessory(done)
    .into()
}

/// `by Fri 4 Dec`, with the time when it was said; `no date`.
fn due(asked: &Asked<'_>, todo: &Todo<'_>) -> String {
    let Some(at) = todo.due else {
        return asked.say("core-home-due-none");
    };
    let (wall, today) = (asked.wall(at), asked.wall(asked.known.now));
    let date = if todo.due_has_time {
        time::time_on(asked.locale(), &wall, &today)
    } else {
        time::date(asked.locale(), &wall, &today)
    };
    asked.texts.say("core-home-due", args![date])
}

/// In all incidents that are not closed.
fn own_roles(asked: &Asked<'_>) -> Vec<Block> {
    let Some(me) = &asked.event.by else {
        return vec![];
    };
    let team = asked.known.team;
    let held = asked.open(Which::Held, ROWS);
    let roles = held.incidents.iter();
    let rows: Vec<_> = roles
        .flat_map(|incident| {
            let held = incident.roles.iter().filter(|(_, held)| held.user == *me);
            held.map(|(id, _)| {
                let label = team.role(id).map_or(id, |role| &role.label);
                own_role(asked, incident, label)
            })
        })
        .collect();
    if rows.is_empty() {
        return vec![];
    }
    let head = asked.count("core-home-roles", held.all);
    let more = held
        .left(ROWS)
        .map(|n| asked.texts.parts("core-more", args![n]));
    let rows = rows.into_iter().take(ROWS).chain(more).collect();
    let list = RichText::new("roles.list").bullets(rows);
    vec![header("roles", &head), list.into()]
}

fn own_role(asked: &Asked<'_>, incident: &Incident, label: &str) -> Vec<Element> {
    let args = args![role = bold(label), inc = marked(incident)];
    let mut row = asked.texts.parts("core-home-role", args);
    if let Some(room) = &incident.room {
        row.extend([text(dot(asked.locale())), channel(room.channel.as_str())]);
    }
    row
}

/// How many are not shown.
fn left(all: usize, shown: usize) -> Option<usize> {
    all.checked_sub(shown).filter(|n| *n > 0)
}
