//! Incidents and their entries: what is shown is what was written last.

use std::collections::BTreeMap;

use iris::{
    incident::{Entry, Room, Status},
    store::{Commit, CommitError, EntryQuery, SharedStore},
};
use proptest::{
    prelude::{Strategy, any},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use serde_json::json;

use crate::support::{Home, commit, declared, incident, note, team};

pub(crate) async fn numbers_go_up(home: &impl Home) {
    let store = home.open();
    assert_eq!(store.last_number(&team()).await.unwrap(), 0);
    declared(&store, 1).await;
    declared(&store, 2).await;
    drop(store);
    let store = home.open();
    assert_eq!(store.last_number(&team()).await.unwrap(), 2);
    assert_eq!(store.last_number(&"T2".into()).await.unwrap(), 0);
    assert_eq!(store.teams().await.unwrap(), [team()]);
}

pub(crate) async fn comes_back_as_stored(home: &impl Home) {
    let store = home.open();
    let mut stored = declared(&store, 1).await;
    stored.title = String::from("Checkout is down, für alle 🔥");
    stored.severity = Some("sev1".to_owned());
    store
        .commit(Commit {
            incident: Some(stored.clone()),
            ..commit()
        })
        .await
        .unwrap();
    drop(store);
    let store = home.open();
    assert_eq!(store.incident(&team(), 1).await.unwrap(), Some(stored));
    assert_eq!(store.incident(&team(), 2).await.unwrap(), None);
    assert_eq!(store.incident(&"T2".into(), 1).await.unwrap(), None);
}

pub(crate) async fn is_found_by_its_room(home: &impl Home) {
    let store = home.open();
    let mut stored = declared(&store, 3).await;
    let room = "C3".into();
    assert_eq!(store.incident_of_room(&team(), &room).await.unwrap(), None);
    stored.room = Some(Room {
        channel: room.clone(),
        name: "inc-3".to_owned(),
    });
    store
        .commit(Commit {
            incident: Some(stored),
            ..commit()
        })
        .await
        .unwrap();
    assert_eq!(
        store.incident_of_room(&team(), &room).await.unwrap(),
        Some(3)
    );
    assert_eq!(
        store.incident_of_room(&"T2".into(), &room).await.unwrap(),
        None
    );
}

pub(crate) async fn lists_what_is_open(home: &impl Home) {
    let store = home.open();
    for number in [10, 2, 1] {
        declared(&store, number).await;
    }
    let (mut closed, _) = incident(2);
    closed.status = Status::Closed;
    store
        .commit(Commit {
            incident: Some(closed),
            ..commit()
        })
        .await
        .unwrap();
    let numbers = async |all| {
        let found = store.incidents(&team(), all).await.unwrap();
        found.into_iter().map(|i| i.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(false).await, [1, 10]);
    assert_eq!(numbers(true).await, [1, 2, 10]);
}

pub(crate) async fn gives_no_number_twice(home: &impl Home) {
    let store = home.open();
    let first = declared(&store, 1).await;
    let (mut second, entries) = incident(1);
    second.title = String::from("Another");
    let second = Commit {
        incident: Some(second),
        entries,
        ..commit()
    };
    let refused = store.commit(second).await.unwrap_err();
    assert!(matches!(refused, CommitError::Conflict { .. }), "{refused}");
    assert_eq!(store.incident(&team(), 1).await.unwrap(), Some(first));
}

/// Stores an incident with these entries after its first.
async fn with_entries(store: &SharedStore, number: u32, entries: Vec<Entry>) {
    let incident = declared(store, number).await;
    store
        .commit(Commit {
            incident: Some(incident),
            entries,
            ..commit()
        })
        .await
        .unwrap();
}

/// Sequence numbers of incident 1's entries.
async fn seqs(
    store: &SharedStore,
    change: impl FnOnce(EntryQuery<'_>) -> EntryQuery<'_>,
) -> Vec<u32> {
    let team = team();
    let query = EntryQuery {
        team: &team,
        incident: 1,
        kind: None,
        after: 0,
        limit: 100,
        current: false,
    };
    store
        .entries(change(query))
        .await
        .unwrap()
        .into_iter()
        .map(|e| e.seq)
        .collect()
}

pub(crate) async fn pages_entries(home: &impl Home) {
    let store = home.open();
    let entries = (2..=9).map(|seq| note(seq, None, "text")).collect();
    with_entries(&store, 1, entries).await;
    assert_eq!(
        seqs(&store, |q| EntryQuery { limit: 3, ..q }).await,
        [1, 2, 3]
    );
    assert_eq!(
        seqs(&store, |q| EntryQuery {
            after: 3,
            limit: 3,
            ..q
        })
        .await,
        [4, 5, 6]
    );
    assert_eq!(seqs(&store, |q| EntryQuery { after: 9, ..q }).await, [0; 0]);
    assert_eq!(
        seqs(&store, |q| EntryQuery {
            kind: Some("declared"),
            ..q
        })
        .await,
        [1]
    );
    assert_eq!(
        seqs(&store, |q| EntryQuery { incident: 2, ..q }).await,
        [0; 0]
    );
}

pub(crate) async fn hides_what_was_replaced_or_struck(home: &impl Home) {
    let store = home.open();
    let mut of_another = note(6, Some("a"), "same key, another's");
    of_another.owner = "todo".into();
    let mut of_another_kind = note(7, Some("b"), "replaces all the same");
    of_another_kind.kind = String::from("decision");
    let mut only_data = note(8, Some("c"), "");
    only_data.data = Some(serde_json::json!({}));
    let entries = vec![
        note(2, Some("a"), "replaced"),
        note(3, Some("b"), "replaced by another kind"),
        note(4, None, "has no key"),
        note(5, Some("a"), ""),
        of_another,
        of_another_kind,
        only_data,
    ];
    with_entries(&store, 1, entries).await;
    assert_eq!(
        seqs(&store, |q| EntryQuery { current: true, ..q }).await,
        [1, 4, 6, 7, 8]
    );
    let shown = seqs(&store, |q| EntryQuery {
        current: true,
        kind: Some("note"),
        limit: 2,
        ..q
    });
    assert_eq!(shown.await, [4, 6]);
    assert_eq!(
        seqs(&store, |q| q).await,
        [1, 2, 3, 4, 5, 6, 7, 8],
        "nothing is ever lost"
    );
}

/// Whatever is written in whatever order: the newest of each key, unless it strikes it out.
pub(crate) async fn shows_the_newest_of_each_key(home: &impl Home) {
    let store = home.open();
    let mut runner = TestRunner::deterministic();
    let one = (proptest::option::of(0..4_u8), any::<bool>());
    let any_entries = proptest::collection::vec(one, 0..30);
    for number in 1..=24 {
        let drawn = any_entries.new_tree(&mut runner).unwrap().current();
        let entries: Vec<_> = (2..)
            .zip(&drawn)
            .map(|(seq, (key, struck))| {
                let key = key.map(|key| format!("key {key}"));
                note(seq, key.as_deref(), if *struck { "" } else { "text" })
            })
            .collect();
        let mut shown = BTreeMap::new();
        for entry in &entries {
            let name = entry
                .key
                .clone()
                .unwrap_or_else(|| format!("none {}", entry.seq));
            shown.insert(name, entry);
        }
        let mut expected: Vec<_> = shown
            .values()
            .filter(|e| !e.text.is_empty())
            .map(|e| e.seq)
            .collect();
        expected.push(1);
        expected.sort_unstable();
        with_entries(&store, number, entries).await;
        let found = seqs(&store, |q| EntryQuery {
            incident: number,
            current: true,
            ..q
        })
        .await;
        assert_eq!(found, expected, "{drawn:?}");
    }
}

/// Number, who it belongs to, whether it is done.
fn todo(seq: u32, n: u32, owner: Option<&str>, done: bool) -> Entry {
    let data = json!({
        "n": n,
        "act": if done { "done" } else { "changed" },
        "owner": owner,
        "done_at": done.then_some(5),
    });
    Entry {
        kind: "todo".to_owned(),
        owner: "todo".into(),
        data: Some(data),
        ..note(seq, None, &format!("todo {n}"))
    }
}

pub(crate) async fn know_whose_todos_are_open(home: &impl Home) {
    let store = home.open();
    for number in [1, 2] {
        declared(&store, number).await;
    }
    let write = async |number, entries: Vec<Entry>| {
        let (mut incident, _) = incident(number);
        incident.entries = entries.last().map_or(0, |entry| entry.seq);
        let (incident, entries) = (Some(incident), entries);
        store
            .commit(Commit {
                incident,
                entries,
                ..commit()
            })
            .await
            .unwrap();
    };
    write(
        2,
        vec![
            todo(2, 1, Some("U1"), false),
            todo(3, 2, Some("U2"), false),
            // Handed on, taken over, done.
            todo(4, 1, Some("U2"), false),
            todo(5, 2, Some("U1"), false),
            todo(6, 3, Some("U1"), true),
        ],
    )
    .await;
    write(
        1,
        vec![
            todo(2, 1, Some("U1"), true),
            todo(3, 1, Some("U1"), false),
            todo(4, 2, None, false),
        ],
    )
    .await;
    let mine = async |user: &str, limit| -> Vec<(u32, u32)> {
        let mine = store.todos(&team(), &user.into(), limit).await.unwrap();
        mine.iter().map(|(number, e)| (*number, e.seq)).collect()
    };
    assert_eq!(mine("U1", 10).await, [(1, 3), (2, 5)]);
    assert_eq!(mine("U1", 1).await, [(1, 3)]);
    assert_eq!(mine("U2", 10).await, [(2, 4)]);
    assert_eq!(mine("U3", 10).await, []);
    let other = store.todos(&"T2".into(), &"U1".into(), 10).await.unwrap();
    assert_eq!(other, []);
}

/// Drills are left out, teams are added up, and nobody is counted twice.
pub(crate) async fn are_counted_by_status(home: &impl Home) {
    let store = home.open();
    let put = async |team: &str, number, status, drill| {
        let (mut incident, _) = incident(number);
        (incident.status, incident.drill) = (status, drill);
        let (team, incident) = (Some(team.into()), Some(incident));
        let commit = Commit {
            team,
            incident,
            ..Commit::default()
        };
        store.commit(commit).await.unwrap();
    };
    let counted = async || -> Vec<u64> {
        let tally = store.tally().await.unwrap();
        assert_eq!(tally.iter().map(|t| t.0).collect::<Vec<_>>(), Status::ALL);
        tally.into_iter().map(|(_, n)| n).collect()
    };
    assert_eq!(counted().await, [0, 0, 0]);
    put("T1", 1, Status::Declared, false).await;
    put("T1", 2, Status::Declared, false).await;
    put("T1", 3, Status::Declared, true).await;
    put("T2", 1, Status::Declared, false).await;
    assert_eq!(counted().await, [3, 0, 0]);
    put("T1", 1, Status::Declared, false).await;
    put("T1", 2, Status::Resolved, false).await;
    put("T1", 3, Status::Closed, true).await;
    assert_eq!(counted().await, [2, 1, 0]);
    put("T1", 2, Status::Closed, false).await;
    put("T2", 1, Status::Resolved, false).await;
    put("T2", 1, Status::Declared, false).await;
    assert_eq!(counted().await, [2, 0, 1]);
    assert_eq!(store.teams().await.unwrap(), ["T1".into(), "T2".into()]);
}
