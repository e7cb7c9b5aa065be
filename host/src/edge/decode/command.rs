//! `/incident …`

use super::{Author, Came, Delivery, Draft, Kind, Malformed};
use crate::event::{Command, Reply, What};

pub(super) fn decode<'a>(
    field: impl Fn(&str) -> Option<&'a str>,
    came: &Came,
) -> Result<Delivery, Malformed> {
    let given = |name: &str| field(name).filter(|value| !value.is_empty());
    let owned = |name: &str| given(name).unwrap_or_default().to_owned();
    let user = given("user_id").ok_or(Malformed::Missing("user_id"))?;
    let channel = given("channel_id").ok_or(Malformed::Missing("channel_id"))?;
    let what = What::Command(Command {
        text: owned("text"),
        channel: channel.into(),
        channel_name: owned("channel_name"),
        reply: Reply {
            trigger: given("trigger_id").map(str::to_owned),
            response_url: given("response_url").map(str::to_owned),
        },
    });
    let draft = Draft {
        kind: Kind::Command,
        id: given("trigger_id").map(|trigger| format!("command:{trigger}")),
        team: given("team_id")
            .or_else(|| given("enterprise_id"))
            .map(Into::into),
        at: None,
        by: Some(user.into()),
        author: Author::default(),
        org: given("enterprise_id")
            .filter(|_| given("is_enterprise_install") == Some("true"))
            .map(Into::into),
        what,
    };
    Ok(draft.finish(came))
}
