//! By which tokens Iris comes into the workspaces of a test.

use std::{path::Path, sync::Arc};

use futures_util::future::try_join_all;
use iris::{
    clock::{Moment, SystemClock},
    config::{Client, Secrets},
    seal::{Key, Keys},
    store::{
        Facts, How, Installation, Installing, Installs, SealedTokens, TokenState, sqlite::Sqlite,
    },
};
use slack_sim::Sim;

/// How Iris comes into workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// The tokens are given.
    Tokens,
    /// Somebody installs it.
    OAuth,
    /// Somebody has installed it before.
    Installed,
}

impl Door {
    pub(crate) fn secrets(self, sim: &Sim) -> Secrets {
        let settings = sim.settings();
        let (token, signing) = (&settings.bot_token, &settings.signing_secret);
        let given = Secrets::of_one(token.clone(), signing.clone());
        match self {
            Self::Tokens => given,
            Self::OAuth | Self::Installed => Secrets {
                bot_token: (self == Self::OAuth && !token.is_empty()).then(|| token.clone().into()),
                keys: Some(token_keys()),
                client: Some(Client {
                    id: settings.oauth.client_id.clone(),
                    secret: settings.oauth.client_secret.clone().into(),
                }),
                ..given
            },
        }
    }
}

/// With what tokens are sealed here, as the environment gives it.
pub fn token_key() -> String {
    "5e".repeat(32)
}

/// With what tokens are sealed here.
pub fn token_keys() -> Keys {
    let key = Key::parse(&token_key()).expect("32 bytes in hex");
    Keys::new(key, None)
}

/// The store knows that Iris is installed in these workspaces, by the tokens that they have.
pub async fn installed(folder: &Path, sim: &Sim, also: &[Sim]) -> anyhow::Result<()> {
    let store = Sqlite::open(&folder.join("iris.db"), Arc::new(SystemClock))?;
    let all = [sim].into_iter().chain(also);
    // Together: they share the disk's writes.
    let kept = all.map(|sim| store.install(installation(sim)));
    try_join_all(kept).await?;
    Ok(())
}

fn installation(sim: &Sim) -> Installing {
    let settings = sim.settings();
    let (team, app) = (&settings.team, &settings.app);
    let id = team.id.as_str().into();
    let plain = serde_json::json!({ "access": settings.bot_token, "refresh": null });
    let sealed = token_keys().seal(&id, plain.to_string().as_bytes());
    Installing {
        installation: Installation {
            team: id,
            version: 0,
            token: TokenState::Good,
            tokens: Some(SealedTokens {
                sealed,
                expires: None,
            }),
            facts: Facts {
                how: How::Oauth,
                name: team.name.clone(),
                app: Some(app.id.clone()),
                org: None,
                bot_user: app.bot_user_id.as_str().into(),
                bot: Some(app.bot_id.clone()),
                url: format!("https://{}.slack.com/", team.domain),
                scopes: settings.scopes.clone(),
                by: None,
                at: Moment(sim.clock().micros() / 1_000),
            },
        },
        events: vec![],
        deeds: vec![],
    }
}
