//! The handle of a running workspace.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::DropGuard;

use crate::api;
use crate::api::record::Call;
use crate::blocks::{Names, read_markup, text_of};
use crate::clock::Clock;
use crate::consent;
use crate::control;
use crate::core::Core;
use crate::deliver::{Courier, Delivery, Parcel, Reached};
use crate::faults::Faults;
use crate::levers::{Levers, Positions};
use crate::net::{Port, Wire};
use crate::page;
use crate::person::Person;
use crate::settings::Settings;
use crate::sockets::{Sockets, link};
use crate::state::State;
use crate::state::canvas::Canvas;
use crate::state::changes::Subject;
use crate::state::channel::{Bookmark, Channel};
use crate::state::ephemeral::Ephemeral;
use crate::state::message::Message;
use crate::state::reading::Unread;
use crate::state::view::View;

/// A running workspace; clones share it, and it stops with the last of them.
#[derive(Clone)]
pub struct Sim {
    core: Arc<Core>,
    address: String,
    /// Absent in the handle that the workspace itself holds.
    _stop: Option<Arc<DropGuard>>,
}

impl Sim {
    /// Starts a workspace that listens where the settings say.
    pub async fn start(settings: Settings) -> anyhow::Result<Self> {
        Self::start_with(settings, |_| Router::new()).await
    }

    /// The same with routes of whoever embeds it, beside the workspace's own; they are handed the
    /// workspace.
    pub async fn start_with(
        settings: Settings,
        more: impl FnOnce(&Self) -> Router,
    ) -> anyhow::Result<Self> {
        Self::begin(settings, Courier::client()?, more).await
    }

    /// Starts another workspace. It answers at this one's address too, to its own tokens: as Slack
    /// has one address for all. There may be a thousand.
    pub async fn start_beside(&self, settings: Settings) -> anyhow::Result<Self> {
        let client = self.core.courier.client.clone();
        let other = Self::begin(settings, client, |_| Router::new()).await?;
        self.core.stand_beside(other.core.clone());
        Ok(other)
    }

    async fn begin(
        settings: Settings,
        client: reqwest::Client,
        more: impl FnOnce(&Self) -> Router,
    ) -> anyhow::Result<Self> {
        settings.check()?;
        let listener = TcpListener::bind(settings.listen)
            .await
            .with_context(|| format!("cannot listen on {}", settings.listen))?;
        let address = format!("http://{}", listener.local_addr()?);
        let core = Core::new(settings, address.clone(), client);
        let inside = Self {
            core: core.clone(),
            address: address.clone(),
            _stop: None,
        };
        let router = api::routes()
            .merge(link::routes())
            .with_state(core.clone())
            .merge(more(&inside))
            .merge(consent::routes(inside.clone()))
            .merge(control::routes(inside))
            .merge(page::routes());
        let stop = core.tasks.stop_token();
        let served = axum::serve(
            Port(listener),
            router.into_make_service_with_connect_info::<Wire>(),
        )
        .with_graceful_shutdown(stop.clone().cancelled_owned());
        core.tasks.spawn(async move {
            if let Err(error) = served.await {
                tracing::error!(%error, "the simulated workspace stopped listening");
            }
        });
        Ok(Self {
            core,
            address,
            _stop: Some(Arc::new(stop.drop_guard())),
        })
    }

    /// The page on which people work.
    pub fn page_url(&self) -> String {
        format!("{}/", self.address)
    }

    /// What an app takes for `https://slack.com/api/`.
    pub fn api_url(&self) -> String {
        format!("{}/api/", self.address)
    }

    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// From now on the app takes its deliveries at `url`.
    pub fn connect_app(&self, url: &str) {
        self.core.courier.connect(Some(url.to_owned()));
    }

    /// From now on nothing reaches the app.
    pub fn disconnect_app(&self) {
        self.core.courier.connect(None);
    }

    /// The app's sockets, where it is in Socket Mode.
    pub fn sockets(&self) -> &Sockets {
        &self.core.sockets
    }

    /// Whether the app answers `url_verification` with its challenge, or has a socket open.
    pub async fn verify_app(&self) -> bool {
        if self.core.settings.socket_mode {
            return self.sockets().seen().open > 0;
        }
        let challenge = self.core.change(State::next_secret);
        match self.core.send(&Parcel::url_verification(&challenge)).await {
            Reached::Answered(answer) => answer.body.contains(&challenge),
            Reached::TimedOut | Reached::Failed(_) => false,
        }
    }

    /// Sends a delivery once more, byte for byte, with a signature of now.
    pub async fn redeliver(&self, delivery: &Delivery) -> Reached {
        self.core.send(&Parcel::again(delivery)).await
    }

    /// Sends at once the events that the app did not acknowledge and that would be sent again later,
    /// a minute and then five minutes after; says how many.
    pub fn repeat_events(&self) -> usize {
        self.core.courier.send_waiting()
    }

    /// A person by id, `@handle` or name; acts of nobody are refused.
    pub fn person(&self, named: &str) -> Person {
        Person::new(self.clone(), named)
    }

    pub fn channels(&self) -> Vec<Channel> {
        self.core.read(|state| state.channels.clone())
    }

    /// By id, `#name` or name.
    pub fn channel(&self, named: &str) -> Option<Channel> {
        self.core.read(|state| state.find_channel(named).cloned())
    }

    /// Everything in a channel, oldest first, answers in threads included.
    pub fn messages(&self, channel: &str) -> Vec<Message> {
        self.core.read(|state| {
            let id = state.find_channel(channel).map(|channel| &channel.id);
            id.and_then(|id| state.messages.get(id))
                .cloned()
                .unwrap_or_default()
        })
    }

    /// What only this person sees, oldest first.
    pub fn ephemerals(&self, person: &str) -> Vec<Ephemeral> {
        self.core.read(|state| {
            let user = state.find_user(person).map(|user| &user.id);
            let seen = state
                .ephemerals
                .iter()
                .filter(|shown| Some(&shown.user) == user);
            seen.cloned().collect()
        })
    }

    /// The direct messages of this person and the app, oldest first.
    pub fn dms(&self, person: &str) -> Vec<Message> {
        let direct = self.core.read(|state| {
            let user = state.find_user(person)?.id.clone();
            let kind = crate::state::channel::ChannelKind::Direct(user);
            let direct = state.channels.iter().find(|channel| channel.kind == kind)?;
            Some(direct.id.clone())
        });
        direct.map(|id| self.messages(&id)).unwrap_or_default()
    }

    /// This person's stack of modals; the last is in front.
    pub fn views(&self, person: &str) -> Vec<View> {
        self.core.read(|state| {
            let user = state.find_user(person).map(|user| &user.id);
            state
                .modals
                .iter()
                .filter(|view| Some(&view.user) == user)
                .cloned()
                .collect()
        })
    }

    /// This person's home tab.
    pub fn home(&self, person: &str) -> Option<View> {
        self.core
            .read(|state| state.homes.get(&state.find_user(person)?.id).cloned())
    }

    /// What has changed since the change of this number, each once; and the number to ask with
    /// the next time. Begin with 0.
    pub fn changes_since(&self, seen: u64) -> (Vec<Subject>, u64) {
        self.core.read(|state| {
            let changed = state.changes.since(seen).cloned().collect();
            (changed, state.changes.last())
        })
    }

    /// The messages pinned in a channel, in the order they were pinned.
    pub fn pins(&self, channel: &str) -> Vec<Message> {
        self.core.read(|state| {
            let Some(channel) = state.find_channel(channel) else {
                return Vec::new();
            };
            let pinned = channel.pins.iter();
            pinned
                .filter_map(|pin| state.message(&channel.id, &pin.ts))
                .cloned()
                .collect()
        })
    }

    /// What this person has not read in a channel.
    pub fn unread(&self, person: &str, channel: &str) -> Unread {
        self.core.read(|state| {
            let found = state.find_user(person).zip(state.find_channel(channel));
            found
                .map(|(user, channel)| state.unread(&user.id, channel))
                .unwrap_or_default()
        })
    }

    pub fn bookmarks(&self, channel: &str) -> Vec<Bookmark> {
        self.channel(channel)
            .map(|channel| channel.bookmarks)
            .unwrap_or_default()
    }

    /// Every canvas, in the order in which they were made.
    pub fn canvases(&self) -> Vec<Canvas> {
        self.core.read(|state| state.canvases.clone())
    }

    /// A file's name and content.
    pub fn file(&self, id: &str) -> Option<(String, Vec<u8>)> {
        self.core.read(|state| {
            let file = state.file(id)?;
            Some((file.name.clone(), file.content.clone()?))
        })
    }

    /// Every Web API call so far, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.calls_after(0)
    }

    pub fn call_count(&self) -> usize {
        self.core.calls.count()
    }

    /// Those after the call of this id.
    pub fn calls_after(&self, id: usize) -> Vec<Call> {
        self.core.calls.after(id)
    }

    /// Every request made to the app so far, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries_after(0)
    }

    pub fn delivery_count(&self) -> usize {
        self.core.courier.count()
    }

    /// Those after the delivery of this id.
    pub fn deliveries_after(&self, id: usize) -> Vec<Delivery> {
        self.core.courier.log_after(id)
    }

    pub fn faults(&self) -> &Faults {
        &self.core.faults
    }

    /// Where the levers stand.
    pub fn levers(&self) -> &Levers {
        &self.core.levers
    }

    /// Moves the levers: latency, rate limits, an outage. Events that an outage held back are on
    /// their way when this returns.
    pub fn put_levers(&self, positions: Positions) {
        self.core.put_levers(positions);
    }

    pub fn clock(&self) -> &Clock {
        &self.core.clock
    }

    /// Puts the clock forward; repetitions that fell due are on their way when this returns.
    pub fn advance(&self, by: Duration) {
        if let Some(before) = self.core.recorder.look(self) {
            self.core.recorder.passes(before, by);
        }
        self.core.advance(by);
    }

    /// From now on what people do is written down as a story, see [`crate::story`].
    pub fn record(&self) {
        self.core.recorder.start(self);
    }

    /// The story since [`Sim::record`]; `None` where nobody writes.
    pub fn recorded(&self) -> Option<String> {
        self.core.recorder.text(self)
    }

    /// Nothing is written any more.
    pub fn stop_recording(&self) {
        self.core.recorder.stop();
    }

    /// Returns when no delivery is on its way. What the app does afterwards is its own affair.
    pub async fn quiet(&self) {
        self.core.courier.quiet().await;
    }

    /// Blocks as plain lines, see [`text_of`].
    pub fn text_of(&self, blocks: &[Value]) -> String {
        self.core.read(|state| text_of(blocks, state))
    }

    /// What a person reads of a message: its blocks, else its text.
    pub fn shown(&self, text: &str, blocks: &[Value]) -> String {
        if blocks.is_empty() {
            return self.core.read(|state| read_markup(text, state));
        }
        self.text_of(blocks)
    }

    /// Stops listening and delivering, and waits until that is done.
    pub async fn stop(&self) {
        self.core.tasks.stop().await;
    }

    /// The workspace of this core, at the same address.
    pub(crate) fn beside(&self, core: Arc<Core>) -> Self {
        Self {
            core,
            address: self.address.clone(),
            _stop: None,
        }
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }
}

impl Names for State {
    fn user(&self, id: &str) -> Option<String> {
        State::user(self, id).map(|user| user.shown().to_owned())
    }

    fn channel(&self, id: &str) -> Option<String> {
        State::channel(self, id).map(|channel| channel.name.clone())
    }

    fn group(&self, id: &str) -> Option<String> {
        let group = self.groups.iter().find(|group| group.id == id)?;
        Some(group.handle.clone())
    }
}
