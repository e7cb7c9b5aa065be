//! Slack's page that asks whether an app may be installed.

use url::Url;

use super::{Person, Refused};
use crate::settings::Settings;

impl Person {
    /// Allows what the app's page asks for; says where the browser is sent.
    pub fn allow(&self, page: &str) -> Result<String, Refused> {
        self.consent(page, &|_| true, false)
    }

    /// The same, but for these scopes.
    pub fn allow_without(&self, page: &str, scopes: &[&str]) -> Result<String, Refused> {
        self.consent(page, &|scope| !scopes.contains(&scope), false)
    }

    /// Allows it for their organisation; it works in a workspace once that is granted
    /// ([`Sim::grant_app`](crate::Sim::grant_app)).
    pub fn allow_in_organisation(&self, page: &str) -> Result<String, Refused> {
        self.consent(page, &|_| true, true)
    }

    /// Does not want it; says where the browser is sent.
    pub fn deny(&self, page: &str) -> Result<String, Refused> {
        let asked = self.act(|state, _| Asked::read(page, &state.settings))?;
        Ok(asked.back("error", "access_denied"))
    }

    fn consent(
        &self,
        page: &str,
        allowed: &dyn Fn(&str) -> bool,
        whole_org: bool,
    ) -> Result<String, Refused> {
        self.act(|state, user| {
            let asked = Asked::read(page, &state.settings)?;
            if whole_org && state.settings.team.enterprise.is_none() {
                return Err(Refused::Slack("not_allowed_enterprise".into()));
            }
            let scopes: Vec<_> = asked
                .scope
                .split(',')
                .filter(|scope| allowed(scope))
                .collect();
            let code = state.allow(user, &asked.redirect_uri, &scopes.join(","), whole_org);
            Ok(asked.back("code", &code))
        })
    }
}

/// What the page was asked.
pub(crate) struct Asked {
    pub(crate) scope: String,
    pub(crate) redirect_uri: String,
    state: String,
}

impl Asked {
    pub(crate) fn read(page: &str, settings: &Settings) -> Result<Self, Refused> {
        let refused = |code: &str| Refused::Slack(code.to_owned());
        let page = Url::parse(page).map_err(|_| refused("invalid_url"))?;
        let given = |wanted: &str| {
            let mut pairs = page.query_pairs();
            let (_, value) = pairs.find(|(name, _)| name == wanted)?;
            Some(value.into_owned())
        };
        let oauth = &settings.oauth;
        if given("client_id").as_ref() != Some(&oauth.client_id) {
            return Err(refused("invalid_client_id"));
        }
        let redirect_uri = given("redirect_uri").unwrap_or_default();
        let known = &oauth.redirect_urls;
        let is_known = known.iter().any(|known| redirect_uri.starts_with(known));
        if Url::parse(&redirect_uri).is_err() || !(known.is_empty() || is_known) {
            return Err(refused("bad_redirect_uri"));
        }
        let scope = given("scope").filter(|scope| !scope.is_empty());
        Ok(Self {
            scope: scope.ok_or_else(|| refused("invalid_scope"))?,
            redirect_uri,
            state: given("state").unwrap_or_default(),
        })
    }

    fn back(&self, name: &str, value: &str) -> String {
        let mut back = Url::parse(&self.redirect_uri).expect("it was read before");
        back.query_pairs_mut()
            .append_pair(name, value)
            .append_pair("state", &self.state);
        back.into()
    }
}
