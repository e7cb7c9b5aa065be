//! Connections that only read. Reads never wait for the writer: each sees the last commit.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags};

use super::open::prepare;
use crate::store::StoreError;

/// Idle connections; there are never more than threads that read at the same time.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Mutex::default(),
        }
    }

    /// Runs on the caller's thread: a row takes some ten microseconds.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let db = match idle {
            Some(db) => db,
            None => connect(&self.path, FLAGS)?,
        };
        let result = work(&db);
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(db);
        result
    }
}

/// Of a connection that cannot write.
pub(super) const FLAGS: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Opens a connection to a file that is there.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(path, flags)?;
    prepare(&db)?;
    Ok(db)
}
