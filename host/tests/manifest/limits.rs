//! Slack's limits of a manifest, as its reference gives them: what is too long, too many or not
//! known there is refused when the app is made.

use std::{collections::BTreeSet, ops::RangeInclusive};

use serde_json::{Map, Value};

use crate::{ALL, loaded, print, steps, team};

#[tokio::test]
async fn it_keeps_slacks_limits() {
    let all = steps().await;
    // Commands as long and as many as teams' files may give.
    let many: Vec<_> = (0..12)
        .map(|n| team(&format!("command = \"/{}{n:02}\"", "x".repeat(29))))
        .collect();
    let many: Vec<_> = many.iter().collect();
    let japanese = team("locale = \"ja\"\ntimezone = \"Asia/Tokyo\"\ncommand = \"/障害\"");
    for socket_mode in [true, false] {
        for names in [&ALL[..], &[]] {
            let steps = loaded(all, names);
            for teams in [&many[..], &[&japanese]] {
                let manifest = print(teams, &steps, socket_mode);
                let faults = faults(&manifest, socket_mode);
                assert!(faults.is_empty(), "{faults:#?}\n{manifest:#}");
            }
        }
    }
}

#[tokio::test]
async fn a_manifest_beyond_them_is_seen() {
    let mut manifest = print(&[&team("")], &loaded(steps().await, &ALL), false);
    manifest["display_information"]["long_description"] = "short".into();
    manifest["features"]["slash_commands"][0]["command"] = "incident".into();
    manifest["features"]["emoji"] = true.into();
    let faults = faults(&manifest, false);
    assert_eq!(faults.len(), 3, "{faults:#?}");
}

/// One place of a manifest after the other, and what is wrong there.
struct Look<'a> {
    at: String,
    value: &'a Value,
    faults: &'a mut Vec<String>,
}

fn faults(manifest: &Value, socket_mode: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut root = Look {
        at: String::new(),
        value: manifest,
        faults: &mut faults,
    };
    root.has_only(&[
        "_metadata",
        "display_information",
        "features",
        "oauth_config",
        "settings",
    ]);
    root.of("display_information", |look| {
        look.has_only(&[
            "name",
            "description",
            "long_description",
            "background_color",
        ]);
        look.of("name", |look| look.text(1..=35));
        look.of("description", |look| look.text(1..=140));
        look.of("long_description", |look| look.text(175..=4000));
        look.of("background_color", |look| look.text(4..=7));
    });
    root.of("features", features);
    root.of("oauth_config", |look| {
        look.has_only(&["redirect_urls", "scopes"]);
        look.of("scopes", |look| {
            look.has_only(&["bot"]);
            look.of("bot", |look| look.names(255));
        });
        if look.value.get("redirect_urls").is_some() {
            look.of("redirect_urls", |look| {
                look.each(0..=1000, |look| look.address(2500));
            });
        }
    });
    root.of("settings", |look| settings(look, socket_mode));
    faults
}

fn features(look: &mut Look<'_>) {
    look.has_only(&["app_home", "bot_user", "shortcuts", "slash_commands"]);
    look.of("app_home", |look| {
        look.has_only(&[
            "home_tab_enabled",
            "messages_tab_enabled",
            "messages_tab_read_only_enabled",
        ]);
    });
    look.of("bot_user", |look| {
        look.has_only(&["display_name", "always_online"]);
        look.of("display_name", |look| look.text(1..=80));
    });
    look.of("shortcuts", |look| {
        look.each(1..=10, |look| {
            look.has_only(&["name", "type", "callback_id", "description"]);
            look.of("name", |look| look.text(1..=24));
            look.of("callback_id", |look| look.text(1..=255));
            look.of("description", |look| look.text(1..=150));
        });
        for menu in ["global", "message"] {
            let shortcuts = look.value.as_array().unwrap().iter();
            let many = shortcuts.filter(|one| one["type"] == menu).count();
            look.unless(many <= 5, &format!("has {many} of {menu}"));
        }
    });
    look.of("slash_commands", |look| {
        look.each(1..=50, |look| {
            look.has_only(&[
                "command",
                "url",
                "description",
                "usage_hint",
                "should_escape",
            ]);
            look.of("command", |look| {
                look.text(2..=32);
                let command = look.value.as_str().unwrap_or_default();
                look.unless(command.starts_with('/'), "begins without a slash");
            });
            look.of("description", |look| look.text(1..=2000));
            look.of("usage_hint", |look| look.text(1..=1000));
        });
    });
}

fn settings(look: &mut Look<'_>, socket_mode: bool) {
    look.has_only(&[
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    ]);
    look.of("event_subscriptions", |look| {
        look.has_only(&["request_url", "bot_events"]);
        look.of("bot_events", |look| look.names(100));
        if !socket_mode {
            look.of("request_url", |look| look.address(3500));
        }
    });
    look.of("interactivity", |look| {
        look.has_only(&["is_enabled", "request_url", "message_menu_options_url"]);
        for address in ["request_url", "message_menu_options_url"] {
            if !socket_mode {
                look.of(address, |look| look.address(3500));
            }
        }
    });
}

impl Look<'_> {
    fn of(&mut self, field: &str, look: impl FnOnce(&mut Look<'_>)) {
        look(&mut Look {
            at: format!("{}/{field}", self.at),
            value: &self.value[field],
            faults: self.faults,
        });
    }

    fn each(&mut self, many: RangeInclusive<usize>, look: impl Fn(&mut Look<'_>)) {
        let Some(values) = self.value.as_array() else {
            return self.unless(false, "is no list");
        };
        self.unless(many.contains(&values.len()), "is too long a list");
        for (index, value) in values.iter().enumerate() {
            look(&mut Look {
                at: format!("{}/{index}", self.at),
                value,
                faults: self.faults,
            });
        }
    }

    /// Scopes and events: at most 50 characters, each once.
    fn names(&mut self, most: usize) {
        self.each(0..=most, |look| look.text(1..=50));
        let names = self.value.as_array().cloned().unwrap_or_default();
        let each: BTreeSet<_> = names.iter().filter_map(Value::as_str).collect();
        self.unless(each.len() == names.len(), "says something twice");
    }

    fn address(&mut self, longest: usize) {
        self.text(1..=longest);
        let text = self.value.as_str().unwrap_or_default();
        self.unless(text.starts_with("https://"), "is no address");
    }

    fn text(&mut self, long: RangeInclusive<usize>) {
        let chars = self.value.as_str().map(|text| text.chars().count());
        let right = chars.is_some_and(|chars| long.contains(&chars));
        self.unless(right, &format!("is not of {long:?} characters"));
    }

    fn has_only(&mut self, known: &[&str]) {
        let none = Map::new();
        let fields = self.value.as_object().unwrap_or(&none);
        for field in fields.keys() {
            self.unless(known.contains(&field.as_str()), &format!("has {field}"));
        }
    }

    fn unless(&mut self, right: bool, what: &str) {
        if !right {
            self.faults.push(format!("{} {what}", self.at));
        }
    }
}
