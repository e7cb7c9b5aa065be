//! Events: once acknowledged, never lost, never handled twice.

use iris::{
    clock::Moment,
    ids::Owner,
    store::{Accepted, CallRow, CallState, Commit},
};

use crate::support::{Home, commit, declared, event, team};

pub(crate) async fn takes_each_once(home: &impl Home) {
    let store = home.open();
    assert_eq!(store.accept(&event("a")).await.unwrap(), Accepted::Fresh);
    drop(store);
    let store = home.open();
    assert_eq!(
        store.accept(&event("a")).await.unwrap(),
        Accepted::Seen { answer: None }
    );
    assert_eq!(store.open_events().await.unwrap(), [event("a")]);
}

pub(crate) async fn tells_teams_apart(home: &impl Home) {
    let store = home.open();
    let mut other = event("a");
    other.team = "T2".into();
    assert_eq!(store.accept(&event("a")).await.unwrap(), Accepted::Fresh);
    assert_eq!(store.accept(&other).await.unwrap(), Accepted::Fresh);
    store
        .commit(Commit {
            done: Some("a".to_owned()),
            ..commit()
        })
        .await
        .unwrap();
    assert_eq!(store.open_events().await.unwrap(), [other]);
}

pub(crate) async fn opens_in_order_until_done(home: &impl Home) {
    let store = home.open();
    for id in ["c", "a", "b"] {
        store.accept(&event(id)).await.unwrap();
    }
    let caused = vec![event("0")];
    let done = Commit {
        done: Some("a".to_owned()),
        events: caused,
        ..commit()
    };
    store.commit(done).await.unwrap();
    drop(store);
    let open = home.open().open_events().await.unwrap();
    assert_eq!(open, [event("c"), event("b"), event("0")]);
}

pub(crate) async fn follows_its_incident(home: &impl Home) {
    let store = home.open();
    declared(&store, 7).await;
    store.accept(&event("a")).await.unwrap();
    let belongs = Some(("a".to_owned(), 7));
    store
        .commit(Commit {
            belongs,
            ..commit()
        })
        .await
        .unwrap();
    assert_eq!(store.open_events().await.unwrap()[0].incident, Some(7));
}

pub(crate) async fn answers_a_repetition_as_before(home: &impl Home) {
    let store = home.open();
    store.accept(&event("form")).await.unwrap();
    let answer = Some(r#"{"response_action":"clear"}"#.to_owned());
    let done = Commit {
        done: Some("form".to_owned()),
        answer: answer.clone(),
        ..commit()
    };
    store.commit(done).await.unwrap();
    assert_eq!(
        store.accept(&event("form")).await.unwrap(),
        Accepted::Seen { answer }
    );
    assert_eq!(store.open_events().await.unwrap(), []);
}

pub(crate) async fn remembers_how_far_steps_are(home: &impl Home) {
    let store = home.open();
    store.accept(&event("a")).await.unwrap();
    let row = |step: &str, state, attempts| CallRow {
        event: "a".to_owned(),
        step: Owner::from(step),
        state,
        attempts,
    };
    let waiting = row("guide", CallState::Waiting { until: Moment(5) }, 1);
    let done = row("todo", CallState::Done, 1);
    store
        .commit(Commit {
            calls: vec![waiting, done.clone()],
            ..commit()
        })
        .await
        .unwrap();
    let aside = row(
        "guide",
        CallState::SetAside {
            why: "trapped".to_owned(),
        },
        3,
    );
    store
        .commit(Commit {
            calls: vec![aside.clone()],
            ..commit()
        })
        .await
        .unwrap();
    drop(store);
    assert_eq!(
        home.open().calls(&team(), "a").await.unwrap(),
        [aside, done]
    );
}
