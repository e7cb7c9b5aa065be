//! A step that fails, that may not do what it wants, that is not used here.

use iris_tests::{Team, World};

use super::{BOTH, DECLARED, acme, guest, tell, told, told_once};

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_traps_stops_nobody_and_is_told_once() {
    for ((team, declared), words) in BOTH.into_iter().zip([
        "⚠️ The step guest failed and is set aside. The rest goes on. The operator has been told.",
        "⚠️ ステップ guest が失敗したため止めました。ほかは続行しています。運用担当に通知済みです。",
    ]) {
        let traps = r#"[{ do = "panic", why = "It traps." }]"#;
        let world = guest::world(team, guest::ALL, traps).await;
        let seen = tell(&world, declared).await;
        // The others have done all of their work before the step is given up.
        told(&seen, &["@Ken Mori", "pins: 🔴 SEV2"]);
        assert!(!seen.contains("guest"), "{seen}");
        let seen = tell(&world, "> @aya closes\n@ 1s\n@ 5s").await;
        told_once(&seen, words);

        // It is asked again about the next event, and fails again: the room knows.
        let seen = tell(&world, "> @ken #room: It is the database\n@ 1s\n@ 10s").await;
        assert!(!seen.contains("guest"), "{seen}");
        let seen = tell(&world, "> @ken #room: /incident note Rolled back").await;
        told(&seen, &["📝 @Ken Mori"]);
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_may_not_do_what_it_asks_for_is_not_used_and_the_room_is_told_once() {
    for ((team, declared), words) in BOTH.into_iter().zip([
        "⚠️ The step guest may not change rooms, call users.info and reach \
         api.statuspage.example. The team's file must allow it.",
        "⚠️ ステップ guest には War roomの操作、users.info の呼び出し、api.statuspage.example への接続 の\
         許可がありません。チームの設定で許可が必要です。",
    ]) {
        let some = r#"{ wishes = ["incident", "messages", "forms", "timers"] }"#;
        let says = r#"[{ do = "say", text = "Hello." }]"#;
        let world = guest::world(team, some, says).await;
        let seen = tell(&world, declared).await;
        told_once(&seen, words);
        assert!(!seen.contains("Hello."), "{seen}");
        let seen = tell(&world, "> @ken #room: It is the database").await;
        assert!(!seen.contains("guest"), "{seen}");
        world.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_a_step_that_is_not_used_here_says_so() {
    let file = Team::English.file().replace(
        "use = \"todo\"",
        "use = \"todo\"\nwhen = { severity = [\"sev1\"] }",
    );
    let world = World::with(acme(), &file).await.unwrap();
    tell(&world, DECLARED).await;
    let seen = tell(
        &world,
        "> @aya closes\n> @ken #room: /incident todo Call the bank",
    )
    .await;
    told_once(&seen, "only @ken: todo is not used for SEV2.");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_says_which_steps_stay_silent() {
    for (team, declared, words) in [
        (
            Team::English,
            "> @aya #general: /incident drill Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits",
            "This is a drill. Nothing is really broken. Not in this drill: todo and feedback",
        ),
        (
            Team::Japanese,
            "> @aya #general: /incident 訓練 決済画面で500エラー
> @aya fills 重大度: SEV2
> @aya submits",
            "これは訓練です。実際の障害ではありません。 この訓練では動かないステップ：todo、feedback",
        ),
    ] {
        let mut file = team.file().to_owned();
        for step in ["todo", "feedback"] {
            let line = format!("use = \"{step}\"");
            file = file.replace(&line, &format!("{line}\nwhen = {{ drill = false }}"));
        }
        let world = World::with(acme(), &file).await.unwrap();
        let seen = tell(&world, declared).await;
        told_once(&seen, words);
        world.stop().await;
    }
}
