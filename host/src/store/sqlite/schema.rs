//! The tables, and how they came to be. A migration that was released is never changed.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::store::StoreError;

pub(super) const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../../migrations/0001_begin.sql")),
    M::up(include_str!("../../../migrations/0002_durable.sql")),
    M::up(include_str!("../../../migrations/0003_kept.sql")),
    M::up(include_str!("../../../migrations/0004_seen.sql")),
    M::up(include_str!("../../../migrations/0005_installed.sql")),
    M::up(include_str!("../../../migrations/0006_home.sql")),
    M::up(include_str!("../../../migrations/0007_growth.sql")),
    M::up(include_str!("../../../migrations/0008_shown.sql")),
];

/// All migrations, oldest first. Those that are missing run in one transaction.
pub(super) const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// Marks a database as Iris's: "IRIS".
pub(super) const APPLICATION: i64 = 0x4952_4953;

/// The schema that this Iris reads and writes: how many migrations there are.
pub const fn schema_version() -> usize {
    STEPS.len()
}

/// Writes the mark anew: a write to the file that changes nothing.
pub(super) fn touch(db: &Connection) -> Result<(), StoreError> {
    Ok(db.pragma_update(None, "application_id", APPLICATION)?)
}

/// What a database says about itself.
pub(super) struct Header {
    pub(super) application: i64,
    /// How many migrations ran.
    pub(super) version: usize,
    pub(super) empty: bool,
}

impl Header {
    pub(super) fn read(db: &Connection) -> rusqlite::Result<Self> {
        let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
        Ok(Self {
            application: pragma("application_id")?,
            version: usize::try_from(pragma("user_version")?).unwrap_or(usize::MAX),
            empty: tables == 0,
        })
    }
}
