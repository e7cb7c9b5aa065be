//! What is said about an incident stays inside: nothing is posted where another organisation reads.

use iris::{
    effect::{Act, Effect, File, Target},
    event::What,
};

use super::world::{World, effect, ops, post, room};

fn partners() -> Target {
    Target::Channel("C0PARTNERS".into())
}

/// As the team's file lets it be sent where nothing is said about shared channels.
fn inside(effect: Effect) -> Effect {
    Effect {
        outside: false,
        ..effect
    }
}

#[tokio::test]
async fn nothing_is_posted_where_another_organisation_reads() {
    let mut world = World::new().await;
    world
        .plan(&[inside(post("news", "news", partners()))])
        .await;
    assert_eq!(
        world.refusal("news").await.as_deref(),
        Some("shared-channel")
    );
    assert_eq!(world.calls("chat.postMessage"), 0);
    let told = world.told();
    let failed = told.iter().find_map(|event| {
        if let What::WishFailed(failed) = &event.what {
            Some(failed)
        } else {
            None
        }
    });
    assert_eq!(failed.expect("it is told").trouble.code, "shared-channel");
}

#[tokio::test]
async fn it_is_where_the_team_says_so() {
    let world = World::new().await;
    let allowed = Effect {
        outside: true,
        ..post("news", "news", partners())
    };
    world.plan(&[allowed]).await;
    assert_eq!(world.texts("#partners"), ["news"]);
}

#[tokio::test]
async fn other_channels_are_posted_in() {
    let world = World::new().await;
    world.plan(&[inside(post("news", "news", ops()))]).await;
    assert_eq!(world.texts("#ops"), ["news"]);
}

#[tokio::test]
async fn a_room_that_somebody_shares_goes_on() {
    let world = World::new().await;
    world.plan(&[room("room", "inc-1")]).await;
    let shared = world.sim.person("@iris").connect_channel("#inc-1");
    shared.expect("who made a channel can share it");
    world
        .plan(&[inside(post("guide", "guide", Target::Room))])
        .await;
    assert_eq!(world.texts("#inc-1"), ["guide"]);
}

#[tokio::test]
async fn a_channel_that_is_shared_meanwhile_hears_nothing_more() {
    let world = World::new().await;
    world.plan(&[inside(post("one", "one", ops()))]).await;
    world.sim.person("@aya").connect_channel("#ops").unwrap();
    world.plan(&[inside(post("two", "two", ops()))]).await;
    assert_eq!(world.texts("#ops"), ["one"]);
    assert_eq!(
        world.refusal("two").await.as_deref(),
        Some("shared-channel")
    );
}

/// Or Slack would be asked so often that what has its turn could not be asked about any more.
#[tokio::test]
async fn what_must_wait_for_a_limit_is_asked_about_once() {
    let settings = slack_sim::Settings {
        rate_limits: true,
        ..slack_sim::Settings::default()
    };
    let world = World::with(settings).await;
    let news = |n| inside(post(&format!("{n:02}"), &format!("news-{n}"), ops()));
    world.plan(&(0..12).map(news).collect::<Vec<_>>()).await;
    assert_eq!(world.calls("conversations.info"), 5);
    world.wait(30).await;
    assert_eq!(world.texts("#ops").len(), 12);
    assert_eq!(world.calls("conversations.info"), 12);
}

#[tokio::test]
async fn a_file_is_not_shared_there_either() {
    let world = World::new().await;
    let act = Act::Upload {
        name: "timeline".to_owned(),
        to: partners(),
        file: File {
            filename: "timeline.md".to_owned(),
            title: "Timeline".to_owned(),
            bytes: b"14:05 It broke".to_vec(),
            comment: String::new(),
        },
    };
    world
        .plan(&[inside(effect("file", "messages.upload", act))])
        .await;
    assert_eq!(
        world.refusal("file").await.as_deref(),
        Some("shared-channel")
    );
    assert_eq!(world.calls("files.getUploadURLExternal"), 0);
}

#[tokio::test]
async fn nor_does_a_step_post_there_by_a_method_of_its_own() {
    let mut world = World::new().await;
    let call = |key: &str, method: &str, arguments: &str| {
        let act = Act::Call {
            key: key.to_owned(),
            method: method.to_owned(),
            arguments: arguments.to_owned(),
            repeatable: true,
        };
        inside(effect(key, "slack.call", act))
    };
    let says = r#"{"channel": "C0PARTNERS", "text": "It broke"}"#;
    let reads = r#"{"channel": "C0PARTNERS"}"#;
    world
        .plan(&[
            call("says", "chat.postMessage", says),
            call("changes", "chat.update", says),
            call("reads", "conversations.info", reads),
        ])
        .await;
    assert_eq!(
        world.refusal("says").await.as_deref(),
        Some("shared-channel")
    );
    assert_eq!(
        world.refusal("changes").await.as_deref(),
        Some("shared-channel")
    );
    assert!(world.is_applied("reads").await);
    assert_eq!(world.calls("chat.postMessage"), 0);
    assert_eq!(world.calls("chat.update"), 0);
    assert_eq!(world.told().len(), 3);
}
