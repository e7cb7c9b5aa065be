//! What was fetched, in files that are named by their digests.

use std::{fs, io, io::Write as _, path::PathBuf};

use sha2::{Digest, Sha256};

use super::FetchError;

pub(super) struct Kept {
    pub(super) folder: PathBuf,
}

/// SHA-256 in hex.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub(super) fn is_digest(text: &str) -> bool {
    let hex = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 64 && text.bytes().all(hex)
}

impl Kept {
    /// `None` also when the file is damaged: it is fetched again then.
    pub(super) fn get(&self, digest: &str, ending: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.file(digest, ending)).ok()?;
        (self::digest(&bytes) == digest).then_some(bytes)
    }

    /// Nobody ever reads half a file: it is written aside and renamed.
    pub(super) fn put(&self, digest: &str, ending: &str, bytes: &[u8]) -> Result<(), FetchError> {
        if self::digest(bytes) != digest {
            let digest = digest.to_owned();
            return Err(FetchError::OtherBytes { digest });
        }
        let write = || {
            fs::create_dir_all(&self.folder)?;
            let mut aside = tempfile::NamedTempFile::new_in(&self.folder)?;
            aside.write_all(bytes)?;
            aside.as_file().sync_all()?;
            aside.persist(self.file(digest, ending))?;
            Ok(())
        };
        write().map_err(|error| self.not_kept(error))
    }

    pub(super) fn remove(&self, digest: &str, ending: &str) -> Result<(), FetchError> {
        match fs::remove_file(self.file(digest, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.not_kept(error)),
            _ => Ok(()),
        }
    }

    fn file(&self, digest: &str, ending: &str) -> PathBuf {
        self.folder.join(format!("sha256-{digest}.{ending}"))
    }

    fn not_kept(&self, error: io::Error) -> FetchError {
        FetchError::NotKept {
            folder: self.folder.clone(),
            error,
        }
    }
}
