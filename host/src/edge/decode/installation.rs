//! What Slack tells about an installation itself: its end, and the workspaces that an organisation's
//! serves.

use serde_json::Value;

use super::{json::text, team};
use crate::{
    clock::Moment,
    ids::{TeamId, UserId},
    installer::{Heard, News},
};

/// `None`: it is another event, or names nobody.
pub(super) fn decode(envelope: &Value, event: &Value, name: &str, at: Moment) -> Option<News> {
    let what = match name {
        "app_uninstalled" => Heard::Uninstalled,
        "tokens_revoked" => Heard::Revoked(ids(event, "/tokens/bot").map(UserId::from).collect()),
        "team_access_granted" => {
            Heard::Granted(ids(event, "/team_ids").map(TeamId::from).collect())
        }
        "team_access_revoked" => {
            Heard::Withdrawn(ids(event, "/team_ids").map(TeamId::from).collect())
        }
        _ => return None,
    };
    let is_of_teams = matches!(what, Heard::Granted(_) | Heard::Withdrawn(_));
    // What was an organisation's may name it without saying that it is one's.
    let named = || text(envelope, "/enterprise_id").map(TeamId::from);
    let org = org(envelope).or_else(|| named().filter(|_| is_of_teams));
    Some(News {
        team: team::of_event(envelope).or_else(|| org.clone())?,
        org,
        at,
        what,
    })
}

/// The organisation whose installation an event came by.
pub(super) fn org(envelope: &Value) -> Option<TeamId> {
    let whole = envelope.pointer("/authorizations/0/is_enterprise_install");
    let id = text(envelope, "/authorizations/0/enterprise_id");
    id.filter(|_| whole == Some(&Value::Bool(true)))
        .map(TeamId::from)
}

fn ids<'a>(event: &'a Value, pointer: &str) -> impl Iterator<Item = &'a str> {
    let all = event.pointer(pointer).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(envelope: &Value, event: &Value) -> Option<News> {
        let name = text(event, "/type").unwrap();
        decode(envelope, event, name, Moment(5))
    }

    #[test]
    fn a_workspace_takes_iris_out() {
        let workspace = json!({ "team_id": "T1", "enterprise_id": "E1" });
        let news = read(&workspace, &json!({ "type": "app_uninstalled" })).unwrap();
        assert_eq!((news.team.as_str(), news.org), ("T1", None));
        assert_eq!(news.what, Heard::Uninstalled);
        let revoked =
            json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U2"], "bot": ["U1"] } });
        let news = read(&workspace, &revoked).unwrap();
        assert_eq!(news.what, Heard::Revoked(vec!["U1".into()]));
        let none = read(
            &workspace,
            &json!({ "type": "tokens_revoked", "tokens": {} }),
        )
        .unwrap();
        assert_eq!(none.what, Heard::Revoked(vec![]));
        assert_eq!(read(&workspace, &json!({ "type": "reaction_added" })), None);
        assert_eq!(
            read(&json!({}), &json!({ "type": "app_uninstalled" })),
            None
        );
    }

    #[test]
    fn an_organisation_gives_and_takes_workspaces() {
        let org = json!({
            "team_id": null, "enterprise_id": "E1",
            "authorizations": [{ "enterprise_id": "E1", "team_id": null, "is_enterprise_install": true }],
        });
        let granted = json!({ "type": "team_access_granted", "team_ids": ["T1", "T2"] });
        let news = read(&org, &granted).unwrap();
        assert_eq!(news.org, Some("E1".into()));
        assert_eq!(news.what, Heard::Granted(vec!["T1".into(), "T2".into()]));
        let withdrawn = json!({ "type": "team_access_revoked", "team_ids": ["T1"] });
        let news = read(&json!({ "enterprise_id": "E1" }), &withdrawn).unwrap();
        assert_eq!((news.team.as_str(), news.org), ("E1", Some("E1".into())));
        assert_eq!(news.what, Heard::Withdrawn(vec!["T1".into()]));
    }
}
