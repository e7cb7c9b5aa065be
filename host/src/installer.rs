//! Where the edge hands over who installs Iris, and who takes it out again.

use async_trait::async_trait;

use crate::{
    clock::Moment,
    ids::{TeamId, UserId},
    inbox::IntakeError,
};

/// The route to which Slack sends browsers back.
pub const BACK: &str = "slack/oauth_redirect";

/// Takes installations in. The edge knows nothing of what stands behind it.
#[async_trait]
pub trait Installer: Send + Sync + 'static {
    /// Sends a browser to Slack. `browser` is what it was told before, if it was. `None`: nobody can
    /// install Iris here.
    fn begin(&self, browser: Option<&str>) -> Option<Begun>;

    /// A browser came back. Whoever installed it is served when this returns.
    async fn finish(&self, back: Back) -> Result<Arrived, Refused>;

    /// What Slack tells about installations: durable when this returns.
    async fn hear(&self, news: News) -> Result<(), IntakeError>;

    /// A delivery of that time says that the organisation's installation serves this workspace.
    async fn meet(&self, team: &TeamId, org: &TeamId, at: Moment) -> Result<(), IntakeError>;
}

/// A browser is on its way to Slack.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Slack's page.
    pub url: String,
    /// What the browser must bring along when it comes back.
    pub browser: String,
    /// Iris is reached by HTTPS.
    pub secure: bool,
}

/// What a browser brought from Slack.
#[derive(Clone, Default)]
pub struct Back {
    pub code: Option<String>,
    pub state: Option<String>,
    pub error: Option<String>,
    pub browser: Option<String>,
}

/// Iris is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Of the workspace or organisation.
    pub name: String,
    /// For all of an organisation: its admins say in which workspaces.
    pub whole_org: bool,
    /// Where its people work.
    pub url: String,
}

/// What is said to who installed it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Welcome {
    /// The team's file that is in force.
    pub file: String,
    /// The workspaces of an organisation that its installation serves from now on. Empty: it was
    /// installed in the one workspace.
    #[serde(default)]
    pub granted: Vec<TeamId>,
}

/// Nothing was installed. Whoever tried it is told this much and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody can install Iris here.
    Closed,
    /// They did not want it after all.
    Denied,
    /// The way back is used, or too old.
    Stale,
    /// It was begun in another browser.
    Foreign,
    /// Slack did not take what it sent itself.
    Code,
    /// Slack allowed less than Iris needs: the scopes that are missing.
    Lacking(Vec<String>),
    /// What Slack installed is another app.
    Other,
    /// The operator has no file for this workspace.
    Unknown(TeamId),
    /// Slack did not answer, or has no time.
    Silent,
    /// Iris cannot do it now; its operator sees why.
    Unable,
}

/// What Slack tells about an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub team: TeamId,
    /// The organisation whose installation it is about.
    pub org: Option<TeamId>,
    pub at: Moment,
    pub what: Heard,
}

/// What happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The app was taken out.
    Uninstalled,
    /// The tokens of these bots are good no more.
    Revoked(Vec<UserId>),
    /// The organisation's installation serves these workspaces.
    Granted(Vec<TeamId>),
    /// It does not serve these any more.
    Withdrawn(Vec<TeamId>),
}
