//! What is taken in, and how it is acknowledged.

use axum::http::StatusCode;
use iris::{
    clock::Moment,
    edge::decode::{Delivery, decode},
    inbox::Ack,
    installer::Heard,
};
use serde_json::json;

use crate::{
    bench::{Bench, NOW},
    fixtures::{self, named},
};

/// Each fixture's event, reviewed like code.
#[test]
fn every_delivery_becomes_what_happened() {
    for fixture in fixtures::all() {
        match decode(&fixture.body, Moment(NOW * 1000)).expect(&fixture.name) {
            Delivery::Happened(happened) => {
                insta::assert_json_snapshot!(fixture.name, happened.event);
            }
            other @ (Delivery::Challenge(_)
            | Delivery::SslCheck
            | Delivery::Nothing(_)
            | Delivery::Installation(_)) => {
                insta::assert_debug_snapshot!(fixture.name, other);
            }
        }
    }
}

#[tokio::test]
async fn every_delivery_is_acknowledged() {
    let bench = Bench::new();
    for fixture in fixtures::all() {
        let answer = bench.deliver(fixture.body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", fixture.name);
    }
    assert!(bench.intake.taken().len() > 30);
}

#[tokio::test]
async fn all_routes_take_all_kinds() {
    let bench = Bench::new();
    for route in ["/slack/events", "/slack/commands", "/slack/interactions"] {
        for name in ["message", "command", "form-submitted"] {
            let body = named(name);
            let request = bench
                .signed(NOW, &body)
                .uri(route)
                .body(body.into())
                .unwrap();
            assert_eq!(
                bench.send(request).await.status,
                StatusCode::OK,
                "{name} on {route}"
            );
        }
    }
    assert_eq!(bench.intake.taken().len(), 9);
}

#[tokio::test]
async fn the_acknowledgement_says_what_the_intake_says() {
    let bench = Bench::new();
    let answer = bench.deliver(named("form-submitted")).await;
    assert_eq!((answer.status, &*answer.body), (StatusCode::OK, ""));
    let errors = json!({ "response_action": "errors", "errors": { "title": "Say more." } });
    bench.intake.answer(Ack::Json(errors.clone()));
    let answer = bench.deliver(named("form-submitted")).await;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&answer.body).unwrap(),
        errors
    );
}

#[tokio::test]
async fn a_request_sent_again_is_the_same_event() {
    let bench = Bench::new();
    for fixture in fixtures::all() {
        let before = bench.intake.taken().len();
        bench.deliver(fixture.body.clone()).await;
        bench.deliver(fixture.body).await;
        let taken = bench.intake.taken();
        let ids: Vec<&str> = taken[before..].iter().map(|event| &*event.id).collect();
        assert!(
            ids.is_empty() || (ids.len() == 2 && ids[0] == ids[1]),
            "{}: {ids:?}",
            fixture.name
        );
    }
}

#[tokio::test]
async fn different_deliveries_are_different_events() {
    let bench = Bench::new();
    for fixture in fixtures::all() {
        bench.deliver(fixture.body).await;
    }
    let taken = bench.intake.taken();
    let mut ids: Vec<&str> = taken.iter().map(|event| &*event.id).collect();
    ids.sort_unstable();
    // The interactions here share one trigger.
    ids.dedup_by(|a, b| a == b && !a.starts_with("trigger:"));
    assert_eq!(ids.len(), taken.len());
}

#[tokio::test]
async fn a_form_filled_in_otherwise_is_another_submission() {
    let bench = Bench::new();
    let body = String::from_utf8(named("form-submitted")).unwrap();
    bench.deliver(body.clone()).await;
    // Pressed again within a moment: another trigger, the same form.
    bench
        .deliver(body.replace("796.101.abc", "796.777.xyz"))
        .await;
    bench
        .deliver(body.replace("fails+with+500", "is+slow"))
        .await;
    let ids: Vec<String> = bench
        .intake
        .taken()
        .into_iter()
        .map(|event| event.id)
        .collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

#[tokio::test]
async fn irises_own_doings_are_never_told() {
    let bench = Bench::new();
    let names = [
        "message-of-iris",
        "message-of-iris-changed",
        "message-bot",
        "reaction-of-iris",
        "member-joined-iris",
    ];
    for name in names {
        let body = String::from_utf8(named(name)).unwrap();
        assert_eq!(bench.deliver(body.clone()).await.status, StatusCode::OK);
        // Without the app's id and the authorization, the ids known from the token tell.
        let bare = body
            .replace("A0IRIS", "A0")
            .replace("\"authorizations\"", "\"removed\"");
        assert_eq!(bench.deliver(bare).await.status, StatusCode::OK);
    }
    assert_eq!(bench.intake.taken(), []);
}

#[tokio::test]
async fn what_slack_tells_of_an_installation_is_kept_before_it_is_acknowledged() {
    let bench = Bench::new();
    let body = json!({
        "type": "event_callback",
        "team_id": "T0ACME",
        "event_id": "Ev1",
        "event_time": NOW,
        "event": { "type": "app_uninstalled" },
    });
    let answer = bench.deliver(body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let heard = bench.installer.heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 1);
    assert_eq!(
        (heard[0].team.as_str(), &heard[0].what),
        ("T0ACME", &Heard::Uninstalled)
    );
    assert!(bench.intake.taken().is_empty());
}
