//! Timers: each fires once, also across restarts.

use iris::{
    clock::Moment,
    event::{Event, What},
    ids::Number,
    store::{Commit, SharedStore, Timer, TimerChange},
};

use crate::support::{Home, START, commit, declared, place, team};

fn timer(incident: Option<Number>, name: &str, seconds: u64) -> Timer {
    Timer {
        place: place(incident),
        name: name.to_owned(),
        due: after(seconds),
    }
}

fn after(seconds: u64) -> Moment {
    Moment(START.0 + seconds * 1000)
}

async fn change(store: &SharedStore, timers: Vec<TimerChange>) {
    store.commit(Commit { timers, ..commit() }).await.unwrap();
}

async fn set(store: &SharedStore, timer: Timer) {
    change(store, vec![TimerChange::Set(timer)]).await;
}

/// Names of the timers that fire.
async fn fire(store: &SharedStore, seconds: u64) -> Vec<String> {
    let fired = store.fire(after(seconds)).await.unwrap();
    fired
        .iter()
        .filter_map(|event| named(event).map(str::to_owned))
        .collect()
}

fn named(event: &Event) -> Option<&str> {
    if let What::Timer { name, .. } = &event.what {
        Some(name)
    } else {
        None
    }
}

pub(crate) async fn row_39_fire_once(home: &impl Home) {
    let store = home.open();
    declared(&store, 1).await;
    set(&store, timer(Some(1), "late", 20)).await;
    set(&store, timer(Some(1), "early", 10)).await;
    assert_eq!(store.next_timer().await.unwrap(), Some(after(10)));
    assert_eq!(fire(&store, 9).await, [""; 0]);

    let fired = store.fire(after(10)).await.unwrap();
    let [event] = fired.as_slice() else {
        panic!("one timer, not {fired:?}")
    };
    let owner = "guide".into();
    let what = What::Timer {
        owner,
        name: "early".to_owned(),
        due: after(10),
    };
    assert_eq!(
        (&event.what, event.incident, event.at),
        (&what, Some(1), after(10))
    );
    assert_eq!(store.open_events().await.unwrap(), fired, "durably");

    assert_eq!(fire(&store, 10).await, [""; 0]);
    assert_eq!(fire(&store, 3600).await, ["late"]);
    assert_eq!(fire(&store, 10).await, [""; 0], "the clock went back");
    assert_eq!(store.next_timer().await.unwrap(), None);
}

pub(crate) async fn move_when_set_again(home: &impl Home) {
    let store = home.open();
    set(&store, timer(None, "nudge", 10)).await;
    set(&store, timer(None, "nudge", 30)).await;
    assert_eq!(
        store.timers(&place(None)).await.unwrap(),
        [timer(None, "nudge", 30)]
    );
    assert_eq!(store.timers(&place(Some(1))).await.unwrap(), []);
    assert_eq!(fire(&store, 10).await, [""; 0]);
    assert_eq!(fire(&store, 30).await, ["nudge"]);
    set(&store, timer(None, "nudge", 60)).await;
    assert_eq!(fire(&store, 60).await, ["nudge"]);
}

pub(crate) async fn cancel_what_fired_unhandled(home: &impl Home) {
    let store = home.open();
    for name in ["set", "fired", "fire", "kept"] {
        set(&store, timer(None, name, 10)).await;
    }
    set(&store, timer(None, "set", 20)).await;
    assert_eq!(fire(&store, 10).await, ["fire", "fired", "kept"]);
    let cancel = |name: &str| TimerChange::Cancel {
        place: place(None),
        name: name.to_owned(),
    };
    change(
        &store,
        vec![
            cancel("set"),
            cancel("fire"),
            cancel("fired"),
            cancel("none"),
        ],
    )
    .await;
    let open = store.open_events().await.unwrap();
    let [kept] = open.as_slice() else {
        panic!("one event, not {open:?}")
    };
    assert!(
        matches!(&kept.what, What::Timer { name, .. } if name == "kept"),
        "{kept:?}"
    );
    assert_eq!(fire(&store, 20).await, [""; 0]);
}

pub(crate) async fn end_with_the_incident(home: &impl Home) {
    let store = home.open();
    for number in [1, 10] {
        declared(&store, number).await;
        set(&store, timer(Some(number), "fired", 10)).await;
        set(&store, timer(Some(number), "set", 20)).await;
    }
    set(&store, timer(None, "team", 20)).await;
    assert_eq!(fire(&store, 10).await, ["fired", "fired"]);
    change(
        &store,
        vec![TimerChange::Drop {
            team: team(),
            incident: 1,
        }],
    )
    .await;
    let open: Vec<_> = store.open_events().await.unwrap();
    assert_eq!(
        open.iter().map(|e| e.incident).collect::<Vec<_>>(),
        [Some(10)]
    );
    assert_eq!(fire(&store, 20).await, ["team", "set"]);
}

pub(crate) async fn survive_a_restart(home: &impl Home) {
    let store = home.open();
    set(&store, timer(None, "first", 10)).await;
    set(&store, timer(None, "second", 20)).await;
    assert_eq!(fire(&store, 10).await, ["first"]);
    drop(store);
    let store = home.open();
    assert_eq!(store.next_timer().await.unwrap(), Some(after(20)));
    assert_eq!(fire(&store, 100).await, ["second"]);
    assert_eq!(store.open_events().await.unwrap().len(), 2);
}
