//! S2: what the declarer sees after the form was sent, and while the room grows.

use std::time::Duration;

use iris_kit::{
    args,
    blocks::{Block, Modal, actions, button},
    responder::Responder,
    rich::{RichText, channel, text},
    time::duration,
    words::inc,
};

use super::forms::announced;
use crate::{
    decide::{
        asked::Asked,
        failures::{self, NoRoom},
    },
    ids::UserId,
    incident::Incident,
};

/// What has come of a declaration so far, besides what the incident itself knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::decide) struct Progress {
    /// How many came and how many could not be called, once that is known.
    pub(in crate::decide) called: Option<(usize, usize)>,
    /// Why there is no room.
    pub(in crate::decide) trouble: Option<NoRoom>,
    /// The code by which the announcement was refused.
    pub(in crate::decide) unannounced: Option<String>,
    /// For how long Slack asks to wait.
    pub(in crate::decide) held: Option<Duration>,
}

pub(in crate::decide) fn declared(
    asked: &Asked<'_>,
    incident: &Incident,
    progress: &Progress,
) -> Modal {
    let title = if incident.drill {
        "core-declared-title-drill"
    } else {
        "core-declared-title"
    };
    let mut lines = vec![
        asked
            .texts
            .parts("core-declared-inc", args![inc = inc(incident.number)]),
    ];
    lines.push(match (&incident.room, &progress.trouble) {
        (Some(room), _) => {
            let room = channel(room.channel.as_str());
            asked.texts.parts("core-declared-room", args![room])
        }
        (None, Some(why)) => vec![text(failures::room_sentence(asked, incident, why))],
        (None, None) => vec![text(asked.say("core-declared-room-wait"))],
    });
    if incident.room.is_some() {
        lines.extend(
            called(asked, incident, progress.called)
                .into_iter()
                .map(|l| vec![text(l)]),
        );
        if let (Some(origin), Some(code)) = (announced(incident), &progress.unannounced) {
            let args = args![channel = channel(origin.as_str()), code];
            lines.push(asked.texts.parts(unannounced(code), args));
        }
    }
    lines.extend(progress.held.map(|wait| {
        let lasted = duration(
            asked.locale(),
            wait.as_millis().try_into().unwrap_or(u64::MAX),
        );
        vec![text(asked.texts.say("rate", args![lasted]))]
    }));
    for line in lines.iter_mut().skip(1) {
        line.insert(0, text("\n"));
    }
    let steps = RichText::new("steps").section(lines.into_iter().flatten().collect());
    let mut blocks: Vec<Block> = vec![steps.into()];
    blocks.extend(door(asked, incident, progress));
    Modal::new(&asked.say(title), blocks).close(&asked.say("core-declared-close"))
}

fn unannounced(code: &str) -> &'static str {
    match code {
        "not_in_channel" | "channel_not_found" => "core-declared-announced-not",
        "shared-channel" => "core-declared-announced-not-shared",
        _ => "core-declared-announced-not-refused",
    }
}

/// The lines about the people, where a step calls them at all.
fn called(asked: &Asked<'_>, incident: &Incident, called: Option<(usize, usize)>) -> Vec<String> {
    if !asked.has_step("invite") {
        return vec![];
    }
    let wanted = wanted(asked, incident);
    match called {
        _ if wanted.is_empty() => {
            let severity = asked.severity(incident.severity.as_deref());
            let what: Vec<_> = asked
                .product(incident)
                .into_iter()
                .chain([&*severity])
                .collect();
            let what = what.join(asked.comma());
            vec![asked.texts.say("core-declared-call-none", args![what])]
        }
        // Only Slack knows how many are in a group.
        None if wanted.iter().any(|who| Responder::read(who).is_group()) => {
            vec![asked.say("core-declared-call-wait-groups")]
        }
        None => vec![asked.count("core-declared-call-wait", wanted.len())],
        Some((came, missing)) => {
            let came = (came > 0).then(|| asked.count("core-declared-call", came));
            let missing = (missing > 0).then(|| asked.count("core-declared-call-some", missing));
            came.into_iter().chain(missing).collect()
        }
    }
}

/// The people and groups that are to be called, as they are written.
fn wanted<'a>(asked: &Asked<'a>, incident: &'a Incident) -> Vec<&'a str> {
    let product = incident.product.as_deref().unwrap_or_default();
    let listed = asked
        .known
        .team
        .responders(product, incident.severity.as_deref());
    let mut wanted: Vec<&str> = listed.iter().map(String::as_str).collect();
    wanted.extend(incident.also.iter().map(UserId::as_str));
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The door to the room, or another try when there is none.
fn door(asked: &Asked<'_>, incident: &Incident, progress: &Progress) -> Option<Block> {
    let number = incident.number.to_string();
    let button = match &incident.room {
        Some(room) => button("core:room.open", &asked.say("core-declared-open"))
            .value(number)
            .primary()
            .url(asked.channel_url(&room.channel)),
        None if progress.trouble.is_some() => failures::retry(asked, incident),
        None => return None,
    };
    Some(actions("do", [button]))
}
