//! What typing and pressing comes to.

use iris_kit::Locale::En;
use serde_json::json;

use super::{
    example::minute,
    world::{World, shown, view},
};
use crate::{
    decide::{Decision, Route, TypedWord},
    effect::Wish,
    event::{Command, SeenMessage, Shortcut, What},
    ids::MessageId,
    incident::{Change, Milestone, Status},
};

fn change(decision: &Decision) -> &Change {
    match &decision.wishes[..] {
        [Wish::Change(change)] => change,
        other => panic!("{other:?}"),
    }
}

/// The sentence that only who asked sees.
fn told(decision: &Decision) -> String {
    assert!(
        matches!(decision.wishes[..], [Wish::Reply { .. }]),
        "{decision:?}"
    );
    shown(&decision.wishes[0])["text"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn room() -> World {
    World::in_room(En, minute(20))
}

fn after(status: Status) -> World {
    let mut world = room();
    let incident = world.incident.as_mut().unwrap();
    incident.status = status;
    incident.times.push(Milestone {
        status,
        at: minute(10),
    });
    world
}

#[test]
fn words_of_a_room_change_the_incident() {
    let world = room();
    let severity = |severity: Option<&str>, why: &str| Change::Severity {
        severity: severity.map(str::to_owned),
        why: why.to_owned(),
    };
    assert_eq!(
        *change(&world.types("severity sev2")),
        severity(Some("sev2"), "")
    );
    assert_eq!(
        *change(&world.types("重大度 2 影響が減った")),
        severity(Some("sev2"), "影響が減った")
    );
    assert_eq!(*change(&world.types("sev unsure")), severity(None, ""));
    let resolved = Change::Status {
        status: Status::Resolved,
        note: "all & well".to_owned(),
    };
    assert_eq!(*change(&world.types("resolve all &amp; well")), resolved);
    let Change::Append { entry } =
        change(&world.types("update asked <@U0KENMORI|ken> to look")).clone()
    else {
        panic!()
    };
    assert_eq!(
        (entry.kind.as_str(), entry.text.as_str()),
        ("update", "asked @ken to look")
    );

    let world = after(Status::Resolved);
    let reopened = Change::Status {
        status: Status::Declared,
        note: "again".to_owned(),
    };
    assert_eq!(*change(&world.types("reopen again")), reopened);
    let closed = Change::Status {
        status: Status::Closed,
        note: String::new(),
    };
    assert_eq!(*change(&world.types("close")), closed);
    assert_eq!(*change(&world.presses("U0YUI", "core:close", "42")), closed);
}

#[test]
fn forms_change_the_incident_too() {
    let world = room();
    let update = world.sends(view("update", ""), &[("text", "Falling."), ("next", "60")]);
    let Change::Append { entry } = change(&update) else {
        panic!()
    };
    assert_eq!(entry.data, Some(json!({ "next": 60 })));
    let refused = world.sends(view("update", ""), &[("text", " ")]).refused;
    assert_eq!(refused[0].0, "text");
    // The same severity: the form closes and nothing happens.
    assert_eq!(
        world.sends(view("severity", ""), &[("severity", "sev1")]),
        Decision::default()
    );
    let unsure = world.sends(
        view("severity", ""),
        &[("severity", "unsure"), ("why", "hm")],
    );
    assert_eq!(
        *change(&unsure),
        Change::Severity {
            severity: None,
            why: "hm".to_owned()
        }
    );
    let refused = after(Status::Resolved)
        .sends(view("reopen", ""), &[("why", "")])
        .refused;
    assert_eq!(refused[0].0, "why");
}

#[test]
fn what_is_so_already_or_cannot_be_is_said() {
    let world = room();
    assert_eq!(told(&world.types("severity SEV1")), "It is SEV1 already.");
    assert_eq!(
        told(&world.types("severity 9")),
        "No severity \"9\". There are: SEV1, SEV2."
    );
    assert_eq!(told(&world.types("reopen why")), "INC-42 is still ongoing.");
    assert_eq!(
        told(&world.types("close")),
        "INC-42 is still ongoing. Resolve it first."
    );
    let resolved = told(&after(Status::Resolved).types("resolve"));
    assert_eq!(resolved, "INC-42 was resolved by Iris at 14:15.");
}

#[test]
fn in_a_closed_room_some_words_still_work() {
    let world = after(Status::Closed);
    for line in [
        "update x",
        "severity sev2",
        "resolve",
        "close",
        "todo x",
        "note x",
    ] {
        let told = told(&world.types(line));
        assert!(told.starts_with("INC-42 is closed."), "{line}: {told}");
    }
    let resolve = world.sends(view("resolve", ""), &[("text", "x")]);
    assert!(told(&resolve).starts_with("INC-42 is closed."));
    assert!(matches!(
        world.types("status").wishes[..],
        [Wish::Reply { .. }]
    ));
    assert!(matches!(world.types("todos").route, Route::Step { .. }));
    assert!(matches!(
        change(&world.types("reopen again")),
        Change::Status { .. }
    ));
}

#[test]
fn words_of_steps_go_to_their_step_as_typed() {
    let step = |owner: &str, word: &str, rest: &str| Route::Step {
        owner: owner.into(),
        word: Some(TypedWord {
            word: word.to_owned(),
            rest: rest.to_owned(),
        }),
    };
    let world = room();
    let typed = "課題　更新 &amp; <@U0KENMORI|ken> 金曜まで";
    let rest = "更新 &amp; <@U0KENMORI|ken> 金曜まで";
    assert_eq!(
        world.types(typed),
        Decision::route(step("todo", "todo", rest))
    );
    let note = world.sends(view("note", ""), &[("text", "a < b")]);
    assert_eq!(note.route, step("timeline", "note", "a &lt; b"));

    let mut world = room();
    world.steps[3].applies = false;
    assert_eq!(told(&world.types("todo x")), "todo is not used for SEV1.");
}

#[test]
fn a_mistyped_word_runs_by_button_in_the_place_of_the_answer() {
    let decision = room().presses("U0AYASATO", "core:word.run:status", "status");
    assert!(matches!(decision.wishes[..], [Wish::ReplyInstead { .. }]));
    // What ends an incident is typed again on purpose.
    let near = shown(&room().types("reslove").wishes[0]);
    let buttons = near["blocks"][1]["elements"].as_array().unwrap();
    assert_eq!(buttons[0]["action_id"], "core:declare");
}

#[test]
fn a_line_on_a_button_is_the_title_even_if_it_is_a_number() {
    let form = shown(
        &World::new(En)
            .presses("U0AYASATO", "core:declare", "42")
            .wishes[0],
    );
    let title = form["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|b| b["block_id"] == "title");
    assert_eq!(title.unwrap()["element"]["initial_value"], "42");
}

#[test]
fn an_outsider_learns_nothing_of_a_private_incident() {
    let mut world = room();
    world.incident.as_mut().unwrap().private = true;
    for action in ["core:status", "core:resolve", "todo:done:1"] {
        let told = told(&world.presses("U0STRANGER", action, "42"));
        assert!(
            told.starts_with("This incident is private."),
            "{action}: {told}"
        );
    }
    assert!(matches!(
        world.presses("U0YUI", "todo:done:1", "42").route,
        Route::Step { .. }
    ));
    let declare = world.presses("U0STRANGER", "core:declare", "42");
    assert!(matches!(declare.wishes[..], [Wish::OpenForm { .. }]));
}

#[test]
fn a_button_of_a_step_that_is_gone_says_so() {
    let told = told(&room().presses("U0YUI", "status-page:publish", "42"));
    assert_eq!(told, "This button is too old. Type /incident help instead.");
}

#[test]
fn the_card_is_shown_to_the_room_once_a_minute() {
    let mut world = room();
    let first = world.presses("U0YUI", "core:status.share", "42");
    let (key, value) = first.remember[0].clone();
    world.memory.insert(key, value.unwrap());
    assert_eq!(
        world.presses("U0YUI", "core:status.share", "42"),
        Decision::default()
    );
    world.now = minute(22);
    assert_eq!(
        world
            .presses("U0YUI", "core:status.share", "42")
            .wishes
            .len(),
        1
    );
}

fn message(text: &str) -> SeenMessage {
    SeenMessage {
        id: MessageId {
            channel: "C0GENERAL".into(),
            ts: "1796101500.000100".to_owned(),
        },
        thread: None,
        author: Some("U0AYASATO".into()),
        at: minute(0),
        text: text.to_owned(),
        files: vec![],
    }
}

#[test]
fn a_mention_does_the_same_with_a_button_for_forms() {
    let mention =
        |text: &str| World::new(En).decide(Some("U0AYASATO"), What::Mentioned(message(text)));
    assert_eq!(told(&mention("<@U0IRIS> list")), "Open incidents: 2");
    let form = mention("<@U0IRIS|iris> Checkout is down");
    assert_eq!(
        told(&form),
        "/incident declare needs a form. Press the button to open it."
    );
    let button = &shown(&form.wishes[0])["blocks"][1]["elements"][0];
    assert_eq!(button["value"], "Checkout is down");
    assert_eq!(mention("thanks <@U0IRIS>").route, Route::Nobody);
}

#[test]
fn a_message_opens_the_form_with_its_words_and_its_link() {
    let shortcut = Shortcut {
        callback: "core:declare.message".to_owned(),
        message: Some(message("Checkout is down\nsince 14:00")),
        reply: crate::event::Reply {
            trigger: Some("1".to_owned()),
            response_url: None,
        },
    };
    let decision = World::new(En).decide(Some("U0AYASATO"), What::Shortcut(shortcut));
    let form = shown(&decision.wishes[0]).to_string();
    assert!(
        form.contains(r#""initial_value":"Checkout is down""#),
        "{form}"
    );
    let link = "https://acme.slack.com/archives/C0GENERAL/p1796101500000100";
    assert!(
        form.contains(&format!("Checkout is down\\nsince 14:00\\n{link}")),
        "{form}"
    );
    assert!(form.contains("From a message in <#C0GENERAL>"), "{form}");
}

#[test]
fn in_a_direct_conversation_nothing_is_announced() {
    let what = What::Command(Command {
        text: "x y".to_owned(),
        channel: "D0AYA".into(),
        channel_name: "directmessage".to_owned(),
        reply: crate::event::Reply {
            trigger: Some("1".to_owned()),
            response_url: None,
        },
    });
    let decision = World::new(En).decide(Some("U0AYASATO"), what);
    let Wish::OpenForm { memo, .. } = &decision.wishes[0] else {
        panic!("{decision:?}")
    };
    assert!(!memo.contains("origin"), "{memo}");
}
