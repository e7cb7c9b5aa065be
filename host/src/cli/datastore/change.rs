//! `iris datastore put` and `delete`: all of it or nothing, in one commit, with the audit.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    io::{self, BufRead},
    sync::Arc,
};

use anyhow::{Context, bail};
use serde_json::json;

use super::{Line, Signed, load, say};
use crate::{
    cli::effect::name,
    clock::{Clock, SystemClock},
    ids::TeamId,
    step::{Limits, fits, storable},
    store::{
        Commit, StatePlace, StateRead, StateSize, StateWrite, Store,
        audit::{Deed, Who},
        sqlite::Sqlite,
    },
};

/// What is done to one value.
struct Change {
    /// Where it was read: `line 3: ` of standard input, or nothing.
    from: String,
    place: StatePlace,
    key: String,
    json: Option<String>,
}

pub(super) async fn put(one: Option<Line>, signed: &Signed) -> anyhow::Result<()> {
    change(one, signed, "datastore.put", |line| {
        let value = line.value.as_ref().context("no `value`")?;
        storable(&line.key, value.get()).map_err(|refusal| anyhow::anyhow!(refusal.sentence))?;
        Ok(Some(value.get().to_owned()))
    })
    .await
}

pub(super) async fn delete(one: Option<Line>, signed: &Signed) -> anyhow::Result<()> {
    change(one, signed, "datastore.delete", |_| Ok(None)).await
}

async fn change(
    one: Option<Line>,
    signed: &Signed,
    what: &'static str,
    json: impl Fn(&Line) -> anyhow::Result<Option<String>>,
) -> anyhow::Result<()> {
    let settings = load::checked(&signed.place.config)?;
    let store = Sqlite::open_beside(&settings.store, Arc::new(SystemClock))?;
    let team = load::team(&store, &signed.place).await?;
    if team.as_str().is_empty() {
        let sentence = "nothing has happened in any workspace yet: name one by --team";
        return Err(load::WrongUsage(sentence.to_owned()).into());
    }
    let lines = match one {
        Some(line) => vec![(String::new(), line)],
        None => lines()?,
    };
    let changes = lines.into_iter().map(|(from, line)| {
        let json = json(&line).map_err(|why| anyhow::anyhow!("{from}{why}"))?;
        Ok(Change {
            place: line.place(&team),
            key: line.key,
            json,
            from,
        })
    });
    let changes = changes.collect::<anyhow::Result<Vec<Change>>>()?;
    let reads = check(&store, &changes, &settings.limits).await?;
    let who = Who::operator(&name(signed.by.as_deref()));
    let count = changes.len();
    let commit = commit(&team, &who, what, changes, reads);
    store.commit(commit).await.context("nothing was changed")?;
    let done = match what {
        "datastore.put" => "kept",
        _ => "forgotten",
    };
    Ok(say::out(format!(
        "{count} value{} {done}",
        if count == 1 { "" } else { "s" }
    ))?)
}

/// All that is read must be good before anything is changed.
fn lines() -> anyhow::Result<Vec<(String, Line)>> {
    let mut lines = Vec::new();
    for (n, text) in io::stdin().lock().lines().enumerate() {
        let text = text?;
        if text.trim().is_empty() {
            continue;
        }
        let from = format!("line {}: ", n + 1);
        let line = serde_json::from_str(&text).map_err(|why| anyhow::anyhow!("{from}{why}"))?;
        lines.push((from, line));
    }
    Ok(lines)
}

/// What one step keeps in one place, as it would be with the changes so far.
struct Kept {
    place: StatePlace,
    size: StateSize,
    /// Of the values that are changed; `None`: nothing is there.
    lengths: BTreeMap<String, Option<usize>>,
}

/// The values must belong somewhere and fit there. What was read is what the commit relies on.
async fn check(
    store: &Sqlite,
    changes: &[Change],
    limits: &Limits,
) -> anyhow::Result<Vec<StateRead>> {
    let mut places: BTreeMap<String, Kept> = BTreeMap::new();
    let mut reads = Vec::new();
    for change in changes {
        let at = change.place.to_string();
        let kept = match places.entry(at.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Kept::read(store, change).await?),
        };
        if !kept.lengths.contains_key(&change.key) {
            let old = store.state(&change.place, &change.key).await?;
            let length = old.as_ref().map(|old| old.json.len());
            kept.lengths.insert(change.key.clone(), length);
            reads.push(StateRead {
                place: change.place.clone(),
                key: change.key.clone(),
                version: old.map_or(0, |old| old.version),
            });
        }
        if !kept.change(&change.key, change.json.as_deref()) && change.json.is_none() {
            bail!("{}nothing is kept under {at}/{}", change.from, change.key);
        }
    }
    let puts = changes.iter().any(|change| change.json.is_some());
    for (at, Kept { place, size, .. }) in &places {
        if puts && !fits(limits, place.incident, *size) {
            bail!(
                "{at} would keep {} values of {} bytes together, more than a step may: `[limits]` \
                 in the settings",
                size.keys,
                size.bytes
            );
        }
    }
    Ok(reads)
}

impl Kept {
    async fn read(store: &Sqlite, change: &Change) -> anyhow::Result<Self> {
        let place = change.place.clone();
        if let Some(number) = place.incident
            && store.incident(&place.team, number).await?.is_none()
        {
            bail!("{}there is no incident {number}", change.from);
        }
        let size = store.state_size(&place).await?;
        let lengths = BTreeMap::new();
        Ok(Self {
            place,
            size,
            lengths,
        })
    }

    /// Whether something was there before.
    fn change(&mut self, key: &str, json: Option<&str>) -> bool {
        let old = self.lengths.insert(key.to_owned(), json.map(str::len));
        let old = old.flatten();
        self.size = self.size.with(key, old, json.map(str::len));
        old.is_some()
    }
}

fn commit(
    team: &TeamId,
    who: &Who,
    what: &str,
    changes: Vec<Change>,
    reads: Vec<StateRead>,
) -> Commit {
    let at = SystemClock.now();
    let deed = |change: &Change| Deed {
        team: team.clone(),
        at,
        who: who.clone(),
        what: what.to_owned(),
        incident: change.place.incident,
        subject: format!("{}/{}", change.place.owner, change.key),
        detail: json!({ "bytes": change.json.as_ref().map(String::len) }),
    };
    let deeds = changes.iter().map(deed).collect();
    let writes = changes.into_iter().map(|change| StateWrite {
        place: change.place,
        key: change.key,
        json: change.json,
    });
    Commit {
        team: Some(team.clone()),
        reads,
        writes: writes.collect(),
        deeds,
        ..Commit::default()
    }
}
