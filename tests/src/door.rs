//! By which tokens Iris comes into the workspaces of a test.

use iris::{
    config::{Client, Secrets},
    seal::{Key, Keys},
};
use slack_sim::Sim;

/// How Iris comes into workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// The tokens are given.
    Tokens,
    /// Somebody installs it.
    OAuth,
}

impl Door {
    pub(crate) fn secrets(self, sim: &Sim) -> Secrets {
        let settings = sim.settings();
        let (token, signing) = (&settings.bot_token, &settings.signing_secret);
        let given = Secrets::of_one(token.clone(), signing.clone());
        match self {
            Self::Tokens => given,
            Self::OAuth => Secrets {
                bot_token: (!token.is_empty()).then(|| token.clone().into()),
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

/// With what tokens are sealed here.
pub fn token_keys() -> Keys {
    let key = Key::parse(&"5e".repeat(32)).expect("32 bytes in hex");
    Keys::new(key, None)
}
