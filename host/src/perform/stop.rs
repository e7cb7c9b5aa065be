//! Why a try at an effect ended without its being done.

use crate::{
    clock::Moment,
    effect::Need,
    slack::{Rejection, Retry, SlackError},
    store::StoreError,
};

/// What ends a try.
#[derive(Debug)]
pub(super) enum Stop {
    /// Nothing wrong: again at that time. Costs no attempt.
    Later(Moment),
    /// Done, but Slack shows it later: look then.
    LookAt(Moment),
    /// What it needs does not stand.
    Missing(Need),
    /// Certainly not done. `answered`: Slack said so, so that it counts as an attempt.
    Again { why: String, answered: bool },
    /// May have been done.
    Unknown { why: String, answered: bool },
    /// The workspace's token is refused.
    Token { code: String },
    /// Slack refused it, and the recipe had no other way.
    Rejected(Box<Rejection>),
    /// It will never be done.
    Refused { code: String, sentence: String },
    /// A person must look.
    Park(String),
    /// It is not to be sent any more.
    Dropped,
    /// The store did not take note, so nothing was sent.
    Store(StoreError),
}

impl Stop {
    pub(super) fn refused(code: &str, sentence: impl Into<String>) -> Self {
        Self::Refused {
            code: code.to_owned(),
            sentence: sentence.into(),
        }
    }

    /// For what must not be repeated: an unknown outcome is the end of it.
    pub(super) fn never_again(self) -> Self {
        match self {
            Self::Unknown { why, .. } => Self::refused("unknown-outcome", why),
            Self::Later(_)
            | Self::LookAt(_)
            | Self::Missing(_)
            | Self::Again { .. }
            | Self::Token { .. }
            | Self::Rejected(_)
            | Self::Refused { .. }
            | Self::Park(_)
            | Self::Dropped
            | Self::Store(_) => self,
        }
    }

    /// For what changes nothing anybody sees: it can simply be done again.
    pub(super) fn harmless(self) -> Self {
        match self {
            Self::Unknown { why, answered } => Self::Again { why, answered },
            Self::Later(_)
            | Self::LookAt(_)
            | Self::Missing(_)
            | Self::Again { .. }
            | Self::Token { .. }
            | Self::Rejected(_)
            | Self::Refused { .. }
            | Self::Park(_)
            | Self::Dropped
            | Self::Store(_) => self,
        }
    }

    /// Slack's code, when Slack refused it.
    pub(super) fn code(&self) -> Option<&str> {
        match self {
            Self::Rejected(rejection) => Some(&rejection.code),
            Self::Later(_)
            | Self::LookAt(_)
            | Self::Missing(_)
            | Self::Again { .. }
            | Self::Unknown { .. }
            | Self::Token { .. }
            | Self::Refused { .. }
            | Self::Park(_)
            | Self::Dropped
            | Self::Store(_) => None,
        }
    }

    /// What a call's failure means, given when a rate limit that it met ends.
    pub(super) fn of(error: SlackError, free: impl FnOnce(std::time::Duration) -> Moment) -> Self {
        let why = error.to_string();
        let answered = matches!(error, SlackError::Rejected(_));
        match (error.retry(), error) {
            (Retry::After(wait), _) => Self::Later(free(wait)),
            (Retry::Again, _) => Self::Again { why, answered },
            (Retry::Look, _) => Self::Unknown { why, answered },
            (Retry::Token, SlackError::Rejected(rejection)) => Self::Token {
                code: rejection.code,
            },
            (_, SlackError::Rejected(rejection)) => Self::Rejected(rejection),
            (Retry::Token | Retry::Done | Retry::Never | Retry::Ask, _) => Self::Park(why),
        }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
