//! From nothing to an incident, while Iris runs.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_installs_iris_and_it_serves_at_once() {
    let world = world().await;
    let second = world.also[0].clone();
    is_not_there(&world, &second).await;

    let page = install(&world, &second, "ken").await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(
        page.text.contains("Iris is installed in The T0SECOND"),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("https://acme.slack.com/"),
        "{}",
        page.text
    );

    // Whoever installed it is greeted; nobody else hears of it.
    let greeted = second.dms("ken");
    assert_eq!(greeted.len(), 1, "{greeted:?}");
    let said = second.shown(&greeted[0].text, &greeted[0].blocks);
    assert!(said.contains("Iris is ready."), "{said}");
    assert!(said.contains("teams/default.toml"), "{said}");
    assert!(second.dms("aya").is_empty() && world.sim.dms("ken").is_empty());

    declare(&world, &second).await;
    // The other one is as it was.
    is_not_there(&world, &world.sim).await;
    assert_eq!(world.sim.call_count(), 0);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greeting_begins_a_drill() {
    let world = world().await;
    install(&world, &world.sim, "ken").await;
    let told = tell(&world, &world.sim, "> @ken dm presses Start a drill").await;
    assert!(told.contains("Start a drill"), "{told}");
    assert!(world.sim.person("ken").view().is_some(), "{told}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_installed_is_served_after_a_start_and_nobody_is_asked() {
    let world = world().await;
    install(&world, &world.sim, "ken").await;
    install(&world, &world.also[0], "yui").await;
    let calls = [world.sim.call_count(), world.also[0].call_count()];
    let world = world.restarted().await.expect("Iris starts again");
    let after = [world.sim.call_count(), world.also[0].call_count()];
    assert_eq!(calls, after, "a start calls nobody");
    for sim in [world.sim.clone(), world.also[0].clone()] {
        declare(&world, &sim).await;
    }
    // Once greeted, never again.
    assert_eq!(world.sim.dms("ken").len(), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn installed_again_it_goes_on_with_the_new_token() {
    let world = world().await;
    install(&world, &world.sim, "ken").await;
    declare(&world, &world.sim).await;
    let page = install(&world, &world.sim, "yui").await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(world.sim.dms("yui").is_empty(), "it was there before");
    resolve(&world, &world.sim).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_japanese_browser_is_told_in_japanese() {
    let world = world().await;
    let browser = Browser::reading(&world, "ja-JP,ja;q=0.9,en;q=0.5");
    let page = browser.begin().await;
    let denied = world
        .sim
        .person("ken")
        .deny(&page)
        .expect("they may refuse");
    let page = browser.back(&denied).await;
    assert!(
        page.text.contains("Slackで許可されなかったため"),
        "{}",
        page.text
    );
    let page = browser.begin().await;
    let back = world
        .sim
        .person("ken")
        .allow(&page)
        .expect("they may install apps");
    let page = browser.back(&back).await;
    assert!(
        page.text.contains("Irisをインストールしました"),
        "{}",
        page.text
    );
    world.stop().await;
}
