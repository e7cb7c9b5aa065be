//! Builds the six standard steps, which `src/step/standard.rs` carries inside the binary.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-wasip2";

const STEPS: [&str; 6] = [
    "war-room", "invite", "guide", "todo", "timeline", "feedback",
];

fn main() {
    let host = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let root = host.parent().expect("host/ is inside the repository");
    for part in ["plugins", "wit", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(part).display());
    }

    let out = PathBuf::from(variable("OUT_DIR"));
    // <target>/<profile>/build/iris-<hash>/out: a folder beside the profiles is shared by them, and
    // is not locked by the cargo that runs this.
    let target = out
        .ancestors()
        .nth(4)
        .expect("cargo gives a folder that deep");
    let built = target.join("steps-build");
    need_target();
    build(root, &built);

    for step in STEPS {
        let file = format!("iris_{}.wasm", step.replace('-', "_"));
        let from = built.join(TARGET).join("step").join(file);
        let to = out.join(format!("{step}.wasm"));
        if let Err(error) = fs::copy(&from, &to) {
            fail(&format!("{} was not built: {error}", from.display()));
        }
    }
}

fn build(root: &Path, target_dir: &Path) {
    let mut cargo = Command::new(variable("CARGO"));
    cargo
        .current_dir(root)
        .args([
            "build",
            "--profile",
            "step",
            "--target",
            TARGET,
            "--target-dir",
        ])
        .arg(target_dir);
    for step in STEPS {
        cargo.args(["-p", &format!("iris-{step}")]);
    }
    // What the outer cargo says of this crate and this machine is not meant for the guests.
    for (name, _) in env::vars_os() {
        if let Some(name) = name.to_str().filter(|name| is_outer(name)) {
            cargo.env_remove(name);
        }
    }
    match cargo.status() {
        Ok(status) if status.success() => {}
        Ok(status) => fail(&format!(
            "building the standard steps failed ({status}), see above"
        )),
        Err(error) => fail(&format!("cargo cannot be run: {error}")),
    }
}

fn is_outer(name: &str) -> bool {
    const PREFIXES: [&str; 6] = [
        "CARGO_PKG_",
        "CARGO_CFG_",
        "CARGO_FEATURE_",
        "CARGO_MANIFEST_",
        "CARGO_PROFILE_",
        "DEP_",
    ];
    const NAMES: [&str; 12] = [
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_PRIMARY_PACKAGE",
        "RUSTFLAGS",
        "RUSTC",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_LINKER",
        "TARGET",
        "HOST",
        "PROFILE",
        "OUT_DIR",
    ];
    PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || NAMES.contains(&name)
}

/// Says what to do, rather than let rustc complain about a missing `core`.
fn need_target() {
    let output = Command::new(variable("RUSTC"))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let there = output.is_ok_and(|output| {
        output.status.success()
            && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    });
    if !there {
        fail(&format!(
            "the steps need the target {TARGET}: run `rustup target add {TARGET}`"
        ));
    }
}

fn variable(name: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "how cargo speaks to a build script"
    )]
    env::var(name).unwrap_or_else(|_| fail(&format!("{name} is not set: cargo runs this")))
}

fn fail(why: &str) -> ! {
    println!("cargo::error={why}");
    std::process::exit(1);
}
