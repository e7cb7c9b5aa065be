//! A store as work leaves it, of any size.

use rusqlite::Connection;

use super::super::{commit, events, incidents, open::prepare, schema::MIGRATIONS};
use crate::{
    clock::Moment,
    effect::{Act, Effect, State},
    event::{Event, What},
    ids::{MessageId, Number, Owner, TeamId},
    incident::{Cause, Declaration, Incident, Room, Status, declare},
    store::{
        Commit, Resource, Settlement, StatePlace, StateWrite, Timer, TimerChange,
        audit::{Deed, Who},
    },
};

/// Not closed, however many there are.
pub(super) const OPEN: Number = 5;
pub(super) const NOW: Moment = Moment(1_795_000_000_000);

pub(super) fn team() -> TeamId {
    "T1".into()
}

pub(super) fn core(incident: Option<Number>) -> StatePlace {
    StatePlace {
        team: team(),
        owner: Owner::core(),
        incident,
    }
}

pub(super) fn event(id: &str, incident: Option<Number>) -> Event {
    Event {
        id: id.to_owned(),
        team: team(),
        at: NOW,
        by: Some("U1".into()),
        incident,
        chain: 0,
        lineage: None,
        what: What::HomeOpened,
    }
}

pub(super) fn effect(key: &str, incident: Number) -> Effect {
    Effect {
        key: key.to_owned(),
        team: team(),
        incident: Some(incident),
        by: None,
        owner: "guide".into(),
        wish: "room.topic".to_owned(),
        chain: 1,
        lineage: None,
        outside: false,
        act: Act::SetTopic {
            text: "topic".to_owned(),
        },
        needs: Vec::new(),
        order: None,
        slot: None,
        state: State::Planned,
        attempts: 0,
        not_before: NOW,
        planned_at: NOW,
        until: None,
    }
}

pub(super) fn declared(number: Number) -> (Incident, Commit) {
    let by = "U1".into();
    let cause = Cause {
        owner: &Owner::core(),
        by: Some(&by),
        now: NOW,
    };
    let (incident, changed) = declare(number, &Declaration::default(), cause);
    let commit = Commit {
        team: Some(team()),
        incident: Some(incident.clone()),
        entries: changed.entries,
        ..Commit::default()
    };
    (incident, commit)
}

/// What a handled event leaves in the store.
pub(super) fn worked(number: Number, seq: u32) -> Commit {
    let (mut incident, mut commit) = declared(number);
    incident.entries = seq;
    let mut entry = commit.entries.remove(0);
    entry.seq = seq;
    entry.kind = "todo".to_owned();
    let act = if number.is_multiple_of(2) {
        "done"
    } else {
        "added"
    };
    let owner = format!("U{}", number % 500);
    entry.data = Some(serde_json::json!({ "n": 1, "act": act, "owner": owner }));
    let id = format!("event {number} {seq}");
    Commit {
        incident: Some(incident),
        entries: vec![entry],
        done: Some(id.clone()),
        effects: vec![effect(&format!("effect {number} {seq}"), number)],
        writes: vec![StateWrite {
            place: core(Some(number)),
            key: "key".to_owned(),
            json: Some("1".to_owned()),
        }],
        timers: vec![TimerChange::Set(Timer {
            place: core(Some(number)),
            name: "reminder".to_owned(),
            due: Moment(u64::MAX / 4),
        })],
        deeds: vec![Deed {
            team: team(),
            at: NOW,
            who: Who::iris(),
            what: format!("deed.{}", number % 10),
            incident: Some(number),
            subject: "entry".to_owned(),
            detail: serde_json::Value::Null,
        }],
        ..commit
    }
}

pub(super) fn applied(key: &str, number: Number) -> Settlement {
    Settlement {
        team: team(),
        key: key.to_owned(),
        state: State::Applied {
            answer: serde_json::Value::Null,
        },
        attempts: 1,
        not_before: NOW,
        resources: vec![Resource {
            team: team(),
            incident: Some(number),
            owner: Owner::core(),
            name: "room".to_owned(),
            id: MessageId {
                channel: format!("C{number}").into(),
                ts: String::new(),
            },
            permalink: None,
        }],
        forgotten: vec![],
        events: vec![event(&format!("caused {key}"), Some(number))],
        deeds: vec![],
    }
}

/// A store with so many incidents, all but the last few closed.
pub(super) fn grown(incidents: Number) -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    prepare(&db).unwrap();
    MIGRATIONS.to_latest(&mut db).unwrap();
    db.execute_batch("BEGIN").unwrap();
    for number in 1..=incidents {
        let (mut incident, first) = declared(number);
        commit::commit(&db, &first, NOW).unwrap();
        for seq in 2..=4 {
            events::accept(
                &db,
                &event(&format!("event {number} {seq}"), Some(number)),
                NOW,
            )
            .unwrap();
            commit::commit(&db, &worked(number, seq), NOW).unwrap();
            let key = format!("effect {number} {seq}");
            commit::settle(&db, &applied(&key, number), NOW).unwrap();
            events::finish(&db, &team(), &format!("caused {key}"), None).unwrap();
        }
        incident.room = Some(Room {
            channel: format!("C{number}").into(),
            name: "inc".to_owned(),
        });
        if number + OPEN <= incidents {
            incident.status = Status::Closed;
        }
        incidents::put(&db, &team(), &incident).unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    // What SQLite was told of the tables holds for whoever opens them; here that was before.
    db.execute_batch("ANALYZE sqlite_schema").unwrap();
    db
}
