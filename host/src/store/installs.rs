//! Who installed Iris, as the store keeps it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{StoreError, audit::Deed};
use crate::{
    clock::Moment,
    event::Event,
    ids::{TeamId, UserId},
    seal::Sealed,
};

/// What a backend does about them. Methods that change something are durable when they return.
#[async_trait]
pub trait Installs: Send + Sync {
    /// Keeps an installation in the place of the one before, in one transaction with what it causes.
    async fn install(&self, installing: Installing) -> Result<(), StoreError>;

    /// Those that have changed since that version, in the order of their changes; 0: all.
    async fn installations(&self, after: u64) -> Result<Vec<Installation>, StoreError>;

    /// Also one that was removed.
    async fn installation(&self, team: &TeamId) -> Result<Option<Installation>, StoreError>;

    /// Puts other tokens in the place of those that are sealed in `before`. False when others stand
    /// there by now, and then nothing is changed.
    async fn reseal(
        &self,
        team: &TeamId,
        before: Sealed,
        tokens: SealedTokens,
    ) -> Result<bool, StoreError>;

    /// Writes down what Slack thinks of a token. False when that was known, or Iris is not there any
    /// more, and then nothing is changed.
    async fn judge(
        &self,
        team: &TeamId,
        token: TokenState,
        deeds: Vec<Deed>,
    ) -> Result<bool, StoreError>;

    /// Wipes the tokens; of an organisation's, its workspaces are served no more. Everything else is
    /// kept. False when nothing stands there that is old enough, and then nothing is changed.
    async fn remove(&self, removing: Removing) -> Result<bool, StoreError>;

    /// Keeps whether an organisation's installation serves a workspace, in one transaction with what
    /// it causes. False when something newer is known, and then nothing is changed.
    async fn grant(&self, granting: Granting) -> Result<bool, StoreError>;

    /// All that was kept of this, by workspace.
    async fn granted(&self) -> Result<Vec<Granted>, StoreError>;

    /// Takes a state, once: false when it was taken before. Kept until that moment.
    async fn take_state(&self, state: &str, until: Moment) -> Result<bool, StoreError>;
}

/// A workspace in which Iris is installed, or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The workspace; of an organisation's, the organisation (`E…`).
    pub team: TeamId,
    /// Given by the store: grows with each change of any installation. Above 0.
    pub version: u64,
    pub token: TokenState,
    /// `None`: there is nothing to keep, or nothing any more.
    pub tokens: Option<SealedTokens>,
    pub facts: Facts,
}

/// What was known when it was installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub how: How,
    /// The workspace's name, as Slack tells it.
    pub name: String,
    /// `A…`. `None` where Slack did not say.
    pub app: Option<String>,
    /// The organisation that the workspace belongs to.
    pub org: Option<TeamId>,
    pub bot_user: UserId,
    /// `B…`
    pub bot: Option<String>,
    /// Of the workspace, for links.
    pub url: String,
    pub scopes: Vec<String>,
    /// Who installed it; `None` for the environment's.
    pub by: Option<UserId>,
    pub at: Moment,
}

/// How Iris came there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The environment gives its token.
    Environment,
    /// Somebody installed it in their workspace.
    Oauth,
    /// Somebody installed it in all of an organisation.
    Organisation,
}

/// What Slack thinks of the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum TokenState {
    Good,
    /// Slack's code.
    Refused {
        code: String,
    },
    /// Iris is not there any more.
    Removed {
        at: Moment,
    },
}

/// The tokens, sealed. What is sealed is the installing stage's affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedTokens {
    pub sealed: Sealed,
    /// When the access token ends; `None`: never.
    pub expires: Option<Moment>,
}

/// Something that was installed, with all that comes of it.
#[derive(Clone, Debug)]
pub struct Installing {
    /// Its version is given by the store.
    pub installation: Installation,
    pub events: Vec<Event>,
    pub deeds: Vec<Deed>,
}

/// Iris is taken out of a workspace.
#[derive(Clone, Debug)]
pub struct Removing {
    pub team: TeamId,
    pub at: Moment,
    /// What was installed later than this is left alone: the news of the removal is older.
    pub installed_by: Moment,
    pub deeds: Vec<Deed>,
}

/// Whether an organisation's installation serves one of its workspaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub team: TeamId,
    pub org: TeamId,
    /// What is older than what is known is not believed.
    pub at: Moment,
    pub granted: bool,
}

/// Such news, with all that comes of them.
#[derive(Clone, Debug)]
pub struct Granting {
    pub granted: Granted,
    pub events: Vec<Event>,
    pub deeds: Vec<Deed>,
}

impl TokenState {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Refused { .. } => "refused",
            Self::Removed { .. } => "removed",
        }
    }
}

impl Installation {
    /// Whether Iris is still there.
    pub fn stands(&self) -> bool {
        !matches!(self.token, TokenState::Removed { .. })
    }
}
