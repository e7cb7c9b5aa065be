//! The manifest of the Slack app: what Slack must know and allow, and nothing that the teams' steps
//! do not need. Pure.
//!
//! * [`needs`]     what Iris and these steps do
//! * [`scopes`]    which scopes that takes
//! * [`token`]     what a token has of them
//! * [`features`]  what people see: the command, the shortcuts

use std::sync::Arc;

use serde_json::{Value, json};
use url::Url;

use crate::{installer::BACK, step::Step, team::Team};

mod features;
mod needs;
mod scopes;
mod token;

pub use needs::{By, Needs, Reason, What};
pub use token::{Difference, Lacking, Unneeded};

/// Slack's route; it takes everything.
const ROUTE: &str = "slack/events";

/// What the manifest is made of.
#[derive(Clone, Copy)]
pub struct App<'a> {
    /// Every team's file. The first gives the language.
    pub teams: &'a [&'a Team],
    /// Every step that any of them uses, once.
    pub steps: &'a [Arc<Step>],
    /// Where Slack reaches Iris. `None`: the addresses are left out.
    pub public_url: Option<&'a Url>,
    /// Slack is listened to over a socket: no addresses.
    pub socket_mode: bool,
    /// People install it into several workspaces, or into all of an organisation.
    pub installable: bool,
}

/// The manifest, as Slack takes it at "create an app from a manifest".
pub fn manifest(app: &App<'_>) -> Value {
    let mut needs = Needs::of(app.steps);
    if app.installable {
        needs.hear_of_organisations();
    }
    let texts = features::texts(app);
    let say = |key: &str| texts.say(key, &[]);
    let at = |route: &str| {
        let url = app.public_url.filter(|_| !app.socket_mode);
        url.and_then(|url| url.join(route).ok()).map(String::from)
    };
    let (url, back) = (at(ROUTE), at(BACK));
    let mut manifest = json!({
        "_metadata": { "major_version": 1, "minor_version": 1 },
        "display_information": {
            "name": say("manifest-name"),
            "description": say("manifest-description"),
            "long_description": say("manifest-long-description"),
            "background_color": "#3B2E7E",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": true,
                "messages_tab_enabled": true,
                "messages_tab_read_only_enabled": false,
            },
            "bot_user": { "display_name": say("manifest-name"), "always_online": true },
            "shortcuts": features::shortcuts(app, texts),
            "slash_commands": features::commands(app, texts, url.as_deref()),
        },
        "oauth_config": { "scopes": { "bot": needs.scopes() } },
        "settings": {
            "event_subscriptions": { "bot_events": needs.events() },
            "interactivity": { "is_enabled": true },
            "org_deploy_enabled": app.installable,
            "socket_mode_enabled": app.socket_mode,
            "token_rotation_enabled": false,
        },
    });
    if let Some(back) = back {
        manifest["oauth_config"]["redirect_urls"] = json!([back]);
    }
    if let Some(url) = url {
        let settings = &mut manifest["settings"];
        settings["event_subscriptions"]["request_url"] = json!(url);
        settings["interactivity"]["request_url"] = json!(url);
        settings["interactivity"]["message_menu_options_url"] = json!(url);
    }
    manifest
}
