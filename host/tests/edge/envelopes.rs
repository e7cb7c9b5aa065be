//! The door of Socket Mode: what comes through it is what HTTP would have brought.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use iris::{
    clock::Moment,
    edge::decode::{Delivery, Disconnect, Frame, Malformed, decode, frame},
    event::Event,
    inbox::Ack,
};
use serde_json::{Value, json};

use crate::{
    bench::{Bench, NOW},
    fixtures::{self, Fixture, named},
};

/// What Slack only ever asks over HTTP.
const HTTP_ALONE: [&str; 2] = ["ssl-check", "url-verification"];

/// A delivery in its envelope, its JSON untouched.
fn wrapped(body: &[u8], answerable: bool) -> String {
    if serde_json::from_slice::<Value>(body).is_ok() {
        let event = String::from_utf8_lossy(body);
        return envelope("events_api", &event, answerable);
    }
    let mut form: BTreeMap<String, String> = serde_urlencoded::from_bytes(body).unwrap();
    match form.remove("payload") {
        Some(payload) => envelope("interactive", &payload, answerable),
        None => envelope("slash_commands", &json!(form).to_string(), answerable),
    }
}

fn envelope(kind: &str, payload: &str, answerable: bool) -> String {
    format!(
        "{{\"type\":\"{kind}\",\"envelope_id\":\"e-1\",\"payload\":{payload},\
         \"accepts_response_payload\":{answerable}}}"
    )
}

/// All that come through either door.
fn both() -> impl Iterator<Item = Fixture> {
    let all = fixtures::all().into_iter();
    all.filter(|fixture| !HTTP_ALONE.contains(&&*fixture.name))
}

/// What Slack gives no id is known by its bytes, which are a form's over HTTP.
fn without_digest(mut event: Event) -> Event {
    if event.id.starts_with("digest:") {
        "digest".clone_into(&mut event.id);
    }
    event
}

fn happened(mut delivery: Delivery) -> Delivery {
    if let Delivery::Happened(happened) = &mut delivery {
        happened.event = without_digest(happened.event.clone());
    }
    delivery
}

fn opened(text: &str) -> Result<Delivery, Malformed> {
    let Frame::Envelope(envelope) = frame(text)? else {
        panic!("no envelope: {text}");
    };
    envelope.open(Moment(NOW * 1000))
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_delivery_is_the_same_through_both_doors() {
    for fixture in both() {
        let by_http = decode(&fixture.body, Moment(NOW * 1000)).expect(&fixture.name);
        let by_socket = opened(&wrapped(&fixture.body, false)).expect(&fixture.name);
        assert_eq!(happened(by_socket), happened(by_http), "{}", fixture.name);
    }
}

#[tokio::test]
async fn every_delivery_is_answered_the_same_through_both_doors() {
    let bench = Bench::new();
    let said = json!({ "response_action": "errors", "errors": { "title": "Say more." } });
    for ack in [Ack::Empty, Ack::Json(said)] {
        bench.intake.answer(ack);
        for fixture in both() {
            let by_http = bench.deliver(fixture.body.clone()).await;
            assert_eq!(by_http.status, StatusCode::OK);
            let by_socket = bench.deliver_by_socket(wrapped(&fixture.body, true)).await;
            let expected = match &*by_http.body {
                "" => json!({ "envelope_id": "e-1" }),
                body => json!({ "envelope_id": "e-1", "payload": value(body) }),
            };
            let by_socket = value(&by_socket.expect(&fixture.name));
            assert_eq!(by_socket, expected, "{}", fixture.name);
        }
    }
    let taken = bench.intake.taken().into_iter();
    let taken: Vec<Event> = taken.map(without_digest).collect();
    assert!(taken.len() > 120);
    for pair in taken.chunks(2) {
        assert_eq!(pair[0], pair[1]);
    }
}

#[tokio::test]
async fn nothing_is_said_where_slack_takes_no_answer() {
    let bench = Bench::new();
    bench.intake.answer(Ack::Json(json!({ "text": "Hello" })));
    let said = bench.deliver_by_socket(wrapped(&named("command"), false));
    assert_eq!(value(&said.await.unwrap()), json!({ "envelope_id": "e-1" }));
}

#[tokio::test]
async fn a_workspace_without_iris_is_told_so_through_the_socket() {
    let bench = Bench::new();
    let command = String::from_utf8(named("command")).unwrap();
    let elsewhere = command.replace("T0ACME", "T0ELSE");
    let said = bench.deliver_by_socket(wrapped(elsewhere.as_bytes(), true));
    let said = value(&said.await.unwrap());
    let text = said["payload"]["text"].as_str().unwrap();
    assert!(text.contains("not installed"), "{text}");
    assert_eq!(bench.intake.taken(), []);
}

#[tokio::test]
async fn row_07_without_a_store_nothing_is_acknowledged() {
    let bench = Bench::new();
    bench.intake.fail();
    assert_eq!(
        bench
            .deliver_by_socket(wrapped(&named("message"), false))
            .await,
        None
    );
}

#[tokio::test]
async fn row_08_what_cannot_be_read_is_not_acknowledged() {
    let bench = Bench::new();
    let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    for text in [
        envelope("events_api", "{}", false),
        envelope("events_api", "{\"type\":\"event_callback\"}", false),
        envelope("slash_commands", "{\"command\":\"/incident\"}", true),
        envelope("interactive", "[]", true),
        envelope("interactive", "1", true),
    ] {
        assert_eq!(bench.deliver_by_socket(text.clone()).await, None, "{text}");
    }
    assert_eq!(bench.intake.taken(), []);
    for text in [
        "",
        "{",
        "{}",
        "[]",
        "{\"type\":\"events_api\",\"envelope_id\":\"e\"}",
    ] {
        assert!(frame(text).is_err(), "{text}");
    }
    let deep = format!("{{\"type\":\"events_api\",\"envelope_id\":\"e\",\"payload\":{deep}}}");
    assert!(frame(&deep).is_err() || opened(&deep).is_err());
}

#[tokio::test]
async fn what_this_version_does_not_know_is_acknowledged_and_left() {
    let bench = Bench::new();
    let said = bench.deliver_by_socket(envelope("holograms", "{\"a\":1}", false));
    assert_eq!(value(&said.await.unwrap()), json!({ "envelope_id": "e-1" }));
    assert_eq!(bench.intake.taken(), []);
    let frame = frame("{\"type\":\"weather\"}").unwrap();
    assert!(matches!(frame, Frame::Unknown(kind) if kind == "weather"));
}

#[test]
fn slack_says_why_it_closes_a_socket() {
    let hello = frame("{\"type\":\"hello\",\"num_connections\":2}");
    assert!(matches!(hello, Ok(Frame::Hello)));
    for (reason, expected) in [
        ("warning", Disconnect::Warning),
        ("refresh_requested", Disconnect::Refresh),
        ("link_disabled", Disconnect::Disabled),
        ("too_many_websockets", Disconnect::TooMany),
        ("a new one", Disconnect::Other),
    ] {
        let text = json!({ "type": "disconnect", "reason": reason }).to_string();
        let Ok(Frame::Disconnect(why)) = frame(&text) else {
            panic!("{text}");
        };
        assert_eq!(why, expected);
    }
}

#[tokio::test]
async fn without_a_signing_secret_no_request_is_believed() {
    let bench = Bench::over_sockets();
    let answer = bench.deliver(named("message")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(
        bench
            .deliver_by_socket(wrapped(&named("message"), false))
            .await
            .is_some()
    );
    assert_eq!(bench.intake.taken().len(), 1);
}
