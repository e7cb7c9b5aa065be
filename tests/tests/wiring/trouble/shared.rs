//! Channels that another organisation reads too.

use iris_tests::{Team, World};

use super::{acme, tell, told};

const DECLARED: &str = "> @aya #partners: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

#[tokio::test(flavor = "multi_thread")]
async fn a_team_may_have_its_incidents_announced_there() {
    let file = format!("shared_channels = true\n{}", Team::English.file());
    let world = World::with(acme(), &file).await.unwrap();
    let seen = tell(&world, DECLARED).await;
    told(
        &seen,
        &["#partners Iris: 🔴 SEV2 · Checkout fails with 500"],
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_is_not_followed_where_its_channel_was_shared_meanwhile() {
    let world = World::with(acme(), Team::English.file()).await.unwrap();
    let declared = DECLARED.replace("#partners", "#ops");
    let seen = tell(&world, &declared).await;
    told(&seen, &["#ops Iris: 🔴 SEV2 · Checkout fails with 500"]);
    tell(&world, "> @aya closes\n> @aya #ops connects").await;
    let seen = tell(&world, "> @aya #room: /incident update Rolling back").await;
    told(&seen, &["Rolling back"]);
    assert!(!seen.contains("#ops"), "{seen}");
    world.stop().await;
}
