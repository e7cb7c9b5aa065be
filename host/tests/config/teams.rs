//! The folder of teams' files, while it changes.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    time::Duration,
};

use iris::{
    config::{Problem, SchemaOf, Teams, watch},
    ids::TeamId,
};
use serde_json::json;
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("default", "name = \"Everybody\"");
        folder
    }

    fn file(&self, stem: &str) -> PathBuf {
        self.0.path().join(format!("{stem}.toml"))
    }

    fn write(&self, stem: &str, text: &str) {
        fs::write(self.file(stem), text).unwrap();
    }

    fn open(&self) -> Teams {
        Teams::open(self.0.path(), any()).unwrap()
    }
}

/// Steps that take any config.
fn any() -> SchemaOf {
    Arc::new(|_| None)
}

fn name(teams: &Teams, team: &str) -> Option<String> {
    teams
        .team(&TeamId::from(team))
        .map(|team| team.name.clone())
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(Problem::to_string).collect()
}

#[test]
fn a_team_has_its_own_file_or_the_default() {
    let folder = Folder::new();
    folder.write("T0ACME", "name = \"Acme\"");
    folder.write("README", "");
    fs::write(folder.0.path().join("notes.txt"), "not TOML").unwrap();
    let teams = folder.open();
    assert_eq!(name(&teams, "T0ACME").unwrap(), "Acme");
    assert_eq!(name(&teams, "T0OTHER").unwrap(), "Everybody");
    fs::remove_file(folder.file("default")).unwrap();
    teams.reload();
    assert_eq!(name(&teams, "T0OTHER"), None);
}

#[test]
fn row_41_a_file_with_a_mistake_leaves_the_last_good_one_in_force() {
    let folder = Folder::new();
    let teams = folder.open();
    folder.write("default", "name = \"Everybody\"\nlocale = \"fr\"");
    teams.reload();
    assert_eq!(name(&teams, "T1").unwrap(), "Everybody");
    let said = said(&teams.problems());
    assert!(
        said[0].ends_with("default.toml:2:10: Iris does not speak `fr`: `locale` is `en` or `ja`."),
        "{said:?}"
    );
    folder.write("T1", "nonsense");
    teams.reload();
    assert_eq!(name(&teams, "T1").unwrap(), "Everybody");
    assert_eq!(teams.problems().len(), 2);
    folder.write("default", "name = \"Everyone\"");
    folder.write("T1", "name = \"One\"");
    teams.reload();
    assert_eq!(name(&teams, "T1").unwrap(), "One");
    assert_eq!(name(&teams, "T2").unwrap(), "Everyone");
    assert_eq!(teams.problems().len(), 0);
}

#[test]
fn config_that_its_step_does_not_take_is_a_mistake() {
    let folder = Folder::new();
    let schema_of: SchemaOf = Arc::new(|_| Some(json!({ "additionalProperties": false })));
    let teams = Teams::open(folder.0.path(), schema_of).unwrap();
    folder.write(
        "default",
        "name = \"New\"\n[[step]]\nuse = \"todo\"\nconfig = { a = 1 }",
    );
    teams.reload();
    assert_eq!(name(&teams, "T1").unwrap(), "Everybody");
    assert!(said(&teams.problems())[0].contains("default.toml:4:"));
}

#[test]
fn a_folder_that_goes_away_changes_nothing() {
    let folder = Folder::new();
    let teams = folder.open();
    fs::remove_dir_all(folder.0.path()).unwrap();
    teams.reload();
    assert_eq!(name(&teams, "T1").unwrap(), "Everybody");
    assert!(said(&teams.problems())[0].contains("cannot be read"));
}

#[test]
fn at_the_start_a_mistake_has_nothing_to_fall_back_to() {
    let folder = Folder::new();
    folder.write("default", "locale = \"fr\"");
    assert!(Teams::open(folder.0.path(), any()).is_err());
    fs::remove_file(folder.file("default")).unwrap();
    let none = Teams::open(folder.0.path(), any()).err().unwrap();
    assert!(
        said(&none)[0].ends_with("This folder holds no team's file: write `default.toml` into it.")
    );
    assert!(Teams::open(Path::new("/nowhere"), any()).is_err());
}

#[test]
fn a_change_is_noticed() {
    let folder = Folder::new();
    let (asked, reloaded) = mpsc::channel();
    // The schema is asked for at each reading, so it tells that one happened.
    let schema_of: SchemaOf = Arc::new(move |line| {
        asked.send(line.name.clone()).unwrap();
        None
    });
    let teams = Arc::new(Teams::open(folder.0.path(), schema_of).unwrap());
    let again = teams.clone();
    let _watch = watch(teams.folder(), move || again.reload()).unwrap();
    while reloaded.try_recv().is_ok() {}
    // As editors do: a new file takes the old one's place.
    fs::write(folder.file("default.new"), "").unwrap();
    folder.write("draft", "name = \"Changed\"\n[[step]]\nuse = \"changed\"");
    fs::rename(folder.file("draft"), folder.file("default")).unwrap();
    let changed = std::iter::from_fn(|| reloaded.recv_timeout(Duration::from_secs(10)).ok());
    assert!(changed.into_iter().any(|step| step == "changed"));
}
