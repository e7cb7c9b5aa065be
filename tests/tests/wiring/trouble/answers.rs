//! People whom Iris cannot serve are told why, and what would help.

use iris_tests::{Team, World};
use rusqlite::Connection;

use super::{BOTH, acme, rewrite, tell, told_once};

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_without_a_teams_file_is_told_which_file_to_make() {
    let file = Team::English.file();
    let world = World::several(acme(), vec![], &[("T0OTHER.toml", file)])
        .await
        .unwrap();
    let words = "This workspace is not set up. The operator must create teams/T0ACME.toml or \
                 teams/default.toml.";
    let seen = tell(&world, "> @aya #general: /incident Checkout fails with 500").await;
    told_once(&seen, &format!("#general only @aya: {words}"));
    let seen = tell(&world, "> @aya uses core:declare").await;
    told_once(&seen, &format!("dm of @aya Iris: {words}"));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nothing_can_be_written_down_people_are_told_and_nothing_is_done() {
    for ((team, _), [words, form]) in BOTH.into_iter().zip([
        [
            "Iris cannot write anything down now, so it did nothing. Try again in a minute; \
             meanwhile make a channel by hand.",
            "form of @aya: Declare an incident",
        ],
        [
            "いまは記録できないため、何も実行していません。1分後にもう一度試してください。急ぐ場合は手動で\
             チャンネルを作成してください。",
            "form of @aya: 障害を報告",
        ],
    ]) {
        let world = World::start(team).await.unwrap();
        let store = Connection::open(world.folder.path().join("iris.db")).unwrap();
        store
            .execute_batch("ALTER TABLE inbox RENAME TO broken")
            .unwrap();
        let seen = tell(&world, "> @aya #general: /incident Checkout is slow").await;
        told_once(&seen, &format!("#general only @aya: {words}"));
        assert!(!seen.contains(form), "{seen}");
        // Help writes nothing down, and goes no other way than the acknowledgement.
        let calls = world.sim.call_count();
        let aya = world.sim.person("@aya");
        let shown = aya.command("#general", "/incident help").await.unwrap();
        assert!(shown.ephemeral.is_some(), "{shown:?}");
        assert_eq!(world.sim.call_count(), calls);

        store
            .execute_batch("ALTER TABLE broken RENAME TO inbox")
            .unwrap();
        let seen = tell(&world, "> @aya #general: /incident Checkout is slow").await;
        told_once(&seen, form);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_a_private_room_learns_nothing_by_its_buttons() {
    let en = "> @aya #general: /incident Somebody reads our mail
> @aya form presses More options
> @aya fills Product: Payments | Severity: SEV2 | Options: Private
> @aya submits
> @aya closes
> @aya #room: /incident role commander @ken
> @ken #room leaves
> @ken dm presses Post an update";
    let ja = "> @aya #general: /incident メールが読まれている
> @aya form presses その他の設定
> @aya fills 重大度: SEV2 | オプション: 非公開にする
> @aya submits
> @aya closes
> @aya #room: /incident 役割 コマンダー @ken
> @ken #room leaves
> @ken dm presses 状況を更新";
    for (team, story, words) in [
        (
            Team::English,
            en,
            "This incident is private. Ask somebody in its room to invite you.",
        ),
        (
            Team::Japanese,
            ja,
            "この障害は非公開です。参加者に招待を依頼してください。",
        ),
    ] {
        let world = World::start(team).await.unwrap();
        let seen = tell(&world, story).await;
        told_once(&seen, &format!("dm of @ken only @ken: {words}"));
        assert!(!seen.contains("form of @ken"), "{seen}");
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_whose_step_is_gone_says_what_to_type() {
    for ((team, declared), [done, words]) in BOTH.into_iter().zip([
        [
            "Done",
            "This button is too old. Type /incident help instead.",
        ],
        [
            "完了",
            "このボタンは使えなくなりました。/incident ヘルプ と入力してください。",
        ],
    ]) {
        let world = World::start(team).await.unwrap();
        tell(&world, declared).await;
        let todo = "> @aya closes\n> @aya #room: /incident todo Call the bank";
        tell(&world, todo).await;
        let file = team.file().replace("[[step]]\nuse = \"todo\"\n", "");
        assert!(!file.contains("todo"));
        rewrite(&world, &file);
        let press = format!("> @aya #room presses {done} at Call the bank");
        told_once(&tell(&world, &press).await, words);
        world.stop().await;
    }
}
