//! Two workspaces, each with a file of its own: one Iris serves both, and their incidents never meet.

use iris_tests::{Team, World};
use slack_sim::{ClockSetting, Sim, story::parse};

const ENGLISH: &str = "T0ACME";
const JAPANESE: &str = "T0NIPPON";

/// The same people and channels by the same ids: only the workspace tells them apart.
fn workspace(team: &str) -> slack_sim::Settings {
    let mut settings = slack_sim::Settings {
        clock: ClockSetting::manual(),
        bot_token: format!("xoxb-of-{team}"),
        ..slack_sim::Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings
}

async fn world() -> World {
    let files = [
        (&*format!("{ENGLISH}.toml"), Team::English.file()),
        (&*format!("{JAPANESE}.toml"), Team::Japanese.file()),
    ];
    World::several(workspace(ENGLISH), vec![workspace(JAPANESE)], &files)
        .await
        .expect("two workspaces and Iris")
}

/// Plays acts in one workspace and tells what was seen there.
async fn tell(world: &World, sim: &Sim, story: &str) -> String {
    let mut player = world.player_in(sim);
    let mut told = Vec::new();
    for line in parse(story).expect("the story can be read") {
        told.extend(player.play(&line).await.expect("people can act"));
    }
    told.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_works_by_its_own_file_and_sees_its_own_incidents() {
    let world = world().await;
    let (english, japanese) = (world.sim.clone(), world.also[0].clone());
    let here = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";
    let there = "> @aya #general: /incident 決済画面で500エラー
> @aya fills 重大度: SEV1
> @aya submits";
    let (here, there) = tokio::join!(tell(&world, &english, here), tell(&world, &japanese, there));
    // Both count from one, and each speaks its team's language.
    assert!(here.contains("INC-1 is declared"), "{here}");
    assert!(there.contains("INC-1として記録しました"), "{there}");
    assert!(!here.contains('決') && !there.contains("Checkout"));

    let resolved = tell(
        &world,
        &english,
        "> @aya #room: /incident resolve Rolled back",
    )
    .await;
    assert!(
        resolved.contains("✅ Resolved · Checkout fails"),
        "{resolved}"
    );
    let list = tell(&world, &japanese, "> @ken #general: /incident 一覧").await;
    assert!(list.contains("対応中の障害：1件"), "{list}");
    assert!(!list.contains("Checkout"), "{list}");

    // What the store holds for the one is the one's: the events of each, and every effect.
    for (team, title) in [
        (ENGLISH, "Checkout fails with 500"),
        (JAPANESE, "決済画面で500エラー"),
    ] {
        let incidents = world.app.store.incidents(&team.into(), true).await.unwrap();
        let titles: Vec<&str> = incidents.iter().map(|i| i.title.as_str()).collect();
        assert_eq!(titles, [title]);
    }
    world.stop().await;
}

/// The room is shared with a workspace that has Iris too, and Slack delivers what happens there for
/// each of them.
#[tokio::test(flavor = "multi_thread")]
async fn row_48_what_happens_in_a_shared_channel_is_handled_once() {
    let world = world().await;
    let (english, japanese) = (world.sim.clone(), world.also[0].clone());
    let declared = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits
> @aya closes
> @ken #room: 1.42 went out at 13:58
> @yui #room reacts :pushpin: to \"1.42\"
> @ken #room: @iris help";
    tell(&world, &english, declared).await;
    let (before, theirs) = (english.calls().len(), japanese.calls().len());
    for name in ["reaction_added", "app_mention"] {
        let deliveries = english.deliveries();
        let first = deliveries.into_iter().rfind(|d| d.name == name).unwrap();
        for id in ["\"event_id\":\"Ev", "\"event_id\":\"EvB"] {
            let mut body: serde_json::Value =
                serde_json::from_str(&first.body.replacen("\"event_id\":\"Ev", id, 1)).unwrap();
            body["is_ext_shared_channel"] = true.into();
            body["authorizations"][0]["team_id"] = JAPANESE.into();
            body["authorizations"][0]["user_id"] = "U0THEIRIRIS".into();
            let copy = slack_sim::Delivery {
                body: body.to_string(),
                ..first.clone()
            };
            let reached = english.redeliver(&copy).await;
            assert!(
                matches!(&reached, slack_sim::Reached::Answered(answer) if answer.status == 200),
                "{reached:?}"
            );
            world.settle().await;
        }
    }
    assert_eq!(english.calls().len(), before);
    assert_eq!(japanese.calls().len(), theirs);
    let timeline = "> @aya #room: /incident timeline";
    let timeline = tell(&world, &english, timeline).await;
    assert_eq!(timeline.matches("1.42 went out").count(), 1, "{timeline}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_holds_up_its_own_team_alone() {
    let world = world().await;
    let (english, japanese) = (world.sim.clone(), world.also[0].clone());
    let revoked = slack_sim::Fault::Error("token_revoked".into());
    english.faults().always("*", revoked);
    let typed = "> @aya #general: /incident list";
    assert_eq!(tell(&world, &english, typed).await, "");
    let list = tell(&world, &japanese, "> @aya #general: /incident 一覧").await;
    assert!(list.contains("対応中の障害はありません。"), "{list}");
    world.stop().await;
}

/// The operator hears of it by the log, by `/readyz` and by a figure.
#[tokio::test(flavor = "multi_thread")]
async fn row_33_a_refused_token_shows_in_the_figures() {
    let team = ("T0REVOKED.toml", Team::English.file());
    let world = World::several(workspace("T0REVOKED"), vec![], &[team])
        .await
        .unwrap();
    let figure = |number: u8| {
        let line = format!("iris_token_good{{team=\"T0REVOKED\"}} {number}");
        let figures = iris::figures::gather().render();
        assert!(figures.lines().any(|has| has == line), "{figures}");
        assert!(
            !figures.contains("iris_token_good{team=\"unknown\"} 0"),
            "{figures}"
        );
    };
    figure(1);
    let revoked = slack_sim::Fault::Error("token_revoked".into());
    world.sim.faults().always("*", revoked);
    tell(&world, &world.sim, "> @aya #general: /incident list").await;
    figure(0);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_where_iris_is_not_installed_is_told_so() {
    let world = world().await;
    let stranger = Sim::start(workspace("T0STRANGER")).await.unwrap();
    stranger.connect_app(&world.url);
    let outcome = stranger
        .person("@aya")
        .command("#general", "/incident x")
        .await;
    let seen = stranger.ephemerals("@aya");
    assert!(outcome.is_ok() && seen.len() == 1, "{outcome:?} {seen:?}");
    // Nobody knows which language they speak there.
    assert_eq!(
        seen[0].text,
        "Iris is not installed in this workspace. Ask its operator. / \
         このワークスペースにはIrisがインストールされていません。運用担当に確認してください。"
    );
    assert!(stranger.calls().is_empty());
    stranger.stop().await;
    world.stop().await;
}
