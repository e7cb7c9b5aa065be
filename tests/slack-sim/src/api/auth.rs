//! `api.test`, `auth.revoke`, `auth.test`, `team.info`, `blocks.validate`.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::blocks::{self, Problem, Surface};

pub(super) const REVOKE: &str = "auth.revoke";

pub(super) fn api_test(call: &mut Call<'_>) -> Answer {
    let args = json!(call.args.recorded());
    match call.args.get("error") {
        Some(error) => Err(Refusal::new(error).with("args", args)),
        None if call.args.recorded().is_empty() => Ok(json!({})),
        None => Ok(json!({ "args": args })),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every method has this signature")]
pub(super) fn auth_test(call: &mut Call<'_>) -> Answer {
    let (team, app) = (&call.state.settings.team, &call.state.settings.app);
    let token = call.args.token().unwrap_or_default();
    Ok(json!({
        "url": format!("https://{}.slack.com/", team.domain),
        "team": team.name,
        "user": app.bot_name,
        "team_id": team.id,
        "enterprise_id": team.enterprise.as_ref().map(|enterprise| &enterprise.id),
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": call.state.access.is_of_org(token),
    }))
}

/// The token goes when this is answered: an organisation's is known in many workspaces.
#[expect(clippy::unnecessary_wraps, reason = "every method has this signature")]
pub(super) fn auth_revoke(call: &mut Call<'_>) -> Answer {
    Ok(json!({ "revoked": !call.args.is_true("test") }))
}

pub(super) fn team_info(call: &mut Call<'_>) -> Answer {
    let team = &call.state.settings.team;
    if call.args.get("team").is_some_and(|id| id != team.id) {
        return Err("team_not_found".into());
    }
    Ok(json!({
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "url": format!("https://{}.slack.com/", team.domain),
            "email_domain": "",
            "icon": { "image_default": true },
        },
    }))
}

pub(super) fn blocks_validate(call: &mut Call<'_>) -> Answer {
    const ONE: &str = "must provide exactly one of `blocks`, `view`, or `message`";
    let mut given = ["blocks", "view", "message"]
        .into_iter()
        .filter_map(|name| Some((name, call.args.json(name)?)));
    let (Some((name, Ok(value))), None) = (given.next(), given.next()) else {
        return Err(Refusal::arguments(ONE));
    };
    let none = Value::Array(Vec::new());
    let (code, problems) = match name {
        "blocks" => ("invalid_blocks", blocks::check(&value, Surface::Message)),
        "view" => ("invalid_view", blocks::check_view(&value)),
        _ => {
            let blocks = value.get("blocks").unwrap_or(&none);
            ("invalid_message", blocks::check(blocks, Surface::Message))
        }
    };
    if problems.is_empty() {
        return Ok(json!({}));
    }
    let errors: Vec<Value> = problems.iter().map(constraint).collect();
    Err(Refusal::new(code).with("errors", json!(errors)))
}

fn constraint(problem: &Problem) -> Value {
    json!({
        "code": "failed_constraint",
        "message": problem.message,
        "pointer": problem.pointer,
    })
}
