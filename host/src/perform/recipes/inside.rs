//! What is said about an incident stays inside: it is not posted where another organisation reads it
//! too, unless the team's file says so. Slack tells it of a channel, and of none before it is asked:
//! <https://docs.slack.dev/reference/objects/conversation-object/>.

use serde_json::{Value, json};

use crate::{
    ids::{ChannelId, Owner},
    perform::{errand::Errand, resolve::ROOM, stop::Stop},
    slack::Answer,
};

/// Iris's own code for it.
const SHARED: &str = "shared-channel";

/// Sends what is read in the channel, unless it [`stays`] unsaid. Slack is asked once there is room
/// for the call: what a limit holds up would else be asked about each time.
pub(super) async fn say(
    errand: &mut Errand<'_>,
    method: &str,
    channel: &ChannelId,
    arguments: Value,
) -> Result<Answer, Stop> {
    let admitted = errand.admit(method, Some(channel))?;
    stays(errand, channel).await?;
    errand.send_admitted(method, arguments, admitted).await
}

/// Refuses what would be read outside: posting it, and changing what stands there. The incident's own
/// room may be read: whoever shares it wants so.
pub(super) async fn stays(errand: &Errand<'_>, channel: &ChannelId) -> Result<(), Stop> {
    if errand.effect.outside || !may_be_shared(channel) {
        return Ok(());
    }
    let room = errand.resource(&Owner::core(), ROOM).await?;
    if room.is_some_and(|room| room.id.channel == *channel) {
        return Ok(());
    }
    let told = errand.look("conversations.info", json!({ "channel": channel }));
    match told.await {
        Ok(answer) if is_shared(&answer.body) => Err(Stop::refused(
            SHARED,
            "another organisation reads this channel too".to_owned(),
        )),
        Ok(_) => Ok(()),
        // Iris is not let into a private channel: posting there is refused with a reason of its own.
        Err(Stop::Rejected(refused)) if refused.code == "channel_not_found" => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// Direct messages are a person's own, by whichever id.
fn may_be_shared(channel: &ChannelId) -> bool {
    channel.as_str().starts_with(['C', 'G'])
}

/// With another organisation, or offered to one, which will read what stands there.
fn is_shared(answer: &Value) -> bool {
    ["is_ext_shared", "is_pending_ext_shared"]
        .iter()
        .any(|flag| answer["channel"][flag] == true)
}
