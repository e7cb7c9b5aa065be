//! Storms: one incident for each trouble, and no more of them than a hook may declare.

use std::time::Duration;

use futures_util::future::join_all;
use iris_tests::Team;
use serde_json::json;

use super::{came_to, group, post, world};

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_of_one_trouble_at_once_declare_one_incident() {
    let world = world(Team::English).await;
    let alerts: Vec<_> = (0..20).map(|n| group("firing", "checkout", n)).collect();
    let mut sent = Vec::new();
    for alert in &alerts {
        sent.push(post(&world, "alertmanager", alert));
    }
    let answers = join_all(sent).await;
    let declared = answers
        .iter()
        .filter(|answer| answer.1["result"] == "declared");
    assert_eq!(declared.count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.0 == 200), "{answers:?}");
    let all = world
        .app
        .store
        .incidents(&world.team(), true)
        .await
        .unwrap();
    assert_eq!(all.len(), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_declares_so_many_an_hour() {
    let world = world(Team::English).await;
    let job = |name: &str| json!({ "state": "failed", "run": name, "job": { "name": name, "title": name } });
    assert_eq!(
        post(&world, "cron", &job("a")).await,
        came_to("declared", 1)
    );
    assert_eq!(
        post(&world, "cron", &job("b")).await,
        came_to("declared", 2)
    );
    let third = post(&world, "cron", &job("c")).await;
    assert_eq!(third.0, 429);
    // What is known already is not new.
    let again = json!({ "state": "failed", "run": "a2", "job": { "name": "a", "title": "a" } });
    assert_eq!(post(&world, "cron", &again).await, came_to("known", 1));
    world.pass(Some(Duration::from_hours(1))).await;
    // The same delivery once more: it was not stored when it was refused.
    assert_eq!(
        post(&world, "cron", &job("c")).await,
        came_to("declared", 3)
    );
    world.stop().await;
}
