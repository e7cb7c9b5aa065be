//! A declaration, as all steps wish it at once: the shortest way through Slack.

use iris::{
    effect::{Act, Target},
    event::What,
};

use super::world::{World, content, in_room, invite, on, ops, post, room, topic};

#[tokio::test]
async fn a_room_stands_with_everything_in_it() {
    let mut world = World::new().await;
    let bookmark = Act::Bookmark {
        title: "Incident table".into(),
        link: "https://wiki.acme.example/payments".into(),
        emoji: None,
    };
    world
        .plan(&[
            invite("call", &["@payments-oncall", "U0CTO"]),
            room("room", "inc-20261201-payments"),
            topic("topic", "SEV1"),
            in_room("bookmark", "room.bookmark", bookmark),
            post("The guide", "panel", Target::Room),
            on("pin", "messages.pin", "panel", |message| Act::Pin {
                message,
            }),
            post("Declared", "card", ops()),
        ])
        .await;

    let channel = world.sim.channel("#inc-20261201-payments").unwrap();
    assert_eq!(channel.topic.value, "SEV1");
    for member in ["U0KENMORI", "U0YUITANA", "U0CTO", "U0IRIS"] {
        assert!(channel.has(member), "{member}");
    }
    assert_eq!(world.texts(&channel.id), ["The guide"]);
    assert_eq!(world.sim.pins(&channel.id)[0].text, "The guide");
    assert_eq!(world.sim.bookmarks(&channel.id)[0].title, "Incident table");
    assert_eq!(world.texts("#ops"), ["Declared"]);
    for key in [
        "call",
        "room",
        "topic",
        "bookmark",
        "The guide",
        "pin",
        "Declared",
    ] {
        assert!(world.is_applied(key).await, "{key}");
        assert_eq!(world.effect(key).await.attempts, 1, "{key}");
    }

    let told = world.told();
    assert!(
        told.iter()
            .all(|event| event.chain == 1 && event.incident == Some(1))
    );
    assert!(told.iter().any(|event| matches!(&event.what,
        What::RoomOpened { channel: id, name } if id.as_str() == channel.id && name == &channel.name)));
    assert!(told.iter().any(|event| matches!(&event.what,
        What::Invited { came, missing, .. } if came.len() == 3 && missing.is_empty())));
}

#[tokio::test]
async fn messages_to_one_place_keep_their_order() {
    let world = World::new().await;
    let posts: Vec<_> = (1..=4)
        .map(|n| post(&format!("{n}"), &format!("m{n}"), ops()))
        .collect();
    world.plan(&posts).await;
    assert_eq!(world.texts("#ops"), ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn only_the_newest_of_a_slot_is_sent() {
    let world = World::new().await;
    world
        .plan(&[
            topic("old", "SEV2"),
            topic("new", "SEV1"),
            room("room", "inc-1"),
        ])
        .await;
    assert_eq!(world.calls("conversations.setTopic"), 1);
    assert_eq!(world.sim.channel("#inc-1").unwrap().topic.value, "SEV1");
    assert_eq!(world.state("old").await, iris::effect::State::Superseded);
}

#[tokio::test]
async fn a_deleted_panel_is_posted_anew() {
    let world = World::new().await;
    world.plan(&[post("One", "panel", ops())]).await;
    let panel = world.said("#ops").remove(0);
    let delete = |message| Act::Delete { message };
    world
        .plan(&[on("delete", "messages.remove", "panel", delete)])
        .await;
    assert!(world.texts("#ops").is_empty());

    let update = |text: &'static str| {
        move |message| Act::Update {
            message,
            content: content(text),
        }
    };
    world
        .plan(&[on("again", "messages.post", "panel", update("Two"))])
        .await;
    assert_eq!(world.texts("#ops"), ["Two"]);
    assert_ne!(world.said("#ops")[0].ts, panel.ts);

    world
        .plan(&[on("change", "messages.update", "panel", update("Three"))])
        .await;
    assert_eq!(world.texts("#ops"), ["Three"]);
}

#[tokio::test]
async fn an_answer_stands_in_the_thread_of_a_named_message() {
    let world = World::new().await;
    let thread = Target::Thread(super::world::named("card"));
    world
        .plan(&[
            post("Card", "card", ops()),
            post("Answer", "answer", thread),
        ])
        .await;
    let said = world.said("#ops");
    assert_eq!(said[1].thread_ts.as_ref(), Some(&said[0].ts));
}

#[tokio::test]
async fn a_bookmark_of_the_same_title_is_replaced() {
    let world = World::new().await;
    let bookmark = |key: &str, link: &str| {
        let act = Act::Bookmark {
            title: "Table".into(),
            link: link.into(),
            emoji: None,
        };
        in_room(key, "room.bookmark", act)
    };
    world
        .plan(&[room("room", "inc-1"), bookmark("a", "https://a.example/")])
        .await;
    world.plan(&[bookmark("b", "https://b.example/")]).await;
    let all = world.sim.bookmarks("#inc-1");
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].link, "https://b.example/");
}
