//! The example files are right.

use std::path::{Path, PathBuf};

use iris::{
    config::{Settings, TeamFile, parse},
    team::Locale,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn team(stem: &str) -> TeamFile {
    let text =
        std::fs::read_to_string(folder().join("teams").join(format!("{stem}.toml"))).unwrap();
    let (file, problems) = parse(stem, stem, &text);
    assert!(problems.is_empty(), "{problems:?}");
    file.unwrap()
}

#[test]
fn the_settings_say_what_the_defaults_are() {
    let path = folder().join("iris.toml");
    let example = Settings::load(Some(&path), |_| None).unwrap();
    let defaults = Settings::load(None, |_| None).unwrap();
    assert_eq!(example.listen, defaults.listen);
    assert_eq!(example.slack.api_url, defaults.slack.api_url);
    assert_eq!(example.slack.timeout, defaults.slack.timeout);
    assert_eq!(example.log, defaults.log);
    assert_eq!(example.teams, folder().join(&defaults.teams));
    assert!(example.teams.is_dir());
}

#[test]
fn the_teams_files_have_no_mistakes() {
    for (stem, locale, product) in [
        ("default", Locale::En, "Payments"),
        ("T0JAPAN", Locale::Ja, "決済"),
    ] {
        let team = team(stem).team;
        assert_eq!(team.locale, locale);
        assert_eq!(team.product("payments").unwrap().name, product);
        let steps: Vec<&str> = team.steps.iter().map(|step| &*step.name).collect();
        assert_eq!(
            steps,
            [
                "war-room", "invite", "guide", "todo", "timeline", "feedback"
            ]
        );
    }
}

/// The wording is the one that a team gets which writes none.
#[test]
fn the_teams_files_say_what_is_said_without_them() {
    for (stem, locale) in [("default", "en"), ("T0JAPAN", "ja")] {
        let example = team(stem).team;
        let bare = format!("locale = \"{locale}\"\ntimezone = \"UTC\"\n");
        let bare = parse("bare", "bare", &bare).0.unwrap().team;
        assert_eq!(example.severities, bare.severities);
        assert_eq!(example.roles, bare.roles);
        assert_eq!(
            example
                .steps
                .iter()
                .map(|step| &step.name)
                .collect::<Vec<_>>(),
            bare.steps.iter().map(|step| &step.name).collect::<Vec<_>>()
        );
    }
}
