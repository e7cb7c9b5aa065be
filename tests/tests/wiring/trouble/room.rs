//! The room that Slack does not make, and the room that is gone.

use iris_tests::{Team, World};
use slack_sim::Fault;

use super::{BOTH, DECLARED, acme, acme_without, look, tell, told, told_once};

const ROOM: &str = "#inc-20261201-payments-checkout-fails-with-500";

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_slack_forbids_can_be_tried_again() {
    let world = World::start(Team::English).await.unwrap();
    let forbidden = Fault::Error("restricted_action".into());
    world.sim.faults().next("conversations.create", forbidden);
    let seen = tell(&world, DECLARED).await;
    told(
        &seen,
        &[
            "INC-1 is recorded, but Slack does not let apps make channels here \
             (restricted_action). A workspace admin can allow it under Settings > Permissions > \
             Channel Management.",
            "[Try again]",
            // Where it was declared, people learn that there is no room yet.
            "⚠️ No room yet. Iris keeps trying.",
        ],
    );
    assert!(world.sim.channel(ROOM).is_none());

    let seen = tell(&world, "> @aya form presses Try again").await;
    told(
        &seen,
        &[
            &format!("✅ Room {ROOM}"),
            "You are called: SEV2, Payments.",
        ],
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_closed_the_form_is_told_in_a_message() {
    for ((team, declared), [waiting, failed, again]) in BOTH.into_iter().zip([
        [
            "⏳ Slack asks to wait 2 min. Iris goes on by itself.",
            "INC-1 is recorded, but its room could not be made (channels_limit_exceeded).",
            "Try again",
        ],
        [
            "⏳ Slackの制限により2分待っています。自動で続行します。",
            "INC-1として記録しましたが、War roomを作成できません（channels_limit_exceeded）。",
            "再試行",
        ],
    ]) {
        let world = World::start(team).await.unwrap();
        let faults = world.sim.faults();
        faults.next("conversations.create", Fault::RateLimited(120));
        let full = Fault::Error("channels_limit_exceeded".into());
        faults.next("conversations.create", full);
        let seen = tell(&world, declared).await;
        told_once(&seen, waiting);

        let seen = tell(&world, "> @aya closes\n@ 3m").await;
        told_once(&seen, &format!("dm of @aya Iris: {failed}"));
        let seen = tell(&world, &format!("> @aya dm presses {again}")).await;
        told(&seen, &["@ken", "#inc-20261201-"]);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_declarer_is_told_which_permission_a_room_needs() {
    for ((team, declared), words) in BOTH.into_iter().zip([
        "for this (making the room). An admin must reinstall the app; iris check prints the line.",
        "War roomの作成ができません。管理者によるアプリの再インストールが必要です（iris check で確認できます）。",
    ]) {
        let settings = acme_without(&["channels:manage"]);
        let world = World::with(settings, team.file()).await.unwrap();
        let seen = tell(&world, declared).await;
        told_once(&seen, words);
        told(&seen, &["missing_scope", "channels:manage"]);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_is_told_when_the_room_is_archived() {
    let world = World::start(Team::English).await.unwrap();
    tell(&world, DECLARED).await;
    let seen = tell(
        &world,
        "> @aya closes
> @ken #room presses 🙋 I'll take it at Incident commander
> @yui #room archives",
    )
    .await;
    told_once(
        &seen,
        "dm of @ken Iris: The room of INC-1 was archived. Iris posts nothing more there. It can \
         be resolved from here.",
    );
    let seen = tell(
        &world,
        "> @ken dm presses Resolve
> @ken fills What made it work again?: Rolled back
> @ken submits",
    )
    .await;
    told(
        &seen,
        &[
            "#general Iris changes: ✅ Resolved · Checkout fails with 500",
            "✅ INC-1 is resolved",
        ],
    );
    assert!(!seen.contains(ROOM), "nothing more is posted there: {seen}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_declarer_is_told_when_the_room_is_deleted_and_nobody_leads() {
    for ((team, declared), words) in BOTH.into_iter().zip([
        "The room of INC-1 was deleted. Iris posts nothing more there.",
        "INC-1のWar roomが削除されました。以後の投稿は行いません。ここから復旧を宣言できます。",
    ]) {
        let world = World::with(acme(), team.file()).await.unwrap();
        tell(&world, declared).await;
        tell(&world, "> @aya closes").await;
        let room = world.sim.channels().pop().unwrap().id;
        let seen = look(&world, async || {
            world.sim.person("@ken").delete_channel(&room).unwrap();
        })
        .await;
        told_once(&seen, &format!("dm of @aya Iris: {words}"));
        world.stop().await;
    }
}
