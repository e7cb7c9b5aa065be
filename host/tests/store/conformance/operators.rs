//! What waits for operators, and their words on it.

use iris::{
    effect::State,
    store::{
        CallRow, CallState, Commit, HandledQuery, Line, LineQuery, Settlement, SharedStore, Sweep,
    },
};

use crate::support::{Home, START, commit, deed, effect, event, planned, settlement, team};

fn parked() -> State {
    State::Parked {
        why: "Slack did not say".to_owned(),
    }
}

fn abort(key: &str) -> Settlement {
    let refused = State::Refused {
        code: "given-up".to_owned(),
    };
    Settlement {
        events: vec![event("aborted")],
        deeds: vec![deed(1)],
        ..settlement(key, refused)
    }
}

async fn keys(store: &SharedStore, open: bool) -> Vec<String> {
    let waiting = store.waiting(Some(&team()), open).await.unwrap();
    waiting.into_iter().map(|effect| effect.key).collect()
}

pub(crate) async fn see_what_came_in_and_what_it_led_to(home: &impl Home) {
    let store = home.open();
    for id in ["first", "second", "third"] {
        store.accept(&event(id)).await.unwrap();
    }
    let call = CallRow {
        event: "second".to_owned(),
        step: "todo".into(),
        state: CallState::Done,
        attempts: 1,
    };
    let handled = Commit {
        calls: vec![call.clone()],
        done: Some("second".to_owned()),
        belongs: Some(("second".to_owned(), 7)),
        effects: vec![effect("a", Some(7)), effect("b", Some(7))],
        ..commit()
    };
    store.commit(handled).await.unwrap();
    drop(store);
    let store = home.open();
    let all = HandledQuery {
        team: &team(),
        incident: None,
        newest: 2,
    };
    let newest = store.handled(all).await.unwrap();
    let ids: Vec<_> = newest.iter().map(|one| &*one.event.id).collect();
    assert_eq!(ids, ["second", "third"]);
    let [second, third] = newest.as_slice() else {
        panic!("{newest:?}")
    };
    assert!(second.done && !third.done);
    assert_eq!(
        (second.event.incident, &second.calls),
        (Some(7), &vec![call])
    );
    let keys: Vec<_> = second.effects.iter().map(|effect| &*effect.key).collect();
    assert_eq!(keys, ["a", "b"]);
    assert!(third.calls.is_empty() && third.effects.is_empty());
    let incident = Some(7);
    let of = store
        .handled(HandledQuery { incident, ..all })
        .await
        .unwrap();
    assert_eq!(of.len(), 1);
    let team = &"T2".into();
    assert!(
        store
            .handled(HandledQuery { team, ..all })
            .await
            .unwrap()
            .is_empty()
    );
}

pub(crate) async fn read_what_steps_said(home: &impl Home) {
    let store = home.open();
    let line = |step: &str, incident, line: &str| Line {
        team: team(),
        at: START,
        level: "info".to_owned(),
        step: step.into(),
        event: None,
        incident,
        line: line.to_owned(),
    };
    let lines = vec![
        line("todo", Some(1), "one"),
        line("guide", None, "two"),
        line("todo", Some(2), "three"),
    ];
    store.log(lines.clone()).await.unwrap();
    drop(store);
    let store = home.open();
    let all = LineQuery {
        team: Some(&team()),
        step: None,
        incident: None,
        after: 0,
        newest: 10,
    };
    let read = store.logged(all).await.unwrap();
    assert!(read.iter().map(|read| &read.line).eq(&lines));
    let said = async |query: LineQuery<'_>| {
        let read = store.logged(query).await.unwrap();
        read.into_iter()
            .map(|read| read.line.line)
            .collect::<Vec<_>>()
    };
    assert_eq!(said(LineQuery { newest: 2, ..all }).await, ["two", "three"]);
    assert_eq!(
        said(LineQuery {
            after: read[1].seq,
            ..all
        })
        .await,
        ["three"]
    );
    let step = Some(&"todo".into());
    assert_eq!(said(LineQuery { step, ..all }).await, ["one", "three"]);
    assert_eq!(
        said(LineQuery {
            incident: Some(1),
            ..all
        })
        .await,
        ["one"]
    );
}

pub(crate) async fn see_what_is_parked(home: &impl Home) {
    let store = home.open();
    planned(
        &store,
        vec![effect("a", Some(1)), effect("b", None), effect("c", None)],
    )
    .await;
    store.settle(settlement("a", parked())).await.unwrap();
    store
        .settle(settlement("b", State::Superseded))
        .await
        .unwrap();
    assert_eq!(keys(&store, false).await, ["a"]);
    assert_eq!(keys(&store, true).await, ["a", "c"]);
    assert_eq!(store.waiting(None, false).await.unwrap().len(), 1);
    let theirs = store.waiting(Some(&"T2".into()), true).await.unwrap();
    assert_eq!(theirs, []);
}

pub(crate) async fn speak_on_what_is_parked_alone(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None)]).await;
    for state in [State::Planned, State::Unknown, State::Superseded] {
        store.settle(settlement("a", state.clone())).await.unwrap();
        assert!(!store.overrule(abort("a")).await.unwrap(), "{state:?}");
        assert_eq!(
            store.effect(&team(), "a").await.unwrap().unwrap().state,
            state
        );
    }
    assert!(!store.overrule(abort("nobody's")).await.unwrap());
    assert_eq!(store.words().await.unwrap(), []);
    assert_eq!(store.open_events().await.unwrap(), []);
    assert_eq!(store.audited_teams().await.unwrap(), []);
}

pub(crate) async fn are_heard_once(home: &impl Home) {
    let store = home.open();
    planned(&store, vec![effect("a", None), effect("b", None)]).await;
    for key in ["a", "b"] {
        store.settle(settlement(key, parked())).await.unwrap();
        assert!(store.overrule(abort(key)).await.unwrap());
        assert!(!store.overrule(abort(key)).await.unwrap(), "only once");
    }
    drop(store);
    let store = home.open();
    let words = store.words().await.unwrap();
    let said: Vec<_> = words
        .iter()
        .map(|word| (&*word.effect, &word.events))
        .collect();
    assert_eq!(
        said,
        [
            ("a", &vec![event("aborted")]),
            ("b", &vec![event("aborted")])
        ]
    );
    assert_eq!(store.open_events().await.unwrap(), [event("aborted")]);
    assert_eq!(store.audited(&team(), 0, 9).await.unwrap().len(), 2);
    store.heard(words[0].seq).await.unwrap();
    assert_eq!(store.words().await.unwrap(), words[1..]);
    store.heard(words[1].seq).await.unwrap();
    assert_eq!(store.words().await.unwrap(), []);
}

pub(crate) async fn find_what_may_stand_twice(home: &impl Home) {
    let sweep = |effect: &str, thread: Option<&str>| Sweep {
        team: team(),
        effect: effect.to_owned(),
        at: START,
        channel: "C1".into(),
        thread: thread.map(str::to_owned),
    };
    let store = home.open();
    store.put_sweep(sweep("a", None)).await.unwrap();
    store.put_sweep(sweep("a", Some("1.2"))).await.unwrap();
    store.put_sweep(sweep("b", None)).await.unwrap();
    drop(store);
    let store = home.open();
    store.drop_sweep(&team(), "b").await.unwrap();
    assert_eq!(store.sweeps().await.unwrap(), [sweep("a", Some("1.2"))]);
}

pub(crate) async fn need_not_let_go_on_what_is_no_backup(home: &impl Home) {
    let store = home.open();
    assert_eq!(store.restored().await.unwrap(), None);
    assert!(!store.go_on(vec![deed(1)]).await.unwrap());
    assert_eq!(store.audited_teams().await.unwrap(), []);
}
