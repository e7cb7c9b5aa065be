//! An app at the other end of deliveries, as a test wants it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use slack_sim::Sim;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Every request that reached the app.
pub(crate) type Heard = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// An app that answers everything with what `answer` makes; it ends with the test.
pub(crate) struct App {
    pub(crate) heard: Heard,
    _serving: JoinSet<()>,
}

impl App {
    pub(crate) async fn start(
        sim: &Sim,
        answer: impl Fn(usize) -> Response + Clone + Send + Sync + 'static,
    ) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        sim.connect_app(&format!("http://{}/", listener.local_addr()?));
        let heard = Heard::default();
        let keep = heard.clone();
        let router = Router::new().fallback(move |headers: HeaderMap, body: Bytes| async move {
            let mut heard = keep.lock().expect("no test panics while it holds this");
            heard.push((headers, body));
            answer(heard.len())
        });
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("the app serves until the test ends");
        });
        Ok(Self {
            heard,
            _serving: serving,
        })
    }

    /// A header of each request so far.
    pub(crate) fn header(&self, name: &str) -> Vec<Option<String>> {
        let heard = self
            .heard
            .lock()
            .expect("no test panics while it holds this");
        let text = |headers: &HeaderMap| Some(headers.get(name)?.to_str().ok()?.to_owned());
        heard.iter().map(|(headers, _)| text(headers)).collect()
    }
}
