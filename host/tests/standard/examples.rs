//! The steps of `examples/steps/`, built as their READMEs say, in the same scenarios as the standard
//! ones: whatever language they are written in, Iris sees wishes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, SystemTime},
};

use iris::{
    event::{Declared, Outcome as Came, What},
    incident::{Change, Declaration, Status},
};
use serde_json::{Value, json};

use crate::world::{AYA, KEN, World, YUI, play};

/// The component of an example. It is built when it is not there, or older than what it is made of.
pub(crate) fn component(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples/steps")
        .join(name);
    let wasm = folder.join(format!("{name}.wasm"));
    let built = fs::metadata(&wasm).and_then(|file| file.modified()).ok();
    if built.is_none_or(|built| built < newest(&folder)) {
        build(&folder);
    }
    fs::read(&wasm).expect("it was built")
}

/// As people do it: the project's own tests first.
fn build(folder: &Path) {
    let built = Command::new(env!("CARGO_BIN_EXE_iris"))
        .args(["step", "build"])
        // What projects in Rust stand on is compiled once for all of them.
        .env(
            "CARGO_TARGET_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/step-projects"),
        )
        .arg(folder)
        .output()
        .expect("the program was built with its tests");
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{}: {said}", folder.display());
}

/// When something that it is made of was last changed.
fn newest(folder: &Path) -> SystemTime {
    let mut files = vec![];
    sources(folder, &mut files);
    if folder.join("Cargo.toml").exists() {
        for ours in ["sdk", "kit", "texts"] {
            sources(&folder.join("../../../plugins").join(ours), &mut files);
        }
    }
    let changed = files
        .iter()
        .filter_map(|file| fs::metadata(file).ok()?.modified().ok());
    changed.max().expect("it has sources")
}

/// What people wrote, at every depth.
fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    let made = ["node_modules", "target", ".venv", "__pycache__"];
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !made.iter().any(|one| path.ends_with(one)) {
                sources(&path, all);
            }
        } else if path.extension().is_some_and(|ending| {
            ["js", "mjs", "json", "py", "txt", "rs", "toml", "ftl"]
                .iter()
                .any(|one| ending == *one)
        }) {
            all.push(path);
        }
    }
}

impl World {
    /// The service that the step spoke to answers.
    async fn page_answers(&mut self, status: u16, body: &str) {
        self.service_answers("the page", "page", status, body).await;
    }

    /// Who is on call, as their own service says it: to the step's first question, second, …
    async fn duty_answers(&mut self, question: u32, status: u16, body: &str) {
        let key = format!("ask-{question}");
        self.service_answers("the service", &key, status, body)
            .await;
    }

    async fn service_answers(&mut self, who: &str, key: &str, status: u16, body: &str) {
        let what = What::Answered {
            owner: self.me(),
            key: key.to_owned(),
            outcome: Came::Http {
                status,
                headers: vec![],
                body: body.as_bytes().to_vec(),
            },
        };
        self.tell(&format!("{who} answers {status}"), None, what)
            .await;
    }

    /// Aya declares, and the room stands before anything else comes.
    async fn is_declared(&mut self) {
        let what = What::Declared(Declared { answers: [].into() });
        self.tell("Aya declares", Some(AYA), what).await;
        self.room();
        let what = What::RoomOpened {
            channel: "C0ROOM".into(),
            name: "inc-20261201-payments".to_owned(),
        };
        self.tell("the room stands", None, what).await;
    }

    async fn is_raised(&mut self) {
        let severity = Some("sev1".to_owned());
        let why = String::new();
        self.change(KEN, Change::Severity { severity, why }).await;
    }
}

/// The same people each week, from Monday at nine.
fn weekly(people: [&str; 2]) -> Value {
    json!({ "product": "payments", "people": people, "every": "7d", "from": "2026-01-05T09:00" })
}

fn minor() -> Declaration {
    Declaration {
        title: "Checkout fails".to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev2".to_owned()),
        origin: Some("C0OPS".into()),
        ..Declaration::default()
    }
}

#[tokio::test]
async fn who_is_on_call_is_called() {
    play("on-call", "called", async |world| {
        let mut graver = weekly([AYA, AYA]);
        graver["severity"] = json!(["sev1"]);
        world.config = json!({ "schedule": [weekly([KEN, YUI]), graver] });
        world.declare(minor()).await;
        world.is_declared().await;
        world.invited(&[YUI], &[]).await;
        // After the hand-over, and with those who are needed now: in the same message.
        world.later(Duration::from_hours(7 * 24));
        world.is_raised().await;
        world.invited(&[KEN], &[(AYA, "deactivated")]).await;
        world.joins(AYA).await;
        // Nobody has a turn for what is of no product.
        world
            .declare(Declaration {
                product: None,
                ..minor()
            })
            .await;
        world.is_declared().await;
    })
    .await;
}

#[tokio::test]
async fn a_drill_calls_those_who_are_on_call() {
    play("on-call", "drill", async |world| {
        world.config = json!({ "schedule": [weekly([KEN, YUI])] });
        world
            .declare(Declaration {
                drill: true,
                ..minor()
            })
            .await;
        world.is_declared().await;
        world.invited(&[YUI], &[]).await;
    })
    .await;
}

#[tokio::test]
async fn the_service_says_who_is_on_call() {
    play("on-call", "service", async |world| {
        world.config = json!({ "url": "https://oncall.acme.example/now" });
        world.declare(minor()).await;
        world.is_declared().await;
        let people = r#"{"on_call":["U0KEN","@payments-oncall","Ken"]}"#;
        world.duty_answers(1, 200, people).await;
        world
            .invited(&[KEN], &[("@payments-oncall", "empty-group")])
            .await;
        world.is_raised().await;
        world
            .duty_answers(2, 200, r#"{"on_call":["U0KEN","U0YUI"]}"#)
            .await;
        world.invited(&[YUI], &[]).await;
    })
    .await;
}

#[tokio::test]
async fn the_service_fails() {
    play("on-call", "service-fails", async |world| {
        let url = "https://oncall.acme.example/now";
        world.config = json!({ "url": url });
        world.declare(minor()).await;
        world.is_declared().await;
        world.duty_answers(1, 503, "").await;
        // The schedule instead; an answer that comes late still counts.
        world.config = json!({ "url": url, "schedule": [weekly([KEN, YUI])] });
        world.is_raised().await;
        world.duty_answers(1, 503, "").await;
        world.timer("patience").await;
        world.invited(&[YUI], &[]).await;
        world.duty_answers(2, 200, r#"{"on_call":["U0KEN"]}"#).await;
        world.invited(&[KEN], &[]).await;
    })
    .await;
}

#[tokio::test]
async fn the_status_page_follows_the_incident() {
    play("status-page", "follows", async |world| {
        world.config = json!({ "url": "https://api.statuspage.example/v1" });
        world.room();
        world
            .tell(
                "Aya declares",
                Some(AYA),
                What::Declared(Declared { answers: [].into() }),
            )
            .await;
        world.page_answers(503, "").await;
        world.presses(AYA, "status-page:retry", "42").await;
        world.page_answers(201, r#"{"id":"p1"}"#).await;
        world.entry(AYA, "update", "Rolled back", json!({})).await;
        let (status, note) = (Status::Resolved, String::new());
        world.change(AYA, Change::Status { status, note }).await;
        world.page_answers(200, "{}").await;
    })
    .await;
}

#[tokio::test]
async fn the_notice_is_taken() {
    play("notice", "taken", async |world| {
        world.room();
        let what = What::RoomOpened {
            channel: "C0ROOM".into(),
            name: "inc-20261201-payments".to_owned(),
        };
        world.tell("the room stands", None, what).await;
        // The reminder comes once; the button goes on working.
        world.later(Duration::from_mins(30));
        world.timer("nobody").await;
        world.presses(KEN, "notice:take", "42").await;
        // Who comes second is told who was first.
        world.presses(YUI, "notice:take", "42").await;
        world.timer("nobody").await;
    })
    .await;
}

#[tokio::test]
async fn the_postmortem_is_drafted() {
    play("postmortem", "drafted", async |world| {
        world.room();
        world
            .entry(KEN, "update", "Rolled back *now*", json!({}))
            .await;
        let todo = json!({ "n": 1, "act": "added" });
        world
            .entry(YUI, "todo", "Renew the certificate", todo)
            .await;
        let (role, holder) = ("commander".to_owned(), Some(KEN.into()));
        let note = String::new();
        world.change(AYA, Change::Role { role, holder, note }).await;
        world.later(Duration::from_mins(72));
        let (status, note) = (Status::Resolved, "Rolled back".to_owned());
        world.change(AYA, Change::Status { status, note }).await;
        world.config = json!({ "template": "# {title}\n{impact}" });
        world.types(AYA, "postmortem", "").await;
    })
    .await;
}
