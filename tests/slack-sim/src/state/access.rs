//! By which tokens the app comes in, and the codes for which it is given some.

use serde_json::{Value, json};

use super::State;

/// Seconds that a code is good for.
const CODE: u64 = 600;
/// Seconds that a token lasts, where tokens rotate.
pub(crate) const LASTS: u64 = 43_200;

/// Everything that opens this workspace to the app.
#[derive(Default)]
pub(crate) struct Access {
    tokens: Vec<Token>,
    codes: Vec<Code>,
    /// An admin of the organisation lets its installation work here.
    granted: bool,
}

struct Token {
    secret: String,
    refresh: Option<String>,
    /// Unix seconds.
    expires: Option<u64>,
    /// The organisation's: it opens all workspaces that are granted.
    of_org: bool,
    revoked: bool,
}

/// What somebody allowed.
#[derive(Clone)]
pub(crate) struct Code {
    secret: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: String,
    pub(crate) user: String,
    /// In all of the organisation.
    pub(crate) whole_org: bool,
    at: u64,
    used: bool,
}

impl Access {
    /// The app is installed already, with this token; without one it is not.
    pub(crate) fn given(token: &str) -> Self {
        let token = (!token.is_empty()).then(|| Token {
            secret: token.to_owned(),
            refresh: None,
            expires: None,
            of_org: false,
            revoked: false,
        });
        Self {
            tokens: token.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Whether the app works here.
    pub(crate) fn installed(&self) -> bool {
        self.good().any(|token| !token.of_org || self.granted)
    }

    /// Whether it is the organisation's installation that works here.
    pub(crate) fn by_org(&self) -> bool {
        self.granted && self.good().any(|token| token.of_org)
    }

    /// Whether this token may be used for what is here.
    pub(crate) fn reaches(&self, token: &str) -> bool {
        self.granted || !self.is_of_org(token)
    }

    pub(crate) fn is_of_org(&self, token: &str) -> bool {
        let mut all = self.tokens.iter();
        all.any(|known| known.secret == token && known.of_org)
    }

    /// The organisation's, where the app is installed by no other.
    pub(crate) fn org_token(&self) -> Option<String> {
        let own = self.good().any(|token| !token.of_org);
        let newest = self.good().filter(|token| token.of_org).last();
        newest.filter(|_| !own).map(|token| token.secret.clone())
    }

    fn good(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| !token.revoked)
    }

    pub(crate) fn knows(&self, token: &str) -> bool {
        self.tokens.iter().any(|known| known.secret == token)
    }

    /// Slack's code for why a token does not open anything.
    pub(crate) fn check(&self, token: &str, now: u64) -> Result<(), &'static str> {
        let known = self.tokens.iter().find(|known| known.secret == token);
        match known {
            None => Err("invalid_auth"),
            Some(token) if token.revoked => Err("token_revoked"),
            Some(token) if token.expires.is_some_and(|end| now >= end) => Err("token_expired"),
            Some(_) => Ok(()),
        }
    }

    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.codes.iter().any(|known| known.secret == code)
    }

    /// Takes a code, once.
    pub(crate) fn take_code(&mut self, code: &str, now: u64) -> Result<Code, &'static str> {
        let known = self.codes.iter_mut().find(|known| known.secret == code);
        match known {
            None => Err("invalid_code"),
            Some(code) if code.used => Err("code_already_used"),
            Some(code) if now >= code.at + CODE => Err("code_expired"),
            Some(code) => {
                code.used = true;
                Ok(code.clone())
            }
        }
    }

    /// Takes a refresh token, once: what came with it is good until it ends. Says whether it is the
    /// organisation's; `None`: it is taken already, or nobody's.
    pub(crate) fn take_refresh(&mut self, refresh: &str) -> Option<bool> {
        let known =
            |token: &&mut Token| !token.revoked && token.refresh.as_deref() == Some(refresh);
        let token = self.tokens.iter_mut().find(known)?;
        token.refresh = None;
        Some(token.of_org)
    }

    pub(crate) fn has_refresh(&self, refresh: &str) -> bool {
        let mut good = self.good();
        good.any(|token| token.refresh.as_deref() == Some(refresh))
    }

    pub(crate) fn add(&mut self, token: &str, refresh: Option<&str>, of_org: bool, now: u64) {
        self.tokens.push(Token {
            secret: token.to_owned(),
            refresh: refresh.map(str::to_owned),
            expires: refresh.map(|_| now + LASTS),
            of_org,
            revoked: false,
        });
    }

    fn end(&mut self, token: &str) {
        let same = |known: &&mut Token| known.secret == token;
        for known in self.tokens.iter_mut().filter(same) {
            known.revoked = true;
        }
    }
}

impl State {
    /// Somebody allows the app what it asks for.
    pub(crate) fn allow(
        &mut self,
        user: &str,
        redirect_uri: &str,
        scopes: &str,
        whole_org: bool,
    ) -> String {
        let code = self.next_own_secret();
        self.access.codes.push(Code {
            secret: code.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes: scopes.to_owned(),
            user: user.to_owned(),
            whole_org,
            at: self.clock.seconds(),
            used: false,
        });
        code
    }

    /// A new token, and what it is exchanged for when tokens rotate.
    pub(crate) fn new_tokens(&mut self) -> (String, Option<String>) {
        let secret = self.next_own_secret();
        if !self.settings.oauth.rotation {
            return (format!("xoxb-{secret}"), None);
        }
        let refresh = format!("xoxe-1-{}", self.next_own_secret());
        (format!("xoxe.xoxb-1-{secret}"), Some(refresh))
    }

    /// Letters that no other workspace has.
    fn next_own_secret(&mut self) -> String {
        let secret = self.next_secret();
        format!("{}-{secret}", self.settings.team.id)
    }

    /// An admin of the organisation lets its installation work here, or takes that away again.
    pub(crate) fn grant(&mut self, granted: bool) {
        self.access.granted = granted;
        let name = if granted {
            "team_access_granted"
        } else {
            "team_access_revoked"
        };
        let event = json!({
            "type": name,
            "team_ids": [self.settings.team.id],
            "event_ts": self.next_ts(),
        });
        self.emit_of_org(name, &event);
    }

    /// The app is taken out: Slack tells it so, and nothing after.
    pub(crate) fn uninstall(&mut self) {
        for (name, event) in self.farewell() {
            self.emit(name, None, &event);
        }
        for token in &mut self.access.tokens {
            token.revoked = true;
        }
    }

    /// What Slack tells an app that is taken out.
    fn farewell(&mut self) -> [(&'static str, Value); 2] {
        let bot = self.bot_user_id().to_owned();
        let ts = self.next_ts();
        let revoked = json!({
            "type": "tokens_revoked",
            "tokens": { "oauth": [], "bot": [bot] },
            "event_ts": ts,
        });
        let gone = json!({ "type": "app_uninstalled", "event_ts": ts });
        [("tokens_revoked", revoked), ("app_uninstalled", gone)]
    }

    /// One token is revoked; with the last of them the app is out.
    pub(crate) fn revoke(&mut self, token: &str) {
        let others = |known: &Token| known.secret != token;
        if !self.access.good().any(others) {
            self.uninstall();
        }
        self.access.end(token);
    }

    /// The organisation's token is revoked. The app hears of it once, though it opens many
    /// workspaces.
    pub(crate) fn revoke_of_org(&mut self, token: &str, is_told: bool) {
        self.access.end(token);
        self.access.granted = false;
        if is_told {
            for (name, event) in self.farewell() {
                self.emit_of_org(name, &event);
            }
        }
    }
}
