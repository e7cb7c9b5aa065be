//! SQLite: the conformance suite, and what a database in a file must do besides.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use iris::store::{SharedStore, sqlite::Sqlite};
use tempfile::TempDir;

use crate::{
    conformance::conformance,
    support::{HandClock, Home, START},
};

mod backups;
mod crash;
mod opening;

conformance!(super::SqliteHome::fresh);

/// A database in a folder of its own.
pub(crate) struct SqliteHome {
    folder: TempDir,
    clock: Arc<HandClock>,
}

impl SqliteHome {
    pub(crate) fn fresh() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            clock: HandClock::at(START),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("iris.db")
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Home for SqliteHome {
    fn open(&self) -> SharedStore {
        Arc::new(Sqlite::open(&self.path(), self.clock()).unwrap())
    }

    fn clock(&self) -> Arc<HandClock> {
        Arc::clone(&self.clock)
    }
}
