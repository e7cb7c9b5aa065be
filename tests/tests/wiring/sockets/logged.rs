//! What operators read in the log: each trouble once, with its remedy, however often Iris tries; and
//! once that it is over.

use iris_tests::{Log, World, in_time};
use slack_sim::{Fault, Seen};
use tracing::{Level, subscriber::DefaultGuard};

use super::{OPEN, asked, open, open_again, pass, world};

/// What is said when nothing is wrong any more.
const OVER: &str = "All sockets to Slack are open again";
/// So many attempts are in vain.
const ATTEMPTS: usize = 4;

/// What is logged in this thread from now on: the test's whole, for its runtime has no other.
fn listen() -> (Log, DefaultGuard) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

/// How many lines say it.
fn told(log: &Log, what: &str) -> usize {
    log.text()
        .lines()
        .filter(|line| line.contains(what))
        .count()
}

/// Both sockets go.
async fn cut(world: &World) {
    for left in [1, 0] {
        world.sim.sockets().cut();
        open(world, left).await;
    }
}

/// Several attempts are in vain, and this is said of them; then that it is over.
async fn once(world: &World, log: &Log, what: &str, mend: impl FnOnce()) {
    let before = asked(world);
    let tried = async || asked(world) >= before + ATTEMPTS;
    pass(world, "it is tried again and again", tried).await;
    assert_eq!(told(log, what), 1, "{}", log.text());
    assert_eq!(told(log, OVER), 0, "{}", log.text());
    mend();
    over(world, log, what).await;
}

/// Both are open again, and each is said once.
async fn over(world: &World, log: &Log, what: &str) {
    open_again(world, 2).await;
    pass(world, "it is over", async || told(log, OVER) > 0).await;
    assert_eq!(told(log, what), 1, "{}", log.text());
    assert_eq!(told(log, OVER), 1, "{}", log.text());
}

#[tokio::test]
async fn a_refused_app_token_is_logged_once() {
    for (code, remedy) in [
        ("invalid_auth", "give Iris a valid SLACK_APP_TOKEN"),
        ("not_allowed_token_type", "is no app-level token"),
        ("account_inactive", "the app token or its app is gone"),
        ("forbidden_team", "ask its administrators"),
    ] {
        let world = world().await;
        let (log, _listening) = listen();
        let faults = world.sim.faults();
        faults.always(OPEN, Fault::Error(code.into()));
        cut(&world).await;
        let what = format!("Slack gives no socket ({code})");
        once(&world, &log, &what, || faults.clear()).await;
        assert_eq!(told(&log, remedy), 1, "{}", log.text());
        world.stop().await;
    }
}

#[tokio::test]
async fn socket_mode_switched_off_is_logged_once() {
    let world = world().await;
    let (log, _listening) = listen();
    world.sim.sockets().switch_off();
    let what = "Socket Mode is switched off: switch it on";
    once(&world, &log, what, || world.sim.sockets().switch_on()).await;
    world.stop().await;
}

/// One place is refused again and again, while the other is well and is filled anew meanwhile.
#[tokio::test]
async fn one_socket_too_many_is_logged_once() {
    let world = world().await;
    let (log, _listening) = listen();
    let sockets = world.sim.sockets();
    sockets.allow(1);
    sockets.cut();
    let what = "The Slack app has more sockets than the ten it may";
    let refused = async || told(&log, what) > 0;
    pass(&world, "there is no room", refused).await;
    sockets.refresh();
    open_again(&world, 1).await;
    once(&world, &log, what, || sockets.allow(2)).await;
    world.stop().await;
}

#[tokio::test]
async fn a_slack_that_limits_is_logged_once() {
    let world = world().await;
    let (log, _listening) = listen();
    let (faults, sockets) = (world.sim.faults(), world.sim.sockets());
    faults.always(OPEN, Fault::RateLimited(20));
    for left in [1, 0] {
        sockets.refresh();
        open(&world, left).await;
    }
    let what = format!("Slack limits {OPEN} for 20 s");
    once(&world, &log, &what, || faults.clear()).await;
    world.stop().await;
}

/// In other words each time: it is one trouble all the same.
#[tokio::test]
async fn a_slack_that_cannot_be_reached_is_logged_once() {
    let world = world().await;
    let (log, _listening) = listen();
    let faults = world.sim.faults();
    for fault in [Fault::Status(500), Fault::Html, Fault::ResetBeforeApply] {
        faults.times(2, OPEN, fault);
    }
    cut(&world).await;
    let what = "A socket to Slack is missing";
    once(&world, &log, what, || faults.clear()).await;
    world.stop().await;
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_logged_once() {
    let world = world().await;
    let (log, _listening) = listen();
    let what = "A socket gave no sign of life and was given up";
    world.sim.sockets().half_open();
    let given_up = async || told(&log, what) > 0;
    pass(&world, "it is given up", given_up).await;
    over(&world, &log, what).await;
    world.stop().await;
}

/// As Slack does it every few hours: nothing that an operator would have to know.
#[tokio::test]
async fn a_refresh_is_no_news() {
    let world = world().await;
    let (log, _listening) = listen();
    for opened in [3, 4] {
        world.sim.sockets().refresh();
        let there = |seen: &Seen| seen.open == 2 && seen.opened == opened;
        in_time("another is open", world.sim.sockets().until(there)).await;
    }
    assert_eq!(told(&log, "ocket"), 0, "{}", log.text());
    world.stop().await;
}
