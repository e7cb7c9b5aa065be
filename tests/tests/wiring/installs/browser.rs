//! The browser of somebody who installs Iris.

use std::cell::RefCell;

use iris_tests::World;
use reqwest::{Client, header, redirect::Policy};
use slack_sim::Sim;

/// It keeps Iris's cookie, and follows nothing by itself.
pub(crate) struct Browser {
    client: Client,
    home: String,
    cookie: RefCell<Option<String>>,
    language: &'static str,
}

/// What it was shown.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(world: &World) -> Self {
        Self::reading(world, "en")
    }

    pub(crate) fn reading(world: &World, language: &'static str) -> Self {
        Self::at(world.url.replace("slack/events", ""), language)
    }

    /// `home` ends in `/`.
    pub(crate) fn at(home: String, language: &'static str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build();
        Self {
            client: client.expect("a client"),
            home,
            cookie: RefCell::default(),
            language,
        }
    }

    /// Goes to Iris's page; says where it is sent.
    pub(crate) async fn begin(&self) -> String {
        let answer = self.get(&format!("{}slack/install", self.home)).await;
        assert_eq!(answer.status(), 302);
        let header = |name| answer.headers()[name].to_str().expect("a text").to_owned();
        let cookie = header(header::SET_COOKIE);
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        let pair = cookie.split(';').next().unwrap_or_default();
        *self.cookie.borrow_mut() = Some(pair.to_owned());
        header(header::LOCATION)
    }

    /// Installs Iris, from the beginning to its end.
    pub(crate) async fn install(&self, sim: &Sim, who: &str) -> Page {
        let page = self.begin().await;
        let back = sim.person(who).allow(&page).expect("they may install apps");
        self.back(&back).await
    }

    /// Goes where Slack sends it.
    pub(crate) async fn back(&self, url: &str) -> Page {
        let answer = self.get(url).await;
        Page {
            status: answer.status().as_u16(),
            text: answer.text().await.expect("a page"),
        }
    }

    async fn get(&self, url: &str) -> reqwest::Response {
        let mut request = self
            .client
            .get(url)
            .header(header::ACCEPT_LANGUAGE, self.language);
        if let Some(cookie) = &*self.cookie.borrow() {
            request = request.header(header::COOKIE, cookie);
        }
        request.send().await.expect("Iris answers")
    }
}
