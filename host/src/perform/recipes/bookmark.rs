//! A link at the head of the room. One with the same title is replaced.

use serde_json::{Value, json};

use crate::perform::{errand::Errand, outcome::Done, resolve::Spot, stop::Stop};

const ADD: &str = "bookmarks.add";

pub(super) async fn set(
    errand: &mut Errand<'_>,
    title: &str,
    link: &str,
    emoji: Option<&str>,
) -> Result<Done, Stop> {
    let room = errand.room().await?;
    let emoji = emoji.map(|name| format!(":{}:", name.trim_matches(':')));
    // First of all: where it has to wait for room, the list is not asked for again and again.
    let place = errand.admit(ADD, Some(&room))?;
    let all = errand
        .look("bookmarks.list", json!({ "channel_id": room }))
        .await?;
    let known = all
        .list("/bookmarks")
        .iter()
        .find(|bookmark| bookmark["title"] == title);
    let mut arguments = json!({
        "channel_id": room,
        "title": title,
        "link": link,
        "emoji": emoji,
    });
    let answer = match known {
        Some(same) if same["link"] == link && same_emoji(same, emoji.as_deref()) => {
            return Ok(Done::saying(json!({ "bookmark": same["id"] })));
        }
        Some(other) => {
            arguments["bookmark_id"] = other["id"].clone();
            drop(place);
            errand.send("bookmarks.edit", arguments).await?
        }
        None => {
            if errand.unknown() {
                // The first may be on its way still.
                let channel = room.clone();
                let spot = Spot {
                    channel,
                    thread: None,
                };
                errand.sweep_later(&spot).await?;
            }
            arguments["type"] = Value::from("link");
            errand.begin(ADD, Some(&room)).await?;
            errand.call(ADD, &arguments, place).await?
        }
    };
    Ok(Done::saying(
        json!({ "bookmark": answer.text("/bookmark/id") }),
    ))
}

fn same_emoji(bookmark: &Value, wished: Option<&str>) -> bool {
    bookmark["emoji"].as_str().filter(|emoji| !emoji.is_empty()) == wished
}
