//! Whose delivery it is: the workspace in which Iris is installed, which is not always the one in
//! which the thing happened.

use serde_json::Value;

use super::json::{first, text};
use crate::ids::TeamId;

/// Of an event. In shared channels `team_id` is where it happened, `authorizations` where Iris is
/// installed; an app of a whole organisation has no team there, or nowhere.
pub(super) fn of_event(body: &Value) -> Option<TeamId> {
    first(
        body,
        &[
            "/authorizations/0/team_id",
            "/team_id",
            "/event/team_id",
            "/context_team_id",
            "/authorizations/0/enterprise_id",
            "/enterprise_id",
        ],
    )
    .map(TeamId::from)
}

/// Of an interaction. `app_installed_team_id` counts for people of other workspaces (Slack
/// Connect), but in an organisation's app it names the organisation.
pub(super) fn of_interaction(payload: &Value) -> Option<TeamId> {
    const PLACES: [&str; 5] = [
        "/view/app_installed_team_id",
        "/team/id",
        "/team_id",
        "/user/team_id",
        "/view/team_id",
    ];
    PLACES
        .iter()
        .filter_map(|place| text(payload, place))
        .find(|id| !id.starts_with('E'))
        .or_else(|| first(payload, &PLACES))
        .or_else(|| first(payload, &["/enterprise/id", "/team/enterprise_id"]))
        .map(TeamId::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_belongs_to_where_iris_is_installed() {
        for (body, team) in [
            (json!({ "team_id": "T1" }), Some("T1")),
            (
                json!({ "team_id": "T1", "authorizations": [{ "team_id": "T2" }] }),
                Some("T2"),
            ),
            (
                json!({ "team_id": "T1", "authorizations": [{ "team_id": null, "enterprise_id": "E1" }] }),
                Some("T1"),
            ),
            (
                json!({ "team_id": null, "authorizations": [{ "team_id": null, "enterprise_id": "E1" }] }),
                Some("E1"),
            ),
            (
                json!({ "enterprise_id": "E1", "authorizations": [] }),
                Some("E1"),
            ),
            (json!({}), None),
        ] {
            assert_eq!(of_event(&body), team.map(TeamId::from), "{body}");
        }
    }

    #[test]
    fn a_press_belongs_to_where_iris_is_installed() {
        for (payload, team) in [
            (json!({ "team": { "id": "T1" } }), Some("T1")),
            (
                json!({ "team": { "id": "T2" }, "view": { "app_installed_team_id": "T1" } }),
                Some("T1"),
            ),
            (
                json!({ "team": { "id": "T2" }, "view": { "app_installed_team_id": "E1" } }),
                Some("T2"),
            ),
            (
                json!({ "team": null, "user": { "team_id": "T3" } }),
                Some("T3"),
            ),
            (
                json!({ "team": null, "view": { "app_installed_team_id": "E1" } }),
                Some("E1"),
            ),
            (
                json!({ "team": null, "enterprise": { "id": "E1" } }),
                Some("E1"),
            ),
            (json!({ "type": "block_actions" }), None),
        ] {
            assert_eq!(
                of_interaction(&payload),
                team.map(TeamId::from),
                "{payload}"
            );
        }
    }
}
