//! What could not be done, and what cannot be taken.

use std::fmt::Write as _;

use iris_kit::Locale::{self, En, Ja};
use serde_json::{Value, json};

use super::{
    example::{minute, other},
    world::{World, shown, view},
};
use crate::{
    decide::{Decision, WithheldStep},
    effect::Wish,
    event::{Parked, Reply, Trouble, What, WishFailed},
};

fn says(decision: &Decision) -> String {
    let text = &shown(&decision.wishes[0])["text"];
    text.as_str().unwrap().to_owned()
}

fn failed(wish: &str, code: &str, scope: Option<&str>) -> What {
    What::WishFailed(WishFailed {
        owner: "guide".into(),
        wish: wish.to_owned(),
        name: None,
        trouble: Trouble {
            code: code.to_owned(),
            sentence: String::new(),
            scope: scope.map(str::to_owned),
        },
        effect: "key".to_owned(),
        reply: Reply::default(),
    })
}

#[test]
fn fields_that_are_left_empty_say_what_to_write() {
    let blank = |locale: Locale, form: &str, field: &str| {
        let world = World::in_room(locale, minute(5));
        world.sends(view(form, ""), &[(field, " ")]).refused
    };
    for (locale, form, field, sentence) in [
        (En, "declare", "title", "Write a few words."),
        (Ja, "declare", "title", "タイトルを入力してください。"),
        (En, "update", "text", "Write a few words."),
        (Ja, "update", "text", "状況を入力してください。"),
        (
            En,
            "reopen",
            "why",
            "Write a few words. They go into the timeline.",
        ),
        (
            Ja,
            "reopen",
            "why",
            "理由を書いてください。タイムラインに残ります。",
        ),
    ] {
        let expected = [(field.to_owned(), sentence.to_owned())];
        assert_eq!(blank(locale, form, field), expected, "{form}");
    }
}

#[test]
fn a_missing_permission_is_told_to_who_acted_once_and_not_where_others_say_it() {
    let mut world = World::in_room(Ja, minute(5));
    let lacks = || {
        failed(
            "messages.post",
            "missing_scope",
            Some("chat:write,im:write"),
        )
    };
    let decision = world.decide(Some("U0KENMORI"), lacks());
    assert_eq!(
        says(&decision),
        "Irisに権限 chat:write、im:write がないため、投稿ができません。管理者によるアプリの再インストールが必要です\
         （iris check で確認できます）。"
    );
    assert!(world.decide(None, lacks()).wishes.is_empty());
    let pin = failed("messages.pin", "missing_scope", Some("pins:write"));
    assert!(world.decide(Some("U0KENMORI"), pin).wishes.is_empty());
    world
        .memory
        .insert("lacks:chat:write,im:write".to_owned(), "true".to_owned());
    assert!(world.decide(Some("U0KENMORI"), lacks()).wishes.is_empty());
}

#[test]
fn a_form_that_came_too_late_has_a_button_for_it() {
    let mut world = World::new(En);
    let late = failed("forms.open", "expired_trigger_id", None);
    let decision = world.decide(Some("U0AYASATO"), late);
    let button = &shown(&decision.wishes[0])["blocks"][1]["elements"][0];
    assert_eq!(button["action_id"], "core:form.again:key");

    let again = |world: &World| world.presses("U0AYASATO", "core:form.again:key", "form");
    assert!(says(&again(&world)).starts_with("This button is too old."));
    world.form = Some("{}".to_owned());
    let view = "{}".to_owned();
    assert_eq!(again(&world).wishes, [Wish::ReopenForm { view }]);
}

#[test]
fn only_a_long_silence_is_told() {
    let world = World::in_room(En, minute(5));
    let since = |minutes: u64| What::CaughtUp {
        since: minute(5 - minutes),
    };
    assert!(world.decide(None, since(2)).wishes.is_empty());
    assert_eq!(
        says(&world.decide(None, since(3))),
        "Slack did not answer from 14:07 to 14:10. Everything is caught up now."
    );
}

#[test]
fn more_open_incidents_than_the_form_shows_are_counted() {
    for (locale, more) in [(En, "and 2 more: "), (Ja, "ほか2件は ")] {
        let mut world = World::new(locale);
        world.open = (37..42).map(|n| other(locale, n)).collect();
        let form = shown(&world.types("x y").wishes[0]);
        let open = form["blocks"].as_array().unwrap();
        let open: &Value = open.iter().find(|b| b["block_id"] == "open").unwrap();
        let last = &open["elements"][1]["elements"][3]["elements"];
        assert_eq!(last[0]["text"], json!(more), "{open:#}");
    }
}

#[test]
fn the_form_that_says_to_wait_is_the_designed_one() {
    for (locale, title, wait, close) in [
        (
            En,
            "Declare an incident",
            "⏳ Preparing the form…",
            "Cancel",
        ),
        (
            Ja,
            "障害を報告",
            "⏳ フォームを準備しています…",
            "キャンセル",
        ),
    ] {
        let plain = |text: &str| json!({ "type": "plain_text", "text": text, "emoji": true });
        let view: Value = serde_json::from_str(&crate::decide::preparing(locale)).unwrap();
        assert_eq!(view["callback_id"], "core:declare");
        assert_eq!(
            (&view["title"], &view["close"]),
            (&plain(title), &plain(close))
        );
        let wait = json!({ "type": "section", "block_id": "wait", "text": plain(wait) });
        assert_eq!(view["blocks"], json!([wait]));
        assert!(view.get("submit").is_none());
    }
}

/// Whatever can be parked has words in both languages, Slack's methods that only steps call too.
#[test]
fn what_is_parked_is_named() {
    let mut said = String::new();
    for locale in [En, Ja] {
        for method in [
            "conversations.create",
            "conversations.invite",
            "conversations.setTopic",
            "conversations.rename",
            "conversations.archive",
            "bookmarks.add",
            "chat.postMessage",
            "chat.update",
            "chat.delete",
            "pins.add",
            "pins.remove",
            "reactions.add",
            "reactions.remove",
            "files.completeUploadExternal",
            "http",
            "dnd.setSnooze",
        ] {
            let parked = What::Parked(Parked {
                effect: "key".to_owned(),
                method: method.to_owned(),
                name: None,
            });
            let decision = World::in_room(locale, minute(5)).decide(None, parked);
            let _ = writeln!(said, "{}", says(&decision));
        }
    }
    insta::assert_snapshot!(said);
}

/// A step that is not used, because its line in the team's file does not allow what it asks for.
#[test]
fn what_a_step_may_not_do_is_named() {
    let mut said = String::new();
    for locale in [En, Ja] {
        for (list, name) in [
            ("wishes", "incident"),
            ("wishes", "room"),
            ("wishes", "messages"),
            ("wishes", "forms"),
            ("wishes", "timers"),
            ("slack", "dnd.setSnooze"),
            ("http", "status.acme.example"),
        ] {
            let mut world = World::in_room(locale, minute(5));
            world.withheld = vec![WithheldStep {
                name: "pager".into(),
                words: vec!["page".to_owned()],
                missing: vec![(list, name.to_owned())],
            }];
            let _ = writeln!(said, "{}", says(&world.types("page ken")));
        }
    }
    insta::assert_snapshot!(said);
}
