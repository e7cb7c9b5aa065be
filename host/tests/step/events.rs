//! What a step is told of each event, and which events it is told.

use std::{collections::BTreeMap, sync::Arc};

use iris::{
    event::{
        Answer, Command, Declared, Missing, Outcome, Pressed, PressedMessage, Reacted, Reply,
        Submitted, Trouble, View, What, WishFailed,
    },
    ids::MessageId,
    incident::Status,
    step::Typed,
};
use serde_json::json;

use crate::stage::{NOW, Stage, about, said};

fn answer(field: &str, value: &str) -> Answer {
    Answer {
        field: field.to_owned(),
        values: vec![value.to_owned()],
    }
}

fn message() -> MessageId {
    MessageId {
        channel: "C1".into(),
        ts: "1795410000.000100".to_owned(),
    }
}

fn view() -> View {
    View {
        callback: "guest:add".to_owned(),
        memo: r#"{"v":1,"incident":1,"memo":"todo-1"}"#.to_owned(),
        ..View::default()
    }
}

fn pressed() -> Pressed {
    Pressed {
        action: "guest:done:1".to_owned(),
        block: "b".to_owned(),
        values: vec!["1".to_owned()],
        answers: vec![answer("guest:pick", "a"), answer("due", "2026-12-01")],
        channel: Some("C1".into()),
        message: Some(PressedMessage {
            id: message(),
            ephemeral: false,
            thread: None,
        }),
        view: None,
        reply: Reply::default(),
    }
}

#[tokio::test]
async fn each_event_is_told_in_the_contracts_words() {
    let stage = Stage::new().await;
    let declared = BTreeMap::from([
        ("guest".into(), vec![answer("impact", "all")]),
        ("todo".into(), vec![answer("secret", "no")]),
    ]);
    let happenings = [
        What::Declared(Declared { answers: declared }),
        What::RoomOpened {
            channel: "C1".into(),
            name: "inc-1".to_owned(),
        },
        What::SeverityChanged {
            was: None,
            now: Some("sev1".to_owned()),
            why: "worse".to_owned(),
        },
        What::StatusChanged {
            was: Status::Declared,
            now: Status::Resolved,
            note: "ok".to_owned(),
        },
        What::RoleChanged {
            role: "commander".to_owned(),
            was: None,
            now: Some("U2".into()),
        },
        What::TitleChanged {
            was: "a".to_owned(),
            now: "b".to_owned(),
        },
        What::Pressed(pressed()),
        What::Pressed(Pressed {
            message: None,
            view: Some(view()),
            ..pressed()
        }),
        What::Submitted(Submitted {
            view: view(),
            answers: vec![],
            reply: Reply::default(),
        }),
        What::Reacted(Reacted {
            emoji: "pushpin".to_owned(),
            added: true,
            message: message(),
            author: None,
        }),
        What::Deleted { message: message() },
        What::Timer {
            owner: "guest".into(),
            name: "remind".to_owned(),
            due: NOW,
        },
        What::Answered {
            owner: "guest".into(),
            key: "k".to_owned(),
            outcome: Outcome::Slack(Box::new(json!({ "ok": true }))),
        },
        What::Invited {
            owner: "guest".into(),
            came: vec!["U2".into()],
            missing: vec![Missing {
                who: "@x".to_owned(),
                code: "not-found".to_owned(),
            }],
        },
        What::WishFailed(WishFailed {
            owner: "guest".into(),
            wish: "messages.post".to_owned(),
            name: Some("panel".to_owned()),
            trouble: Trouble {
                code: "is_archived".to_owned(),
                sentence: "It is.".to_owned(),
                scope: None,
            },
            effect: "key".to_owned(),
            reply: Reply::default(),
        }),
        What::Other {
            name: "weather".to_owned(),
            data: json!({ "rain": true }),
        },
    ];
    let mut told = vec![];
    for what in happenings {
        let mut came = stage.came_to(about(what, json!([{ "do": "event" }]))).await;
        told.append(&mut came);
    }
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_command_comes_with_its_words() {
    let stage = Stage::new().await;
    let command = Command {
        text: "todo \"call the bank\" <@U2|bob> a &lt; b".to_owned(),
        channel: "C1".into(),
        channel_name: "inc-1".to_owned(),
        reply: Reply::default(),
    };
    let mut call = about(What::Command(command), json!([{ "do": "event" }]));
    call.typed = Some(Typed {
        word: "todo".to_owned(),
        rest: "\"call the bank\" <@U2|bob> a &lt; b".to_owned(),
    });
    insta::assert_json_snapshot!(stage.came_to(call).await);
}

/// What is not for the step does not reach it.
#[tokio::test]
async fn what_is_anothers_is_not_told() {
    let stage = Stage::new().await;
    let theirs = Pressed {
        action: "todo:done".to_owned(),
        ..pressed()
    };
    for what in [What::HomeOpened, What::Pressed(theirs.clone())] {
        assert_eq!(
            stage
                .done(about(what, json!([{ "do": "event" }])))
                .await
                .writes,
            []
        );
    }
    let concerns = |what: What| stage.step.concerns(&about(what, json!([])).event);
    assert!(concerns(What::Pressed(pressed())));
    assert!(!concerns(What::Pressed(theirs)));
    assert!(concerns(said(json!([])).event.what.clone()));
    assert!(!concerns(What::HomeOpened));
    assert!(!concerns(What::TitleChanged {
        was: "a".to_owned(),
        now: "b".to_owned()
    }));
    assert!(!concerns(What::Timer {
        owner: "todo".into(),
        name: "x".to_owned(),
        due: NOW
    }));
}

#[tokio::test]
async fn a_reaction_comes_with_its_message_when_it_could_be_read() {
    let stage = Stage::new().await;
    let What::Said(seen) = said(json!([])).event.what.clone() else {
        panic!()
    };
    let reacted = What::Reacted(Reacted {
        emoji: "pushpin".to_owned(),
        added: true,
        message: seen.id.clone(),
        author: None,
    });
    let mut call = about(reacted, json!([{ "do": "event" }]));
    call.facts.reacted = Some(Arc::new(seen));
    let told = stage.came_to(call).await;
    assert!(told[0].as_str().unwrap().contains("it burns"), "{told:?}");
}
