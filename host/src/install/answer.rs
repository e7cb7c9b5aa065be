//! What Slack answers when it gives tokens: read once, and never printed.

use std::{fmt, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    clock::Moment,
    ids::{TeamId, UserId},
    installer::Refused,
    seal::{Keys, Unopened},
    slack::Answer,
    store::SealedTokens,
};

/// The tokens of one installation.
#[derive(Clone)]
pub(super) struct Tokens {
    pub(super) access: SecretString,
    /// `None`: the access token never ends.
    pub(super) refresh: Option<SecretString>,
    pub(super) expires: Option<Moment>,
}

/// As they are sealed.
#[derive(Serialize, Deserialize)]
struct Plain<'a> {
    access: std::borrow::Cow<'a, str>,
    refresh: Option<std::borrow::Cow<'a, str>>,
}

/// What somebody allowed.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    /// The workspace, or the organisation.
    pub(super) team: TeamId,
    pub(super) name: String,
    pub(super) org: Option<TeamId>,
    /// For all of the organisation.
    pub(super) whole_org: bool,
    pub(super) app: Option<String>,
    pub(super) by: Option<UserId>,
    pub(super) bot_user: UserId,
    pub(super) scopes: Vec<String>,
    pub(super) tokens: Tokens,
}

impl Grant {
    /// Slack: `oauth.v2.access`. What is not a bot's token for one workspace or organisation is none.
    pub(super) fn read(answer: &Answer, now: Moment) -> Result<Self, Refused> {
        let text = |pointer: &str| answer.text(pointer).filter(|text| !text.is_empty());
        let whole_org = answer.body["is_enterprise_install"] == Value::Bool(true);
        let org = text("/enterprise/id").map(TeamId::from);
        let (team, name) = if whole_org {
            (org.clone(), text("/enterprise/name"))
        } else {
            (text("/team/id").map(TeamId::from), text("/team/name"))
        };
        let scopes = text("/scope").unwrap_or_default().split(',');
        let (Some(team), Some(bot_user), Some(tokens), Some("bot")) = (
            team,
            text("/bot_user_id"),
            Tokens::read(answer, now),
            text("/token_type"),
        ) else {
            return Err(Refused::Code);
        };
        Ok(Self {
            name: name.map_or_else(|| team.to_string(), str::to_owned),
            team,
            org,
            whole_org,
            app: text("/app_id").map(str::to_owned),
            by: text("/authed_user/id").map(UserId::from),
            bot_user: bot_user.into(),
            scopes: scopes
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect(),
            tokens,
        })
    }
}

impl Tokens {
    pub(super) fn read(answer: &Answer, now: Moment) -> Option<Self> {
        let secret = |pointer: &str| {
            let text = answer.text(pointer).filter(|text| !text.is_empty());
            text.map(SecretString::from)
        };
        let lasts = answer.body["expires_in"].as_u64();
        Some(Self {
            access: secret("/access_token")?,
            refresh: secret("/refresh_token"),
            expires: lasts.map(|seconds| now.plus(Duration::from_secs(seconds))),
        })
    }

    pub(super) fn seal(&self, keys: &Keys, team: &TeamId) -> SealedTokens {
        let refresh = self.refresh.as_ref().map(ExposeSecret::expose_secret);
        let plain = Plain {
            access: self.access.expose_secret().into(),
            refresh: refresh.map(Into::into),
        };
        let plain = serde_json::to_vec(&plain).expect("two texts can be written as JSON");
        let plain = secrecy::SecretSlice::from(plain);
        SealedTokens {
            sealed: keys.seal(team, plain.expose_secret()),
            expires: self.expires,
        }
    }

    pub(super) fn open(
        keys: &Keys,
        team: &TeamId,
        tokens: &SealedTokens,
    ) -> Result<Self, Unopened> {
        let plain = keys.open(team, &tokens.sealed)?;
        let plain: Plain<'_> =
            serde_json::from_slice(plain.expose_secret()).map_err(|_| Unopened::Changed)?;
        Ok(Self {
            access: plain.access.into_owned().into(),
            refresh: plain.refresh.map(|token| token.into_owned().into()),
            expires: tokens.expires,
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}
