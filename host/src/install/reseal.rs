//! Everything is sealed with another key, and what one row holds is opened: for operators' commands.

use secrecy::{ExposeSecret, SecretString};

use super::answer::Tokens;
use crate::{
    ids::TeamId,
    seal::{Keys, Unopened},
    store::{Installation, SealedTokens, Store, StoreError},
};

/// What became of the tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Sealed with the new key now.
    pub resealed: Vec<TeamId>,
    /// They were before.
    pub already: Vec<TeamId>,
    /// Neither key opens them.
    pub lost: Vec<(TeamId, Unopened)>,
}

/// Seals all tokens with the new key. Beside a running Iris that has both keys: what it has changed
/// meanwhile is sealed with the new one already, and is left as it is.
pub async fn reseal(store: &dyn Store, keys: &Keys) -> Result<Resealed, StoreError> {
    let mut done = Resealed::default();
    for Installation { team, tokens, .. } in store.installations(0).await? {
        let Some(before) = tokens else { continue };
        if before.sealed.key == keys.id() {
            done.already.push(team);
            continue;
        }
        match keys.open(&team, &before.sealed) {
            Err(why) => done.lost.push((team, why)),
            Ok(plain) => {
                let after = SealedTokens {
                    sealed: keys.seal(&team, plain.expose_secret()),
                    expires: before.expires,
                };
                if store.reseal(&team, before.sealed, after).await? {
                    done.resealed.push(team);
                } else {
                    done.already.push(team);
                }
            }
        }
    }
    Ok(done)
}

/// The token with which Slack is called.
pub fn access_token(
    keys: &Keys,
    team: &TeamId,
    tokens: &SealedTokens,
) -> Result<SecretString, Unopened> {
    Tokens::open(keys, team, tokens).map(|tokens| tokens.access)
}
