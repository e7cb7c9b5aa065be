//! A team that brings a step of its own: the guest of the host's tests, which does what its settings
//! tell it.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use iris_tests::{Team, World};

use super::acme;

/// Everything that the guest asks for.
pub(crate) const ALL: &str = r#"{ wishes = ["incident", "room", "messages", "forms", "timers"], slack = ["users.info"], http = ["api.statuspage.example"] }"#;

/// The team's file, with a line for the guest.
pub(crate) fn file(team: Team, allow: &str, acts: &str) -> String {
    let file = team.file();
    format!("{file}\n[[step]]\nuse = \"guest\"\nallow = {allow}\nconfig = {{ acts = {acts} }}\n")
}

/// Acme, whose team uses the guest.
pub(crate) async fn world(team: Team, allow: &str, acts: &str) -> World {
    let file = file(team, allow, acts);
    let files = [
        ("teams/default.toml".to_owned(), file.as_bytes()),
        ("steps/guest.wasm".to_owned(), wasm()),
    ];
    World::of(acme(), vec![], &files)
        .await
        .expect("Iris starts")
}

fn wasm() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| std::fs::read(build()).expect("it was built"))
}

/// Built beside the standard steps, with what they share.
fn build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("steps-build");
    let built = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--quiet", "--profile", "step"])
        .args(["--package", "iris-guest", "--target", "wasm32-wasip2"])
        .arg("--target-dir")
        .arg(&target)
        .status()
        .expect("cargo runs");
    assert!(
        built.success(),
        "the guest was not built: is the target wasm32-wasip2 installed?"
    );
    target.join("wasm32-wasip2/step/iris_guest.wasm")
}
