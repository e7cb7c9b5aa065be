//! One try at one effect: what a recipe is given to look things up and to send.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::{
    directory::Directory,
    fetch::Fetcher,
    limits::{Key, Limits},
    memory::Memory,
    resolve::Spot,
    settings::PerformSettings,
    stop::Stop,
    urgency::Caller,
    workspaces::Workspaces,
};
use crate::{
    clock::{Moment, SharedClock},
    effect::{Effect, State},
    ids::{ChannelId, TeamId},
    slack::{Answer, Slack, SlackError},
    store::{Called, Gate, SharedStore, Sweep},
};

/// As Slack would say it.
const NO_TOKEN: &str = "not_authed";

/// What every try needs of the world.
pub(super) struct World {
    pub(super) store: SharedStore,
    pub(super) clock: SharedClock,
    pub(super) settings: PerformSettings,
    pub(super) workspaces: Workspaces,
    pub(super) fetcher: Fetcher,
    pub(super) limits: Mutex<Limits>,
    pub(super) directory: Directory,
}

/// One try.
pub(super) struct Errand<'a> {
    pub(super) world: &'a World,
    pub(super) effect: &'a Effect,
    pub(super) memory: Memory,
    /// The request went out, or was about to.
    pub(super) sent: bool,
}

impl World {
    /// The team's Slack; without one, its effects wait for a token.
    pub(super) fn slack(&self, team: &TeamId) -> Result<Slack, Stop> {
        self.workspaces.slack(team).ok_or_else(|| Stop::Token {
            code: NO_TOKEN.to_owned(),
        })
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Waits for nothing: says when the call may go instead.
    pub(super) fn admit(
        &self,
        caller: Caller<'_>,
        method: &str,
        channel: Option<&ChannelId>,
    ) -> Result<Admitted<'_>, Stop> {
        let now = self.now();
        let key = self.limits().admit(caller, method, channel, now);
        Ok(Admitted {
            world: self,
            key: key.map_err(Stop::Later)?,
        })
    }

    pub(super) fn limits(&self) -> MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a failed call means; a rate limit is kept.
    pub(super) async fn failed(
        &self,
        team: &TeamId,
        channel: Option<ChannelId>,
        error: SlackError,
    ) -> Stop {
        if let SlackError::RateLimited { method, after } = &error {
            let until = self.now().plus(*after);
            let gate = Gate {
                team: team.clone(),
                method: method.clone(),
                channel,
                until,
            };
            self.limits().close(&gate);
            if let Err(error) = self.store.set_gate(gate).await {
                tracing::warn!("The rate limit of {method} is not kept over a restart: {error}");
            }
        }
        let now = self.now();
        let stop = Stop::of(error, |after| now.plus(after));
        if let Stop::Token { code } = &stop {
            self.workspaces.refuse(team, code);
        }
        stop
    }

    /// Calls a method that changes nothing.
    pub(super) async fn look(
        &self,
        caller: Caller<'_>,
        method: &str,
        arguments: &Value,
    ) -> Result<Answer, Stop> {
        let (team, channel) = (caller.team, channel_of(arguments));
        let admitted = self.admit(caller, method, channel.as_ref())?;
        let slack = self.slack(team)?.about(caller.why);
        match admitted.over(slack.call(method, arguments).await) {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.failed(team, channel, error).await.harmless()),
        }
    }
}

/// Room for one call among Slack's limits; it is given back when the call is not sent after all.
pub(super) struct Admitted<'a> {
    world: &'a World,
    /// `None`: there is no limit to such calls, or the call is over.
    key: Option<Key>,
}

impl Admitted<'_> {
    /// The call came to this.
    pub(super) fn over<T>(mut self, came: Result<T, SlackError>) -> Result<T, SlackError> {
        let counts = !matches!(came, Err(SlackError::RateLimited { .. }));
        if let Some(key) = self.key.take() {
            let now = counts.then(|| self.world.now());
            self.world.limits().over(&key, now);
        }
        came
    }
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.world.limits().over(&key, None);
        }
    }
}

impl<'a> Errand<'a> {
    pub(super) fn new(world: &'a World, effect: &'a Effect, memory: Memory) -> Self {
        Self {
            world,
            effect,
            memory,
            sent: false,
        }
    }

    /// An earlier try may have done it.
    pub(super) fn unknown(&self) -> bool {
        self.effect.state == State::Unknown
    }

    /// Calls a method that changes nothing.
    pub(super) async fn look(&self, method: &str, arguments: Value) -> Result<Answer, Stop> {
        self.world.look(self.caller(), method, &arguments).await
    }

    pub(super) fn caller(&self) -> Caller<'a> {
        Caller::of(self.effect)
    }

    /// Calls a method that changes something: the store knows before Slack does.
    pub(super) async fn send(&mut self, method: &str, arguments: Value) -> Result<Answer, Stop> {
        let admitted = self.admit(method, channel_of(&arguments).as_ref())?;
        self.send_admitted(method, arguments, admitted).await
    }

    /// The same, where room was made before.
    pub(super) async fn send_admitted(
        &mut self,
        method: &str,
        arguments: Value,
        admitted: Admitted<'_>,
    ) -> Result<Answer, Stop> {
        let channel = channel_of(&arguments);
        self.slack()?;
        self.begin(method, channel.as_ref()).await?;
        self.call(method, &arguments, admitted).await
    }

    /// Room for a call among Slack's limits, or when there will be.
    pub(super) fn admit(
        &self,
        method: &str,
        channel: Option<&ChannelId>,
    ) -> Result<Admitted<'a>, Stop> {
        self.world.admit(self.caller(), method, channel)
    }

    /// A call of a try that has begun.
    pub(super) async fn call(
        &self,
        method: &str,
        arguments: &Value,
        admitted: Admitted<'_>,
    ) -> Result<Answer, Stop> {
        match admitted.over(self.slack()?.call(method, arguments).await) {
            Ok(answer) => Ok(answer),
            Err(error) => {
                let channel = channel_of(arguments);
                Err(self.world.failed(&self.effect.team, channel, error).await)
            }
        }
    }

    /// The team's, whose calls say which effect they are for.
    pub(super) fn slack(&self) -> Result<Slack, Stop> {
        let slack = self.world.slack(&self.effect.team)?;
        Ok(slack.about(self.caller().why))
    }

    /// Writes down that the message will be looked for once more, before it is sent again.
    pub(super) async fn sweep_later(&mut self, spot: &Spot) -> Result<(), Stop> {
        let sweep = Sweep {
            team: self.effect.team.clone(),
            effect: self.effect.key.clone(),
            at: self.world.now().plus(self.world.settings.sweep),
            channel: spot.channel.clone(),
            thread: spot.thread.clone(),
        };
        self.world.store.put_sweep(sweep.clone()).await?;
        self.memory.again = Some(sweep);
        Ok(())
    }

    /// Writes down that the request goes out, once a try: where it takes several calls, the first
    /// stands for them.
    pub(super) async fn begin(
        &mut self,
        method: &str,
        channel: Option<&ChannelId>,
    ) -> Result<(), Stop> {
        if self.sent {
            return Ok(());
        }
        let call = Called {
            team: self.effect.team.clone(),
            method: method.to_owned(),
            channel: channel.cloned(),
            at: self.world.now(),
        };
        if !self.world.store.sending(&self.effect.key, call).await? {
            return Err(Stop::Dropped);
        }
        self.sent = true;
        Ok(())
    }
}

/// The channel that a limit of this call would be about.
pub(super) fn channel_of(arguments: &Value) -> Option<ChannelId> {
    let channel = arguments
        .get("channel")
        .or_else(|| arguments.get("channel_id"))?;
    channel.as_str().map(ChannelId::from)
}
