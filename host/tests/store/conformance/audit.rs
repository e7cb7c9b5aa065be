//! The audit: a chain for each team, written with what was done.

use iris::{
    effect::State,
    ids::TeamId,
    store::{
        Commit, CommitError, Settlement, SharedStore,
        audit::{AuditRow, Chain},
    },
};

use crate::support::{Home, commit, declared, deed, effect, incident, planned, settlement, team};

async fn audited(store: &SharedStore, team: &TeamId) -> Vec<AuditRow> {
    let rows = store.audited(team, 0, 100).await.unwrap();
    let mut chain = Chain::default();
    for row in &rows {
        chain.follow(row).unwrap();
    }
    rows
}

fn subjects(rows: &[AuditRow]) -> Vec<&str> {
    rows.iter().map(|row| row.deed.subject.as_str()).collect()
}

pub(crate) async fn chains_deeds(home: &impl Home) {
    let store = home.open();
    store.audit(vec![deed(1), deed(2)]).await.unwrap();
    drop(store);
    let store = home.open();
    store.audit(vec![deed(3)]).await.unwrap();
    let rows = audited(&store, &team()).await;
    let deeds: Vec<_> = rows.iter().map(|row| row.deed.clone()).collect();
    assert_eq!(deeds, [deed(1), deed(2), deed(3)]);
    let page = store.audited(&team(), 1, 1).await.unwrap();
    assert_eq!(page, [rows[1].clone()]);
    let last = |what: &'static str| {
        let store = store.clone();
        async move { store.last_deed(&team(), what).await.unwrap() }
    };
    assert_eq!(last("incident.severity").await, Some(deed(3)));
    assert_eq!(last("incident.title").await, None);
}

pub(crate) async fn tells_teams_apart(home: &impl Home) {
    let store = home.open();
    let mut theirs = deed(1);
    theirs.team = "T0".into();
    store.audit(vec![deed(1), theirs]).await.unwrap();
    store.audit(vec![deed(2)]).await.unwrap();
    assert_eq!(audited(&store, &"T0".into()).await.len(), 1);
    assert_eq!(audited(&store, &team()).await.len(), 2);
    assert_eq!(store.audited_teams().await.unwrap(), ["T0".into(), team()]);
}

pub(crate) async fn is_part_of_what_was_done(home: &impl Home) {
    let store = home.open();
    declared(&store, 1).await;
    // The same number, and so the same entries, once more: a conflict.
    let (other, entries) = incident(1);
    let late = Commit {
        incident: Some(other),
        entries,
        deeds: vec![deed(1)],
        ..commit()
    };
    let refused = store.commit(late).await.unwrap_err();
    assert!(matches!(refused, CommitError::Conflict { .. }), "{refused}");
    assert_eq!(audited(&store, &team()).await, []);

    planned(&store, vec![effect("a", None)]).await;
    let came = Settlement {
        deeds: vec![deed(2)],
        ..settlement("a", State::Superseded)
    };
    store.settle(came).await.unwrap();
    let done = Commit {
        deeds: vec![deed(3)],
        ..commit()
    };
    store.commit(done).await.unwrap();
    assert_eq!(
        subjects(&audited(&store, &team()).await),
        ["entry 2", "entry 3"]
    );
}

pub(crate) async fn is_written_beside_all_that(home: &impl Home) {
    let store = home.open();
    let mut theirs = deed(1);
    theirs.team = "T2".into();
    let foreign = Commit {
        deeds: vec![theirs.clone()],
        ..commit()
    };
    assert!(store.commit(foreign).await.is_err(), "another team's audit");
    planned(&store, vec![effect("a", None)]).await;
    let foreign = Settlement {
        deeds: vec![theirs],
        ..settlement("a", State::Superseded)
    };
    assert!(store.settle(foreign).await.is_err(), "another team's audit");
    assert_eq!(store.audited_teams().await.unwrap(), []);
}
