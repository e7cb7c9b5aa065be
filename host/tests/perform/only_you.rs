//! What only one person sees: at most once.

use std::sync::{Arc, Mutex};

use axum::{Form, Router, extract::State as With, routing::post};
use iris::effect::{Act, Effect};
use slack_sim::Fault;

use super::world::{World, content, effect, ops};

/// The `response_url` of a command that Aya typed.
async fn asked(world: &World) -> String {
    type Heard = Arc<Mutex<Option<String>>>;
    let heard = Heard::default();
    let command = async |With(heard): With<Heard>, Form(fields): Form<Vec<(String, String)>>| {
        let url = fields.into_iter().find(|(name, _)| name == "response_url");
        *heard.lock().expect("a lock") = url.map(|(_, url)| url);
    };
    let app = Router::new()
        .route("/slack/events", post(command))
        .with_state(heard.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    world
        .sim
        .connect_app(&format!("http://{address}/slack/events"));
    let typing = async {
        world
            .sim
            .person("@aya")
            .command("#ops", "/incident help")
            .await
            .expect("a command");
    };
    tokio::select! {
        () = typing => {}
        _ = axum::serve(listener, app).into_future() => {}
    }
    let url = heard.lock().expect("a lock").clone();
    url.expect("a response_url")
}

fn respond(key: &str, url: String) -> Effect {
    effect(
        key,
        "messages.reply",
        Act::Respond {
            url,
            content: content(key),
            replace: false,
        },
    )
}

#[tokio::test]
async fn an_answer_reaches_the_person_who_asked() {
    let world = World::new().await;
    let url = asked(&world).await;
    world.plan(&[respond("Hello", url)]).await;
    assert!(world.is_applied("Hello").await);
    assert_eq!(world.sim.ephemerals("@aya")[0].text, "Hello");
}

#[tokio::test]
async fn an_answer_is_not_repeated_when_nobody_knows_whether_it_came() {
    let world = World::new().await;
    let url = asked(&world).await;
    world
        .sim
        .faults()
        .next("response_url", Fault::ResetAfterApply);
    world.plan(&[respond("Hello", url)]).await;
    world.wait(20).await;
    assert_eq!(
        world.refusal("Hello").await.as_deref(),
        Some("unknown-outcome")
    );
    assert_eq!(world.sim.ephemerals("@aya").len(), 1);
}

#[tokio::test]
async fn row_28_29_what_replaces_a_message_is_done_again() {
    for fault in [Fault::ResetBeforeApply, Fault::ResetAfterApply] {
        let world = World::new().await;
        let url = asked(&world).await;
        world.plan(&[respond("First", url.clone())]).await;
        world.sim.faults().next("response_url", fault);
        let act = Act::Respond {
            url,
            content: content("Second"),
            replace: true,
        };
        world
            .plan(&[effect("again", "messages.reply-instead", act)])
            .await;
        world.wait(20).await;
        assert!(world.is_applied("again").await);
        let seen = world.sim.ephemerals("@aya");
        assert_eq!(seen.last().map(|shown| &*shown.text), Some("Second"));
    }
}

#[tokio::test]
async fn a_whisper_is_seen_by_one() {
    let world = World::new().await;
    let whisper = |user: &str| Act::Whisper {
        user: user.into(),
        to: ops(),
        content: content("Psst"),
    };
    world
        .plan(&[effect("a", "messages.whisper", whisper("U0AYASATO"))])
        .await;
    assert_eq!(world.sim.ephemerals("@aya")[0].text, "Psst");
    world
        .plan(&[effect("b", "messages.whisper", whisper("U0CTO"))])
        .await;
    assert_eq!(
        world.refusal("b").await.as_deref(),
        Some("user_not_in_channel")
    );
}
