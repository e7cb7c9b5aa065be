//! Acts on effects and writes down what came of them.
//!
//! The store knows before a request goes out (`sending`) and after its answer came. What was lost in
//! between is looked up in Slack, never repeated blindly; what cannot be found out is parked for a
//! person.
//!
//! # Layout
//! * `queue`     which effect may go now (pure)
//! * `driver`    lets them go
//! * `recipes/`  how each act is done; `directory` keeps for a while whom groups and addresses mean
//! * `outcome`   what a try came to; `conclude` writes it down
//! * `limits`, `urgency`, `workspaces`  Slack's rate limits; whose token is good
//! * `sweep`     removes messages that stand twice; `word` is an operator's on what is parked
//! * `silence`   for how long Slack did not answer
//! * `people`    learns people's names, beside all this

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

mod backoff;
mod conclude;
mod directory;
mod driver;
mod errand;
mod fetch;
mod limits;
mod memory;
mod outcome;
mod people;
mod queue;
mod recipes;
mod resolve;
mod settings;
mod silence;
mod stop;
mod sweep;
mod urgency;
mod word;
mod workspace;
mod workspaces;

pub(crate) use backoff::Backoff;
pub use fetch::Secrets;
pub use outcome::{caused, failure};
pub use queue::Pending;
pub use settings::PerformSettings;
pub use word::{Unheeded, Word, heed};
pub use workspace::{Health, Healths, Identity, Installed};

use crate::{
    clock::{Moment, SharedClock},
    effect::Effect,
    event::Event,
    ids::{Number, TeamId, UserId},
    slack::{SetupError, Slack},
    store::{Person, SharedStore, StoreError},
    tasks::Tasks,
};
use driver::Driver;
use people::People;

/// What acting needs.
pub struct Deps {
    pub store: SharedStore,
    /// One for each workspace whose token is given, each with its own.
    pub slacks: Vec<Slack>,
    pub clock: SharedClock,
    pub tasks: Tasks,
    /// Takes the events that outcomes cause. They are stored before they come here.
    pub events: mpsc::UnboundedSender<Event>,
    /// What requests of steps may carry.
    pub secrets: Secrets,
    pub settings: PerformSettings,
}

/// Acts. Clones share everything.
#[derive(Clone)]
pub struct Performer {
    driver: Arc<Driver>,
    people: People,
}

impl Performer {
    /// Begins to act on what [`Performer::take`] brings, and asks Slack whether the
    /// tokens are good.
    pub fn start(deps: Deps) -> Result<Self, SetupError> {
        let driver = Driver::start(deps)?;
        let people = People::start(driver.clone());
        Ok(Self { driver, people })
    }

    /// Takes up what an earlier run left. At a start, before anything else.
    pub async fn recover(&self) -> Result<(), StoreError> {
        self.driver.recover().await
    }

    /// Acts on effects that have just been committed. Those of the same slot that were not sent yet
    /// are superseded.
    pub fn take(&self, effects: Vec<Effect>) {
        self.driver.take(effects);
    }

    /// What will stand in Slack, though it does not yet.
    pub fn pending(&self, team: &TeamId, incident: Option<Number>) -> Pending {
        self.driver.work().queue.pending(team, incident)
    }

    /// Who Iris is in this workspace. `None` until Slack has said so.
    pub fn identity(&self, team: &TeamId) -> Option<Identity> {
        self.driver.world.workspaces.identity(team)
    }

    /// Who Iris is where its token is given, as far as Slack has said so.
    pub fn given(&self) -> Vec<Identity> {
        self.driver.world.workspaces.given()
    }

    /// The workspace that Iris serves, if it serves exactly one.
    pub fn only(&self) -> Option<TeamId> {
        self.driver.world.workspaces.only()
    }

    /// Whether Slack has said of every token whose it is.
    pub fn knows_all(&self) -> bool {
        self.driver.world.workspaces.knows_all()
    }

    /// The workspace's Slack, to look something up. `None` where Iris is not, as far as is known.
    pub fn slack(&self, team: &TeamId) -> Option<Slack> {
        self.driver.world.workspaces.slack(team)
    }

    /// Sends nothing until [`Performer::go_on`].
    pub fn pause(&self) {
        self.driver.pause(true);
    }

    /// Whether nothing is sent until [`Performer::go_on`].
    pub fn is_paused(&self) -> bool {
        self.driver.is_paused()
    }

    pub fn go_on(&self) {
        self.driver.pause(false);
    }

    /// Reads an effect again, after an operator has changed it in the store.
    pub async fn reload(&self, team: &TeamId, key: &str) -> Result<(), StoreError> {
        self.driver.reload(team, key).await
    }

    /// Asks Slack about a person now. `None`: it does not say.
    pub async fn ask(&self, team: &TeamId, user: &UserId) -> Option<Person> {
        people::ask(&self.driver.world, team, user).await.ok()
    }

    /// Learns the names of people who are not known, or not of late. Low priority.
    pub fn learn(&self, team: &TeamId, users: impl IntoIterator<Item = UserId>) {
        self.people.learn(team, users);
    }

    /// Serves a workspace from now on, or serves it with another token.
    pub fn serve(&self, installed: Installed) {
        self.driver.world.workspaces.serve(installed);
    }

    /// Serves a workspace no more: what is to be sent there waits. False where it was not served.
    pub fn forget(&self, team: &TeamId) -> bool {
        self.driver.world.workspaces.forget(team)
    }

    /// From now on this organisation's installation serves the workspace; `None`: no more.
    pub fn grant(&self, team: &TeamId, org: Option<TeamId>) {
        self.driver.world.workspaces.grant(team, org);
    }

    /// Whether its organisation's installation serves the workspace: what was granted Slack may have
    /// denied since.
    pub fn is_granted(&self, team: &TeamId) -> bool {
        self.driver.world.workspaces.is_granted(team)
    }

    /// Sends nothing to a workspace until its token is good again.
    pub fn refuse(&self, team: &TeamId, code: &str) {
        self.driver.world.workspaces.refuse(team, code);
    }

    /// What Slack thinks of the token that serves this workspace.
    pub fn health_of(&self, team: &TeamId) -> Option<Health> {
        self.driver.world.workspaces.of(team)?.health()
    }

    /// Whether Slack takes each token, and what it says of it, in the order they came.
    pub fn health(&self) -> watch::Receiver<Healths> {
        self.driver.world.workspaces.health()
    }

    /// How many events outcomes have caused so far: those that were handed on, whether or not they
    /// have arrived.
    pub fn told(&self) -> u64 {
        self.driver.told()
    }

    /// Resolves when there is nothing to do now: everything is settled, or waits for time, for an
    /// operator, for a good token.
    pub async fn idle(&self) {
        while !self.is_idle() {
            self.driver.idle().await;
            self.people.idle().await;
        }
    }

    /// Whether [`Performer::idle`] would resolve at once.
    pub fn is_idle(&self) -> bool {
        self.driver.is_idle() && self.people.is_idle()
    }

    /// When something that waits for nothing but time may be sent.
    pub fn next(&self) -> Option<Moment> {
        self.driver.next()
    }

    /// Sends nothing new, and waits for what is being sent.
    pub async fn stop(&self) {
        self.driver.stop().await;
    }
}
