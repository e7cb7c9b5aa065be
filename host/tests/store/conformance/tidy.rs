//! What is dropped in time, and what never is.

use std::time::Duration;

use iris::{
    clock::{Clock, Moment},
    effect::State,
    store::{Accepted, Commit, Gate, KEPT, Store, TIDY_LIMIT},
};

use crate::support::{
    Home, START, at_once, commit, declared, effect, event, planned, settlement, team,
};

async fn done(store: &dyn Store, id: &str) {
    store.accept(&event(id)).await.unwrap();
    store
        .commit(Commit {
            done: Some(id.to_owned()),
            ..commit()
        })
        .await
        .unwrap();
}

pub(crate) async fn drops_what_nobody_asks_for(home: &impl Home) {
    let store = home.open();
    done(&*store, "a").await;
    planned(&store, vec![effect("home", None)]).await;
    store
        .settle(settlement(
            "home",
            State::Refused {
                code: "x".to_owned(),
            },
        ))
        .await
        .unwrap();
    let method = "views.publish".to_owned();
    let gate = Gate {
        team: team(),
        method,
        channel: None,
        until: START,
    };
    store.set_gate(gate).await.unwrap();

    home.clock().pass(KEPT);
    assert_eq!(store.tidy(START).await.unwrap(), 1, "the gate is over");
    assert_eq!(store.tidy(home.clock().now()).await.unwrap(), 0);
    home.clock().pass(Duration::from_millis(1));
    assert_eq!(store.tidy(home.clock().now()).await.unwrap(), 2);
    assert_eq!(store.gates().await.unwrap(), []);
    assert_eq!(store.effect(&team(), "home").await.unwrap(), None);
    assert_eq!(store.accept(&event("a")).await.unwrap(), Accepted::Fresh);
}

pub(crate) async fn keeps_what_somebody_may_ask_for(home: &impl Home) {
    let store = home.open();
    declared(&store, 1).await;
    store.accept(&event("open")).await.unwrap();
    done(&*store, "of incident").await;
    let belongs = Some(("of incident".to_owned(), 1));
    store
        .commit(Commit {
            belongs,
            ..commit()
        })
        .await
        .unwrap();

    planned(&store, vec![effect("of incident", Some(1))]).await;
    planned(
        &store,
        vec![effect("planned", None), effect("parked", None)],
    )
    .await;
    let applied = State::Applied {
        answer: serde_json::Value::Null,
    };
    store
        .settle(settlement("of incident", applied))
        .await
        .unwrap();
    let parked = State::Parked {
        why: "nobody knows".to_owned(),
    };
    store.settle(settlement("parked", parked)).await.unwrap();
    let method = "views.publish".to_owned();
    let gate = Gate {
        team: team(),
        method,
        channel: None,
        until: Moment(u64::MAX),
    };
    store.set_gate(gate).await.unwrap();

    home.clock().pass(KEPT * 365);
    done(&*store, "new").await;
    assert_eq!(store.tidy(home.clock().now()).await.unwrap(), 0);
    assert_eq!(
        store.accept(&event("new")).await.unwrap(),
        Accepted::Seen { answer: None }
    );
}

pub(crate) async fn takes_turns(home: &impl Home) {
    let store = home.open();
    let count = TIDY_LIMIT + 1;
    let finish = |n: usize| {
        let store = store.clone();
        async move { done(&*store, &n.to_string()).await }
    };
    at_once(count as usize, finish).await;
    home.clock().pass(KEPT * 2);
    let now = home.clock().now();
    assert_eq!(store.tidy(now).await.unwrap(), u64::from(TIDY_LIMIT));
    assert_eq!(store.tidy(now).await.unwrap(), 1);
}
