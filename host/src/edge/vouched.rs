//! A delivery that somebody vouches for: Slack's signature under the very bytes, or the socket that
//! Slack gave for the app's token. There is no other way to hold one that can be taken in.

use super::{
    decode::{self, Delivery, Envelope, Kind, Malformed},
    signed::Verified,
};
use crate::clock::Moment;

/// What Slack says, and certainly Slack.
pub(super) struct Vouched(Delivery);

impl Vouched {
    /// `now` is when it came in.
    pub(super) fn by_signature(body: &Verified, now: Moment) -> Result<Self, Malformed> {
        decode::decode(body.bytes(), now).map(Self)
    }

    /// Whoever holds the socket asked Slack for it.
    pub(super) fn by_socket(envelope: &Envelope, now: Moment) -> Result<Self, Malformed> {
        envelope.open(now).map(Self)
    }

    pub(super) fn kind(&self) -> Kind {
        self.0.kind()
    }

    pub(super) fn into_delivery(self) -> Delivery {
        self.0
    }
}
