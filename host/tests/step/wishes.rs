//! Each wish is recorded as the step made it, or refused with a reason; fault 15.

use std::sync::Arc;

use iris::{
    event::{Pressed, PressedMessage, Reply, Shortcut, Submitted, View, What},
    ids::MessageId,
    step::Grants,
};
use serde_json::{Value, json};

use crate::stage::{Stage, about, said};

#[tokio::test]
async fn wishes_are_recorded_as_made() {
    let stage = Stage::new().await;
    let blocks = json!([{ "type": "actions", "elements": [
        { "type": "button", "action_id": "done", "text": { "type": "plain_text", "text": "Done" } },
        { "type": "button", "action_id": "guide:take" },
    ] }]);
    let acts = json!([
        { "do": "append", "kind": "note", "text": "It burns", "message": "C1:17.5", "data": "{\"a\":1}" },
        { "do": "show", "label": "Open todos", "times": 1 },
        { "do": "severity", "severity": "sev2" },
        { "do": "status", "status": "resolved" },
        { "do": "status", "status": "closed" },
        { "do": "role", "role": "commander", "holder": "U2" },
        { "do": "title", "title": "Checkout is slow" },
        { "do": "invite", "people": ["<@U2|bob>", "@payments-oncall", "lead@acme.example"] },
        { "do": "topic", "text": "SEV2" },
        { "do": "bookmark", "title": "Table", "link": "https://wiki.acme.example/x" },
        { "do": "post", "name": "todo-1", "text": "Todo", "blocks": blocks.to_string() },
        { "do": "update", "name": "panel", "text": "Now", "more": "{\"unfurl_links\":false}" },
        { "do": "say", "place": "thread:todo-1", "text": "In the thread" },
        { "do": "say", "place": "thread:guide/panel", "text": "In another's" },
        { "do": "say", "place": "U2", "text": "To one" },
        { "do": "reply", "text": "Heard" },
        { "do": "whisper", "to": "U2", "message": { "text": "Psst" } },
        { "do": "pin", "message": "C1:17.5" },
        { "do": "react", "message": "todo-1", "emoji": "eyes" },
        { "do": "remove", "name": "panel" },
        { "do": "upload", "name": "file", "filename": "timeline.md", "bytes": 3 },
        { "do": "timer", "name": "remind", "after": 3600 },
        { "do": "call", "method": "users.info", "arguments": "{\"user\":\"U2\",\"in\":\"{room}\"}" },
        { "do": "fetch", "url": "https://api.statuspage.example/v1",
          "header": ["Authorization", "Bearer {secret:STATUSPAGE_TOKEN}"] },
    ]);
    let recorded = stage.done(said(acts)).await;
    let came = crate::stage::came_to(&recorded);
    assert_eq!(came, vec![Value::Null; 24]);
    insta::assert_json_snapshot!(recorded.wishes);
}

/// What is wrong with a wish, by its code.
#[tokio::test]
async fn what_is_wrong_is_refused_by_name() {
    let stage = Stage::new().await;
    let section =
        |text: &str| json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } });
    let blocks = |blocks: Value| json!({ "do": "say", "text": "x", "blocks": blocks.to_string() });
    let cases = [
        (
            json!({ "do": "append", "kind": "A Note", "text": "" }),
            "Malformed kind",
        ),
        (
            json!({ "do": "append", "kind": "note", "text": "", "data": "[]" }),
            "Malformed data-json",
        ),
        (
            json!({ "do": "append", "kind": "note", "text": "", "message": "panel" }),
            "NotNow not-sent",
        ),
        (
            json!({ "do": "show", "label": "x", "times": 4 }),
            "TooLarge lines",
        ),
        (
            json!({ "do": "severity", "severity": "sev9" }),
            "NotFound unknown-severity",
        ),
        (
            json!({ "do": "status", "status": "on-fire" }),
            "NotFound unknown-status",
        ),
        (
            json!({ "do": "status", "status": "closed" }),
            "Conflict status-order",
        ),
        (
            json!({ "do": "role", "role": "king", "holder": null }),
            "NotFound unknown-role",
        ),
        (
            json!({ "do": "role", "role": "commander", "holder": "bob" }),
            "Malformed user-id",
        ),
        (json!({ "do": "title", "title": " " }), "Malformed empty"),
        (json!({ "do": "open", "name": "inc-1" }), "Conflict room"),
        (
            json!({ "do": "invite", "people": ["U2", "bob"] }),
            "Malformed people",
        ),
        (
            json!({ "do": "topic", "text": "x".repeat(251) }),
            "TooLarge too-long",
        ),
        (
            json!({ "do": "bookmark", "title": "x", "link": "javascript:1" }),
            "Malformed link",
        ),
        (
            json!({ "do": "post", "name": "Panel", "text": "x" }),
            "Malformed name",
        ),
        (
            json!({ "do": "post", "name": "a", "place": "D", "text": "x" }),
            "Malformed channel-id",
        ),
        (json!({ "do": "say", "text": "" }), "Malformed empty"),
        (
            json!({ "do": "say", "text": "x", "blocks": "{}" }),
            "Malformed blocks-json",
        ),
        (blocks(json!([])), "TooLarge blocks"),
        (blocks(json!(vec![section("x"); 51])), "TooLarge blocks"),
        (
            blocks(json!(vec![section(&"x".repeat(3_001)); 3])),
            "TooLarge blocks-text",
        ),
        (
            json!({ "do": "say", "text": "x", "more": "{\"chann\\u0065l\":1}" }),
            "Malformed more-reserved",
        ),
        (
            json!({ "do": "update", "name": "nothing", "text": "x" }),
            "NotFound unknown-message",
        ),
        (
            json!({ "do": "update", "name": "guide/panel", "text": "x" }),
            "Malformed name",
        ),
        (
            json!({ "do": "say", "place": "thread:todo/x", "text": "x" }),
            "NotFound unknown-message",
        ),
        (
            json!({ "do": "pin", "message": "nothing" }),
            "NotFound unknown-message",
        ),
        (
            json!({ "do": "react", "message": "panel", "emoji": ":eyes:" }),
            "Malformed emoji",
        ),
        (
            json!({ "do": "reply-instead", "text": "x" }),
            "NotNow not-pressed",
        ),
        (
            json!({ "do": "whisper", "to": "U2", "message": { "place": "U2", "text": "x" } }),
            "Malformed place",
        ),
        (
            json!({ "do": "upload", "name": "f", "filename": "../f", "bytes": 3 }),
            "Malformed filename",
        ),
        (
            json!({ "do": "upload", "name": "f", "filename": "f", "bytes": 1_048_577 }),
            "TooLarge file",
        ),
        (
            json!({ "do": "form", "view": "{}", "memo": "" }),
            "NotNow no-act",
        ),
        (
            json!({ "do": "call", "method": "users.list", "arguments": "{}" }),
            "NotGranted allow.slack",
        ),
        (
            json!({ "do": "call", "method": "users.info", "arguments": "[]" }),
            "Malformed arguments-json",
        ),
        (
            json!({ "do": "call", "method": "users.info", "arguments": "{\"token\":\"x\"}" }),
            "Malformed token",
        ),
        (
            json!({ "do": "call", "method": "users.info", "arguments": "{\"ts\":\"{message:x}\"}" }),
            "NotFound unknown-message",
        ),
        (
            json!({ "do": "fetch", "url": "https://evil.example/", "header": ["a", "b"] }),
            "NotGranted allow.http",
        ),
        (
            json!({ "do": "fetch", "url": "https://api.statuspage.example/", "header": ["Host", "b"] }),
            "Malformed header-reserved",
        ),
        (
            json!({ "do": "fetch", "url": "https://api.statuspage.example/", "header": ["a", "{secret:OTHER}"] }),
            "NotGranted allow.secrets",
        ),
    ];
    let (acts, codes): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let recorded = stage.done(said(json!(acts))).await;
    let expected: Vec<_> = codes
        .iter()
        .map(|code| json!(format!("RefusalKind::{code}")))
        .collect();
    for ((came, expected), act) in crate::stage::came_to(&recorded)
        .iter()
        .zip(&expected)
        .zip(&acts)
    {
        assert_eq!(came, expected, "{act}");
    }
    assert_eq!(recorded.wishes, [], "a refusal records nothing");
}

/// Fault 15: each interface is a permission.
#[tokio::test]
async fn row_15_what_was_not_granted_is_refused() {
    let stage = Stage::new().await;
    let mut call = said(json!([
        { "do": "title", "title": "x" },
        { "do": "topic", "text": "x" },
        { "do": "say", "text": "x" },
        { "do": "form", "view": "{}", "memo": "" },
        { "do": "timer", "name": "x", "after": 1 },
        { "do": "call", "method": "users.info", "arguments": "{}" },
        { "do": "fetch", "url": "https://api.statuspage.example/", "header": ["a", "b"] },
    ]));
    call.grants = Arc::new(Grants::default());
    let came = stage.came_to(call).await;
    let names = [
        "incident", "room", "messages", "forms", "timers", "slack", "http",
    ];
    let refusals = names.map(|name| json!(format!("RefusalKind::NotGranted allow.{name}")));
    assert_eq!(came, refusals);
}

/// Eight links on, nothing that would cause another event.
#[tokio::test]
async fn chains_end() {
    let stage = Stage::new().await;
    let mut call = said(json!([
        { "do": "title", "title": "x" },
        { "do": "invite", "people": ["U2"] },
        { "do": "say", "text": "x" },
    ]));
    Arc::make_mut(&mut call.event).chain = 8;
    let chain = json!("RefusalKind::NotNow chain");
    assert_eq!(
        stage.came_to(call).await,
        [chain.clone(), chain, Value::Null]
    );
}

#[tokio::test]
async fn one_room_is_wished() {
    let stage = Stage::new().await;
    let open = json!({ "do": "open", "name": "inc-{1}" });
    let mut call = said(json!([{ "do": "open", "name": "🔥" }, open, open]));
    Arc::make_mut(call.facts.incident.as_mut().unwrap()).room = None;
    let conflict = json!("RefusalKind::Conflict room");
    let nothing_left = json!("RefusalKind::Malformed room-name");
    assert_eq!(
        stage.came_to(call.clone()).await,
        [nothing_left, Value::Null, conflict.clone()]
    );
    call.facts.room_wished = true;
    assert_eq!(stage.came_to(call).await[1], conflict);
}

fn form(blocks: &Value) -> Value {
    let view = json!({ "type": "modal", "title": { "type": "plain_text", "text": "Todo" }, "blocks": blocks });
    json!({ "do": "form", "view": view.to_string(), "memo": "todo-1" })
}

#[tokio::test]
async fn forms_open_when_somebody_acted() {
    let stage = Stage::new().await;
    let input = json!({ "type": "input", "block_id": "due", "element": { "type": "datepicker", "action_id": "due" } });
    let unnamed = json!({ "type": "input", "element": { "type": "datepicker" } });
    let reserved = json!({ "type": "modal", "callback_id": "x", "blocks": [input] });
    let menu =
        json!({ "type": "input", "block_id": "x", "element": { "type": "external_select" } });
    let acts = json!([
        form(&json!([unnamed])),
        form(&json!([menu])),
        { "do": "form", "view": reserved.to_string(), "memo": "" },
        { "do": "form", "view": json!({ "type": "home", "blocks": [] }).to_string(), "memo": "" },
        { "do": "form", "view": json!({ "type": "modal", "blocks": [input] }).to_string(), "memo": "x".repeat(2_001) },
        { "do": "next", "view": "{}" },
        form(&json!([input])),
        form(&json!([input])),
    ]);
    let shortcut = What::Shortcut(Shortcut {
        callback: "guest:add".to_owned(),
        message: None,
        reply: Reply::default(),
    });
    let recorded = stage.done(about(shortcut, acts)).await;
    assert_eq!(
        crate::stage::came_to(&recorded),
        [
            json!("RefusalKind::Malformed block-id"),
            json!("RefusalKind::Malformed external-select"),
            json!("RefusalKind::Malformed view-reserved"),
            json!("RefusalKind::Malformed view-type"),
            json!("RefusalKind::TooLarge memo"),
            json!("RefusalKind::NotNow no-form"),
            Value::Null,
            json!("RefusalKind::Conflict second-form"),
        ]
    );
    insta::assert_json_snapshot!(recorded.wishes);
}

#[tokio::test]
async fn a_button_is_answered_in_its_place() {
    let stage = Stage::new().await;
    let id = MessageId {
        channel: "C1".into(),
        ts: "17.5".to_owned(),
    };
    let pressed = What::Pressed(Pressed {
        action: "guest:done".to_owned(),
        block: String::new(),
        values: vec![],
        answers: vec![],
        channel: Some("C1".into()),
        message: Some(PressedMessage {
            id,
            ephemeral: true,
            thread: None,
        }),
        view: None,
        reply: Reply::default(),
    });
    let wishes = stage
        .wishes(about(
            pressed,
            json!([{ "do": "reply-instead", "text": "Done" }]),
        ))
        .await;
    assert_eq!(wishes.len(), 1);
}

#[tokio::test]
async fn a_form_is_refused_field_by_field() {
    let stage = Stage::new().await;
    let view = View {
        callback: "guest:form".to_owned(),
        ..View::default()
    };
    let submitted = What::Submitted(Submitted {
        view,
        answers: vec![],
        reply: Reply::default(),
    });
    let acts = json!([{ "do": "fields", "field": "due", "sentence": "It has passed." }]);
    let outcome = stage.call(about(submitted, acts)).await.unwrap();
    let iris::step::Outcome::Fields(fields) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(fields[0].sentence, "It has passed.");
}
