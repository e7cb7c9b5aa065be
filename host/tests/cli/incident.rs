//! `iris incident`

use std::{collections::BTreeMap, sync::Arc};

use iris::{
    clock::{Moment, SystemClock},
    ids::{TeamId, UserId},
    incident::{Assignment, Cause, Declaration, Incident, Milestone, Room, Status, declare},
    store::{Commit, Person, Store, sqlite::Sqlite},
};
use serde_json::Value;

use crate::machine::Machine;

const DAY: u64 = 24 * 60 * 60 * 1000;

fn aya() -> UserId {
    "U0AYA".into()
}

/// A store with one incident that is open and one that is closed.
fn machine(teams: &[&str]) -> Machine {
    let machine = Machine::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Sqlite::open(&machine.path("iris.db"), Arc::new(SystemClock)).unwrap();
    for team in teams {
        runtime.block_on(fill(&store, &TeamId::from(*team)));
    }
    machine
}

async fn fill(store: &Sqlite, team: &TeamId) {
    let person = Person {
        id: aya(),
        name: "Aya Sato".to_owned(),
        email: None,
        zone: None,
        deactivated: false,
        bot: false,
        seen: Moment(DAY),
    };
    store.put_people(team, vec![person]).await.unwrap();
    for (number, title, status) in [
        (1, "Checkout fails with 500", Status::Declared),
        (2, "Search is slow", Status::Closed),
    ] {
        let wish = Declaration {
            title: title.to_owned(),
            severity: Some("sev1".to_owned()),
            ..Declaration::default()
        };
        let by = aya();
        let cause = Cause {
            owner: &"core".into(),
            by: Some(&by),
            now: Moment(DAY),
        };
        let (incident, changed) = declare(number, &wish, cause);
        let held = Assignment {
            user: aya(),
            since: Moment(DAY),
        };
        let mut times = incident.times.clone();
        times.extend((status != Status::Declared).then_some(Milestone {
            status,
            at: Moment(2 * DAY),
        }));
        let incident = Incident {
            status,
            times,
            roles: BTreeMap::from([("commander".to_owned(), held)]),
            room: Some(Room {
                channel: "C0ROOM".into(),
                name: format!("inc-{number}"),
            }),
            ..incident
        };
        let commit = Commit {
            team: Some(team.clone()),
            incident: Some(incident),
            entries: changed.entries,
            ..Commit::default()
        };
        store.commit(commit).await.unwrap();
    }
}

#[test]
fn open_incidents_are_listed_and_closed_ones_with_all() {
    let machine = machine(&["T0ACME"]);
    let list = machine.run("incident list");
    assert_eq!(list.code, 0, "{list:?}");
    let row = list.out.lines().nth(1).unwrap();
    for cell in [
        "INC-1",
        "declared",
        "SEV1",
        "Checkout fails with 500",
        "Aya Sato",
        "#inc-1",
    ] {
        assert!(row.contains(cell), "{cell} is not in\n{}", list.out);
    }
    assert_eq!(list.out.lines().count(), 2);
    let all = machine.run("incident list --all --json");
    let all: Value = serde_json::from_str(&all.out).unwrap();
    let numbers: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|i| &i["number"])
        .collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn one_incident_is_shown() {
    let machine = machine(&["T0ACME"]);
    let shown = machine.run("incident show INC-2");
    assert_eq!(shown.code, 0, "{shown:?}");
    for part in [
        "INC-2 Search is slow",
        "closed",
        "1970-01-03 00:00 UTC",
        "Incident commander",
        "#inc-2 (C0ROOM)",
    ] {
        assert!(shown.out.contains(part), "{part} is not in\n{}", shown.out);
    }
    let json: Value = serde_json::from_str(&machine.run("incident show 2 --json").out).unwrap();
    assert_eq!(json["title"], "Search is slow");
    let missing = machine.run("incident show 7");
    assert_eq!(
        (missing.code, &*missing.err),
        (1, "iris: there is no incident 7\n")
    );
}

#[test]
fn one_incident_is_exported() {
    let machine = machine(&["T0ACME"]);
    let report = machine.run("incident export 1");
    assert_eq!(report.code, 0, "{report:?}");
    assert!(
        report
            .out
            .starts_with("# INC-1 Checkout fails with 500\n\n| | |\n"),
        "{}",
        report.out
    );
    assert!(
        report
            .out
            .contains("- **00:00** Aya Sato declared the incident: SEV1\n"),
        "{}",
        report.out
    );
    assert!(report.out.ends_with("entries.\n"));
    let json = machine.run("incident export 1 --format json");
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let keys: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["effects", "entries", "feedback", "incident", "todos"]
    );
}

#[test]
fn of_several_workspaces_one_is_named() {
    let machine = machine(&["T0ACME", "T0JAPAN"]);
    let unclear = machine.run("incident list");
    assert_eq!(
        (unclear.code, &*unclear.err),
        (2, "iris: name the workspace by --team: T0ACME, T0JAPAN\n")
    );
    assert_eq!(machine.run("incident list --team T0JAPAN").code, 0);
    let nobody = machine.run("incident list --team T0NOBODY --json");
    assert_eq!((nobody.code, &*nobody.out), (0, "[]\n"));
}

#[test]
fn without_a_store_that_is_said() {
    let ran = Machine::new().run("incident list");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.starts_with("iris: there is no database "),
        "{}",
        ran.err
    );
}
