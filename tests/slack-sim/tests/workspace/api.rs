//! A workspace and a client of its Web API, for every test of the API.

use serde_json::Value;
use slack_sim::{ClockSetting, Settings, Sim};

pub(crate) struct Api {
    pub(crate) sim: Sim,
    http: reqwest::Client,
}

impl Api {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> anyhow::Result<Self> {
        let sim = Sim::start(Settings {
            clock: ClockSetting::manual(),
            ..settings
        })
        .await?;
        Ok(Self {
            sim,
            http: reqwest::Client::builder().no_proxy().build()?,
        })
    }

    pub(crate) async fn call(&self, method: &str, args: &[(&str, &str)]) -> anyhow::Result<Value> {
        Ok(self.request(method).form(args).send().await?.json().await?)
    }

    /// What the call is refused with; empty where it is not.
    pub(crate) async fn error(
        &self,
        method: &str,
        args: &[(&str, &str)],
    ) -> anyhow::Result<String> {
        let answer = self.call(method, args).await?;
        Ok(answer["error"].as_str().unwrap_or_default().to_owned())
    }

    pub(crate) fn request(&self, method: &str) -> reqwest::RequestBuilder {
        self.anonymous(method)
            .bearer_auth(&self.sim.settings().bot_token)
    }

    pub(crate) fn anonymous(&self, method: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}{method}", self.sim.api_url()))
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// A room of the app's own, with Aya in it.
    pub(crate) async fn room(&self) -> anyhow::Result<String> {
        let made = self
            .call("conversations.create", &[("name", "inc-1")])
            .await?;
        let id = made["channel"]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.call(
            "conversations.invite",
            &[("channel", &id), ("users", "U0AYASATO")],
        )
        .await?;
        Ok(id)
    }

    /// Posts and returns the timestamp.
    pub(crate) async fn post(&self, channel: &str, text: &str) -> anyhow::Result<String> {
        let posted = self
            .call("chat.postMessage", &[("channel", channel), ("text", text)])
            .await?;
        Ok(posted["ts"].as_str().unwrap_or_default().to_owned())
    }
}
