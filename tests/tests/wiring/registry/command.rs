//! `iris step add` and `remove`.

use std::{env, fs, path::PathBuf, process::Command};

use iris_tests::{changed, guest};
use tempfile::TempDir;

use super::house::House;

/// A folder in which `iris` is run.
struct Machine {
    folder: TempDir,
    /// Where `docker login` would have written.
    docker: PathBuf,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("teams")).unwrap();
        let docker = folder.path().join("docker");
        fs::create_dir(&docker).unwrap();
        let machine = Self { folder, docker };
        machine.team("name = \"Acme\"\n");
        machine
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("teams/default.toml")
    }

    fn team(&self, text: &str) {
        fs::write(self.file(), text).unwrap();
    }

    /// The guest takes no step without its settings; its lines stand last.
    fn configure(&self) {
        let file = fs::read_to_string(self.file()).unwrap();
        self.team(&format!("{file}config = {{ acts = [] }}\n"));
    }

    fn run(&self, words: &str) -> Ran {
        let program = env::current_exe().unwrap();
        // <target>/<profile>/deps/<test>
        let program = program.parent().unwrap().parent().unwrap().join("iris");
        let ran = Command::new(program)
            .args(words.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .env("DOCKER_CONFIG", &self.docker)
            .output()
            .unwrap();
        Ran {
            code: ran.status.code().unwrap(),
            out: String::from_utf8(ran.stdout).unwrap(),
            err: String::from_utf8(ran.stderr).unwrap(),
        }
    }
}

/// The digest in `oci://…@sha256:…` of a text.
fn digest(text: &str) -> String {
    let (_, digest) = text.split_once("@sha256:").unwrap();
    digest[..64].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_becomes_a_digest_in_the_teams_file() {
    let mut house = House::open();
    let (machine, host) = (Machine::new(), house.host());
    let wasm = guest().unwrap();
    house
        .push("steps/guest:1", wasm.clone(), "application/wasm")
        .await;
    let add = format!("step add oci://{host}/steps/guest:1");
    let ran = machine.run(&add);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let from = format!("from = \"oci://{host}/steps/guest@sha256:");
    for line in ["[[step]]\n", "use = \"guest\"\n", &from, "allow = { wishes"] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
    assert_eq!(
        fs::read_to_string(machine.file()).unwrap(),
        "name = \"Acme\"\n"
    );

    let into = format!("{add} --into teams/default.toml");
    assert_eq!(machine.run(&into).code, 0);
    machine.configure();
    let file = fs::read_to_string(machine.file()).unwrap();
    assert!(file.starts_with("name = \"Acme\"\n\n[[step]]\n"), "{file}");
    let ran = machine.run("check");
    assert_eq!(ran.code, 0, "{}", ran.err);

    // The tag moves on; the file goes with it only when it is told to.
    let other = changed(wasm, "Does as told", "Second guest");
    house.push("steps/guest:1", other, "application/wasm").await;
    let ran = machine.run(&into);
    assert!(ran.err.contains("takes the new digest"), "{}", ran.err);
    let again = fs::read_to_string(machine.file()).unwrap();
    assert_ne!(digest(&file), digest(&again));
    assert_eq!(again, file.replace(&digest(&file), &digest(&again)));

    // What is kept needs no registry.
    house.stop();
    let ran = machine.run("step list");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let guest = ran.out.lines().find(|line| line.contains("guest")).unwrap();
    assert!(guest.contains("teams/default.toml"), "{guest}");
    let kept = format!("oci://{host}/steps/guest@sha256:{}", digest(&again));
    let ran = machine.run(&format!("step remove {kept}"));
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("is used by teams/default.toml"),
        "{}",
        ran.err
    );
    machine.team("name = \"Acme\"\n");
    assert_eq!(machine.run(&format!("step remove {kept}")).code, 0);
    let ran = machine.run(&format!("step remove {kept}"));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("was never fetched"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_said_and_nothing_is_kept() {
    let mut house = House::open();
    let (machine, host) = (Machine::new(), house.host());
    let text = b"no component".to_vec();
    house.push("steps/text:1", text.clone(), "text/plain").await;
    house.push("steps/fake:1", text, "application/wasm").await;
    for (what, said) in [
        ("steps/none:1", "has nothing under that name"),
        (
            "steps/text:1",
            "it has not one layer of the type application/wasm",
        ),
        ("steps/fake:1", "it is no WebAssembly component"),
    ] {
        let ran = machine.run(&format!(
            "step add oci://{host}/{what} --into teams/default.toml"
        ));
        assert_eq!((ran.code, &*ran.out), (1, ""), "{what}");
        assert!(ran.err.contains(said), "{what}: {}", ran.err);
    }
    for bad in ["oci://guest:1", "oci://acme/guest:1"] {
        let ran = machine.run(&format!("step add {bad}"));
        assert!(
            ran.err.contains("write `oci://<registry>/<name>:<tag>`"),
            "{}",
            ran.err
        );
    }
    house.stop();
    let ran = machine.run(&format!("step add oci://{host}/steps/guest:1"));
    assert_eq!(ran.code, 1);
    let said = format!("the registry {host} cannot be reached");
    assert!(ran.err.contains(&said), "{}", ran.err);
    assert_eq!(
        fs::read_to_string(machine.file()).unwrap(),
        "name = \"Acme\"\n"
    );
}

/// Row 45, for registries: what does not have the digest that stands in the file is not taken.
#[tokio::test(flavor = "multi_thread")]
async fn row_45_other_bytes_than_the_digest_says_are_refused() {
    let house = House::open();
    let (machine, host) = (Machine::new(), house.host());
    let wasm = guest().unwrap();
    house
        .push("steps/guest:1", wasm.clone(), "application/wasm")
        .await;
    let add = format!("step add oci://{host}/steps/guest:1 --into teams/default.toml");
    assert_eq!(machine.run(&add).code, 0);
    machine.configure();
    let pinned = digest(&fs::read_to_string(machine.file()).unwrap());

    // Kept bytes that were damaged are fetched again.
    let kept = machine.folder.path().join("iris.steps");
    for file in fs::read_dir(&kept).unwrap() {
        fs::write(file.unwrap().path(), "damaged").unwrap();
    }
    assert_eq!(machine.run("check").code, 0);

    // So are those of the registry; these are refused.
    fs::remove_dir_all(&kept).unwrap();
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(house.blob(&pinned)).unwrap()).unwrap();
    let layer = manifest["layers"][0]["digest"].as_str().unwrap();
    let blob = house.blob(layer.trim_start_matches("sha256:"));
    fs::write(blob, changed(wasm, "Does as told", "Second guest")).unwrap();
    let ran = machine.run("check");
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("default.toml:"), "{}", ran.err);
    assert!(ran.err.contains("sha256"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_is_asked_as_who_logged_in() {
    let house = House::closed();
    let (machine, host) = (Machine::new(), house.host());
    house
        .push("steps/guest:1", guest().unwrap(), "application/wasm")
        .await;
    let add = format!("step add oci://{host}/steps/guest:1");
    let ran = machine.run(&add);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains(&format!("`docker login {host}`")),
        "{}",
        ran.err
    );
    // `iris:secret`, as `docker login` writes it.
    let login = format!(r#"{{"auths":{{"{host}":{{"auth":"aXJpczpzZWNyZXQ="}}}}}}"#);
    fs::write(machine.docker.join("config.json"), login).unwrap();
    let ran = machine.run(&add);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("secret"));
}

#[test]
fn a_file_is_put_into_the_folder_under_its_own_name() {
    let machine = Machine::new();
    fs::write(machine.folder.path().join("built.wasm"), guest().unwrap()).unwrap();
    let ran = machine.run("step add built.wasm --into teams/default.toml");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(machine.folder.path().join("steps/guest.wasm").exists());
    let file = fs::read_to_string(machine.file()).unwrap();
    assert!(!file.contains("from ="), "{file}");
    machine.configure();
    assert_eq!(machine.run("check").code, 0);
    assert_eq!(machine.run("step remove guest").code, 1, "it is used");
    machine.team("name = \"Acme\"\n");
    assert_eq!(machine.run("step remove guest").code, 0);
    assert!(!machine.folder.path().join("steps/guest.wasm").exists());
    let ran = machine.run("step remove guest");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("nothing was changed"), "{}", ran.err);
}
