//! Alerts as a door: what monitoring systems send to `/hooks/<name>`, through the real wiring, and
//! what people see of it.

mod declared;
mod limits;
mod refused;
mod senders;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Request, header::AUTHORIZATION},
};
use iris_tests::{HOOK_SECRET, Team, World};
use serde_json::{Value, json};
use slack_sim::ClockSetting;
use tower::ServiceExt;

/// A hook of each kind, for the team of the stories.
const HOOKS: &str = r#"
[[hook]]
name = "alertmanager"
kind = "alertmanager"
channel = "C0GENERAL"
[[hook.rule]]
when = { labels.env = "staging" }
ignore = true
[[hook.rule]]
when = { labels.service = ["checkout", "cart"] }
product = "payments"
severity = { by = "labels.severity", map = { critical = "sev1" }, else = "sev2" }
title = "{labels.alertname} on {labels.instance}"

[[hook]]
name = "grafana"
kind = "grafana"
channel = "C0GENERAL"
timestamp_header = "X-Grafana-Timestamp"
[[hook.rule]]
product = "search"

[[hook]]
name = "pager"
kind = "pagerduty"
channel = "C0GENERAL"
[[hook.rule]]
when = { service.summary = "Checkout" }
product = "payments"
severity = { by = "urgency", map = { high = "sev1", low = "sev2" } }

[[hook]]
name = "datadog"
kind = "datadog"
channel = "C0GENERAL"
[[hook.rule]]
when = { tags.service = "checkout" }
product = "payments"
severity = "sev2"

[[hook]]
name = "cron"
kind = "json"
label = "Nightly jobs"
channel = "C0GENERAL"
per_hour = 2
key = "/job/name"
status = "/state"
title = "/job/title"
id = "/run"
[[hook.rule]]
product = "search"
"#;

/// What came back: the status, and the JSON with it.
#[derive(Debug, PartialEq)]
struct Answer(u16, Value);

/// The team of the stories with its hooks, in English or in Japanese.
async fn world(team: Team) -> World {
    let settings = slack_sim::Settings {
        clock: ClockSetting::manual(),
        ..slack_sim::Settings::default()
    };
    let search = match team {
        Team::English => "",
        Team::Japanese => "[[product]]\nid = \"search\"\nname = \"検索\"\n",
    };
    let file = format!("{}{search}{HOOKS}", team.file());
    World::with(settings, &file).await.unwrap()
}

/// A request as it comes over the wire.
async fn send(world: &World, hook: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let mut request = Request::post(format!("/hooks/{hook}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).unwrap();
    let answer = world.app.router().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body: Bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    world.settle().await;
    let said = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).unwrap()
    };
    Answer(status, said)
}

/// From who shows the secret.
async fn post(world: &World, hook: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {HOOK_SECRET}");
    let headers = [(AUTHORIZATION.as_str(), &*bearer)];
    send(world, hook, &headers, body.to_string().into_bytes()).await
}

fn came_to(result: &str, incident: impl Into<Option<u32>>) -> Answer {
    Answer(
        200,
        json!({ "result": result, "incident": incident.into() }),
    )
}

/// A group of one alert, as Alertmanager tells it (version 4): `n` makes it another delivery.
fn group(status: &str, service: &str, n: u32) -> Value {
    let labels = json!({
        "alertname": "HighErrorRate", "service": service, "severity": "critical",
        "instance": "web-3", "env": "production",
    });
    let annotations = json!({ "summary": "5 % of checkouts fail" });
    let ends = if status == "resolved" {
        format!("2026-12-01T05:{n:02}:30Z")
    } else {
        "0001-01-01T00:00:00Z".to_owned()
    };
    json!({
        "version": "4",
        "groupKey": format!("{{}}:{{service=\"{service}\"}}"),
        "truncatedAlerts": 0,
        "status": status,
        "receiver": "iris",
        "groupLabels": { "service": service },
        "commonLabels": labels,
        "commonAnnotations": annotations,
        "externalURL": "https://alertmanager.acme.example",
        "alerts": [{
            "status": status,
            "labels": labels,
            "annotations": annotations,
            "startsAt": format!("2026-12-01T05:{n:02}:00Z"),
            "endsAt": ends,
            "generatorURL": "https://prometheus.acme.example/graph?g0.expr=errors",
            "fingerprint": "c1f7a4f1d0b1e2a3",
        }],
    })
}

/// What people have seen since `player` looked last.
async fn seen(world: &World, player: &mut slack_sim::story::Player<'_>) -> String {
    world.settle().await;
    player.look().await.join("\n")
}
