//! Keeps one place filled. The next socket is opened before the one goes that Slack is about to
//! close, and never in haste where it was lost.

use std::{sync::Arc, time::Duration};

use tokio::sync::oneshot;

use super::{Shared, connection, standing::Why};
use crate::{
    perform::Backoff,
    slack::{Retry, SlackError},
};

/// A socket that lived so long was none of those that fail again and again. Slack's own live for
/// hours.
const STEADY: Duration = Duration::from_mins(1);

/// Until it is told to stop.
pub(super) async fn keep(shared: Arc<Shared>) {
    let mut haste = Haste {
        backoff: Backoff::new(&shared.patience),
        again: false,
    };
    loop {
        let dialled = tokio::select! {
            dialled = shared.dialer.dial() => dialled,
            () = shared.stop.cancelled() => return,
        };
        let began = shared.clock.now();
        let wait = match dialled {
            Ok(socket) => {
                let (gives_way, given) = oneshot::channel();
                let connection = connection::run(shared.clone(), socket, gives_way);
                shared.spawn(connection);
                // Without a word it was told to stop, as this is.
                let Ok(end) = given.await else { return };
                haste.after(end, shared.clock.now().since(began))
            }
            Err(error) => {
                let wait = haste.backoff.next().max(asked(&error));
                shared.standing.failed(&refused(&error));
                wait
            }
        };
        tokio::select! {
            () = shared.clock.sleep_until(shared.clock.now().plus(wait)) => {}
            () = shared.stop.cancelled() => return,
        }
    }
}

/// Why a place is to be filled anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GivesWay {
    /// Slack says that it is about to close it, and delivers through it still.
    Soon,
    /// It is no more.
    Gone,
}

/// How long to wait before the next.
struct Haste {
    backoff: Backoff,
    /// The one before gave way soon, and did not live long.
    again: bool,
}

impl Haste {
    fn after(&mut self, end: GivesWay, lived: Duration) -> Duration {
        let steady = lived >= STEADY;
        if steady {
            self.backoff.reset();
        }
        let at_once = end == GivesWay::Soon && (steady || !self.again);
        self.again = !steady;
        if at_once {
            Duration::ZERO
        } else {
            self.backoff.next()
        }
    }
}

/// How long Slack asks to wait.
fn asked(error: &SlackError) -> Duration {
    match error.retry() {
        Retry::After(wait) => wait,
        Retry::Again | Retry::Look | Retry::Token | Retry::Done | Retry::Never | Retry::Ask => {
            Duration::ZERO
        }
    }
}

/// Whoever must act on it.
fn refused(error: &SlackError) -> Why {
    match error.retry() {
        Retry::After(_) | Retry::Again | Retry::Look | Retry::Done => {
            Why::Unreachable(error.to_string())
        }
        Retry::Token | Retry::Never | Retry::Ask => Why::Refused {
            code: error.code().unwrap_or("unknown").to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perform::PerformSettings;

    #[test]
    fn a_warning_is_followed_at_once_unless_they_come_in_a_row() {
        let mut haste = Haste {
            backoff: Backoff::new(&PerformSettings::default()),
            again: false,
        };
        assert_eq!(haste.after(GivesWay::Soon, STEADY), Duration::ZERO);
        assert_eq!(haste.after(GivesWay::Soon, Duration::ZERO), Duration::ZERO);
        assert!(haste.after(GivesWay::Soon, Duration::ZERO) > Duration::ZERO);
        assert_eq!(haste.after(GivesWay::Soon, STEADY), Duration::ZERO);
    }

    #[test]
    fn what_is_lost_again_and_again_is_opened_ever_more_slowly() {
        let mut haste = Haste {
            backoff: Backoff::new(&PerformSettings::default()),
            again: false,
        };
        for least in [500, 1_000, 2_000, 4_000] {
            let wait = haste.after(GivesWay::Gone, Duration::ZERO);
            assert!(wait >= Duration::from_millis(least), "{wait:?}");
        }
        let wait = haste.after(GivesWay::Gone, STEADY);
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
    }
}
