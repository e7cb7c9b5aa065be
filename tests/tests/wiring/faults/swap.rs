//! Steps that are replaced while Iris runs: rows 17, 18, 19 and 45.

use std::{fs, path::PathBuf};

use iris::{ids::Owner, store::StatePlace, team::Locale};
use iris_tests::{Team, World, changed, guest, until};
use slack_sim::{ClockSetting, Settings};

use super::{ALLOW, DECLARED, FIRST, SECOND, play};

/// The guest as another version, with this sentence about itself, twelve letters long.
fn second(sentence: &str) -> Vec<u8> {
    let elsewhere = changed(guest().unwrap(), FIRST, SECOND);
    changed(elsewhere, "Does as told", sentence)
}

/// A team that uses the guest, which lies in the folder.
async fn world(line: &str) -> World {
    world_of(line, &guest().unwrap()).await
}

async fn world_of(line: &str, wasm: &[u8]) -> World {
    let team = format!(
        "{}\n[[step]]\nuse = \"guest\"\n{line}\nconfig = {{ acts = [{{ do = \"event\" }}] }}\n",
        Team::English.file()
    );
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    let files = [
        ("teams/default.toml".to_owned(), team.as_bytes()),
        ("steps/guest.wasm".to_owned(), wasm),
    ];
    World::of(settings, vec![], &files).await.unwrap()
}

fn file(world: &World) -> PathBuf {
    world.folder.path().join("steps/guest.wasm")
}

/// What the version that keeps its doings there was last told. It forgets.
async fn heard(world: &World, key: &str) -> Option<String> {
    let place = StatePlace {
        team: world.team(),
        owner: Owner::from("guest"),
        incident: None,
    };
    let kept = world.app.store.state(&place, key).await.unwrap();
    kept.map(|kept| kept.json)
}

fn sentence(world: &World) -> String {
    let step = world.app.steps.get("guest").unwrap();
    let described = step.descriptor(Locale::En);
    described.sentence.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_19_a_step_that_is_replaced_in_an_incident_meets_the_next_event() {
    let world = world(ALLOW).await;
    play(&world, DECLARED).await;
    play(&world, "> @ken #room: the first").await;
    assert!(heard(&world, FIRST).await.unwrap().contains("the first"));

    fs::write(file(&world), second("Second guest")).unwrap();
    assert!(world.app.steps.reload().await);
    play(&world, "> @ken #room: the second").await;
    assert!(heard(&world, SECOND).await.unwrap().contains("the second"));
    // What the first one did stands.
    assert!(heard(&world, FIRST).await.unwrap().contains("the first"));
    world.stop().await;
}

/// What a team's own step may do stands in the audit with the first event that meets it, and again
/// whenever the file or the version changes it.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_step_may_do_is_audited_when_it_changes() {
    let world = world(ALLOW).await;
    let granted = async || {
        let rows = world.app.store.audited(&world.team(), 0, 1000).await;
        let rows = rows.unwrap().into_iter().map(|row| row.deed);
        rows.filter(|deed| deed.what == "steps.granted")
            .map(|deed| (deed.who.0, deed.detail))
            .collect::<Vec<_>>()
    };
    play(&world, DECLARED).await;
    play(&world, "> @ken #room: the first").await;
    let first = granted().await;
    let [(who, steps)] = first.as_slice() else {
        panic!("{first:?}");
    };
    assert_eq!(who, "iris");
    let keys: Vec<_> = steps.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["guest"], "the standard ones come with Iris");
    assert_eq!(
        steps["guest"]["may"]["slack"],
        serde_json::json!(["users.info"])
    );
    let digest = world.app.steps.get("guest").unwrap().digest().to_owned();
    assert_eq!(steps["guest"]["digest"], digest);

    fs::write(file(&world), second("Second guest")).unwrap();
    assert!(world.app.steps.reload().await);
    play(&world, "> @ken #room: the second").await;
    play(&world, "> @ken #room: the third").await;
    let then = granted().await;
    assert_eq!(then.len(), 2, "once for each change: {then:?}");
    assert_ne!(then[1].1["guest"]["digest"], digest);

    fs::write(
        world.folder.path().join("teams/default.toml"),
        Team::English.file(),
    )
    .unwrap();
    world.app.teams.reload();
    play(&world, "> @ken #room: the fourth").await;
    let last = granted().await.pop().unwrap();
    assert_eq!(last.1, serde_json::json!({}), "none is left");
    world.stop().await;
}

/// Nobody tells Iris: it watches the folder.
#[tokio::test(flavor = "multi_thread")]
async fn row_19_a_file_that_is_copied_into_the_folder_is_taken_without_a_restart() {
    let world = world(ALLOW).await;
    play(&world, DECLARED).await;
    fs::write(file(&world), second("Watched over")).unwrap();
    let taken = async || sentence(&world) == "Watched over";
    until("it is taken", taken).await;
    play(&world, "> @ken #room: the second").await;
    assert!(heard(&world, SECOND).await.unwrap().contains("the second"));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_17_what_takes_long_to_compile_keeps_nobody_waiting() {
    let world = world(ALLOW).await;
    play(&world, DECLARED).await;
    // Never seen before, so that no cache has it compiled.
    let ever_new = format!("{:012}", std::process::id());
    fs::write(file(&world), second(&ever_new)).unwrap();
    let reload = world.app.steps.reload();
    let meanwhile = async {
        let told = play(&world, "> @ken #room: meanwhile").await;
        (told, heard(&world, FIRST).await, sentence(&world))
    };
    // Both on this task: the reload is asked first, and compiles on a thread of its own.
    let (reloaded, (_, first, then)) = tokio::join!(reload, meanwhile);
    assert!(reloaded && first.unwrap().contains("meanwhile"));
    assert_eq!(then, "Does as told");
    assert_eq!(sentence(&world), ever_new);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_18_what_is_wrong_changes_nothing() {
    let world = world(ALLOW).await;
    play(&world, DECLARED).await;
    let whole = second("Half a guest");
    for wrong in [&whole[..whole.len() / 2], b"#!/bin/sh", b""] {
        fs::write(file(&world), wrong).unwrap();
        assert!(!world.app.steps.reload().await);
    }
    fs::remove_file(file(&world)).unwrap();
    assert!(!world.app.steps.reload().await);
    play(&world, "> @ken #room: still the first").await;
    assert!(
        heard(&world, FIRST)
            .await
            .unwrap()
            .contains("still the first")
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_45_a_pinned_step_whose_digest_changed_is_refused() {
    let free = world(ALLOW).await;
    let digest = free.app.steps.get("guest").unwrap().digest().to_owned();
    free.stop().await;
    let pin = |digest: &str| format!("from = \"steps/guest.wasm@sha256:{digest}\"\n{ALLOW}");

    let world = world(&pin(&digest)).await;
    play(&world, DECLARED).await;
    fs::write(file(&world), second("Not the same")).unwrap();
    assert!(world.app.steps.reload().await);
    // The version that it is pinned to goes on.
    play(&world, "> @ken #room: pinned").await;
    assert!(heard(&world, FIRST).await.unwrap().contains("pinned"));
    assert_eq!(heard(&world, SECOND).await, None);
    world.stop().await;

    // Where the file never was what it is pinned to, it hears nothing.
    let world = self::world(&pin(&"0".repeat(64))).await;
    play(&world, DECLARED).await;
    play(&world, "> @ken #room: refused").await;
    assert_eq!(heard(&world, FIRST).await, None);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_16_a_version_that_asks_for_more_waits_for_the_teams_file() {
    // As if the first version had not asked for `users.info`.
    let modest = changed(guest().unwrap(), "users.info", "users.inf0");
    let world = world_of(&ALLOW.replace("users.info", "users.inf0"), &modest).await;
    play(&world, DECLARED).await;
    fs::write(file(&world), second("Asks for all")).unwrap();
    assert!(world.app.steps.reload().await);
    play(&world, "> @ken #room: not allowed").await;
    assert!(heard(&world, FIRST).await.unwrap().contains("not allowed"));

    let team = world.folder.path().join("teams/default.toml");
    let allowed = fs::read_to_string(&team).unwrap();
    fs::write(&team, allowed.replace("users.inf0", "users.info")).unwrap();
    world.app.teams.reload();
    play(&world, "> @ken #room: allowed at last").await;
    assert!(
        heard(&world, SECOND)
            .await
            .unwrap()
            .contains("allowed at last")
    );
    world.stop().await;
}
