//! A method of a step's own choice. Its answer goes back to the step, `ok` or not.

use serde_json::Value;

use super::inside;
use crate::{
    effect::MessageRef,
    event::{Outcome, What},
    ids::Owner,
    perform::{
        errand::{self, Errand},
        outcome::Done,
        stop::Stop,
    },
};

/// The methods by which everybody in a channel is told something.
const SAYS: [&str; 6] = [
    "chat.postMessage",
    "chat.update",
    "chat.meMessage",
    "chat.scheduleMessage",
    "files.completeUploadExternal",
    "files.remote.share",
];

pub(super) async fn call(
    errand: &mut Errand<'_>,
    key: &str,
    method: &str,
    arguments: &str,
    repeatable: bool,
) -> Result<Done, Stop> {
    if errand.unknown() && !repeatable {
        return Err(Stop::Park(format!(
            "nobody knows whether {method} arrived, and it must not be repeated"
        )));
    }
    let mut arguments: Value = serde_json::from_str(arguments)
        .map_err(|error| Stop::refused("malformed", error.to_string()))?;
    fill(errand, &mut arguments).await?;
    let read_in = errand::channel_of(&arguments).filter(|_| SAYS.contains(&method));
    let sent = match read_in {
        Some(channel) => inside::say(errand, method, &channel, arguments).await,
        None => errand.send(method, arguments).await,
    };
    let body = match sent {
        Ok(answer) => answer.body,
        Err(Stop::Rejected(refused)) => refused.body,
        Err(stop) => return Err(stop),
    };
    let outcome = Outcome::Slack(Box::new(body));
    Ok(Done {
        what: Some(What::Answered {
            owner: errand.effect.owner.clone(),
            key: key.to_owned(),
            outcome,
        }),
        ..Done::default()
    })
}

/// Puts ids in the place of `{room}` and `{message:NAME}`.
async fn fill(errand: &Errand<'_>, arguments: &mut Value) -> Result<(), Stop> {
    let Value::Object(arguments) = arguments else {
        return Ok(());
    };
    for value in arguments.values_mut() {
        let Some(text) = value.as_str() else { continue };
        if text == "{room}" {
            *value = Value::from(errand.room().await?.0);
        } else if let Some(name) = text
            .strip_prefix("{message:")
            .and_then(|t| t.strip_suffix('}'))
        {
            let message = named(&errand.effect.owner, name);
            *value = Value::from(errand.message(&message).await?.ts);
        }
    }
    Ok(())
}

fn named(owner: &Owner, name: &str) -> MessageRef {
    let (owner, name) = match name.split_once('/') {
        Some((other, name)) => (Owner::from(other), name),
        None => (owner.clone(), name),
    };
    MessageRef::Named {
        owner,
        name: name.to_owned(),
    }
}
