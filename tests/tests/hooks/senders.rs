//! Each sender's own words: who says that it begins, and who that it is over.

use hmac::{Hmac, KeyInit, Mac};
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
    let incident = world
        .app
        .store
        .incident(&world.team(), 1)
        .await
        .unwrap()
        .unwrap();
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
    assert_eq!(
        post(&world, "grafana", &begins).await,
        came_to("declared", 1)
    );
    let over = group("resolved", "search", 1).to_string().into_bytes();
    let now = world.clock.now().seconds().to_string();
    let signature = signed(&[now.as_bytes(), b":", &over]);
    let headers = |time| {
        [
            ("x-grafana-alerting-signature", signature.clone()),
            ("x-grafana-timestamp", time),
        ]
    };
    let as_text =
        |headers: &[(&'static str, String); 2]| headers.clone().map(|(name, value)| (name, value));
    let late = as_text(&headers((world.clock.now().seconds() - 301).to_string()));
    let late: Vec<_> = late
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(send(&world, "grafana", &late, over.clone()).await.0, 401);
    let fresh = as_text(&headers(now));
    let fresh: Vec<_> = fresh
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(
        send(&world, "grafana", &fresh, over).await,
        came_to("resolved", 1)
    );
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
    assert_eq!(
        post(&world, "datadog", &begins).await,
        came_to("declared", 1)
    );
    assert_eq!(
        post(&world, "datadog", &said("Renotify", "1")).await,
        came_to("known", 1)
    );
    assert_eq!(
        post(&world, "datadog", &said("Recovered", "2")).await,
        came_to("resolved", 1)
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_who_posts_json_is_understood_by_its_paths() {
    let world = world(Team::English).await;
    let said = |state: &str, run: u32| json!({ "state": state, "run": run, "job": { "name": "invoices", "title": "Invoices were not sent" } });
    assert_eq!(
        post(&world, "cron", &said("failed", 1)).await,
        came_to("declared", 1)
    );
    assert_eq!(
        post(&world, "cron", &said("OK", 2)).await,
        came_to("resolved", 1)
    );
    let incident = world
        .app
        .store
        .incident(&world.team(), 1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(incident.title, "Invoices were not sent");
    assert_eq!(incident.product.as_deref(), Some("search"));
    // Nobody declared it, so nobody waits for it.
    let through = incident.through.unwrap();
    assert_eq!((&*through.hook, &*through.label), ("cron", "Nightly jobs"));
    world.stop().await;
}
