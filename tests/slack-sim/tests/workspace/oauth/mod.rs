//! How an app is installed, and what becomes of its tokens.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

mod consent;
mod tokens;

use reqwest::{Client, redirect::Policy};
use serde_json::Value;
use slack_sim::{Enterprise, Settings, Sim};
use url::Url;

const BACK: &str = "http://127.0.0.1:1/back";

/// A workspace without the app.
fn workspace(team: &str) -> Settings {
    let mut settings = Settings {
        bot_token: String::new(),
        ..Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings.team.name = format!("The {team}");
    settings.oauth.redirect_urls = vec![BACK.to_owned()];
    settings
}

/// One of an organisation.
fn of_acme(team: &str) -> Settings {
    let mut settings = workspace(team);
    settings.team.enterprise = Some(Enterprise {
        id: "E0ACME".to_owned(),
        name: "Acme Holding".to_owned(),
    });
    // In an organisation ids are the workspace's own.
    for channel in &mut settings.channels {
        channel.id += team;
    }
    settings
}

/// Where an app sends a browser, but for one part of it.
fn page(sim: &Sim, name: &str, value: &str) -> Url {
    let mut page: Url = sim.page_url().parse().unwrap();
    page.set_path("oauth/v2/authorize");
    let usual = [
        ("client_id", "1000.2000"),
        ("scope", "chat:write,commands"),
        ("redirect_uri", BACK),
        ("state", "a&b"),
    ];
    let asked = usual.map(|(known, usual)| (known, if known == name { value } else { usual }));
    page.query_pairs_mut().extend_pairs(asked);
    page
}

fn browser() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let browser = Client::builder().redirect(Policy::none()).no_proxy();
    browser.build().unwrap()
}

/// What the app is given.
async fn access(sim: &Sim, fields: &[(&str, &str)]) -> Value {
    let request = browser()
        .post(format!("{}oauth.v2.access", sim.api_url()))
        .basic_auth("1000.2000", Some("simulated-client-secret"))
        .form(fields);
    request.send().await.unwrap().json().await.unwrap()
}

async fn call(sim: &Sim, token: &str, method: &str, fields: &[(&str, &str)]) -> Value {
    let request = browser()
        .post(format!("{}{method}", sim.api_url()))
        .bearer_auth(token)
        .form(fields);
    request.send().await.unwrap().json().await.unwrap()
}
