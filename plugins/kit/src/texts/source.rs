//! Finds one message in a Fluent file without parsing the file.

use std::sync::OnceLock;

/// A Fluent file. A message is its line `key = …` and the indented or closing
/// lines below it.
#[derive(Debug)]
pub(super) struct Source {
    file: &'static str,
    /// Where each message begins; made once, because a fresh instance of a step
    /// says some twenty sentences and a scan for each would cost more than saying them.
    index: OnceLock<Vec<(&'static str, usize)>>,
}

impl Source {
    pub(super) const fn new(file: &'static str) -> Self {
        Self {
            file,
            index: OnceLock::new(),
        }
    }

    /// The message's lines.
    pub(super) fn find(&self, key: &str) -> Option<&'static str> {
        let index = self.index();
        let at = index.iter().position(|(name, _)| *name == key)?;
        let end = index.get(at + 1).map_or(self.file.len(), |next| next.1);
        Some(&self.file[index[at].1..end])
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.index().iter().map(|(key, _)| *key)
    }

    fn index(&self) -> &[(&'static str, usize)] {
        self.index.get_or_init(|| {
            let mut index = Vec::with_capacity(64);
            let mut start = 0;
            for line in self.file.split_inclusive('\n') {
                if line.as_bytes()[0].is_ascii_alphabetic()
                    && let Some((key, _)) = line.split_once('=')
                {
                    index.push((key.trim_end(), start));
                }
                start += line.len();
            }
            index
        })
    }
}
