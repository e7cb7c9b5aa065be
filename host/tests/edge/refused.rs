//! What is not taken: the faults 1, 2, 7 and 8, and workspaces without Iris.

use axum::{
    body::Body,
    http::{Request, StatusCode, request::Builder},
};

use crate::{
    bench::{Bench, NOW},
    fixtures::named,
};

const FORM: &[u8] = b"command=%2Fincident&team_id=T0ACME&user_id=U0AYA&channel_id=C0OPS";

#[tokio::test]
async fn row_01_a_wrong_signature_is_401_and_nothing_is_taken() {
    let bench = Bench::new();
    let other_body = bench.signed(NOW, b"command=%2Fother");
    let unsigned = Request::post("/slack/events");
    let doubled = bench
        .signed(NOW, FORM)
        .header("x-slack-request-timestamp", NOW.to_string());
    refuses(&bench, [other_body, unsigned, doubled]).await;
}

#[tokio::test]
async fn row_02_more_than_five_minutes_off_is_401_and_nothing_is_taken() {
    let bench = Bench::new();
    let stale = bench.signed(NOW - 301, FORM);
    let early = bench.signed(NOW + 301, FORM);
    refuses(&bench, [stale, early]).await;
}

async fn refuses(bench: &Bench, requests: impl IntoIterator<Item = Builder>) {
    for request in requests {
        let answer = bench.send(request.body(FORM.into()).unwrap()).await;
        assert_eq!(
            (answer.status, &*answer.body),
            (StatusCode::UNAUTHORIZED, "")
        );
    }
    assert_eq!(bench.intake.taken(), []);
}

#[tokio::test]
async fn row_08_malformed_bodies_are_400() {
    let bench = Bench::new();
    let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let deep_form = format!("payload={deep}");
    for body in [
        "",
        "{",
        "{}",
        "{\"type\":\"event_callback\"}",
        "{\"type\":\"event_callback\",\"event\":{}}",
        "{\"type\":\"url_verification\"}",
        "payload=%7B",
        "payload=%7B%7D",
        "payload=1",
        "hello=world",
        "command=%2Fincident",
        &deep,
        &deep_form,
    ] {
        let answer = bench.deliver(body).await;
        assert_eq!(
            (answer.status, &*answer.body),
            (StatusCode::BAD_REQUEST, ""),
            "{body:.60}"
        );
    }
    assert_eq!(bench.intake.taken(), []);
}

#[tokio::test]
async fn row_08_more_than_a_mebibyte_is_413() {
    let bench = Bench::new();
    let just = [FORM, &vec![b'x'; 1024 * 1024 - FORM.len()]].concat();
    assert_eq!(bench.deliver(just.clone()).await.status, StatusCode::OK);
    let over = [&*just, b"x"].concat();
    assert_eq!(
        bench.deliver(over).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(bench.intake.taken().len(), 1);
}

#[tokio::test]
async fn row_07_without_a_store_it_is_503_and_says_nothing() {
    let bench = Bench::new();
    bench.intake.fail();
    let answer = bench.deliver(named("message")).await;
    assert_eq!(
        (answer.status, &*answer.body),
        (StatusCode::SERVICE_UNAVAILABLE, "")
    );
}

#[tokio::test]
async fn a_workspace_without_iris_is_acknowledged_and_not_served() {
    let bench = Bench::new();
    let elsewhere = |name| {
        String::from_utf8(named(name))
            .unwrap()
            .replace("T0ACME", "T0ELSE")
    };
    let answer = bench.deliver(elsewhere("message")).await;
    assert_eq!((answer.status, &*answer.body), (StatusCode::OK, ""));
    for name in ["command", "pressed-in-message", "shortcut-global"] {
        let answer = bench.deliver(elsewhere(name)).await;
        assert_eq!(answer.status, StatusCode::OK);
        let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(said["response_type"], "ephemeral", "{name}");
        assert!(said["text"].as_str().unwrap().contains("not installed"));
    }
    // A form may only be answered in the forms' own way.
    assert_eq!(bench.deliver(elsewhere("form-submitted")).await.body, "");
    assert_eq!(bench.intake.taken(), []);
}

#[tokio::test]
async fn before_the_token_is_known_everything_signed_is_taken() {
    let bench = Bench::new();
    let body = String::from_utf8(named("command"))
        .unwrap()
        .replace("T0ACME", "T0NEW");
    assert_eq!(bench.deliver(body).await.status, StatusCode::OK);
    assert_eq!(bench.intake.taken().len(), 1);
}

#[tokio::test]
async fn slack_checks_the_certificate_by_get_as_well() {
    let bench = Bench::new();
    let signed = bench
        .signed(NOW, b"")
        .method("GET")
        .uri("/slack/commands?ssl_check=1");
    assert_eq!(
        bench.send(signed.body(Body::empty()).unwrap()).await.status,
        StatusCode::OK
    );
    assert_eq!(
        bench.get("/slack/commands?ssl_check=1").await.status,
        StatusCode::UNAUTHORIZED
    );
}
