//! Opens a database: for one writer at a time, or for reading beside it. Whatever is wrong is said
//! before anything is changed.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};
use rusqlite_migration::Migrations;

use super::{
    Sqlite, Writing, network,
    readers::{self, Readers},
    schema::{APPLICATION, Header, MIGRATIONS, schema_version},
    writer::Writer,
};
use crate::{clock::SharedClock, failpoint::Failpoints};

/// How long a connection waits for a lock that another process holds for a moment.
const BUSY: Duration = Duration::from_secs(5);

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 128;

/// The database was not opened. Each sentence says what an operator can do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "another `iris serve` is running on {path}: stop it first, or give this one a store of its \
         own"
    )]
    InUse { path: PathBuf },
    #[error(
        "the database {path} is damaged ({finding}): keep it aside, together with its -wal file, \
         and restore a backup"
    )]
    Damaged { path: PathBuf, finding: String },
    #[error(
        "the database {path} was written by a newer Iris (schema {found}; this one knows up to \
         {known}): use that Iris, or restore a backup made before"
    )]
    Newer {
        path: PathBuf,
        found: usize,
        known: usize,
    },
    #[error(
        "the database {path} is of an older Iris (schema {found}; this one reads {known}): start \
         `iris serve` once to bring it up to date"
    )]
    Older {
        path: PathBuf,
        found: usize,
        known: usize,
    },
    #[error("{path} is another program's database: name a file of Iris's own as `store`")]
    Foreign { path: PathBuf },
    #[error("there is no database {path}: check `store`, or start `iris serve` once to make it")]
    Missing { path: PathBuf },
    #[error("the database {path} could not be brought up to date and is as it was before: {why}")]
    Migration { path: PathBuf, why: String },
    #[error("the database {path} cannot be opened: {why}")]
    Unavailable { path: PathBuf, why: String },
}

impl Sqlite {
    /// Opens the database for `iris serve`, and makes or migrates it when needed. One at a time:
    /// the operating system holds the lock and lets go of it however the process ends.
    pub fn open(path: &Path, clock: SharedClock) -> Result<Self, OpenError> {
        Self::open_with(path, clock, &MIGRATIONS)
    }

    pub(super) fn open_with(
        path: &Path,
        clock: SharedClock,
        migrations: &Migrations<'_>,
    ) -> Result<Self, OpenError> {
        let path = resolve(path)?;
        let at = Place(&path);
        let lock = at.lock()?;
        let mut db = Connection::open(&path).map_err(|e| at.sqlite(&e))?;
        prepare(&db).map_err(|e| at.sqlite(&e))?;
        at.check(&db)?;
        write_ahead(&db).map_err(|e| at.sqlite(&e))?;
        migrations
            .to_latest(&mut db)
            .map_err(|e| OpenError::Migration {
                path: path.clone(),
                why: e.to_string(),
            })?;
        network::warn(&path);
        Self::writing(&path, db, clock, Some(lock))
    }

    /// Opens the database for an operator's word: short writes, also beside a running `iris serve`,
    /// which waits for them as they wait for it.
    pub fn open_beside(path: &Path, clock: SharedClock) -> Result<Self, OpenError> {
        let path = resolve(path)?;
        let at = Place(&path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = at.existing(flags)?;
        write_ahead(&db).map_err(|e| at.sqlite(&e))?;
        Self::writing(&path, db, clock, None)
    }

    fn writing(
        path: &Path,
        db: Connection,
        clock: SharedClock,
        lock: Option<File>,
    ) -> Result<Self, OpenError> {
        let writer = Writer::start(db).map_err(|e| Place(path).io(&e))?;
        Ok(Self {
            readers: Readers::new(path),
            writing: Some(Writing {
                writer,
                clock,
                _lock: lock,
            }),
            failpoints: Failpoints::default(),
        })
    }

    /// Opens the database for reading only, also beside a running `iris serve`. Whatever would
    /// change it is refused.
    pub fn open_reader(path: &Path) -> Result<Self, OpenError> {
        let path = resolve(path)?;
        Place(&path).existing(readers::FLAGS)?;
        Ok(Self {
            readers: Readers::new(&path),
            writing: None,
            failpoints: Failpoints::default(),
        })
    }
}

/// What every connection needs.
pub(super) fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite plans a kept statement anew for each value that it is bound to, wherever there is
    // a partial index: https://www.sqlite.org/queryplanner-ng.html#qpstab
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.pragma_update(None, "foreign_keys", true)
}

/// Readers beside the writer, and every commit on disk before it is answered.
fn write_ahead(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")
}

/// The same file under any name, so that its lock is the same too.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, OpenError> {
    let unavailable = |e: io::Error| Place(path).io(&e);
    if path.exists() {
        return path.canonicalize().map_err(unavailable);
    }
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = path
        .file_name()
        .ok_or_else(|| unavailable(io::ErrorKind::InvalidFilename.into()))?;
    Ok(folder.canonicalize().map_err(unavailable)?.join(name))
}

/// Where the database is, for checks and errors.
pub(super) struct Place<'a>(pub(super) &'a Path);

impl Place<'_> {
    /// Beside the database, since closing the database's own file would let go of SQLite's locks.
    pub(super) fn lock(&self) -> Result<File, OpenError> {
        let mut name = self.0.as_os_str().to_owned();
        name.push("-lock");
        let file = File::create(PathBuf::from(name)).map_err(|e| self.io(&e))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse {
                path: self.0.to_owned(),
            }),
            Err(TryLockError::Error(e)) => Err(self.io(&e)),
        }
    }

    /// A connection to a database that is there and up to date.
    pub(super) fn existing(&self, flags: OpenFlags) -> Result<Connection, OpenError> {
        let path = self.0.to_owned();
        if !path.exists() {
            return Err(OpenError::Missing { path });
        }
        let connected = readers::connect(&path, flags);
        let db = connected.map_err(|e| self.sqlite(&e))?;
        let (found, known) = (self.header(&db)?.version, schema_version());
        if found < known {
            return Err(OpenError::Older { path, found, known });
        }
        Ok(db)
    }

    pub(super) fn check(&self, db: &Connection) -> Result<(), OpenError> {
        self.header(db)?;
        let found: String = db
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .map_err(|e| self.sqlite(&e))?;
        if found == "ok" {
            Ok(())
        } else {
            Err(self.damaged(found))
        }
    }

    /// Whose database it is, and of which version.
    fn header(&self, db: &Connection) -> Result<Header, OpenError> {
        let header = Header::read(db).map_err(|e| self.sqlite(&e))?;
        if !header.empty && header.application != APPLICATION {
            return Err(OpenError::Foreign {
                path: self.0.to_owned(),
            });
        }
        if header.version > schema_version() {
            let (found, known) = (header.version, schema_version());
            return Err(OpenError::Newer {
                path: self.0.to_owned(),
                found,
                known,
            });
        }
        Ok(header)
    }

    pub(super) fn sqlite(&self, error: &rusqlite::Error) -> OpenError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                self.damaged(error.to_string())
            }
            Some(_) | None => self.unavailable(error.to_string()),
        }
    }

    fn io(&self, error: &io::Error) -> OpenError {
        self.unavailable(error.to_string())
    }

    fn damaged(&self, finding: String) -> OpenError {
        OpenError::Damaged {
            path: self.0.to_owned(),
            finding,
        }
    }

    fn unavailable(&self, why: String) -> OpenError {
        OpenError::Unavailable {
            path: self.0.to_owned(),
            why,
        }
    }
}
