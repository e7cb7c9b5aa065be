//! What things are called in a story: the player finds them by it, the recorder writes it.

use serde_json::Value;

use super::act::{Spot, Words};
use crate::blocks::{read_markup, text_of};
use crate::person::Place;
use crate::state::State;
use crate::state::channel::{Channel, ChannelKind};
use crate::state::inputs::elements;
use crate::state::message::Message;
use crate::state::view::ViewKind;

/// The most characters that are taken of a message to name it.
const WORDS: usize = 40;

/// A button or menu that a person sees.
pub(super) struct Seen {
    pub(super) place: Place,
    pub(super) block_id: String,
    pub(super) action_id: String,
}

/// The channel of a story's place: `#room` is the newest, `#name*` the one whose name begins so.
pub(super) fn channel_at<'a>(state: &'a State, user: &str, place: &str) -> Option<&'a Channel> {
    let mut named = state
        .channels
        .iter()
        .filter(|channel| !channel.name.is_empty());
    if place == "dm" {
        let kind = ChannelKind::Direct(user.to_owned());
        return state.channels.iter().find(|channel| channel.kind == kind);
    }
    if place == "#room" {
        return named.next_back();
    }
    let prefix = place
        .strip_prefix('#')
        .and_then(|name| name.strip_suffix('*'));
    match prefix {
        Some(prefix) => named.find(|channel| channel.name.starts_with(prefix)),
        None => state.find_channel(place),
    }
}

/// What a story calls a channel.
pub(crate) fn place_of(state: &State, channel: &str) -> String {
    let Some(channel) = state.channel(channel) else {
        return channel.to_owned();
    };
    if matches!(channel.kind, ChannelKind::Direct(_)) {
        return "dm".to_owned();
    }
    let newest = state.channels.iter().rfind(|other| !other.name.is_empty());
    let seeded = |id: &str| state.settings.channels.iter().any(|seed| seed.id == id);
    if newest.is_some_and(|newest| newest.id == channel.id) && !seeded(&channel.id) {
        return "#room".to_owned();
    }
    format!("#{}", channel.name)
}

/// The same, where somebody writes: direct messages are written to the app's handle.
pub(crate) fn addressee(state: &State, channel: &str) -> String {
    match place_of(state, channel) {
        dm if dm == "dm" => format!("@{}", state.settings.app.bot_name),
        place => place,
    }
}

/// What people read of a message: its blocks, else its text.
pub(crate) fn shown(state: &State, text: &str, blocks: &[Value]) -> String {
    if blocks.is_empty() {
        read_markup(text, state)
    } else {
        text_of(blocks, state)
    }
}

/// What people read of a message, with the names of its files below.
fn read(state: &State, message: &Message) -> String {
    let said = shown(state, &message.text, &message.blocks);
    let files = message.files.iter().filter_map(|id| state.file(id));
    let names = files.map(|file| file.name.clone());
    let lines = [said].into_iter().filter(|said| !said.is_empty());
    lines.chain(names).collect::<Vec<_>>().join("\n")
}

/// The messages of a channel that hold these words, the newest first.
pub(super) fn holding<'a>(
    state: &'a State,
    channel: &str,
    words: &'a str,
) -> impl Iterator<Item = &'a Message> {
    let all = state.messages.get(channel).into_iter().flatten().rev();
    all.filter(move |message| read(state, message).contains(words))
}

/// Words by which the player finds this message: a line that no newer one holds, if there is one.
pub(crate) fn words_of(state: &State, channel: &str, ts: &str) -> Words {
    let nth = |words: &str| {
        let place = holding(state, channel, words).position(|message| message.ts == ts);
        place.map_or(1, |place| place + 1)
    };
    let text = state
        .message(channel, ts)
        .map_or_else(String::new, |message| read(state, message));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut first = None;
    for line in lines {
        let words: String = line.chars().take(WORDS).collect();
        let words = Words {
            nth: nth(words.trim_end()),
            text: words.trim_end().to_owned(),
        };
        if words.nth == 1 {
            return words;
        }
        first.get_or_insert(words);
    }
    first.unwrap_or_else(|| Words {
        text: String::new(),
        nth: nth(""),
    })
}

/// The buttons and menus of this name at a place: of the newest message first, in each from the
/// top. `at`: any words of the block.
pub(super) fn spots(
    state: &State,
    user: &str,
    place: &str,
    label: &str,
    at: Option<&str>,
) -> Vec<Seen> {
    let here = |block: &Value| {
        at.is_none_or(|at| text_of(std::slice::from_ref(block), state).contains(at))
    };
    surfaces(state, user, place)
        .into_iter()
        .flat_map(|(place, blocks)| {
            let fitting = elements(blocks)
                .filter(|(block, element)| names(block, element).contains(&label) && here(block));
            let seen = fitting.map(move |(block, element)| Seen {
                place: place.clone(),
                block_id: text(&block["block_id"]),
                action_id: text(&element["action_id"]),
            });
            seen.collect::<Vec<_>>()
        })
        .collect()
}

/// What a story calls the button or menu with these ids, and the place it is at.
pub(crate) fn spot_of(
    state: &State,
    user: &str,
    place: &Place,
    (block, element): (&Value, &Value),
) -> (String, Spot) {
    let story_place = match place {
        Place::View { id } => match state.view(id).map(|view| view.kind) {
            Some(ViewKind::Home) => "home".to_owned(),
            Some(ViewKind::Modal) | None => "form".to_owned(),
        },
        Place::Message { channel, .. } => place_of(state, channel),
        Place::Ephemeral { ts } => state
            .ephemeral(ts)
            .map_or_else(String::new, |shown| place_of(state, &shown.channel)),
    };
    let label = names(block, element).first().map_or("", |name| *name);
    let nth = |at: Option<&str>| {
        let found = spots(state, user, &story_place, label, at)
            .iter()
            .position(|seen| {
                seen.place == *place
                    && seen.block_id == block["block_id"]
                    && seen.action_id == element["action_id"]
            });
        found.map_or(1, |place| place + 1)
    };
    let mut spot = Spot {
        label: label.to_owned(),
        at: None,
        nth: nth(None),
    };
    if spot.nth > 1 {
        let text = text_of(std::slice::from_ref(block), state);
        let words = text.lines().map(|line| {
            let words = line.split('[').next().unwrap_or_default();
            words.trim().trim_start_matches(['•', '*', '-']).trim()
        });
        let telling = words
            .filter(|words| !words.is_empty())
            .find(|words| nth(Some(words)) == 1);
        if let Some(telling) = telling {
            spot.at = Some(telling.to_owned());
            spot.nth = 1;
        }
    }
    (story_place, spot)
}

/// Everything with blocks at a place, the newest first.
fn surfaces<'a>(state: &'a State, user: &str, place: &str) -> Vec<(Place, &'a [Value])> {
    let view = match place {
        "form" => state.top_modal(user),
        "home" => state.homes.get(user),
        _ => {
            let Some(channel) = channel_at(state, user, place) else {
                return Vec::new();
            };
            let messages = state.messages.get(&channel.id).into_iter().flatten();
            let messages =
                messages.map(|message| (&message.ts, Place::from(message), &message.blocks[..]));
            let own = state
                .ephemerals
                .iter()
                .filter(|shown| shown.user == user && shown.channel == channel.id);
            let own = own.map(|shown| (&shown.ts, Place::from(shown), &shown.blocks[..]));
            let mut all: Vec<_> = messages.chain(own).collect();
            all.sort_by(|a, b| b.0.cmp(a.0));
            return all
                .into_iter()
                .map(|(_, place, blocks)| (place, blocks))
                .collect();
        }
    };
    let view = view.map(|view| (Place::from(view), view.blocks()));
    view.into_iter().collect()
}

/// What a button or menu may be called: what it says, else its action id.
fn names<'a>(block: &'a Value, element: &'a Value) -> Vec<&'a str> {
    [
        &element["text"]["text"],
        &block["label"]["text"],
        &element["placeholder"]["text"],
        &element["accessibility_label"],
        &element["action_id"],
    ]
    .into_iter()
    .filter_map(Value::as_str)
    .filter(|name| !name.trim().is_empty())
    .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
