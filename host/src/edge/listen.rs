//! Listens, bounded in connections and in patience: whoever holds connections open, or speaks slowly,
//! keeps nobody else out.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, http::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
};
use tower::Service;
use tracing::warn;

use crate::tasks::Tasks;

/// More connections are never open: for each new one the oldest that is idle is closed. Slack needs
/// a few.
const MOST: usize = 1024;
/// So long may the head of a request take, and so long may a connection be idle.
const HEAD: Duration = Duration::from_secs(10);
/// After the machine gave no connection.
const AFTER_FAILURE: Duration = Duration::from_millis(50);

/// Serves until `stop` resolves, then finishes what is being answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tasks: &Tasks,
    stop: impl Future<Output = ()>,
) {
    let seats = Arc::new(Seats::default());
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                if let Some(seat) = seats.take() {
                    let connection = connection(stream, router.clone(), seat, stopped.clone());
                    tasks.spawn(connection);
                }
            }
            Err(error) => {
                warn!(%error, "A connection could not be taken");
                seats.free_one();
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
    drop(listener);
    drop(stopped);
    stopping.send_replace(true);
    // All connections are gone when nobody looks any more.
    stopping.closed().await;
}

async fn connection(
    stream: TcpStream,
    router: Router,
    seat: Seat,
    mut stopped: watch::Receiver<bool>,
) {
    // HTTP/1 alone, as proxies speak it: a connection that has said nothing yet has a limit too.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD);
    let place = seat.place.clone();
    let service = Counted {
        inner: router,
        place: place.clone(),
    };
    let served = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut served = pin!(served);
    // What goes wrong here is between the sender and the network: nobody here could act on it.
    let told_to_stop = async {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    tokio::select! {
        _ = served.as_mut() => return,
        () = place.leave.notified() => return,
        () = told_to_stop => {}
    }
    served.as_mut().graceful_shutdown();
    let _ = served.await;
}

/// Who is connected, the oldest first.
#[derive(Default)]
struct Seats(Mutex<Taken>);

#[derive(Default)]
struct Taken {
    places: BTreeMap<u64, Arc<Place>>,
    next: u64,
}

#[derive(Default)]
struct Place {
    /// Requests that are being answered.
    busy: AtomicUsize,
    leave: Notify,
}

/// One connection's; given back when it ends.
struct Seat {
    number: u64,
    place: Arc<Place>,
    seats: Arc<Seats>,
}

impl Seats {
    /// A seat for one more. `None`: everybody is being answered.
    fn take(self: &Arc<Self>) -> Option<Seat> {
        let full = self.taken().places.len() >= MOST;
        if full && !self.free_one() {
            return None;
        }
        let mut taken = self.taken();
        let (number, place) = (taken.next, Arc::<Place>::default());
        taken.next += 1;
        taken.places.insert(number, place.clone());
        Some(Seat {
            number,
            place,
            seats: self.clone(),
        })
    }

    /// Closes the oldest connection on which nothing is being answered.
    fn free_one(&self) -> bool {
        let mut taken = self.taken();
        let idle = |(_, place): &(&u64, &Arc<Place>)| place.busy.load(Ordering::Acquire) == 0;
        let Some(number) = taken.places.iter().find(idle).map(|(number, _)| *number) else {
            return false;
        };
        if let Some(place) = taken.places.remove(&number) {
            place.leave.notify_one();
        }
        true
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken().places.remove(&self.number);
    }
}

/// Counts the requests of a connection while they are being answered.
#[derive(Clone)]
struct Counted {
    inner: Router,
    place: Arc<Place>,
}

/// One of them.
struct Busy(Arc<Place>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

impl<B> Service<Request<B>> for Counted
where
    Router: Service<Request<B>>,
    <Router as Service<Request<B>>>::Future: Send + 'static,
{
    type Response = <Router as Service<Request<B>>>::Response;
    type Error = <Router as Service<Request<B>>>::Error;
    type Future =
        Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send + 'static>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.place.busy.fetch_add(1, Ordering::AcqRel);
        let (busy, answer) = (Busy(self.place.clone()), self.inner.call(request));
        Box::pin(async move {
            let answer = answer.await;
            drop(busy);
            answer
        })
    }
}
