//! Row 43: secrets that are recognised anywhere are given to Iris, a whole incident is played with
//! things going wrong, and then every byte that Iris left is searched for them. A step searches its
//! own memory, after reading all that it can.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{fs, io::Write, path::Path};

use iris::store::StatePlace;
use iris_tests::{Log, Team, World};
use slack_sim::{Fault, Settings, story::parse};

const TOKEN: &str = "xoxb-canary-token-5f1d3c";
const SIGNING: &str = "canary-signing-secret-9a77";

const STORY: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits
> @aya #room presses 🙋 I'll take it at Incident commander
> @ken #room: 1.42 went out
> @yui #room reacts :pushpin: to \"1.42\"
> @aya #room: /incident update Rolled back
> @ken #room: /incident todo Call the bank
> @aya #room: /incident resolve Rolled back.
@ 2d";

/// Reads all that a step can, then searches its memory for the secrets; and for a word that is
/// there, so that this cannot fail to find.
const GUEST: &str = r#"
[[step]]
use = "guest"
allow = { wishes = ["incident", "room", "messages", "forms", "timers"], slack = ["users.info"], http = ["api.statuspage.example"] }
config = { tone = "a word that is there", acts = [
    { do = "event" },
    { do = "facts" },
    { do = "entries", after = 0, limit = 1000 },
    { do = "look-around" },
    { do = "search", needles = [["xoxb-canary-", "token-5f1d3c"], ["canary-signing-", "secret-9a77"], ["a word that ", "is there"]] },
] }
"#;

/// What the guest counted in its last call.
async fn found_by_guest(world: &World) -> Vec<u64> {
    let place = StatePlace {
        team: world.team(),
        owner: "guest".into(),
        incident: None,
    };
    let state = world.app.store.state(&place, "came-to").await.unwrap();
    let came_to: serde_json::Value = serde_json::from_str(&state.unwrap().json).unwrap();
    serde_json::from_value(came_to[4].clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_43_no_secret_is_in_logs_database_errors_or_answers() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only test of this program");
    let (panics, said) = (Log::default(), Log::default());
    let heard = panics.clone();
    std::panic::set_hook(Box::new(move |info| {
        let _ = writeln!(heard.clone(), "{info}");
    }));
    let settings = Settings {
        bot_token: TOKEN.to_owned(),
        signing_secret: SIGNING.to_owned(),
        clock: slack_sim::ClockSetting::manual(),
        ..Settings::default()
    };
    let file = format!("{}{GUEST}", Team::English.file());
    let files = [
        ("teams/default.toml".to_owned(), file.as_bytes()),
        ("steps/guest.wasm".to_owned(), &iris_tests::guest().unwrap()),
    ];
    let world = World::of(settings, vec![], &files).await.unwrap();
    for fault in [
        Fault::Error("token_revoked".into()),
        Fault::Error("solar_flare".into()),
        Fault::ResetAfterApply,
        Fault::HalfBodyAfterApply,
        Fault::Html,
    ] {
        world.sim.faults().next("chat.update", fault.clone());
        world.sim.faults().next("pins.add", fault);
    }
    let mut player = world.player();
    for line in parse(STORY).unwrap() {
        for seen in player.play(&line).await.unwrap() {
            let _ = writeln!(said.clone(), "{seen}");
        }
    }
    drop(player);
    assert_eq!(found_by_guest(&world).await, [0, 0, 1]);
    let calls = format!("{:?}", world.sim.calls());
    let settings = format!("{:?}", world.app.teams.files().len());
    let folder = world.folder.path().to_owned();
    let logged = log.text();
    assert!(logged.len() > 10_000, "the log was heard");
    clean("the log", logged.as_bytes());
    clean("what people see", said.text().as_bytes());
    clean("panics", panics.text().as_bytes());
    clean("arguments of calls", calls.as_bytes());
    clean("settings", settings.as_bytes());
    let mut files = 0;
    search(&folder, &mut files);
    assert!(files > 3, "the database was searched");
    world.stop().await;
}

fn search(folder: &Path, files: &mut usize) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, files);
        } else {
            *files += 1;
            clean(&path.display().to_string(), &fs::read(&path).unwrap());
        }
    }
}

fn clean(what: &str, bytes: &[u8]) {
    for secret in [TOKEN, SIGNING] {
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "a secret is in {what}");
    }
}
