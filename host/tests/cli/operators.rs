//! `iris effect`, `iris audit`, `iris store`

use std::sync::Arc;

use iris::{
    clock::{Moment, SystemClock},
    effect::{Act, Effect, State},
    store::{Commit, Settlement, Store, sqlite::Sqlite},
};
use serde_json::Value;

use crate::machine::{Machine, Ran};

fn effect(key: &str, act: Act) -> Effect {
    Effect {
        key: key.to_owned(),
        team: "T0ACME".into(),
        incident: Some(1),
        by: None,
        owner: "guide".into(),
        wish: "room.topic".to_owned(),
        chain: 1,
        lineage: None,
        act,
        outside: false,
        needs: vec![],
        order: None,
        slot: None,
        state: State::Planned,
        attempts: 2,
        not_before: Moment(0),
        planned_at: Moment(0),
        until: None,
    }
}

/// A store with three effects that are parked and one that is not.
fn machine() -> (Machine, Sqlite) {
    let machine = Machine::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Sqlite::open(&machine.path("iris.db"), Arc::new(SystemClock)).unwrap();
    let topic = Act::SetTopic {
        text: "SEV1".to_owned(),
    };
    let call = Act::Call {
        key: "status".to_owned(),
        method: "calls.add".to_owned(),
        arguments: "{}".to_owned(),
        repeatable: false,
    };
    let room = Act::CreateRoom {
        name: "inc-1".to_owned(),
        latin: "inc-1".to_owned(),
        hidden: false,
    };
    let effects = vec![
        effect("parkedTopic", topic.clone()),
        effect("parkedCall", call),
        effect("room", room),
        effect("waits", topic),
    ];
    let keys = ["parkedTopic", "parkedCall", "room"];
    runtime.block_on(async {
        let team = Some("T0ACME".into());
        store
            .commit(Commit {
                team,
                effects,
                ..Commit::default()
            })
            .await
            .unwrap();
        for key in keys {
            let why = "Slack answered with solar_flare".to_owned();
            store
                .settle(settlement(key, State::Parked { why }))
                .await
                .unwrap();
        }
    });
    (machine, store)
}

fn settlement(key: &str, state: State) -> Settlement {
    Settlement {
        team: "T0ACME".into(),
        key: key.to_owned(),
        state,
        attempts: 2,
        not_before: Moment(0),
        resources: vec![],
        forgotten: vec![],
        events: vec![],
        deeds: vec![],
    }
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap()
}

fn state(machine: &Machine, key: &str) -> Value {
    json(&machine.run(&format!("effect show {key} --json")))["state"].clone()
}

#[test]
fn what_is_parked_is_listed_and_shown_while_iris_serves() {
    let (machine, _serving) = machine();
    let list = machine.run("effect list");
    assert_eq!(list.code, 0, "{list:?}");
    let rows: Vec<_> = list.out.lines().collect();
    assert_eq!(rows.len(), 4, "{}", list.out);
    for cell in [
        "parkedTopic",
        "T0ACME",
        "INC-1",
        "guide",
        "conversations.setTopic",
        "solar_flare",
    ] {
        assert!(rows[1].contains(cell), "{cell} is not in\n{}", list.out);
    }
    let all = json(&machine.run("effect list --all --json"));
    assert_eq!(all.as_array().unwrap().len(), 4);
    assert_eq!(
        json(&machine.run("effect list --team T0OTHER --json")),
        Value::Array(vec![])
    );
    let shown = machine.run("effect show parkedT");
    assert!(shown.out.contains("\"text\": \"SEV1\""), "{}", shown.out);
    let unclear = machine.run("effect show parked");
    assert_eq!(unclear.code, 1);
    assert!(
        unclear.err.contains("parkedTopic, parkedCall"),
        "{}",
        unclear.err
    );
    assert_eq!(machine.run("effect show nothing").code, 1);
}

#[test]
fn an_operators_word_is_done_once_and_audited() {
    let (machine, _serving) = machine();
    let resumed = machine.run("effect resume parkedTopic --by aya --json");
    assert_eq!(
        (resumed.code, &json(&resumed)["state"]),
        (0, &"unknown".into()),
        "{resumed:?}"
    );
    let again = machine.run("effect resume parkedTopic");
    assert_eq!(again.code, 1);
    assert_eq!(
        again.err,
        "iris: parkedTopic is unknown, not parked: nothing was changed\n"
    );

    let blind = machine.run("effect resume parkedCall");
    assert_eq!(blind.code, 1);
    assert!(
        blind.err.contains("iris effect resume parkedCall --unsent"),
        "{}",
        blind.err
    );
    assert_eq!(state(&machine, "parkedCall"), "parked");
    assert_eq!(machine.run("effect abort parkedCall --by aya").code, 0);
    assert_eq!(state(&machine, "parkedCall"), "refused");

    let list = json(&machine.run("audit list --incident 1 --json"));
    let said: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["who"], &row["what"]))
        .collect();
    let aya = Value::from("operator:aya");
    let whats = ["effect.resume", "effect.abort"].map(Value::from);
    assert_eq!(said, [(&aya, &whats[0]), (&aya, &whats[1])]);
    let verified = machine.run("audit verify");
    assert_eq!(verified.code, 0, "{verified:?}");
    assert!(
        verified
            .out
            .starts_with("T0ACME: 2 rows, whole; the last is "),
        "{}",
        verified.out
    );
}

#[test]
fn what_is_not_parked_is_left_alone() {
    let (machine, _serving) = machine();
    for word in [
        "resume waits",
        "applied waits",
        "abort waits",
        "applied nothing",
    ] {
        let ran = machine.run(&format!("effect {word}"));
        assert_eq!((ran.code, &*ran.out), (1, ""), "{word}: {ran:?}");
    }
    assert_eq!(state(&machine, "waits"), "planned");
    assert_eq!(
        json(&machine.run("audit list --json")),
        Value::Array(vec![])
    );
}

#[test]
fn a_room_that_was_made_is_given_by_its_link() {
    let (machine, store) = machine();
    let without = machine.run("effect applied room");
    assert_eq!(without.code, 1);
    assert!(without.err.contains("--link https://"), "{}", without.err);
    let applied = machine.run("effect applied room --link https://acme.slack.com/archives/C0ROOM");
    assert_eq!(applied.code, 0, "{applied:?}");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let words = runtime.block_on(store.words()).unwrap();
    let told: Vec<_> = words[0]
        .events
        .iter()
        .map(|event| event.id.as_str())
        .collect();
    assert_eq!(told, ["effect:room:0", "effect:room:settled"]);
    let room = runtime.block_on(store.resource(&"T0ACME".into(), Some(1), &"core".into(), "room"));
    assert_eq!(room.unwrap().unwrap().id.channel.as_str(), "C0ROOM");
}

#[test]
fn an_audit_that_was_changed_is_found() {
    let (machine, _serving) = machine();
    machine.run("effect abort parkedTopic");
    machine.run("effect abort parkedCall");
    let db = rusqlite::Connection::open(machine.path("iris.db")).unwrap();
    db.execute_batch("DROP TRIGGER audit_is_never_shortened; DELETE FROM audit WHERE seq = 1")
        .unwrap();
    let verified = machine.run("audit verify");
    assert_eq!(verified.code, 1, "{verified:?}");
    assert_eq!(
        verified.out,
        "T0ACME: broken: row 1 is missing: after it comes 2\n"
    );
}

#[test]
fn a_backup_is_made_while_iris_serves_and_put_back_when_it_does_not() {
    let (machine, serving) = machine();
    let backup = machine.run("store backup copy.db");
    assert_eq!(
        (backup.code, &*backup.out),
        (0, "copy.db is a backup of iris.db\n"),
        "{backup:?}"
    );
    let again = machine.run("store backup copy.db");
    assert_eq!(again.code, 1, "{again:?}");
    let serves = machine.run("store restore copy.db");
    assert_eq!(serves.code, 1);
    assert!(
        serves.err.contains("another `iris serve` is running"),
        "{}",
        serves.err
    );
    assert_eq!(machine.run("store resume").code, 1, "it is no backup");
    drop(serving);
    let occupied = machine.run("store restore copy.db");
    assert!(
        occupied.err.contains("move it away first"),
        "{}",
        occupied.err
    );
    std::fs::remove_file(machine.path("iris.db")).unwrap();
    let restored = machine.run("store restore copy.db");
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(
        restored.out.contains("`iris store resume`"),
        "{}",
        restored.out
    );
    assert_eq!(machine.run("store resume").code, 0);
    assert_eq!(
        json(&machine.run("effect list --json"))
            .as_array()
            .unwrap()
            .len(),
        3
    );
}
