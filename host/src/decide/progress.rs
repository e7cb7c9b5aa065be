//! The room comes into being: what its declarer sees meanwhile (S2), and what they are told when it
//! does not (S20).

use iris_kit::{args, blocks::to_json, rich::channel as channel_link, texts::Arg, words::inc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    asked::{self, Asked},
    failures::{self, NoRoom},
    known::{Decision, Route},
    say::{self, Progress, forms::announced},
    trouble,
};
use crate::{
    clock::Moment,
    effect::Wish,
    event::{Missing, Pressed, WishFailed},
    ids::{ChannelId, Owner, UserId},
    incident::{Change, Entry, Incident, Room},
};

/// The form that the declarer is looking at, and how often it may still change.
pub(super) const VIEW: &str = "view";
const CHANGES: u8 = 3;
/// How many were called, and how many could not be: `[came, missing]`.
const CALLED: &str = "called";
/// Why there is no room: [`NoRoom`].
const TROUBLE: &str = "trouble";
/// The code by which the announcement was refused.
const UNANNOUNCED: &str = "unannounced";
/// The declarer is told in a direct message when the room is there.
const TELL: &str = "tell";
/// What Slack would not set up: `[[what, code]]`.
const NOT_SET: &str = "not-set";

/// What a form meets that came too late: Slack's codes, and Iris's own.
const EXPIRED: [&str; 5] = [
    "too-late",
    "no-message",
    "expired_trigger_id",
    "trigger_expired",
    "trigger_exchanged",
];

#[derive(Debug, Serialize, Deserialize)]
struct Shown {
    id: String,
    left: u8,
}

/// What to remember under [`VIEW`] when a form begins to show the progress.
pub(super) fn shown(view: &str) -> Value {
    json!(Shown {
        id: view.to_owned(),
        left: CHANGES
    })
}

pub(super) fn room_opened(asked: &Asked<'_>, channel: &ChannelId, name: &str) -> Decision {
    let Some(incident) = asked.known.incident else {
        return Decision::route(Route::Nobody);
    };
    let change = Change::RoomOpened {
        channel: channel.clone(),
        name: name.to_owned(),
    };
    let mut decision = Decision::of(Wish::Change(change))
        .forget(TROUBLE)
        .forget(TELL);
    decision.route = Route::All;

    let room = Some(Room {
        channel: channel.clone(),
        name: name.to_owned(),
    });
    let incident = Incident {
        room,
        ..incident.clone()
    };
    if announced(&incident).is_none() || asked.memory(TELL) == Some(true) {
        let args = args![
            inc = inc(incident.number),
            title = Arg::people(&incident.title),
            room = channel_link(channel.as_str()),
        ];
        let content = say::sentence(asked, "core-declared-dm", args);
        if let Some(place) = asked::declarer(&incident) {
            decision = decision.and(Wish::Say { place, content });
        }
    }
    let progress = Progress {
        trouble: None,
        ..progress(asked)
    };
    redrawn(asked, &incident, &progress, decision)
}

pub(super) fn invited(
    asked: &Asked<'_>,
    owner: &Owner,
    came: &[UserId],
    missing: &[Missing],
) -> Decision {
    let mut decision = super::to_owner(owner);
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    let change = Change::Called {
        came: newly(asked, came),
        missing: missing.to_vec(),
    };
    decision = decision.and(Wish::Change(change));
    // Only the first call is part of the declaration; the core itself brings in the declarer alone.
    if owner.is_core() || asked.memory::<(usize, usize)>(CALLED).is_some() {
        return decision;
    }
    let others = came
        .iter()
        .filter(|user| **user != incident.declared_by)
        .count();
    let called = (others, missing.len());
    let progress = Progress {
        called: Some(called),
        ..progress(asked)
    };
    redrawn(
        asked,
        incident,
        &progress,
        decision.keep(CALLED, &json!(called)),
    )
}

/// Those who are not called already. Two invitations may mean the same person, when the outcome of
/// the first was not known yet.
fn newly(asked: &Asked<'_>, came: &[UserId]) -> Vec<UserId> {
    let (called, moved) = (asked.entries("called"), asked.entries("person"));
    let said = |entry: &Entry, at: &str, user: &UserId| {
        let data = entry.data.as_ref().map(|data| &data[at]);
        data.is_some_and(|data| {
            let all = data
                .as_array()
                .map_or(std::slice::from_ref(data), Vec::as_slice);
            all.iter().any(|id| id == user.as_str())
        })
    };
    let last = |entries: &[Entry], at, user: &UserId| {
        entries
            .iter()
            .rfind(|entry| said(entry, at, user))
            .map(|entry| entry.seq)
    };
    let is_new = |user: &&UserId| {
        let called = last(&called, "people", user);
        called.is_none() || last(&moved, "user", user) > called
    };
    came.iter().filter(is_new).cloned().collect()
}

pub(super) fn wish_failed(asked: &Asked<'_>, failed: &WishFailed) -> Decision {
    let decision = super::to_owner(&failed.owner);
    let code = failed.trouble.code.as_str();
    if failed.wish == "forms.open" && EXPIRED.contains(&code) {
        return trouble::expired(asked, failed, decision);
    }
    let decision = trouble::lacking(asked, failed, decision);
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    match (failed.wish.as_str(), failed.name.as_deref()) {
        ("room.open", _) => {
            let (code, scope) = (code.to_owned(), failed.trouble.scope.clone());
            no_room(asked, incident, &NoRoom { code, scope }, decision)
        }
        ("messages.post", Some("announcement")) => {
            let progress = Progress {
                unannounced: Some(code.to_owned()),
                ..progress(asked)
            };
            redrawn(
                asked,
                incident,
                &progress,
                decision.keep(UNANNOUNCED, &json!(code)),
            )
        }
        // The form was closed meanwhile. What was to be said there is only told otherwise when it
        // needs the person.
        ("core.update-view", _) => match asked.memory::<NoRoom>(TROUBLE) {
            Some(why) if incident.room.is_none() => {
                tell_of_trouble(asked, incident, &why, decision.forget(VIEW))
            }
            _ => decision.forget(VIEW),
        },
        (wish @ ("messages.pin" | "room.bookmark" | "room.topic"), _) => {
            let what = wish.rsplit('.').next().unwrap_or(wish);
            let mut refused: Vec<(String, String)> = asked.memory(NOT_SET).unwrap_or_default();
            refused.retain(|(other, _)| other != what);
            refused.push((what.to_owned(), code.to_owned()));
            decision.keep(NOT_SET, &json!(refused))
        }
        _ => decision,
    }
}

/// Slack asks to wait with what the declarer is looking for. Only the form says so; it is none of
/// the changes that are counted.
pub(super) fn held(asked: &Asked<'_>, wish: &str, until: Moment) -> Decision {
    let now = asked.known.now;
    let waits = asked.known.incident.filter(|incident| match wish {
        "room.open" => incident.room.is_none(),
        _ => asked.memory::<(usize, usize)>(CALLED).is_none(),
    });
    let (Some(incident), Some(Shown { id, .. })) = (waits.filter(|_| until > now), shown_in(asked))
    else {
        return Decision::route(Route::Nobody);
    };
    let progress = Progress {
        held: Some(until.since(now)),
        ..progress(asked)
    };
    let view = to_json(&say::declared(asked, incident, &progress));
    Decision::of(update(&id, view))
}

fn no_room(asked: &Asked<'_>, incident: &Incident, why: &NoRoom, decision: Decision) -> Decision {
    let decision = decision.keep(TROUBLE, &json!(why));
    if shown_in(asked).is_none() {
        return tell_of_trouble(asked, incident, why, decision);
    }
    let progress = Progress {
        trouble: Some(why.clone()),
        ..progress(asked)
    };
    redrawn(asked, incident, &progress, decision)
}

fn tell_of_trouble(
    asked: &Asked<'_>,
    incident: &Incident,
    why: &NoRoom,
    decision: Decision,
) -> Decision {
    let said = failures::room_sentence(asked, incident, why);
    let buttons = vec![failures::retry(asked, incident)];
    let Some(place) = asked::declarer(incident) else {
        return decision;
    };
    let content = say::plain_with(&said, buttons);
    decision.and(Wish::Say { place, content })
}

/// [Try again]: the same room is wished once more, as the main loop remembers it.
pub(super) fn retry(asked: &Asked<'_>, incident: &Incident, pressed: &Pressed) -> Decision {
    #[derive(Deserialize)]
    struct Wished {
        name: String,
        hidden: bool,
    }
    let Some(Wished { name, hidden }) = asked.memory("room").filter(|_| incident.room.is_none())
    else {
        return Decision::default();
    };
    let decision = Decision::of(Wish::OpenRoom { name, hidden }).forget(TROUBLE);
    if let Some(view) = &pressed.view {
        let progress = Progress {
            trouble: None,
            ..progress(asked)
        };
        let again = to_json(&say::declared(asked, incident, &progress));
        return decision
            .and(update(&view.id, again))
            .keep(VIEW, &shown(&view.id));
    }
    let content = say::sentence(asked, "core-declared-room-wait", &[]);
    decision
        .and(Wish::ReplyInstead { content })
        .keep(TELL, &json!(true))
}

fn progress(asked: &Asked<'_>) -> Progress {
    Progress {
        called: asked.memory(CALLED),
        trouble: asked.memory(TROUBLE),
        unannounced: asked.memory(UNANNOUNCED),
        held: None,
    }
}

/// The form that still shows the progress, if there is one.
fn shown_in(asked: &Asked<'_>) -> Option<Shown> {
    asked.memory(VIEW)
}

/// Shows the progress in the form, if there still is one to be changed.
fn redrawn(
    asked: &Asked<'_>,
    incident: &Incident,
    progress: &Progress,
    decision: Decision,
) -> Decision {
    let Some(Shown { id, left }) = shown_in(asked) else {
        return decision;
    };
    let view = to_json(&say::declared(asked, incident, progress));
    let decision = decision.and(update(&id, view));
    match left.saturating_sub(1) {
        0 => decision.forget(VIEW),
        left => decision.keep(VIEW, &json!(Shown { id, left })),
    }
}

fn update(view_id: &str, view: String) -> Wish {
    let (view_id, form) = (view_id.to_owned(), "declared".to_owned());
    Wish::UpdateView {
        view_id,
        form,
        view,
        memo: String::new(),
    }
}
