//! `iris datastore`: what steps keep, by hand.

use std::sync::Arc;

use iris::{
    clock::{Moment, SystemClock},
    incident::{Cause, Declaration, declare},
    store::{Commit, StatePlace, StateWrite, Store, sqlite::Sqlite},
};
use serde_json::{Value, json};

use crate::machine::{Machine, Ran};

/// A store in which two steps keep something, of the team and of INC-1.
fn machine() -> (Machine, Sqlite) {
    let machine = Machine::new();
    let store = Sqlite::open(&machine.path("iris.db"), Arc::new(SystemClock)).unwrap();
    let write = |owner: &str, incident, key: &str, value: &Value| StateWrite {
        place: StatePlace {
            team: "T0ACME".into(),
            owner: owner.into(),
            incident,
        },
        key: key.to_owned(),
        json: Some(value.to_string()),
    };
    let cause = Cause {
        owner: &"core".into(),
        by: None,
        now: Moment(1),
    };
    let (incident, _) = declare(1, &Declaration::default(), cause);
    let commit = Commit {
        team: Some("T0ACME".into()),
        incident: Some(incident),
        writes: vec![
            write("page", Some(1), "id", &json!("p1")),
            write("rota", None, "week/48", &json!({ "who": "U0AYA", "n": 1 })),
            write("rota", None, "week/49", &json!({ "who": "U0KEN", "n": 2 })),
        ],
        ..Commit::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.commit(commit)).unwrap();
    (machine, store)
}

fn lines(ran: &Ran) -> Vec<Value> {
    let lines = ran.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn keys(ran: &Ran) -> Vec<String> {
    let rows = lines(ran);
    let keys = rows.iter().map(|row| row["key"].as_str().unwrap());
    keys.map(str::to_owned).collect()
}

#[test]
fn what_is_kept_is_found_beside_the_one_who_serves() {
    // The store stays open, as under `iris serve`.
    let (machine, _serving) = machine();
    let ran = machine.run("datastore query");
    assert_eq!((ran.code, &*ran.err), (0, ""), "{ran:?}");
    for said in ["week/48", r#"{"n":1,"who":"U0AYA"}"#, "INC-1", "page"] {
        assert!(ran.out.contains(said), "{}", ran.out);
    }
    let query = |more: &[&str]| {
        let words = [&["datastore", "query", "--lines"], more].concat();
        machine.run_with(&words, "")
    };
    assert_eq!(keys(&query(&["rota"])), ["week/48", "week/49"]);
    assert_eq!(keys(&query(&["--incident", "INC-1"])), ["id"]);
    assert_eq!(keys(&query(&["--of-team", "--limit", "1"])), ["week/48"]);
    assert_eq!(keys(&query(&["--key", "week/49"])), ["week/49"]);
    assert_eq!(keys(&query(&["--where", "who = U0KEN"])), ["week/49"]);
    let both = ["--where", "n >= 1", "--where", "who ~ AYA"];
    assert_eq!(keys(&query(&both)), ["week/48"]);
    let ran = machine.run("datastore get page id --incident 1");
    assert_eq!((ran.code, &*ran.out), (0, "\"p1\"\n"), "{ran:?}");
    let ran = machine.run("datastore get page id");
    assert_eq!((ran.code, &*ran.out), (1, ""), "{ran:?}");
    assert!(ran.err.contains("T0ACME/page/id"), "{}", ran.err);
    let ran = machine.run_with(&["datastore", "query", "--where", "= 3"], "");
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn values_are_put_and_deleted_and_it_is_audited() {
    let (machine, _serving) = machine();
    let put = [
        "datastore",
        "put",
        "rota",
        "week/50",
        r#"{"who":"U0YUI"}"#,
        "--by",
        "root",
    ];
    let ran = machine.run_with(&put, "");
    assert_eq!((ran.code, &*ran.out), (0, "1 value kept\n"), "{ran:?}");
    let ran = machine.run("datastore get rota week/50 --json");
    let row: Value = serde_json::from_str(&ran.out).unwrap();
    let value = json!({ "who": "U0YUI" });
    assert_eq!(
        row,
        json!({ "step": "rota", "incident": null, "key": "week/50", "value": value })
    );
    assert_eq!(
        machine.run("datastore delete rota week/50 --by root").code,
        0
    );
    let again = machine.run("datastore delete rota week/50 --by root");
    assert_eq!(again.code, 1, "{again:?}");
    assert!(
        again
            .err
            .contains("nothing is kept under T0ACME/rota/week/50")
    );
    let audit = machine.run("audit list").out;
    for said in [
        "operator:root",
        "datastore.put",
        "datastore.delete",
        "rota/week/50",
    ] {
        assert!(audit.contains(said), "{audit}");
    }
    assert_eq!(machine.run("audit verify").code, 0);
}

#[test]
fn what_is_printed_as_lines_is_read_as_lines() {
    let (machine, _serving) = machine();
    let all = machine.run("datastore query --lines").out;
    let ran = machine.run_with(&["datastore", "delete", "--lines"], &all);
    assert_eq!(
        (ran.code, &*ran.out),
        (0, "3 values forgotten\n"),
        "{ran:?}"
    );
    assert_eq!(machine.run("datastore query --lines").out, "");
    let ran = machine.run_with(&["datastore", "put", "--lines"], &all);
    assert_eq!((ran.code, &*ran.out), (0, "3 values kept\n"), "{ran:?}");
    assert_eq!(machine.run("datastore query --lines").out, all);
}

#[test]
fn a_mistake_in_one_line_changes_nothing() {
    let (machine, _serving) = machine();
    let before = machine.run("datastore query --lines").out;
    let good = r#"{"step":"rota","key":"week/51","value":1}"#;
    let large = format!(
        r#"{{"step":"rota","key":"x","value":"{}"}}"#,
        "x".repeat(70_000)
    );
    for (bad, said) in [
        (r#"{"step":"rota","key":"#, "line 2: EOF"),
        (r#"{"step":"rota","key":"x"}"#, "line 2: no `value`"),
        (
            r#"{"step":"rota","key":"x","value":1,"more":1}"#,
            "line 2: unknown field",
        ),
        (
            r#"{"step":"rota","key":"","value":1}"#,
            "line 2: A key is 1 to 128 bytes",
        ),
        (&large, "line 2: A value is larger than 64 KiB"),
        (
            r#"{"step":"rota","incident":7,"key":"x","value":1}"#,
            "line 2: there is no incident 7",
        ),
    ] {
        let ran = machine.run_with(
            &["datastore", "put", "--lines"],
            &format!("{good}\n{bad}\n"),
        );
        assert_eq!((ran.code, &*ran.out), (1, ""), "{ran:?}");
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    let ran = machine.run("datastore put rota key text");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(machine.run("datastore query --lines").out, before);
}

#[test]
fn more_than_a_step_may_keep_is_refused() {
    let (machine, _serving) = machine();
    machine.write("iris.toml", "[limits]\nteam_state = \"1KiB\"\n");
    let value = format!("\"{}\"", "x".repeat(2000));
    let ran = machine.run_with(&["datastore", "put", "rota", "big", &value], "");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("more than a step may"), "{}", ran.err);
    // What is too much already may still be made less.
    assert_eq!(machine.run("datastore delete rota week/48").code, 0);
}
