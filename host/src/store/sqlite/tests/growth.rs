//! Nothing takes longer because more incidents are stored: what SQLite's machine does is counted, in
//! a small store and in one of twenty times as many.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use rusqlite::Connection;

use super::{
    super::{
        audit, commit, effects, events, gates, handled, incidents, installs, log, people,
        resources, shown, state, sweeps, timers, words,
    },
    filled::{NOW, OPEN, applied, core, declared, effect, event, grown, team, worked},
};
use crate::{
    ids::{Number, Owner, TeamId},
    incident::{OpenQuery, Status, Which},
    store::{
        Called, EntryQuery, HandledQuery, LineQuery, StateQuery, StateRow, StateValue, TimerChange,
        Within,
    },
};

const FEW: Number = 200;
const MANY: Number = 20 * FEW;

/// Something that is asked of the store; it is told how many incidents there are.
type Work = fn(&Connection, Number);

fn query(team: &TeamId, within: Within) -> StateQuery<'_> {
    StateQuery {
        team,
        owner: None,
        within,
        prefix: "",
        after: None,
        limit: 10,
    }
}

fn open(which: Which) -> OpenQuery {
    OpenQuery {
        which,
        by: Some("U1".into()),
        channel: None,
        severities: vec!["sev1".to_owned()],
        limit: 3,
    }
}

fn newest(team: &TeamId, incident: Option<Number>) -> HandledQuery<'_> {
    HandledQuery {
        team,
        incident,
        newest: 10,
    }
}

const ALL: [(&str, Work); 36] = [
    ("accept", |db, _| {
        events::accept(db, &event("new", None), NOW).unwrap();
    }),
    ("accept again", |db, n| {
        events::accept(db, &event(&format!("event {n} 2"), None), NOW).unwrap();
    }),
    ("open_events", |db, _| drop(events::open(db).unwrap())),
    ("calls", |db, n| {
        drop(events::calls(db, &team(), &format!("event {n} 2")).unwrap());
    }),
    ("commit of a declaration", |db, n| {
        commit::commit(db, &declared(n + 1).1, NOW).unwrap();
    }),
    ("commit", |db, n| {
        commit::commit(db, &worked(n, 9), NOW).unwrap();
    }),
    ("commit of a closing", |db, n| {
        let mut closing = worked(n, 9);
        closing.incident.as_mut().unwrap().status = Status::Closed;
        closing.timers = vec![TimerChange::Drop {
            team: team(),
            incident: n,
        }];
        commit::commit(db, &closing, NOW).unwrap();
    }),
    ("last_number", |db, n| {
        assert_eq!(incidents::last_number(db, &team()).unwrap(), n);
    }),
    ("incident", |db, n| {
        assert!(incidents::get(db, &team(), n).unwrap().is_some());
    }),
    ("incident_of_room, the last", |db, n| {
        let room = format!("C{n}").into();
        assert_eq!(incidents::of_room(db, &team(), &room).unwrap(), Some(n));
    }),
    ("incident_of_room, the first", |db, _| {
        let room = "C1".into();
        assert_eq!(incidents::of_room(db, &team(), &room).unwrap(), Some(1));
    }),
    ("incident_of_room, none", |db, _| {
        let room = "CGENERAL".into();
        assert_eq!(incidents::of_room(db, &team(), &room).unwrap(), None);
    }),
    ("incidents that are open", |db, _| {
        let open = incidents::list(db, &team(), false).unwrap();
        assert_eq!(open.len(), 5);
    }),
    ("open_incidents, incident_made", |db, n| {
        for (which, shown, all) in [
            (Which::Gravest(Status::Declared), 3, 5),
            (Which::Gravest(Status::Resolved), 0, 0),
            (Which::Newest, 3, 5),
            (Which::Joined, 0, 0),
            (Which::Held, 0, 0),
            (Which::Drills, 0, 0),
        ] {
            let open = shown::open(db, &team(), &open(which)).unwrap();
            assert_eq!((open.incidents.len(), open.all), (shown, all), "{which:?}");
        }
        let room = format!("C{n}").into();
        assert_eq!(resources::room(db, &team(), &room).unwrap(), Some(n));
    }),
    ("teams", |db, _| {
        assert_eq!(incidents::teams(db).unwrap(), [team()]);
    }),
    ("tally", |db, n| {
        let tally = incidents::tally(db).unwrap();
        let open = u64::from(OPEN);
        assert_eq!(tally[0], (Status::Declared, open));
        assert_eq!(tally[2], (Status::Closed, u64::from(n) - open));
    }),
    ("entries", |db, n| {
        let team = team();
        let query = EntryQuery {
            team: &team,
            incident: n,
            kind: None,
            after: 0,
            limit: 10_000,
            current: true,
        };
        assert_eq!(incidents::entries(db, query).unwrap().len(), 4);
    }),
    // They have all been done, but not at once.
    ("todos", |db, _| {
        let mine = incidents::todos(db, &team(), &"U2".into(), 200).unwrap();
        assert_eq!(mine.len(), 0);
    }),
    ("state", |db, n| {
        assert!(state::get(db, &core(Some(n)), "key").unwrap().is_some());
    }),
    ("state_keys", |db, n| {
        drop(state::keys(db, &core(Some(n)), "", None, 1_000).unwrap());
    }),
    ("states of an incident", |db, n| {
        let of = team();
        let found = state::list(db, query(&of, Within::Incident(n))).unwrap();
        assert_eq!(found.len(), 1);
    }),
    ("states of the team", |db, _| {
        assert_eq!(state::list(db, query(&team(), Within::Team)).unwrap(), []);
    }),
    ("the last page of states", |db, n| {
        let after = StateRow {
            place: core(Some(n - 3)),
            key: "key".to_owned(),
            value: StateValue {
                json: String::new(),
                version: 1,
            },
        };
        let of = team();
        let query = StateQuery {
            after: Some(&after),
            ..query(&of, Within::All)
        };
        assert_eq!(state::list(db, query).unwrap().len(), 3);
    }),
    ("state_size", |db, n| {
        assert_eq!(state::size(db, &core(Some(n))).unwrap().keys, 1);
    }),
    ("timers", |db, n| {
        assert_eq!(timers::list(db, &core(Some(n))).unwrap().len(), 1);
    }),
    ("fire, next_timer", |db, _| {
        assert_eq!(timers::fire(db, NOW).unwrap(), []);
        timers::next(db).unwrap();
    }),
    ("unsettled", |db, _| {
        assert_eq!(effects::unsettled(db).unwrap(), []);
    }),
    ("effects, effect", |db, n| {
        let all = effects::of_incident(db, &team(), n).unwrap();
        assert_eq!(all.len(), 3);
        effects::get(db, &team(), &all[0].key).unwrap();
    }),
    ("sending, settle", |db, n| {
        effects::plan(db, &effect("new", n), None).unwrap();
        let call = Called {
            team: team(),
            method: "conversations.setTopic".to_owned(),
            channel: None,
            at: NOW,
        };
        assert!(effects::sending(db, "new", &call).unwrap());
        commit::settle(db, &applied("new", n), NOW).unwrap();
    }),
    ("called, gates, sweeps, words", |db, _| {
        drop(gates::called(db, NOW).unwrap());
        drop(gates::list(db).unwrap());
        drop(sweeps::list(db).unwrap());
        drop(words::list(db).unwrap());
    }),
    ("resource, resources", |db, n| {
        let room = resources::get(db, &team(), Some(n), &Owner::core(), "room");
        assert!(room.unwrap().is_some());
        assert_eq!(resources::list(db, &team(), Some(n)).unwrap().len(), 1);
    }),
    ("waiting", |db, _| {
        assert_eq!(effects::waiting(db, Some(&team()), false).unwrap(), []);
        assert_eq!(effects::waiting(db, None, true).unwrap(), []);
    }),
    ("audited, last_deed", |db, n| {
        let last = u64::from(n) * 3 - 1;
        assert_eq!(audit::list(db, &team(), last, 10).unwrap().len(), 1);
        assert!(audit::last(db, &team(), "deed.1").unwrap().is_some());
        assert!(audit::last(db, &team(), "none").unwrap().is_none());
    }),
    ("handled", |db, n| {
        assert_eq!(
            handled::list(db, &newest(&team(), Some(n))).unwrap().len(),
            6
        );
        assert_eq!(handled::list(db, &newest(&team(), None)).unwrap().len(), 10);
        let other = "T2".into();
        assert_eq!(handled::list(db, &newest(&other, None)).unwrap().len(), 0);
    }),
    ("logged, person", |db, _| {
        let query = LineQuery {
            team: None,
            step: None,
            incident: None,
            after: 0,
            newest: 10,
        };
        drop(log::list(db, &query).unwrap());
        people::get(db, &team(), &"U1".into()).unwrap();
    }),
    ("tidy", |db, _| {
        events::tidy(db, NOW).unwrap();
        effects::tidy(db, NOW).unwrap();
        gates::tidy(db, NOW).unwrap();
        installs::tidy(db, NOW).unwrap();
        log::tidy(db).unwrap();
    }),
];

/// How many steps of SQLite's machine it takes. What it does is undone.
fn steps(db: &Connection, incidents: Number, work: Work) -> u64 {
    let counted = Arc::new(AtomicU64::new(0));
    db.execute_batch("SAVEPOINT work").unwrap();
    let count = counted.clone();
    let each = move || {
        count.fetch_add(1, Ordering::Relaxed);
        false
    };
    db.progress_handler(1, Some(each)).unwrap();
    work(db, incidents);
    db.progress_handler(1, None::<fn() -> bool>).unwrap();
    db.execute_batch("ROLLBACK TO work; RELEASE work").unwrap();
    counted.load(Ordering::Relaxed)
}

#[test]
fn nothing_takes_longer_because_more_is_stored() {
    let (small, large) = (grown(FEW), grown(MANY));
    let mut slower = vec![];
    for (name, work) in ALL {
        let (few, many) = (steps(&small, FEW, work), steps(&large, MANY, work));
        assert!(few > 0, "{name} was counted");
        if many > few + few / 4 + 20 {
            slower.push(format!("{name}: {few} steps, {many} in the larger store"));
        }
    }
    assert!(slower.is_empty(), "\n{}\n", slower.join("\n"));
}
