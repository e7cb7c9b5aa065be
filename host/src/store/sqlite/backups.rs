//! `backup`: copies of the whole database, and a start on one of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
    params,
};

use super::{
    Sqlite, audit, effects, events,
    open::{OpenError, Place, prepare, resolve},
    readers,
    row::{moment, ms, one, run},
    schema::MIGRATIONS,
    timers,
};
use crate::{
    clock::Moment,
    store::{Restored, StoreError, audit::Deed},
};

/// Pages that are copied at once, so that whoever writes never waits long.
const PAGES: i32 = 256;

/// No backup was made, or none was put back. Each sentence says what an operator can do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{path} is there already: name a file that is not, so that nothing is overwritten")]
    There { path: PathBuf },
    #[error(
        "the store {path} is there already: move it away first, together with its -wal file, so \
         that nothing is lost"
    )]
    Occupied { path: PathBuf },
    #[error("{path} could not be written: {why}")]
    Unwritten { path: PathBuf, why: String },
}

impl Sqlite {
    /// Copies the database as it is at one moment into a new file, also beside a running
    /// `iris serve`. The copy is marked as a backup. `progress` is told pages done and pages in all.
    pub fn back_up(
        from: &Path,
        to: &Path,
        now: Moment,
        progress: impl FnMut(u32, u32),
    ) -> Result<(), BackupError> {
        let from = resolve(from)?;
        let db = Place(&from).existing(readers::FLAGS)?;
        if to.exists() {
            let path = to.to_owned();
            return Err(BackupError::There { path });
        }
        copy(&db, to, progress, |copy| mark(copy, now))
    }

    /// Puts a backup in the place of a store that is not there.
    pub fn restore(
        from: &Path,
        to: &Path,
        now: Moment,
        progress: impl FnMut(u32, u32),
    ) -> Result<(), BackupError> {
        let to = resolve(to)?;
        let _lock = Place(&to).lock()?;
        if to.exists() {
            return Err(BackupError::Occupied { path: to });
        }
        if !from.exists() {
            let path = from.to_owned();
            return Err(OpenError::Missing { path }.into());
        }
        let connected = readers::connect(from, readers::FLAGS);
        let db = connected.map_err(|e| Place(from).sqlite(&e))?;
        Place(from).check(&db)?;
        copy(&db, &to, progress, |copy| {
            MIGRATIONS.to_latest(copy).map_err(|e| e.to_string())?;
            // A file that was copied by hand bears no mark of its own.
            mark(copy, now)
        })
    }
}

/// Copies into a file that is there whole or not at all.
fn copy(
    from: &Connection,
    to: &Path,
    mut progress: impl FnMut(u32, u32),
    finish: impl FnOnce(&mut Connection) -> Result<(), String>,
) -> Result<(), BackupError> {
    let mut half = to.as_os_str().to_owned();
    half.push(".part");
    let half = PathBuf::from(half);
    let unwritten = |why: String| BackupError::Unwritten {
        path: to.to_owned(),
        why,
    };
    let pages = |n: i32| u32::try_from(n).unwrap_or_default();
    let text = |error: rusqlite::Error| error.to_string();
    let mut write = || -> rusqlite::Result<Connection> {
        // One view of the source throughout, whatever is written beside it.
        from.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")?;
        // What a backup that was killed has left.
        let _ = fs::remove_file(&half);
        let mut copy = Connection::open(&half)?;
        prepare(&copy)?;
        let backup = Backup::new(from, &mut copy)?;
        while backup.step(PAGES)? != StepResult::Done {
            let at = backup.progress();
            progress(pages(at.pagecount - at.remaining), pages(at.pagecount));
        }
        drop(backup);
        // One file that stands alone.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        Ok(copy)
    };
    let written = write().map_err(text).and_then(|mut copy| {
        finish(&mut copy)?;
        copy.close().map_err(|(_, error)| text(error))?;
        let file = fs::File::open(&half).and_then(|file| file.sync_all());
        file.and_then(|()| fs::rename(&half, to))
            .map_err(|e| e.to_string())
    });
    written.map_err(|why| {
        // What is left of it serves nobody.
        let _ = fs::remove_file(&half);
        unwritten(why)
    })
}

fn mark(db: &Connection, now: Moment) -> Result<(), String> {
    db.execute(
        "INSERT INTO backup (only_one, made_at) VALUES (1, ?)
         ON CONFLICT DO UPDATE SET dropped = NULL, unknown = NULL",
        [ms(now)],
    )
    .map(drop)
    .map_err(|error| error.to_string())
}

pub(super) fn restored(db: &Connection, now: Moment) -> Result<Option<Restored>, StoreError> {
    let sql = "SELECT made_at, dropped, unknown FROM backup";
    let found = one(db, sql, [], |row| {
        let (dropped, unknown) = (row.get("dropped")?, row.get("unknown")?);
        let counts: (Option<u32>, Option<u32>) = (dropped, unknown);
        Ok((moment(row.get("made_at")?), counts))
    })?;
    let Some((made_at, counts)) = found else {
        return Ok(None);
    };
    if let (Some(dropped), Some(unknown)) = counts {
        return Ok(Some(Restored {
            made_at,
            dropped,
            unknown,
        }));
    }
    let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    let dropped = count(events::drop_all(db)? + timers::drop_due(db, now)?);
    let unknown = count(effects::doubt(db)?);
    run(
        db,
        "UPDATE backup SET dropped = ?, unknown = ?",
        params![dropped, unknown],
    )?;
    Ok(Some(Restored {
        made_at,
        dropped,
        unknown,
    }))
}

pub(super) fn go_on(db: &Connection, deeds: &[Deed]) -> Result<bool, StoreError> {
    let was = run(db, "DELETE FROM backup", [])? > 0;
    if was {
        audit::append(db, deeds)?;
    }
    Ok(was)
}
