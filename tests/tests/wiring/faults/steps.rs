//! A step that fails: row 14.

use std::{fs, time::Duration};

use iris_tests::{Team, World, guest};
use slack_sim::{ClockSetting, Settings};

use super::{DECLARED, ROOM, play, said};

/// The team's file with one step more, which traps at every message.
fn team() -> String {
    let acts = r#"[{ do = "say", text = "never seen" }, { do = "panic", why = "no such todo" }]"#;
    format!(
        "{}\n[[step]]\nuse = \"guest\"\n\
         allow = {{ wishes = [\"incident\", \"room\", \"messages\", \"forms\", \"timers\"], \
         slack = [\"users.info\"], http = [\"api.statuspage.example\"] }}\n\
         config = {{ acts = {acts} }}\n",
        Team::English.file()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn row_14_a_trap_is_tried_twice_more_then_set_aside_and_said_once() {
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    let put = |folder: &std::path::Path| {
        fs::create_dir(folder.join("steps")).unwrap();
        fs::write(folder.join("steps/guest.wasm"), guest().unwrap()).unwrap();
    };
    let world = World::prepared(settings, &team(), put).await.unwrap();
    play(&world, DECLARED).await;
    play(&world, "> @ken #room: It is the database").await;
    for _ in 0..8 {
        world.sim.advance(Duration::from_secs(1));
        world.settle().await;
    }
    play(&world, "> @ken #room: No, the cache\n@ 1m").await;
    let room = said(&world, ROOM);
    let failed = "The step guest failed and is set aside.";
    let told = room.iter().filter(|text| text.contains(failed)).count();
    assert_eq!(told, 1, "{room:#?}");
    assert!(
        !room.iter().any(|text| text.contains("never seen")),
        "{room:#?}"
    );
    // The other steps are unharmed.
    let seen = play(&world, "> @aya #room: /incident todo Call the bank").await;
    assert!(seen.contains("Call the bank"), "{seen}");
    let audit = world
        .app
        .store
        .audited(&world.team(), 0, 1000)
        .await
        .unwrap();
    let aside: Vec<_> = audit
        .iter()
        .filter(|row| row.deed.what == "step.set-aside")
        .collect();
    // The declaration, and a message; the other is tried again later.
    assert!(aside.len() >= 2, "{aside:?}");
    assert!(
        aside
            .iter()
            .all(|row| row.deed.subject == "guest" && row.deed.detail["attempts"] == 3)
    );
    world.stop().await;
}

/// Its line gives it a host, but not the secret that it sends there.
#[tokio::test(flavor = "multi_thread")]
async fn row_15_what_a_step_may_not_is_refused_by_name_and_audited() {
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    let acts = r#"[{ do = "fetch", url = "https://api.statuspage.example/", header = ["authorization", "Bearer {secret:TOKEN}"] }]"#;
    let team = team().replace(
        r#"[{ do = "say", text = "never seen" }, { do = "panic", why = "no such todo" }]"#,
        acts,
    );
    let put = |folder: &std::path::Path| {
        fs::create_dir(folder.join("steps")).unwrap();
        fs::write(folder.join("steps/guest.wasm"), guest().unwrap()).unwrap();
    };
    let world = World::prepared(settings, &team, put).await.unwrap();
    play(&world, DECLARED).await;
    let team = world.team();
    let audit = world.app.store.audited(&team, 0, 1000).await.unwrap();
    let refused: Vec<_> = audit
        .iter()
        .filter(|row| row.deed.what == "step.ungranted")
        .map(|row| (row.deed.who.0.as_str(), &row.deed.detail["lacks"]))
        .collect();
    assert_eq!(refused, [("step:guest", &"allow.secrets".into())]);
    let figures = iris::figures::gather().render();
    let named = |name: &str| format!("{name}{{step=\"guest\",team=\"{}\"}}", world.team());
    for name in ["iris_step_refusals_total", "iris_step_seconds_count"] {
        assert!(figures.contains(&named(name)), "{name} is not in {figures}");
    }
    world.stop().await;
}
