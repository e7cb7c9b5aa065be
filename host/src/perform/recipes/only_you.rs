//! What only one person sees. Slack shows it nowhere else, so it cannot be looked up: it is sent
//! at most once.

use serde_json::{Value, json};

use super::post;
use crate::{
    effect::{Content, Target},
    ids::UserId,
    perform::{errand::Errand, outcome::Done, stop::Stop},
};

pub(super) async fn whisper(
    errand: &mut Errand<'_>,
    user: &UserId,
    to: &Target,
    content: &Content,
) -> Result<Done, Stop> {
    once(errand)?;
    let spot = errand.spot(to).await?;
    let mut arguments = post::message(content);
    for unknown in ["unfurl_links", "unfurl_media"] {
        arguments.remove(unknown);
    }
    arguments.insert("channel".to_owned(), json!(spot.channel));
    arguments.insert("thread_ts".to_owned(), json!(spot.thread));
    arguments.insert("user".to_owned(), json!(user));
    let sent = errand
        .send("chat.postEphemeral", Value::Object(arguments))
        .await;
    sent.map(|_| Done::default()).map_err(Stop::never_again)
}

/// Answers through a `response_url`. In the place of a message it is the same twice, so that is
/// done again.
pub(super) async fn respond(
    errand: &mut Errand<'_>,
    url: &str,
    content: &Content,
    replace: bool,
) -> Result<Done, Stop> {
    if !replace {
        once(errand)?;
    }
    let mut message = content.only_for_one();
    message.insert("replace_original".to_owned(), json!(replace));

    let (world, team) = (errand.world, &errand.effect.team);
    let slack = errand.slack()?;
    world.admit(errand.caller(), "response_url", None)?;
    errand.begin("response_url", None).await?;
    match slack.respond(url, &Value::Object(message)).await {
        Ok(()) => Ok(Done::default()),
        Err(error) => {
            let stop = world.failed(team, None, error).await;
            Err(if replace { stop } else { stop.never_again() })
        }
    }
}

fn once(errand: &Errand<'_>) -> Result<(), Stop> {
    if errand.unknown() {
        return Err(Stop::refused(
            "unknown-outcome",
            "Iris was stopped while it was sent",
        ));
    }
    Ok(())
}
