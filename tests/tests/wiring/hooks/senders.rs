//! Each sender's own words: who says that it begins, and who that it is over.

use hmac::{Hmac, KeyInit, Mac};
use iris::incident::Incident;
use iris_tests::{HOOK_SECRET, Team, World};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Answer, came_to, group, post, send, world};

fn signed(over: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(HOOK_SECRET.as_bytes()).unwrap();
    for part in over {
        mac.update(part);
    }
    hex::encode(mac.finalize().into_bytes())
}

/// What who shows the secret sends comes to this, of the first incident.
async fn comes_to(world: &World, hook: &str, body: &Value, result: &str) {
    assert_eq!(post(world, hook, body).await, came_to(result, 1), "{body}");
}

/// The first incident.
async fn first(world: &World) -> Incident {
    let found = world.app.store.incident(&world.team(), 1).await;
    found.unwrap().unwrap()
}

/// PagerDuty's webhook, version 3.
fn pagerduty(kind: &str, event: &str) -> Value {
    json!({ "event": {
        "id": event,
        "event_type": kind,
        "resource_type": "incident",
        "occurred_at": "2026-12-01T05:04:59Z",
        "agent": null,
        "client": null,
        "data": {
            "id": "PGR0VU2",
            "type": "incident",
            "self": "https://api.pagerduty.com/incidents/PGR0VU2",
            "html_url": "https://acme.pagerduty.com/incidents/PGR0VU2",
            "number": 2,
            "status": "triggered",
            "title": "Checkout answers slowly",
            "service": { "id": "PF9KMXH", "summary": "Checkout", "type": "service_reference" },
            "urgency": "high",
        },
    }})
}

async fn pager(world: &World, body: &Value) -> Answer {
    let body = body.to_string().into_bytes();
    let old = "v1=".to_owned() + &"0".repeat(64);
    let signature = format!("{old},v1={}", signed(&[&body]));
    send(
        world,
        "pager",
        &[("x-pagerduty-signature", &*signature)],
        body,
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn pagerduty_signs_its_deliveries() {
    let world = world(Team::English).await;
    let begins = pagerduty("incident.triggered", "01A");
    assert_eq!(pager(&world, &begins).await, came_to("declared", 1));
    // What happens there between is none of Iris's business.
    let noticed = pagerduty("incident.acknowledged", "01B");
    assert_eq!(
        pager(&world, &noticed).await,
        Answer(200, json!({ "result": "nothing" }))
    );
    let over = pagerduty("incident.resolved", "01C");
    assert_eq!(pager(&world, &over).await, came_to("resolved", 1));
    let incident = first(&world).await;
    assert_eq!(incident.title, "Checkout answers slowly");
    assert_eq!(incident.severity.as_deref(), Some("sev1"));
    assert_eq!(
        incident.situation,
        "https://acme.pagerduty.com/incidents/PGR0VU2"
    );
    let shown = post(&world, "pager", &begins).await;
    assert_eq!(shown, Answer(401, Value::Null));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn grafana_shows_the_secret_or_signs_with_the_time() {
    let world = world(Team::English).await;
    let mut begins = group("firing", "search", 1);
    begins["orgId"] = 1.into();
    begins["title"] = "[FIRING:1] HighErrorRate".into();
    comes_to(&world, "grafana", &begins, "declared").await;
    let over = group("resolved", "search", 1).to_string().into_bytes();
    let now = world.clock.now().seconds();
    let signature = signed(&[now.to_string().as_bytes(), b":", &over]);
    let sent = async |seconds: u64| {
        let time = seconds.to_string();
        let headers = [
            ("x-grafana-alerting-signature", &*signature),
            ("x-grafana-timestamp", &*time),
        ];
        send(&world, "grafana", &headers, over.clone()).await
    };
    assert_eq!(sent(now - 301).await.0, 401, "another time, and too old");
    assert_eq!(sent(now).await, came_to("resolved", 1));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn datadog_says_what_its_template_says() {
    let world = world(Team::English).await;
    let said = |transition: &str, id: &str| {
        json!({
            "id": id,
            "key": "monitor-77/service:checkout",
            "transition": transition,
            "title": "[Triggered] Checkout errors",
            "text": "Too many errors",
            "link": "https://app.datadoghq.com/monitors/77",
            "tags": "service:checkout,env:production",
        })
    };
    let begins = said("Triggered", "1");
    comes_to(&world, "datadog", &begins, "declared").await;
    comes_to(&world, "datadog", &said("Renotify", "1"), "known").await;
    comes_to(&world, "datadog", &said("Recovered", "2"), "resolved").await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_who_posts_json_is_understood_by_its_paths() {
    let world = world(Team::English).await;
    let said = |state: &str, run: u32| json!({ "state": state, "run": run, "job": { "name": "invoices", "title": "Invoices were not sent" } });
    comes_to(&world, "cron", &said("failed", 1), "declared").await;
    comes_to(&world, "cron", &said("OK", 2), "resolved").await;
    let incident = first(&world).await;
    assert_eq!(incident.title, "Invoices were not sent");
    assert_eq!(incident.product.as_deref(), Some("search"));
    // Nobody declared it, so nobody waits for it.
    let through = incident.through.unwrap();
    assert_eq!((&*through.hook, &*through.label), ("cron", "Nightly jobs"));
    world.stop().await;
}
