//! One socket: each envelope is taken by itself and acknowledged here, and nowhere else.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::future::OptionFuture;
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, warn};

use super::{
    Shared,
    keep::GivesWay,
    standing::{Why, count},
};
use crate::{
    edge::decode::{Disconnect, Envelope, Frame, frame},
    slack::socket::{Broken, Ear, Heard, Mouth, Socket},
};

/// Between two looks whether it lives.
const LOOK: Duration = Duration::from_secs(10);
/// After so many looks in a row without a sign of life it is given up: a connection that the
/// network forgot says nothing, and would be waited at for ever.
const MISSED: u32 = 3;
/// So long is it read after Slack said that it is about to close it: it takes ten seconds.
const DRAIN: Duration = Duration::from_secs(30);

/// What is to be said on it.
enum Say {
    Text(String),
    Ping,
}

/// What is known of it while it lives.
struct Life {
    shared: Arc<Shared>,
    say: mpsc::UnboundedSender<Say>,
    /// Frames, of whatever kind.
    heard: AtomicU64,
    /// Slack has said hello, and delivers.
    greeted: AtomicBool,
}

/// How it ends.
enum End {
    Slacks(Why),
    /// Iris stops.
    Ours,
}

/// Serves until it ends. `gives_way` hears when the place is to be filled anew, which may be before
/// that; and nothing when Iris stops.
pub(super) async fn run(shared: Arc<Shared>, socket: Socket, gives_way: oneshot::Sender<GivesWay>) {
    let (ear, mouth) = socket.split();
    let (say, words) = mpsc::unbounded_channel();
    let life = Life {
        shared: shared.clone(),
        say,
        heard: AtomicU64::new(0),
        greeted: AtomicBool::new(false),
    };
    let mut course = Course {
        gives_way: Some(gives_way),
        said: None,
    };
    let mut speaking = Box::pin(speak(mouth, words));
    let end = tokio::select! {
        end = life.listen(ear, &mut course) => end,
        broken = &mut speaking => match broken {
            Ok(()) => End::Ours,
            Err(broken) => End::Slacks(broken.into()),
        },
        () = life.watch() => End::Slacks(Why::Silent),
    };
    let greeted = life.greeted.load(Ordering::Relaxed);
    match end {
        End::Ours => {
            // What was taken is acknowledged; with the last of them the channel ends.
            drop(life);
            if let Err(problem) = speaking.await {
                debug!(%problem, "A socket broke off while it was closed");
            }
            if greeted {
                shared.standing.left();
            }
        }
        End::Slacks(why) => {
            count(course.said.unwrap_or_else(|| reason(&why)));
            if greeted {
                shared.standing.closed(&why);
            } else {
                shared.standing.failed(&why);
            }
            if let Some(gives_way) = course.gives_way {
                let _ = gives_way.send(GivesWay::Gone);
            }
        }
    }
}

/// How far it has come.
struct Course {
    /// Until it was said.
    gives_way: Option<oneshot::Sender<GivesWay>>,
    /// Why Slack will close it, in its words.
    said: Option<&'static str>,
}

impl Life {
    async fn listen(&self, mut ear: Ear, course: &mut Course) -> End {
        let clock = &self.shared.clock;
        // Once Slack has said that it closes it: when it is read no more.
        let mut drained = OptionFuture::default();
        loop {
            let heard = tokio::select! {
                heard = ear.hear() => heard,
                () = self.shared.stop.cancelled() => return End::Ours,
                Some(()) = &mut drained => return End::Slacks(Why::Closed),
            };
            let text = match heard {
                Ok(Heard::Text(text)) => text,
                Ok(Heard::Sign) => {
                    self.heard.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                Ok(Heard::Closed) => return End::Slacks(Why::Closed),
                // Slack often leaves without a word once it has said that it will.
                Err(Broken::Lost(_)) if course.said.is_some() => return End::Slacks(Why::Closed),
                Err(broken) => return End::Slacks(broken.into()),
            };
            self.heard.fetch_add(1, Ordering::Relaxed);
            match frame(&text) {
                Ok(Frame::Hello) => {
                    if !self.greeted.swap(true, Ordering::Relaxed) {
                        self.shared.standing.opened();
                    }
                }
                Ok(Frame::Envelope(envelope)) => self.take(envelope),
                Ok(Frame::Disconnect(Disconnect::Disabled)) => return End::Slacks(Why::Disabled),
                Ok(Frame::Disconnect(Disconnect::TooMany)) => return End::Slacks(Why::TooMany),
                Ok(Frame::Disconnect(
                    said @ (Disconnect::Warning | Disconnect::Refresh | Disconnect::Other),
                )) => {
                    debug!(reason = said.as_str(), "Slack is about to close a socket");
                    if course.said.replace(said.as_str()).is_none() {
                        drained = Some(clock.sleep_until(clock.now().plus(DRAIN))).into();
                    }
                    if let Some(gives_way) = course.gives_way.take() {
                        let _ = gives_way.send(GivesWay::Soon);
                    }
                }
                Ok(Frame::Unknown(kind)) => debug!(kind, "A frame that nobody knows"),
                Err(problem) => warn!(%problem, "A frame on a socket cannot be read"),
            }
        }
    }

    /// Beside everything else: a form that is thought about holds up no other envelope.
    fn take(&self, envelope: Envelope) {
        let (envelopes, say) = (self.shared.envelopes.clone(), self.say.clone());
        self.shared.spawn(async move {
            if let Some(acknowledged) = envelopes.take(&envelope).await {
                // Where the socket is gone meanwhile it comes again, and is answered the same.
                let _ = say.send(Say::Text(acknowledged));
            }
        });
    }

    /// Resolves when it has given no sign of life for too long, or never said hello.
    async fn watch(&self) {
        let clock = &self.shared.clock;
        let (mut before, mut missed, mut looks) = (0, 0, 0);
        loop {
            clock.sleep_until(clock.now().plus(LOOK)).await;
            let now = self.heard.load(Ordering::Relaxed);
            missed = if now == before { missed + 1 } else { 0 };
            before = now;
            looks += 1;
            let greeted = self.greeted.load(Ordering::Relaxed);
            if missed >= MISSED || (looks >= MISSED && !greeted) {
                return;
            }
            let _ = self.say.send(Say::Ping);
        }
    }
}

/// Says everything in its turn; then, when nobody is left who could have more to say, that it is
/// over.
async fn speak(mut mouth: Mouth, mut words: mpsc::UnboundedReceiver<Say>) -> Result<(), Broken> {
    while let Some(say) = words.recv().await {
        match say {
            Say::Text(text) => mouth.say(text).await?,
            Say::Ping => mouth.ping().await?,
        }
    }
    mouth.close().await
}

impl From<Broken> for Why {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::TooLarge => Self::TooLarge,
            Broken::Lost(why) => Self::Unreachable(why),
        }
    }
}

/// As `iris_socket_disconnects_total{reason}` has it.
fn reason(why: &Why) -> &'static str {
    match why {
        Why::Refused { .. } => "refused",
        Why::Disabled => Disconnect::Disabled.as_str(),
        Why::TooMany => Disconnect::TooMany.as_str(),
        Why::Unreachable(_) => "lost",
        Why::Closed => "closed",
        Why::Silent => "silent",
        Why::TooLarge => "too_large",
    }
}
