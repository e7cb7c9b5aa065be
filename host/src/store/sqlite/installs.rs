//! `installation`, `granted`, `used_state`: who installed Iris.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use super::{
    Sqlite, audit, commit, events,
    row::{all, from_json, moment, ms, one, run, to_json},
};
use crate::{
    clock::Moment,
    event::Event,
    ids::TeamId,
    seal::Sealed,
    store::{
        Granted, Granting, Installation, Installing, Installs, Removing, SealedTokens, StoreError,
        TIDY_LIMIT, TokenState, audit::Deed,
    },
};

const COLUMNS: &str = "team, version, token, seal, sealed, expires, json";

#[async_trait]
impl Installs for Sqlite {
    async fn install(&self, installing: Installing) -> Result<(), StoreError> {
        self.write(move |db, now| install(db, &installing, now))
            .await
    }

    async fn installations(&self, after: u64) -> Result<Vec<Installation>, StoreError> {
        self.read(|db| list(db, after))
    }

    async fn installation(&self, team: &TeamId) -> Result<Option<Installation>, StoreError> {
        self.read(|db| get(db, team))
    }

    async fn reseal(
        &self,
        team: &TeamId,
        before: Sealed,
        tokens: SealedTokens,
    ) -> Result<bool, StoreError> {
        let team = team.clone();
        self.write(move |db, _| reseal(db, &team, &before, &tokens))
            .await
    }

    async fn judge(
        &self,
        team: &TeamId,
        token: TokenState,
        deeds: Vec<Deed>,
    ) -> Result<bool, StoreError> {
        let team = team.clone();
        self.write(move |db, _| judge(db, &team, &token, &deeds))
            .await
    }

    async fn remove(&self, removing: Removing) -> Result<bool, StoreError> {
        self.write(move |db, _| remove(db, &removing)).await
    }

    async fn grant(&self, granting: Granting) -> Result<bool, StoreError> {
        self.write(move |db, now| grant(db, &granting, now)).await
    }

    async fn granted(&self) -> Result<Vec<Granted>, StoreError> {
        self.read(granted)
    }

    async fn take_state(&self, state: &str, until: Moment) -> Result<bool, StoreError> {
        let state = state.to_owned();
        self.write(move |db, _| take_state(db, &state, until)).await
    }
}

fn install(db: &Connection, installing: &Installing, now: Moment) -> Result<(), StoreError> {
    let Installation {
        team,
        token,
        tokens,
        facts,
        ..
    } = &installing.installation;
    of_one_team(team, &installing.events, &installing.deeds)?;
    let sql =
        "INSERT OR REPLACE INTO installation (team, version, token, seal, sealed, expires, json)
               VALUES (?, (SELECT coalesce(max(version), 0) + 1 FROM installation), ?, ?, ?, ?, ?)";
    let sealed = tokens.as_ref().map(|tokens| &tokens.sealed);
    let row = params![
        team.as_str(),
        to_json(token)?,
        sealed.map(|sealed| &sealed.key),
        sealed.map(|sealed| &sealed.bytes),
        tokens.as_ref().and_then(|tokens| tokens.expires).map(ms),
        to_json(facts)?,
    ];
    run(db, sql, row)?;
    causes(db, &installing.events, &installing.deeds, now)
}

fn of_one_team(team: &TeamId, events: &[Event], deeds: &[Deed]) -> Result<(), StoreError> {
    let deeds = deeds.iter().map(|deed| &deed.team);
    let named: Vec<_> = deeds
        .chain(events.iter().map(|event| &event.team))
        .collect();
    commit::one_team(team, &named)
}

fn causes(
    db: &Connection,
    events: &[Event],
    deeds: &[Deed],
    now: Moment,
) -> Result<(), StoreError> {
    audit::append(db, deeds)?;
    for event in events {
        events::insert(db, event, now)?;
    }
    Ok(())
}

fn list(db: &Connection, after: u64) -> Result<Vec<Installation>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM installation WHERE version > ? ORDER BY version");
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    all(db, &sql, [after], read)
}

fn get(db: &Connection, team: &TeamId) -> Result<Option<Installation>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM installation WHERE team = ?");
    one(db, &sql, [team.as_str()], read)
}

/// False when what stands there is not `before` any more, and then nothing is changed.
fn reseal(
    db: &Connection,
    team: &TeamId,
    before: &Sealed,
    tokens: &SealedTokens,
) -> Result<bool, StoreError> {
    let sql = "UPDATE installation SET seal = ?, sealed = ?, expires = ?,
                   version = (SELECT max(version) + 1 FROM installation)
               WHERE team = ? AND sealed = ?";
    let SealedTokens { sealed, expires } = tokens;
    let row = params![
        sealed.key,
        sealed.bytes,
        expires.map(ms),
        team.as_str(),
        before.bytes
    ];
    Ok(run(db, sql, row)? > 0)
}

/// Nothing is known of a token that is not there any more.
fn judge(
    db: &Connection,
    team: &TeamId,
    token: &TokenState,
    deeds: &[Deed],
) -> Result<bool, StoreError> {
    let sql = "UPDATE installation SET token = ?,
                   version = (SELECT max(version) + 1 FROM installation)
               WHERE team = ? AND token ->> 'state' <> 'removed' AND token <> ?";
    let token = to_json(token)?;
    let changed = run(db, sql, params![token, team.as_str(), token])? > 0;
    if changed {
        audit::append(db, deeds)?;
    }
    Ok(changed)
}

fn remove(db: &Connection, removing: &Removing) -> Result<bool, StoreError> {
    let sql = "UPDATE installation SET token = ?, seal = NULL, sealed = NULL, expires = NULL,
                   version = (SELECT max(version) + 1 FROM installation)
               WHERE team = ? AND token ->> 'state' <> 'removed' AND json ->> 'at' <= ?";
    let Removing {
        team,
        at,
        installed_by,
        deeds,
    } = removing;
    let token = to_json(&TokenState::Removed { at: *at })?;
    let removed = run(db, sql, params![token, team.as_str(), ms(*installed_by)])? > 0;
    if removed {
        audit::append(db, deeds)?;
        let sql = "UPDATE granted SET granted = 0 WHERE org = ?";
        run(db, sql, [team.as_str()])?;
    }
    Ok(removed)
}

fn grant(db: &Connection, granting: &Granting, now: Moment) -> Result<bool, StoreError> {
    let Granting {
        granted:
            Granted {
                team,
                org,
                at,
                granted,
            },
        events,
        deeds,
    } = granting;
    of_one_team(team, events, deeds)?;
    let sql = "INSERT INTO granted (team, org, at, granted) VALUES (?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET org = excluded.org, at = excluded.at,
                   granted = excluded.granted WHERE excluded.at >= at";
    let row = params![team.as_str(), org.as_str(), ms(*at), granted];
    let believed = run(db, sql, row)? > 0;
    if believed {
        causes(db, events, deeds, now)?;
    }
    Ok(believed)
}

fn granted(db: &Connection) -> Result<Vec<Granted>, StoreError> {
    let sql = "SELECT team, org, at, granted FROM granted ORDER BY team";
    all(db, sql, [], |row| {
        Ok(Granted {
            team: row.get::<_, String>("team")?.into(),
            org: row.get::<_, String>("org")?.into(),
            at: moment(row.get("at")?),
            granted: row.get("granted")?,
        })
    })
}

/// False when it was taken before.
fn take_state(db: &Connection, state: &str, until: Moment) -> Result<bool, StoreError> {
    let sql = "INSERT INTO used_state (state, until) VALUES (?, ?) ON CONFLICT DO NOTHING";
    Ok(run(db, sql, params![state, ms(until)])? > 0)
}

pub(super) fn tidy(db: &Connection, now: Moment) -> Result<usize, StoreError> {
    let sql = "DELETE FROM used_state WHERE state IN (
                   SELECT state FROM used_state WHERE until <= ? LIMIT ?)";
    run(db, sql, params![ms(now), TIDY_LIMIT])
}

fn read(row: &Row<'_>) -> Result<Installation, StoreError> {
    let what = "an installation";
    let key: Option<String> = row.get("seal")?;
    let bytes: Option<Vec<u8>> = row.get("sealed")?;
    let expires: Option<i64> = row.get("expires")?;
    Ok(Installation {
        team: row.get::<_, String>("team")?.into(),
        version: u64::try_from(row.get::<_, i64>("version")?).unwrap_or_default(),
        token: from_json(row, "token", what)?,
        tokens: key.zip(bytes).map(|(key, bytes)| SealedTokens {
            sealed: Sealed { key, bytes },
            expires: expires.map(moment),
        }),
        facts: from_json(row, "json", what)?,
    })
}
