//! Effects: each ends applied once, refused, superseded, or parked.

use iris::{
    clock::Moment,
    effect::State,
    ids::MessageId,
    store::{CALLED_KEPT, Commit, Resource, Settlement, SharedStore, StoreError},
};
use serde_json::json;

use crate::support::{Home, START, called, commit, effect, event, goes, planned, settlement, team};

async fn state(store: &SharedStore, key: &str) -> State {
    store.effect(&team(), key).await.unwrap().unwrap().state
}

fn applied() -> State {
    State::Applied {
        answer: json!({ "ok": true, "ts": "1.2" }),
    }
}

pub(crate) async fn come_back_as_planned(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("b", Some(1)), effect("a", Some(2))]).await;
    planned(&store, vec![effect("c", Some(1))]).await;
    drop(store);
    let store = home.open();
    let all = [
        effect("b", Some(1)),
        effect("a", Some(2)),
        effect("c", Some(1)),
    ];
    assert_eq!(store.unsettled().await.unwrap(), all);
    let first = [effect("b", Some(1)), effect("c", Some(1))];
    assert_eq!(store.effects(&team(), 1).await.unwrap(), first);
    assert_eq!(store.effect(&"T2".into(), "a").await.unwrap(), None);
}

pub(crate) async fn are_sent_once(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None)]).await;
    assert!(goes(&store, "a").await);
    assert!(!goes(&store, "a").await, "it is being sent already");
    store.settle(settlement("a", applied())).await.unwrap();
    assert!(!goes(&store, "a").await, "it is done");
    assert!(!goes(&store, "nobody's").await);
}

pub(crate) async fn count_towards_limits_when_they_go(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None), effect("b", None)]).await;
    let early = called("conversations.setTopic", Some("C1"), START);
    let late = called("pins.add", None, Moment(START.0 + 10));
    assert!(store.sending("b", late.clone()).await.unwrap());
    assert!(store.sending("a", early.clone()).await.unwrap());
    assert!(!store.sending("a", late.clone()).await.unwrap());
    drop(store);
    let store = home.open();
    let (both, one) = ([early, late.clone()], [late]);
    assert_eq!(store.called(START).await.unwrap(), both);
    assert_eq!(store.called(Moment(START.0 + 1)).await.unwrap(), one);
    let over = START.plus(CALLED_KEPT);
    assert_eq!(store.tidy(over).await.unwrap(), 0);
    assert_eq!(store.tidy(Moment(over.0 + 1)).await.unwrap(), 1);
    assert_eq!(store.called(START).await.unwrap(), one);
}

pub(crate) async fn supersedes_only_what_is_planned(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("waits", None), effect("goes", None)]).await;
    assert!(goes(&store, "goes").await);
    let superseded = vec!["waits".to_owned(), "goes".to_owned(), "nobody's".to_owned()];
    let newer = Commit {
        superseded,
        effects: vec![effect("newer", None)],
        ..commit()
    };
    store.commit(newer).await.unwrap();
    assert_eq!(state(&store, "waits").await, State::Superseded);
    assert_eq!(state(&store, "goes").await, State::Sending);
    assert!(!goes(&store, "waits").await);
    assert!(goes(&store, "newer").await);
}

pub(crate) async fn settles_with_what_it_causes(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", Some(1))]).await;
    assert!(goes(&store, "a").await);
    let room = Resource {
        team: team(),
        incident: Some(1),
        owner: "core".into(),
        name: "room".to_owned(),
        id: MessageId {
            channel: "C1".into(),
            ts: String::new(),
        },
        permalink: None,
    };
    let came = Settlement {
        resources: vec![room.clone()],
        events: vec![event("opened")],
        ..settlement("a", applied())
    };
    store.settle(came).await.unwrap();
    drop(store);
    let store = home.open();
    assert_eq!(state(&store, "a").await, applied());
    assert_eq!(store.resources(&team(), Some(1)).await.unwrap(), [room]);
    assert_eq!(store.open_events().await.unwrap(), [event("opened")]);
    assert_eq!(store.unsettled().await.unwrap(), []);
}

pub(crate) async fn settles_nothing_unknown(home: &impl Home) {
    let store = home.open();
    let came = Settlement {
        events: vec![event("caused")],
        ..settlement("nobody's", applied())
    };
    let refused = store.settle(came).await.unwrap_err();
    assert!(matches!(refused, StoreError::Damaged(_)), "{refused}");

    planned(&store, vec![effect("a", None)]).await;
    let mut theirs = event("caused");
    theirs.team = "T2".into();
    let came = Settlement {
        events: vec![theirs],
        ..settlement("a", applied())
    };
    let refused = store.settle(came).await.unwrap_err();
    assert!(matches!(refused, StoreError::Damaged(_)), "{refused}");

    assert_eq!(state(&store, "a").await, State::Planned);
    assert_eq!(store.open_events().await.unwrap(), []);
}

pub(crate) async fn may_be_tried_again(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None)]).await;
    assert!(goes(&store, "a").await);
    let later = Moment(START.0 + 30_000);
    let limited = Settlement {
        not_before: later,
        ..settlement("a", State::Planned)
    };
    store.settle(limited).await.unwrap();
    drop(store);
    let store = home.open();
    let mut again = effect("a", None);
    again.attempts = 1;
    again.not_before = later;
    assert_eq!(store.unsettled().await.unwrap(), [again]);
    assert!(goes(&store, "a").await);
}

pub(crate) async fn sending_is_unknown_after_a_restart(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None), effect("b", None)]).await;
    assert!(goes(&store, "a").await);
    drop(store);
    let store = home.open();
    let states: Vec<_> = store
        .unsettled()
        .await
        .unwrap()
        .into_iter()
        .map(|e| e.state)
        .collect();
    assert_eq!(states, [State::Unknown, State::Planned]);
    drop(store);
    let store = home.open();
    assert_eq!(state(&store, "a").await, State::Unknown, "durably");
    assert!(goes(&store, "a").await, "once it was looked up");
}

pub(crate) async fn keeps_every_outcome(home: &impl Home) {
    let store = home.open();
    let outcomes = [
        ("applied", applied()),
        (
            "refused",
            State::Refused {
                code: "is_archived".to_owned(),
            },
        ),
        ("unknown", State::Unknown),
        (
            "parked",
            State::Parked {
                why: "Slack did not say.".to_owned(),
            },
        ),
        ("superseded", State::Superseded),
    ];
    for (key, state) in outcomes.clone() {
        planned(&store, vec![effect(key, Some(1))]).await;
        store.settle(settlement(key, state)).await.unwrap();
    }
    drop(store);
    let kept = home.open().effects(&team(), 1).await.unwrap();
    let kept: Vec<_> = kept.into_iter().map(|e| (e.key, e.state)).collect();
    assert_eq!(kept, outcomes.map(|(key, state)| (key.to_owned(), state)));
}
