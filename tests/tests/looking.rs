//! What operators look at: `iris activity`, `iris step logs`, `iris replay`, beside an Iris that
//! serves.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::{env, fs, path::Path, process::Command};

use iris::logging;
use iris_tests::{Team, World, changed, guest};
use serde_json::Value;
use slack_sim::{ClockSetting, Settings, story::parse};

const ALLOWED: &str = "allow = { wishes = [\"incident\", \"room\", \"messages\", \"forms\", \"timers\"], slack = [\"users.info\"], http = [\"api.statuspage.example\"] }";

const STORY: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits
> @ken #room: /incident todo Call the bank
> @ken #room: 1.42 went out at 13:58
> @aya #room: /incident resolve Rolled back
@ 10s";

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// A team with a step that shouts, fails at what people say, and posts.
async fn world(acts: &str) -> World {
    let team = format!(
        "{}\n[[step]]\nuse = \"guest\"\n{ALLOWED}\nconfig = {{ acts = [{acts}] }}\n",
        Team::English.file()
    );
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    let wasm = guest().unwrap();
    let files = [
        ("teams/default.toml".to_owned(), team.as_bytes()),
        ("steps/guest.wasm".to_owned(), &*wasm),
    ];
    World::of(settings, vec![], &files).await.unwrap()
}

async fn play(world: &World) {
    let mut player = world.player();
    for line in parse(STORY).unwrap() {
        player.play(&line).await.unwrap();
    }
}

/// The program, beside the world.
fn run(folder: &Path, words: &str) -> Ran {
    let program = env::current_exe().unwrap();
    // <target>/<profile>/deps/<test>
    let program = program.parent().unwrap().parent().unwrap().join("iris");
    let ran = Command::new(program)
        .args(words.split_whitespace())
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    Ran {
        code: ran.status.code().unwrap(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_on_is_shown_from_delivery_to_effect() {
    let lines = logging::start(logging::filter("off").unwrap());
    let world =
        world(r#"{ do = "log", line = "Looking around" }, { do = "bug", why = "no idea" }"#);
    let world = world.await;
    world.app.keep_lines(lines);
    play(&world).await;
    let folder = world.folder.path().to_owned();

    let ran = run(&folder, "activity --last 1000");
    assert_eq!(ran.code, 0, "{}", ran.err);
    for said in [
        "U0AYASATO command: Checkout fails with 500 [",
        "U0KENMORI command: todo Call the bank [",
        "  todo done",
        "  todo chat.postMessage: applied (",
        "  war-room conversations.create: applied (",
        "  guest is set aside after 3 tries: no idea",
        "  guest says: Looking around",
        "INC-1",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }

    // What one command led to, through what it caused, and nothing else.
    let typed = ran
        .out
        .lines()
        .find(|line| line.contains("todo Call the bank"));
    let (_, trace) = typed.unwrap().rsplit_once('[').unwrap();
    let trace = trace.trim_end_matches(']');
    let ran = run(&folder, &format!("activity --json --trace {trace}"));
    let told: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
    let events = told.iter().filter(|told| told["kind"] == "event");
    assert!(events.count() > 1, "it caused something: {}", ran.out);
    assert!(told.iter().any(|told| told["kind"] == "effect"));
    let other = |told: &Value| {
        told["what"]
            .as_str()
            .unwrap()
            .contains("conversations.create")
    };
    assert!(!told.iter().any(other), "{}", ran.out);

    let ran = run(
        &folder,
        "activity --level warn --incident INC-1 --last 1000",
    );
    assert!(
        ran.out.contains("is set aside") && !ran.out.contains("todo done"),
        "{}",
        ran.out
    );
    let ran = run(&folder, "activity --incident 7");
    assert_eq!((ran.code, &*ran.out), (0, ""));

    // The lines of the step, and why it failed.
    let ran = run(&folder, "step logs guest --last 1000");
    assert_eq!(ran.code, 0, "{}", ran.err);
    for said in [
        "info  guest INC-1    Looking around",
        "Step `guest` is set aside",
        "no idea",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    assert_eq!(run(&folder, "step logs todo").out, "");
    let ran = run(&folder, "step logs --json --last 1");
    let rows: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(rows.len(), 1, "{}", ran.out);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_is_tried_on_what_happened() {
    let world = world(r#"{ do = "say", place = "room", text = "Noted." }"#).await;
    play(&world).await;
    let folder = world.folder.path().to_owned();
    let sent = world.sim.calls().len();

    // The same version wishes the same.
    let same = folder.join("same.wasm");
    fs::write(&same, guest().unwrap()).unwrap();
    let ran = run(&folder, "replay 1 --with ./same.wasm");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("0 of 1 incidents differ"), "{}", ran.out);

    let new = changed(guest().unwrap(), "came-to", "came-of");
    fs::write(folder.join("new.wasm"), new).unwrap();
    let ran = run(&folder, "replay --all --with ./new.wasm");
    assert_eq!(ran.code, 1, "{}", ran.err);
    for said in [
        "--- in force",
        "+++ tried",
        "▶ U0KENMORI said: 1.42 went out at 13:58",
        "-  remembers (team) came-to:",
        "+  remembers (team) came-of:",
        "1 of 1 incidents differ; nothing was sent",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    // A step of the incident's own: what was typed for it is told to it.
    let ran = run(&folder, "replay 1 --with todo");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let ran = run(&folder, "replay 7 --with ./new.wasm");
    assert!(
        ran.code == 1 && ran.err.contains("there is no incident 7"),
        "{}",
        ran.err
    );
    assert_eq!(world.sim.calls().len(), sent, "nothing was sent");
    world.stop().await;
}
