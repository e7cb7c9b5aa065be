//! `oauth.v2.access`, and which workspace a token opens where several stand behind one address.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Args, Refusal};
use crate::core::Core;
use crate::state::State;
use crate::state::access::{Code, LASTS};

pub(super) const ACCESS: &str = "oauth.v2.access";

/// What a call names that only one workspace knows.
const NAMES: [&str; 3] = ["channel", "user", "users"];

/// The workspace that a call is for; of an organisation's, the one that it names.
pub(super) fn workspace_of(door: &Arc<Core>, args: &Args) -> Arc<Core> {
    let all = door.all();
    let mut opened: Vec<_> = all
        .into_iter()
        .filter(|core| core.read(|state| opens(state, args)))
        .collect();
    opened.sort_by_key(|core| !reaches(core, args));
    let named = |core: &&Arc<Core>| {
        let team = args.get("team_id");
        team.is_some_and(|team| core.settings.team.id == team)
    };
    let knows = |core: &&Arc<Core>| core.read(|state| is_named(state, args));
    let found = opened
        .iter()
        .find(named)
        .or_else(|| opened.iter().find(knows));
    found.or_else(|| opened.first()).unwrap_or(door).clone()
}

/// Whether the token may be used for what is there.
pub(super) fn reaches(core: &Core, args: &Args) -> bool {
    let token = args.token().unwrap_or_default();
    core.read(|state| state.access.reaches(token))
}

fn opens(state: &State, args: &Args) -> bool {
    let access = &state.access;
    args.token().is_some_and(|token| access.knows(token))
        || args.get("code").is_some_and(|code| access.has_code(code))
        || args
            .get("refresh_token")
            .is_some_and(|refresh| access.has_refresh(refresh))
}

fn is_named(state: &State, args: &Args) -> bool {
    let named = NAMES.iter().filter_map(|name| args.get(name));
    let mut ids = named.flat_map(|ids| ids.split(','));
    let trigger = args.get("trigger_id").or(args.get("exchange_trigger_id"));
    ids.any(|id| state.channel(id).is_some() || state.user(id).is_some())
        || trigger.is_some_and(|trigger| state.triggers.contains_key(trigger))
        || args
            .get("view_id")
            .is_some_and(|view| state.view(view).is_some())
}

/// Gives tokens for a code, or for a refresh token.
pub(super) fn access(core: &Arc<Core>, args: &Args) -> Result<Value, Refusal> {
    let oauth = &core.settings.oauth;
    match args.client() {
        None => return Err("invalid_client_id".into()),
        Some((id, _)) if id != oauth.client_id => return Err("invalid_client_id".into()),
        Some((_, secret)) if secret != oauth.client_secret => {
            return Err("bad_client_secret".into());
        }
        Some(_) => {}
    }
    match args.get("grant_type") {
        Some("refresh_token") => exchange(core, args.required("refresh_token")?),
        None | Some("authorization_code") => install(core, args),
        Some(_) => Err("invalid_grant_type".into()),
    }
}

fn exchange(core: &Arc<Core>, refresh: &str) -> Result<Value, Refusal> {
    let taken = core.change(|state| state.access.take_refresh(refresh));
    let whole = taken.ok_or("invalid_refresh_token")?;
    let scopes = core.settings.scopes.join(",");
    let answer = core.change(|state| given(state, &scopes, whole));
    if whole {
        for other in core.all() {
            other.change(|state| state.access.take_refresh(refresh));
        }
        open_org(core, &answer);
    }
    Ok(answer)
}

fn open_org(core: &Arc<Core>, answer: &Value) {
    let token = answer["access_token"].as_str().unwrap_or_default();
    core.open_org(token, answer["refresh_token"].as_str());
}

fn install(core: &Arc<Core>, args: &Args) -> Result<Value, Refusal> {
    let now = core.clock.seconds();
    let code = args.get("code").unwrap_or_default();
    let code: Code = core.change(|state| state.access.take_code(code, now))?;
    if args
        .get("redirect_uri")
        .is_some_and(|uri| uri != code.redirect_uri)
    {
        return Err("bad_redirect_uri".into());
    }
    let mut answer = core.change(|state| given(state, &code.scopes, code.whole_org));
    answer["authed_user"] = json!({ "id": code.user });
    if code.whole_org {
        open_org(core, &answer);
    }
    Ok(answer)
}

fn given(state: &mut State, scopes: &str, whole: bool) -> Value {
    let (token, refresh) = state.new_tokens();
    let now = state.clock.seconds();
    state.access.add(&token, refresh.as_deref(), whole, now);
    let settings = &state.settings;
    let team = json!({ "id": settings.team.id, "name": settings.team.name });
    let mut answer = json!({
        "ok": true,
        "app_id": settings.app.id,
        "scope": scopes,
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": settings.app.bot_user_id,
        "team": if whole { Value::Null } else { team },
        "enterprise": settings.team.enterprise,
        "is_enterprise_install": whole,
    });
    if let Some(refresh) = refresh {
        answer["refresh_token"] = json!(refresh);
        answer["expires_in"] = json!(LASTS);
    }
    answer
}
