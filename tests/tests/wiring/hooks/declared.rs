//! What an alert comes to: an incident as a person declares it, and what is noted there later.

use iris_tests::{Team, World};
use slack_sim::story::{Player, parse};

use super::{came_to, group, post, seen, world};

/// Plays acts and tells what was seen of them.
async fn play(player: &mut Player<'_>, story: &str) -> String {
    let mut told = Vec::new();
    for line in parse(story).unwrap() {
        told.extend(player.play(&line).await.unwrap());
    }
    told.join("\n")
}

fn holds(told: &str, all: &[&str]) {
    for one in all {
        assert!(told.contains(one), "{one}\n\nis not in\n\n{told}");
    }
}

async fn incidents(world: &World) -> usize {
    let all = world.app.store.incidents(&world.team(), true).await;
    all.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_declares_an_incident_and_everybody_is_called() {
    let world = world(Team::English).await;
    let mut player = world.player();
    let answer = post(&world, "alertmanager", &group("firing", "checkout", 1)).await;
    assert_eq!(answer, came_to("declared", 1));
    let told = seen(&world, &mut player).await;
    holds(
        &told,
        &[
            "#general Iris: 🔴 SEV1 · HighErrorRate on web-3",
            "Ongoing · Payments · declared by an alert of Alertmanager at 14:05 JST · INC-1",
            "joined: @iris, @ken, @yui, @cto",
            "> 5 % of checkouts fail",
            "> prometheus.acme.example/graph?g0.expr=errors",
            "You are called: SEV1, Payments.",
        ],
    );
    drop(player);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_alert_joins_its_incident_and_says_what_is_new_once() {
    let world = world(Team::English).await;
    let mut player = world.player();
    let first = group("firing", "checkout", 1);
    assert_eq!(
        post(&world, "alertmanager", &first).await,
        came_to("declared", 1)
    );
    // The same delivery once more, and one that says the same anew.
    assert_eq!(
        post(&world, "alertmanager", &first).await,
        came_to("declared", 1)
    );
    let again = group("firing", "checkout", 2);
    seen(&world, &mut player).await;
    assert_eq!(
        post(&world, "alertmanager", &again).await,
        came_to("known", 1)
    );
    assert_eq!(seen(&world, &mut player).await, "");

    let over = group("resolved", "checkout", 2);
    assert_eq!(
        post(&world, "alertmanager", &over).await,
        came_to("resolved", 1)
    );
    let told = seen(&world, &mut player).await;
    holds(
        &told,
        &[
            "Iris: ✅ The alert is over: HighErrorRate on web-3",
            "[Resolve]",
        ],
    );
    // It never resolves the incident itself: whether it works again, people say.
    let told = play(&mut player, "> @ken #room: /incident status").await;
    holds(&told, &["Ongoing", "Alertmanager 14:05"]);
    let told = play(&mut player, "> @ken #room: /incident timeline").await;
    holds(
        &told,
        &[
            "An alert of Alertmanager declared the incident: SEV1, Payments",
            "Alertmanager: alert resolved: “HighErrorRate on web-3”",
        ],
    );
    assert_eq!(incidents(&world).await, 1);
    drop(player);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fires_after_people_resolved_it_asks_them_and_later_declares_anew() {
    let world = world(Team::English).await;
    let mut player = world.player();
    post(&world, "alertmanager", &group("firing", "checkout", 1)).await;
    post(&world, "alertmanager", &group("resolved", "checkout", 1)).await;
    seen(&world, &mut player).await;
    play(&mut player, "> @ken #room: /incident role commander").await;
    play(&mut player, "> @ken #room: /incident resolve Rolled back").await;
    let again = group("firing", "checkout", 3);
    assert_eq!(
        post(&world, "alertmanager", &again).await,
        came_to("again", 1)
    );
    let told = seen(&world, &mut player).await;
    holds(
        &told,
        &[
            "🔔 @Ken Mori INC-1 is resolved, but its alert fires again",
            "[Reopen]",
        ],
    );
    post(&world, "alertmanager", &group("resolved", "checkout", 3)).await;
    play(&mut player, "> @ken #room: /incident close").await;
    let told = group("firing", "checkout", 4);
    assert_eq!(
        post(&world, "alertmanager", &told).await,
        came_to("declared", 2)
    );
    assert_eq!(incidents(&world).await, 2);
    drop(player);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_comes_and_goes_changes_one_line() {
    let world = world(Team::English).await;
    let mut player = world.player();
    post(&world, "alertmanager", &group("firing", "checkout", 1)).await;
    post(&world, "alertmanager", &group("resolved", "checkout", 1)).await;
    post(&world, "alertmanager", &group("firing", "checkout", 2)).await;
    seen(&world, &mut player).await;
    // Within ten minutes nothing new is posted.
    for n in 3..6 {
        post(&world, "alertmanager", &group("resolved", "checkout", n)).await;
        post(&world, "alertmanager", &group("firing", "checkout", n + 10)).await;
    }
    let told = seen(&world, &mut player).await;
    assert!(
        !told.contains("Iris: ✅") && !told.contains("Iris: 🔔"),
        "{told}"
    );
    drop(player);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_reads_well_in_japanese() {
    let world = world(Team::Japanese).await;
    let mut player = world.player();
    post(&world, "alertmanager", &group("firing", "checkout", 1)).await;
    let told = seen(&world, &mut player).await;
    holds(&told, &["HighErrorRate on web-3"]);
    post(&world, "alertmanager", &group("resolved", "checkout", 1)).await;
    let told = seen(&world, &mut player).await;
    holds(
        &told,
        &["✅ アラートが解消しました：HighErrorRate on web-3"],
    );
    let told = play(&mut player, "> @ken #room: /incident タイムライン").await;
    holds(
        &told,
        &[
            "Alertmanagerのアラートで障害を記録（SEV1・決済）",
            "Alertmanager：アラート解消「HighErrorRate on web-3」",
        ],
    );
    drop(player);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_46_what_strangers_write_pings_nobody() {
    let world = world(Team::English).await;
    let mut player = world.player();
    let mut alert = group("firing", "checkout", 1);
    for labels in ["/commonLabels", "/alerts/0/labels"] {
        let labels = alert.pointer_mut(labels).unwrap();
        labels["alertname"] = "<!channel> *down* <@U0CTO>".into();
        labels["instance"] = "a\u{202e}b\nc".into();
    }
    alert["alerts"][0]["annotations"]["summary"] = "x".repeat(100_000).into();
    assert_eq!(
        post(&world, "alertmanager", &alert).await,
        came_to("declared", 1)
    );
    let told = seen(&world, &mut player).await;
    holds(&told, &["SEV1 · <!channel> *down* <@U0CTO> on ab c"]);
    for channel in world.sim.channels() {
        for message in world.sim.messages(&channel.id) {
            let sent = format!("{} {}", message.text, serde_json::json!(message.blocks));
            assert!(
                !sent.contains("\"text\":\"<!channel>\",\"type\":\"mrkdwn\""),
                "{sent}"
            );
            assert!(!message.text.contains("<!channel>"), "{}", message.text);
        }
    }
    drop(player);
    world.stop().await;
}
