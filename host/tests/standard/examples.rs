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
    incident::{Change, Status},
};
use serde_json::json;

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
        .arg(folder)
        .output()
        .expect("the program was built with its tests");
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{}: {said}", folder.display());
}

/// When something that it is made of was last changed.
fn newest(folder: &Path) -> SystemTime {
    let entries = fs::read_dir(folder).expect("a folder of the project");
    let files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    let sources = files.iter().filter(|file| {
        file.extension().is_some_and(|ending| {
            ["js", "mjs", "json", "py", "txt"]
                .iter()
                .any(|one| ending == *one)
        })
    });
    let changed = sources.filter_map(|file| fs::metadata(file).ok()?.modified().ok());
    changed.max().expect("it has sources")
}

impl World {
    /// The service that the step spoke to answers.
    async fn page_answers(&mut self, status: u16, body: &str) {
        let what = What::Answered {
            owner: self.me(),
            key: "page".to_owned(),
            outcome: Came::Http {
                status,
                headers: vec![],
                body: body.as_bytes().to_vec(),
            },
        };
        self.tell(&format!("the page answers {status}"), None, what)
            .await;
    }
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
