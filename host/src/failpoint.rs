//! Where a test may stop the program as a kill would: before and after every commit of the store
//! and every request. In releases there are none.

#[cfg(debug_assertions)]
use std::{fmt, future::pending, sync::Arc};

/// A moment at which the program may be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    BeforeCommit,
    AfterCommit,
    BeforeRequest,
    AfterRequest,
}

/// Asked at each point whether the program goes on. Clones share it.
#[cfg(debug_assertions)]
#[derive(Clone, Default)]
pub struct Failpoints(Option<Arc<dyn Fn(Point) -> bool + Send + Sync>>);

#[cfg(debug_assertions)]
impl Failpoints {
    /// Goes on as long as `goes_on` says so. Whatever reaches a point after that stops for ever.
    pub fn new(goes_on: impl Fn(Point) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(goes_on)))
    }

    pub(crate) async fn reach(&self, point: Point) {
        if let Some(goes_on) = &self.0
            && !goes_on(point)
        {
            pending::<()>().await;
        }
    }
}

#[cfg(debug_assertions)]
impl fmt::Debug for Failpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Failpoints")
    }
}

/// Nothing stops a release.
#[cfg(not(debug_assertions))]
#[derive(Clone, Debug, Default)]
pub struct Failpoints;

#[cfg(not(debug_assertions))]
impl Failpoints {
    #[expect(clippy::unused_async, reason = "as where it may stop")]
    pub(crate) async fn reach(&self, _: Point) {}
}
