//! The one thread that writes. It takes everything that is queued and commits it together, so that
//! many requests share one `fsync`; each runs in a savepoint of its own, so that one that fails
//! takes nothing with it.

use std::{
    iter,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{Builder, JoinHandle},
};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use crate::store::StoreError;

/// How many requests share a commit at most, so that the first need not wait for ever.
const GROUP: usize = 512;

/// Where requests are handed in. Dropping it ends the thread when all of them are done.
pub(super) struct Writer {
    /// `None` only while it is dropped.
    queue: Option<Sender<Box<dyn Request>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(db: Connection) -> std::io::Result<Self> {
        let (queue, requests) = channel();
        let thread = Builder::new()
            .name("iris-store".to_owned())
            .spawn(move || serve(db, &requests))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Runs `work` in the next commit. `Ok` once that is on disk; nothing of it stays after `Err`.
    /// Done even when the caller stops waiting.
    pub(super) async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let request = Box::new(Asked {
            work: Some(work),
            result: None,
            reply,
        });
        let stopped = || E::from(StoreError::Unavailable("its writer has stopped".to_owned()));
        match &self.queue {
            Some(queue) if queue.send(request).is_ok() => {
                answer.await.unwrap_or_else(|_| Err(stopped()))
            }
            Some(_) | None => Err(stopped()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            // A panic there was told to everybody who waited.
            let _ = thread.join();
        }
    }
}

/// Something to be written.
trait Request: Send {
    /// Runs inside the transaction. False: what it did is to be undone.
    fn run(&mut self, db: &Connection) -> bool;

    /// Tells whoever asked, once it is known how the commit went.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Asked<W, T, E> {
    work: Option<W>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<W, T, E> Request for Asked<W, T, E>
where
    W: FnOnce(&Connection) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, db: &Connection) -> bool {
        self.result = self.work.take().map(|work| work(db));
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let not_run = || {
            Err(E::from(StoreError::Unavailable(
                "it was not run".to_owned(),
            )))
        };
        let result = match committed {
            Ok(()) => self.result.unwrap_or_else(not_run),
            Err(error) => Err(error.into()),
        };
        // Nobody listening is no failure: it is done all the same.
        let _ = self.reply.send(result);
    }
}

fn serve(mut db: Connection, requests: &Receiver<Box<dyn Request>>) {
    while let Ok(first) = requests.recv() {
        let mut group: Vec<_> = iter::once(first)
            .chain(requests.try_iter().take(GROUP - 1))
            .collect();
        let failed = commit(&mut db, &mut group).err();
        for request in group {
            request.answer(
                failed
                    .clone()
                    .map_or(Ok(()), |why| Err(StoreError::Unavailable(why))),
            );
        }
    }
}

/// Or says why nothing of the group was done.
fn commit(db: &mut Connection, group: &mut [Box<dyn Request>]) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let mut tx = db
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(text)?;
    for request in group {
        let savepoint = tx.savepoint().map_err(text)?;
        let keep = request.run(&savepoint);
        if savepoint.is_autocommit() {
            return Err("SQLite gave up the transaction: the disk is full or failing".to_owned());
        }
        let ended = if keep {
            savepoint.commit()
        } else {
            savepoint.finish()
        };
        ended.map_err(text)?;
    }
    tx.commit().map_err(text)
}
