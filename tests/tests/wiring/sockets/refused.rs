//! Slack gives no socket: what the operator reads, and that it goes on by itself.

use std::time::Duration;

use iris_tests::until;
use slack_sim::Fault;

use super::{NONE, OPEN, asked, ended, open, open_again, pass, play, ready, world};

const LIST: &str = "> @aya #general: /incident list";

#[tokio::test(flavor = "multi_thread")]
async fn socket_mode_switched_off_is_said_and_waited_for() {
    let world = world().await;
    world.sim.sockets().switch_off();
    open(&world, 0).await;
    ready(
        &world,
        "Socket Mode is switched off in the Slack app's settings",
    )
    .await;
    let answer = world.get("/readyz").await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.0 503") || answer.starts_with("HTTP/1.1 503"),
        "{answer}"
    );
    // It is tried again, in vain.
    let before = asked(&world);
    let again = async || asked(&world) > before;
    pass(&world, "it is tried again", again).await;
    ready(&world, "Socket Mode is switched off").await;
    world.sim.sockets().switch_on();
    open_again(&world, 2).await;
    ready(&world, "200 OK").await;
    assert!(play(&world, LIST).await.contains(NONE));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_app_token_is_said_and_tried_again() {
    let world = world().await;
    let codes = [
        "invalid_auth",
        "not_allowed_token_type",
        "account_inactive",
        "forbidden_team",
    ];
    for code in codes {
        world.sim.faults().always(OPEN, Fault::Error(code.into()));
        for left in [1, 0] {
            world.sim.sockets().cut();
            open(&world, left).await;
        }
        ready(&world, "No socket to Slack is open").await;
        pass(&world, "it is said", async || {
            let ready = world.get("/readyz").await.unwrap();
            ready.contains("Slack refuses the app token")
        })
        .await;
        world.sim.faults().clear();
        open_again(&world, 2).await;
        ready(&world, "200 OK").await;
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slack_that_asks_for_patience_is_not_asked_before() {
    let world = world().await;
    let asked = || asked(&world);
    let before = asked();
    world.sim.faults().next(OPEN, Fault::RateLimited(300));
    world.sim.sockets().cut();
    open(&world, 1).await;
    pass(&world, "it is asked once", async || asked() > before).await;
    world.sim.advance(Duration::from_mins(4));
    world.settle().await;
    assert_eq!(asked(), before + 1);
    pass(&world, "it is asked again", async || asked() > before + 1).await;
    open_again(&world, 2).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slack_with_trouble_of_its_own_is_asked_again() {
    let world = world().await;
    for fault in [Fault::Status(500), Fault::Html, Fault::ResetBeforeApply] {
        world.sim.faults().times(2, OPEN, fault);
        world.sim.sockets().cut();
        open(&world, 1).await;
        open_again(&world, 2).await;
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_socket_too_many_leaves_the_others_alone() {
    let world = world().await;
    world.sim.sockets().allow(2);
    // The next is opened before the one goes that is about to be closed: that would be a third.
    world.sim.sockets().warn();
    let refused = async || ended("too_many_websockets") > 0;
    until("it is refused", refused).await;
    ready(&world, "200 OK").await;
    let another = async || world.sim.sockets().seen().opened > 2;
    pass(&world, "there is room again", another).await;
    open_again(&world, 2).await;
    assert!(play(&world, LIST).await.contains(NONE));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_page_tells_the_transport() {
    let world = world().await;
    let page = world.get("/").await.unwrap();
    assert!(page.contains("Socket Mode"), "{page}");
    let figures = world.get("/metrics").await.unwrap();
    assert!(figures.contains("iris_sockets_open"), "{figures}");
    world.stop().await;
}
