//! Fault 33: a token that Slack refuses holds everything, and nothing is lost.

use iris::{
    effect::State,
    perform::{Health, Healths},
};
use slack_sim::Fault;

use super::world::{World, ops, post};

#[tokio::test]
async fn row_33_everything_waits_for_a_good_token_and_goes_on_by_itself() {
    let world = World::new().await;
    let mut health = world.performer.health();
    let good = |health: &Healths| health.values().all(|health| health.identity().is_some());
    health.wait_for(good).await.unwrap();
    let identity = world.performer.identity(&super::world::team()).unwrap();
    assert_eq!(identity.bot_user.as_str(), "U0IRIS");

    world
        .sim
        .faults()
        .always("*", Fault::Error("token_revoked".into()));
    world
        .plan(&[post("Declared", "a", ops()), post("Next", "b", ops())])
        .await;
    world.wait(10).await;
    assert_eq!(
        health.borrow().values().collect::<Vec<_>>(),
        [&Health::Refused {
            code: "token_revoked".into()
        }]
    );
    assert_eq!(world.state("Declared").await, State::Planned);
    assert_eq!(world.calls("chat.postMessage"), 1);

    world.sim.faults().clear();
    while !good(&health.borrow_and_update()) {
        world.wait(1).await;
        tokio::task::yield_now().await;
    }
    world.wait(1).await;
    assert_eq!(world.texts("#ops"), ["Declared", "Next"]);
}

#[tokio::test]
async fn row_43_no_token_shows_in_errors_or_debug() {
    let world = World::new().await;
    let token = world.sim.settings().bot_token.clone();
    let slack = super::world::slack(&world.sim);
    assert!(!format!("{slack:?}").contains(&token));
    for fault in [
        Fault::ResetBeforeApply,
        Fault::Html,
        Fault::Error("invalid_auth".into()),
    ] {
        world.sim.faults().next("chat.postMessage", fault);
        let error = slack
            .call("chat.postMessage", &serde_json::json!({}))
            .await
            .unwrap_err();
        assert!(!format!("{error:?} {error}").contains(&token));
    }
}
