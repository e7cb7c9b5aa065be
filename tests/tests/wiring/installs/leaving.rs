//! Iris is taken out: nobody is served there any more, and what was there is kept.

use iris::{ids::TeamId, store::TokenState};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn taken_out_its_token_is_wiped_and_its_incidents_are_kept() {
    let world = world().await;
    install(&world, &world.sim, "ken").await;
    install(&world, &world.also[0], "ken").await;
    declare(&world, &world.sim).await;

    world.sim.uninstall_app();
    world.settle().await;
    let team = TeamId::from(FIRST);
    let kept = world.app.store.installation(&team).await.unwrap().unwrap();
    assert!(
        matches!(kept.token, TokenState::Removed { .. }),
        "{:?}",
        kept.token
    );
    assert_eq!(kept.tokens, None);
    is_not_there(&world, &world.sim).await;
    // The other one is served as before.
    declare(&world, &world.also[0]).await;

    // Also after a start, and what was there is there again when it is installed again.
    let world = world.restarted().await.unwrap();
    is_not_there(&world, &world.sim).await;
    assert_eq!(install(&world, &world.sim, "yui").await.status, 200);
    let told = listed(&world, &world.sim).await;
    assert!(told.contains("Checkout fails with 500"), "{told}");
    assert_eq!(
        world.sim.dms("yui").len(),
        1,
        "who installs it anew is greeted"
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_news_of_an_old_end_leave_the_new_installation_alone() {
    let world = world().await;
    install(&world, &world.sim, "ken").await;
    world.sim.uninstall_app();
    world.settle().await;
    let mut sent = world.sim.deliveries().into_iter();
    let gone = sent.rfind(|one| one.name == "app_uninstalled").unwrap();
    world.pass(Some(std::time::Duration::from_mins(2))).await;
    install(&world, &world.sim, "ken").await;
    world.sim.redeliver(&gone).await;
    world.settle().await;
    declare(&world, &world.sim).await;
    world.stop().await;
}
