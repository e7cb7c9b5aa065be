//! A store as years of work leave it: closed incidents, each with its entries, and some open ones.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use futures_util::future::try_join_all;
use iris::{
    clock::{Clock, Moment, SystemClock},
    ids::{Number, Owner, TeamId},
    incident::{Cause, Declaration, Entry, Incident, Milestone, Room, Status, declare},
    store::{Commit, Store, sqlite::Sqlite},
};

/// Entries of each incident.
const ENTRIES: u32 = 10;
/// Incidents that are written together.
const TOGETHER: usize = 512;

/// How many incidents, and how many of them are open: the newest.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) incidents: Number,
    pub(crate) open: Number,
}

/// Fills a new store.
pub(crate) async fn fill(path: &Path, team: &TeamId, size: Size) -> anyhow::Result<()> {
    let clock = Arc::new(SystemClock);
    let store = Sqlite::open(path, clock.clone()).context("the store")?;
    let numbers: Vec<Number> = (1..=size.incidents).collect();
    for numbers in numbers.chunks(TOGETHER) {
        let commits = numbers.iter().map(|&number| {
            let closed = number <= size.incidents - size.open;
            store.commit(worked(team, number, closed, clock.now()))
        });
        try_join_all(commits).await?;
    }
    Ok(())
}

fn worked(team: &TeamId, number: Number, closed: bool, now: Moment) -> Commit {
    let by = format!("U{:06}", number % 500).as_str().into();
    let core = Owner::core();
    let cause = Cause {
        owner: &core,
        by: Some(&by),
        now,
    };
    let declaration = Declaration {
        title: format!("Checkout fails with 500, for the {number}th time"),
        product: Some("payments".to_owned()),
        severity: Some("sev2".to_owned()),
        ..Declaration::default()
    };
    let (incident, changed) = declare(number, &declaration, cause);
    let first = &changed.entries[0];
    let rest = (2..=ENTRIES).map(|seq| Entry {
        seq,
        kind: "note".to_owned(),
        text: "The database is full; we make room and look for who fills it.".to_owned(),
        data: None,
        ..first.clone()
    });
    let entries = changed.entries.iter().cloned().chain(rest).collect();
    Commit {
        team: Some(team.clone()),
        incident: Some(as_left(incident, closed, now)),
        entries,
        ..Commit::default()
    }
}

fn as_left(mut incident: Incident, closed: bool, now: Moment) -> Incident {
    let number = incident.number;
    incident.entries = ENTRIES;
    incident.room = Some(Room {
        channel: format!("C{number:08}").as_str().into(),
        name: format!("inc-20261201-payments-{number}"),
    });
    if closed {
        for status in [Status::Resolved, Status::Closed] {
            incident.status = status;
            incident.times.push(Milestone { status, at: now });
        }
    }
    incident
}
