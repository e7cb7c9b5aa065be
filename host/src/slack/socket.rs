//! Sockets that Slack delivers through: asked for with the app's token, opened with a ticket that
//! serves once. They go the way of all requests, through a proxy where the environment names one.

use std::fmt;

use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use reqwest::{
    Client, Response, StatusCode, Upgraded,
    header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE},
    redirect,
};
use serde_json::json;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Bytes, Error, Message,
        error::CapacityError,
        handshake::{client::generate_key, derive_accept_key},
        protocol::{Role, WebSocketConfig},
    },
};
use url::Url;

use super::{SetupError, Slack, SlackError, SlackSettings, answer, client};

/// What gives the address of a socket.
pub const OPEN: &str = "apps.connections.open";
/// The largest message that is read, as of a request over HTTP: Slack's own stay far below it.
const LARGEST: usize = 1024 * 1024;

/// Opens sockets.
#[derive(Clone, Debug)]
pub struct Dialer {
    api: Slack,
    http: Client,
}

/// One open connection.
pub struct Socket(WebSocketStream<Upgraded>);

/// The half that hears.
pub struct Ear(SplitStream<WebSocketStream<Upgraded>>);

/// The half that speaks.
pub struct Mouth(SplitSink<WebSocketStream<Upgraded>, Message>);

/// What was heard.
#[derive(Debug)]
pub enum Heard {
    Text(String),
    /// It lives, and says nothing.
    Sign,
    /// Slack has closed it.
    Closed,
}

/// It serves no more.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("a message was larger than {} MiB", LARGEST / 1024 / 1024)]
    TooLarge,
    #[error("the connection broke off: {0}")]
    Lost(String),
}

impl Dialer {
    /// `settings.token` is the app's token (`xapp-…`).
    pub fn new(settings: SlackSettings) -> Result<Self, SetupError> {
        // HTTP/2 has no upgrade.
        let http = client()
            .http1_only()
            .redirect(redirect::Policy::none())
            .timeout(settings.timeout)
            .connect_timeout(settings.timeout / 2)
            .build()
            .map_err(|error| SetupError::Client(error.to_string()))?;
        let api = Slack::new(settings)?;
        Ok(Self { api, http })
    }

    /// Asks for an address and opens a socket there.
    pub async fn dial(&self) -> Result<Socket, SlackError> {
        let api = self.api.about("a socket");
        let answer = api.call(OPEN, &json!({})).await?;
        let address = answer.text("/url").and_then(upgradable);
        let address = address.ok_or_else(|| no_socket("the answer has no address".to_owned()))?;
        let key = generate_key();
        let request = self
            .http
            .get(address)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, &key);
        let response = request.send().await;
        let response = response.map_err(|error| answer::unsent(OPEN, error))?;
        accepted(&response, &key).map_err(no_socket)?;
        let upgraded = response.upgrade().await;
        let upgraded = upgraded.map_err(|error| answer::unsent(OPEN, error))?;
        let bounds = WebSocketConfig::default()
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST));
        let stream = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(bounds));
        Ok(Socket(stream.await))
    }
}

/// The address as an HTTP client takes it.
fn upgradable(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    let scheme = match url.scheme() {
        "wss" => "https",
        "ws" => "http",
        _ => return None,
    };
    url.set_scheme(scheme).ok()?;
    Some(url)
}

/// Whether the other side speaks of this very request, and of sockets.
fn accepted(response: &Response, key: &str) -> Result<(), String> {
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Err(format!("HTTP {} instead of a socket", response.status()));
    }
    let accept = response.headers().get(SEC_WEBSOCKET_ACCEPT);
    if accept.is_none_or(|accept| accept.as_bytes() != derive_accept_key(key.as_bytes()).as_bytes())
    {
        return Err("the answer is not to this request".to_owned());
    }
    Ok(())
}

fn no_socket(why: String) -> SlackError {
    SlackError::Unknown {
        method: OPEN.to_owned(),
        why,
    }
}

impl Socket {
    pub fn split(self) -> (Ear, Mouth) {
        let (mouth, ear) = self.0.split();
        (Ear(ear), Mouth(mouth))
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Socket")
    }
}

impl Ear {
    /// The next that is heard. Nothing is lost when the future is dropped.
    pub async fn hear(&mut self) -> Result<Heard, Broken> {
        match self.0.next().await {
            Some(Ok(Message::Text(text))) => Ok(Heard::Text(text.as_str().to_owned())),
            Some(Ok(
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
            )) => Ok(Heard::Sign),
            Some(Ok(Message::Close(_))) | None => Ok(Heard::Closed),
            Some(Err(error)) => Err(error.into()),
        }
    }
}

impl Mouth {
    pub async fn say(&mut self, text: String) -> Result<(), Broken> {
        Ok(self.0.send(Message::text(text)).await?)
    }

    /// Asks for a sign of life.
    pub async fn ping(&mut self) -> Result<(), Broken> {
        Ok(self.0.send(Message::Ping(Bytes::new())).await?)
    }

    /// Says that it is over.
    pub async fn close(mut self) -> Result<(), Broken> {
        Ok(self.0.close().await?)
    }
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        if let Error::Capacity(CapacityError::MessageTooLong { .. }) = error {
            return Self::TooLarge;
        }
        Self::Lost(error.to_string())
    }
}
