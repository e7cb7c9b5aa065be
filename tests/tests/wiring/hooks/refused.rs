//! What is not taken: a status for strangers, a sentence for who has shown the secret, and nothing
//! stored of either.

use iris_tests::{HOOK_SECRET, Team, World};
use serde_json::{Value, json};
use slack_sim::ClockSetting;

use super::{Answer, HOOKS, group, post, send, world};

async fn is_untouched(world: &World) {
    let team = world.team();
    assert!(
        world
            .app
            .store
            .incidents(&team, true)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(world.app.store.open_events().await.unwrap().is_empty());
}

fn sentence(answer: &Answer) -> &str {
    answer.1["error"].as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_learn_a_status_and_nothing_else() {
    let world = world(Team::English).await;
    let body = group("firing", "checkout", 1).to_string().into_bytes();
    for header in [
        None,
        Some("Bearer open sesam"),
        Some("Bearer "),
        Some("Digest open sesame"),
        Some("Basic !!!"),
        Some("Basic aXJpczp3cm9uZw=="),
    ] {
        let headers: Vec<_> = header
            .iter()
            .map(|value| ("authorization", *value))
            .collect();
        let answer = send(&world, "alertmanager", &headers, body.clone()).await;
        assert_eq!(answer, Answer(401, Value::Null), "{header:?}");
    }
    assert_eq!(
        post(&world, "nobody", &json!({})).await,
        Answer(404, Value::Null)
    );
    // `iris:open sesame`
    let basic = [("authorization", "Basic aXJpczpvcGVuIHNlc2FtZQ==")];
    let answer = send(&world, "alertmanager", &basic, b"[]".to_vec()).await;
    assert_eq!(answer.0, 400);
    is_untouched(&world).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_is_told_what_is_wrong() {
    let world = world(Team::English).await;
    let bearer = format!("Bearer {HOOK_SECRET}");
    let headers = [("authorization", &*bearer)];
    let raw = async |body: Vec<u8>| send(&world, "alertmanager", &headers, body).await;

    let broken = raw(b"{\"status\":".to_vec()).await;
    assert_eq!(broken.0, 400);
    assert!(
        sentence(&broken).starts_with("the body is no JSON"),
        "{broken:?}"
    );
    let deep = raw([b"[".repeat(10_000), b"]".repeat(10_000)].concat()).await;
    assert!(
        deep.0 == 400 && sentence(&deep).contains("128 levels"),
        "{deep:?}"
    );
    let large = raw(vec![b' '; 10 << 20]).await;
    assert_eq!(large, Answer(413, Value::Null));
    let utf8 = raw(vec![b'"', 0xff, b'"']).await;
    assert_eq!(utf8.0, 400);

    let mut keyless = group("firing", "checkout", 1);
    keyless["groupKey"] = Value::Null;
    let answer = post(&world, "alertmanager", &keyless).await;
    assert_eq!(answer.0, 400);
    assert_eq!(sentence(&answer), "`groupKey` is missing, or no text");
    let mut strange = group("firing", "checkout", 1);
    strange["status"] = "pending".into();
    let answer = post(&world, "alertmanager", &strange).await;
    let said = "`status` says `pending`, which is none of `firing` and `resolved`";
    assert_eq!((answer.0, sentence(&answer)), (400, said));

    let unmapped = post(&world, "alertmanager", &group("firing", "billing", 1)).await;
    assert_eq!(unmapped.0, 422);
    assert_eq!(
        sentence(&unmapped),
        "no rule of the hook fits: they look at `labels.env`, which says `production`; at \
         `labels.service`, which says `billing`"
    );
    let mut staging = group("firing", "checkout", 1);
    staging["alerts"][0]["labels"]["env"] = "staging".into();
    staging["commonLabels"]["env"] = "staging".into();
    let ignored = post(&world, "alertmanager", &staging).await;
    assert_eq!(ignored, Answer(200, json!({ "result": "ignored" })));
    // It is over, and nothing knows it.
    let over = post(&world, "alertmanager", &group("resolved", "checkout", 1)).await;
    assert_eq!(
        over,
        Answer(200, json!({ "result": "nothing", "incident": null }))
    );
    is_untouched(&world).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_for_all_takes_alerts_of_one_workspace_only() {
    let workspace = |team: &str| {
        let mut settings = slack_sim::Settings {
            clock: ClockSetting::manual(),
            bot_token: format!("xoxb-of-{team}"),
            ..slack_sim::Settings::default()
        };
        team.clone_into(&mut settings.team.id);
        settings
    };
    let all = format!("{}{HOOKS}", Team::English.file());
    let files = [("default.toml", &*all)];
    let several = World::several(workspace("T0ONE"), vec![workspace("T0TWO")], &files);
    let several = several.await.unwrap();
    let answer = post(&several, "alertmanager", &group("firing", "checkout", 1)).await;
    assert_eq!(answer.0, 503);
    assert!(
        sentence(&answer).contains("move it to the file of its workspace"),
        "{answer:?}"
    );
    several.stop().await;

    // In the file of its workspace it is that one's alone.
    let files = [("T0TWO.toml", &*all), ("T0ONE.toml", Team::English.file())];
    let two = World::several(workspace("T0ONE"), vec![workspace("T0TWO")], &files);
    let two = two.await.unwrap();
    let answer = post(&two, "alertmanager", &group("firing", "checkout", 1)).await;
    assert_eq!(answer.1["result"], "declared");
    assert!(
        two.app
            .store
            .incidents(&"T0ONE".into(), true)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        two.app
            .store
            .incidents(&"T0TWO".into(), true)
            .await
            .unwrap()
            .len(),
        1
    );
    two.stop().await;
}
