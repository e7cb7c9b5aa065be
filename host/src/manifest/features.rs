//! What people see of the app: the command and the shortcuts.

use std::collections::{BTreeMap, BTreeSet};

use iris_kit::{Locale, Texts, limits::cut};
use serde_json::{Value, json};

use super::App;
use crate::{
    step::{Descriptor, Menu, Shortcut},
    words,
};

/// What Slack takes of each menu.
const MOST: u8 = 5;

/// What Slack's menus show, in this order: the most used message shortcut first. Keys of texts.
const SHORTCUTS: [Known; 4] = [
    Known {
        id: "core:declare",
        on: Menu::Global,
        name: Some("manifest-core-declare-name"),
        description: "manifest-core-declare-description",
    },
    Known {
        id: "timeline:add",
        on: Menu::Message,
        name: None,
        description: "manifest-timeline-add-description",
    },
    Known {
        id: "todo:add.message",
        on: Menu::Message,
        name: None,
        description: "manifest-todo-add-message-description",
    },
    Known {
        id: "core:declare.message",
        on: Menu::Message,
        name: Some("manifest-core-declare-message-name"),
        description: "manifest-core-declare-message-description",
    },
];

/// A shortcut of Iris or of a standard step.
struct Known {
    id: &'static str,
    on: Menu,
    /// `None`: its step names it, and it is there only with its step.
    name: Option<&'static str>,
    description: &'static str,
}

pub(super) fn texts(app: &App<'_>) -> &'static Texts {
    words::texts(locale(app))
}

fn locale(app: &App<'_>) -> Locale {
    app.teams.first().map_or(Locale::En, |team| team.locale)
}

/// Teams may call Iris by different commands.
pub(super) fn commands(app: &App<'_>, texts: &Texts, url: Option<&str>) -> Vec<Value> {
    let names: BTreeSet<&str> = app.teams.iter().map(|team| team.command.as_str()).collect();
    let command = |name: &str| {
        let mut command = json!({
            "command": name,
            "description": texts.say("manifest-command", &[]),
            "usage_hint": texts.say("manifest-usage", &[]),
            // So that people arrive as ids.
            "should_escape": true,
        });
        if let Some(url) = url {
            command["url"] = json!(url);
        }
        command
    };
    names.into_iter().map(command).collect()
}

pub(super) fn shortcuts(app: &App<'_>, texts: &Texts) -> Vec<Value> {
    let locale = locale(app);
    let offers: Vec<(String, &Descriptor, &Shortcut)> = app
        .steps
        .iter()
        .map(|step| step.descriptor(locale))
        .flat_map(|step| step.shortcuts.iter().map(move |offer| (step, offer)))
        .map(|(step, offer)| (format!("{}:{}", step.name, offer.name), step, offer))
        .collect();
    let known = SHORTCUTS.iter().filter_map(|known| {
        let offered = offers.iter().find(|(id, ..)| id == known.id);
        let name = known.name.map(|name| texts.say(name, &[]));
        let name = name.or_else(|| Some(offered?.2.title.clone()))?;
        Some(entry(
            known.id,
            known.on,
            &name,
            &texts.say(known.description, &[]),
        ))
    });
    // What others do, their steps say.
    let others = offers
        .iter()
        .filter(|(id, ..)| SHORTCUTS.iter().all(|known| known.id != id));
    let others = others
        .map(|(id, step, offer)| entry(id, offer.on, &offer.title, &cut(&step.sentence, 150)));
    let mut left = BTreeMap::from([("message", MOST), ("global", MOST)]);
    let mut all: Vec<Value> = known.chain(others).collect();
    all.retain(|shortcut| {
        let left = shortcut["type"]
            .as_str()
            .and_then(|menu| left.get_mut(menu));
        left.is_some_and(|left| {
            left.checked_sub(1).is_some_and(|fewer| {
                *left = fewer;
                true
            })
        })
    });
    all
}

fn entry(id: &str, on: Menu, name: &str, description: &str) -> Value {
    let menu = match on {
        Menu::Message => "message",
        Menu::Global => "global",
    };
    json!({ "name": name, "type": menu, "callback_id": id, "description": description })
}
