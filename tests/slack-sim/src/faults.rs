//! Faults that a test orders: what the Web API does instead of answering well.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

/// What goes wrong with a call. "After apply" means that the call took effect all the same.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// `{"ok":false,"error":…}`; nothing is applied.
    Error(String),
    /// The same, though it was applied.
    ErrorAfterApply(String),
    /// 429 with this `Retry-After`, in seconds.
    RateLimited(u64),
    /// This HTTP status with an empty body.
    Status(u16),
    StatusAfterApply(u16),
    /// 200 with a page of HTML.
    Html,
    HtmlAfterApply,
    /// Half of the true answer, then the connection ends.
    HalfBodyAfterApply,
    /// The true answer without its `ok`.
    NoOkAfterApply,
    ResetBeforeApply,
    ResetAfterApply,
    /// The call is heard and never answered.
    NoAnswer,
    NoAnswerAfterApply,
    /// Never answered; applied when [`Faults::release`] is called.
    ApplyLate,
    /// Applied; answered when [`Faults::release`] is called.
    AnswerLate,
    /// Everything is right, so many real milliseconds later.
    Delay(u64),
}

impl Fault {
    /// Whether the call takes effect before it is answered.
    pub(crate) fn applies(&self) -> bool {
        match self {
            Self::Error(_)
            | Self::RateLimited(_)
            | Self::Status(_)
            | Self::Html
            | Self::ResetBeforeApply
            | Self::NoAnswer
            | Self::ApplyLate => false,
            Self::ErrorAfterApply(_)
            | Self::StatusAfterApply(_)
            | Self::HtmlAfterApply
            | Self::HalfBodyAfterApply
            | Self::NoOkAfterApply
            | Self::ResetAfterApply
            | Self::NoAnswerAfterApply
            | Self::AnswerLate
            | Self::Delay(_) => true,
        }
    }
}

/// What a delivery through a socket is called here.
pub(crate) const SOCKET: &str = "socket";

/// The faults in line. Besides Web API methods, `response_url` and `upload` can be named,
/// and `*` for every method; and `socket` for a delivery through one: [`Fault::ResetBeforeApply`]
/// ends the socket before the envelope is sent, [`Fault::ResetAfterApply`] when its acknowledgement
/// comes, which is lost; with [`Fault::NoAnswer`] it is lost alone.
#[derive(Default)]
pub struct Faults {
    orders: Mutex<Vec<Order>>,
    held: Mutex<Vec<Held>>,
}

/// A call that is applied later.
type Held = Box<dyn FnOnce() + Send>;

/// A fault in line.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    pub method: String,
    pub fault: Fault,
    /// So many more calls meet it; `None`: until cleared.
    pub left: Option<usize>,
}

impl Faults {
    /// The next call of `method` meets `fault`; several are met in their order.
    pub fn next(&self, method: &str, fault: Fault) {
        self.order(method, fault, Some(1));
    }

    /// The next `times` calls meet it.
    pub fn times(&self, times: usize, method: &str, fault: Fault) {
        self.order(method, fault, Some(times));
    }

    /// Every call meets it until [`Faults::clear`].
    pub fn always(&self, method: &str, fault: Fault) {
        self.order(method, fault, None);
    }

    /// Those that are still to come, in their order.
    pub fn ordered(&self) -> Vec<Order> {
        self.orders().clone()
    }

    /// All is well again.
    pub fn clear(&self) {
        self.orders().clear();
    }

    /// Applies and answers the calls that [`Fault::ApplyLate`] and [`Fault::AnswerLate`] hold back.
    pub fn release(&self) {
        let held = std::mem::take(&mut *self.held());
        for apply in held {
            apply();
        }
    }

    pub(crate) fn take(&self, method: &str) -> Option<Fault> {
        let mut orders = self.orders();
        let found = orders.iter().position(|order| {
            order.method == method || (order.method == "*" && method != SOCKET)
        })?;
        let order = &mut orders[found];
        let fault = order.fault.clone();
        if let Some(left) = &mut order.left {
            *left -= 1;
            if *left == 0 {
                orders.remove(found);
            }
        }
        Some(fault)
    }

    pub(crate) fn hold(&self, apply: Held) {
        self.held().push(apply);
    }

    /// Ends when what is held is let go; held from now on, not from the first poll.
    pub(crate) fn released(&self) -> impl Future<Output = ()> + Send + use<> {
        let (go, released) = oneshot::channel();
        self.hold(Box::new(move || {
            // Who waited may have hung up.
            let _ = go.send(());
        }));
        async {
            let _ = released.await;
        }
    }

    fn order(&self, method: &str, fault: Fault, left: Option<usize>) {
        if left != Some(0) {
            self.orders().push(Order {
                method: method.to_owned(),
                fault,
                left,
            });
        }
    }

    fn held(&self) -> MutexGuard<'_, Vec<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn orders(&self) -> MutexGuard<'_, Vec<Order>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
