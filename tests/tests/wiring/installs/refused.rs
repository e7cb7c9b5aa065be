//! What is not taken: nothing is stored of it, and nothing from the inside is told.

use super::*;

/// Nothing was installed: not in the store, and Iris answers nobody.
async fn nothing(world: &World, page: &Page, sentence: &str) {
    assert!(
        page.text.contains(sentence),
        "{} {}",
        page.status,
        page.text
    );
    let kept = world.app.store.installations(0).await.expect("a store");
    assert!(kept.is_empty(), "{kept:?}");
    for inside in ["xox", "secret", "oauth.v2", "invalid_", "code="] {
        assert!(!page.text.contains(inside), "{inside}: {}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_good_once_in_time_and_in_its_browser() {
    let world = world().await;
    let ken = world.sim.person("ken");
    let (his, hers) = (Browser::new(&world), Browser::new(&world));
    let back = ken.allow(&his.begin().await).unwrap();

    // Another browser, with a cookie of its own or none.
    let foreign = "This was begun in another browser";
    nothing(&world, &hers.back(&back).await, foreign).await;
    hers.begin().await;
    let page = hers.back(&back).await;
    assert_eq!(page.status, 400);
    nothing(&world, &page, foreign).await;

    // Later than it may be.
    let late = ken.allow(&his.begin().await).unwrap();
    world.pass(Some(std::time::Duration::from_mins(10))).await;
    nothing(&world, &his.back(&late).await, "older than 10 minutes").await;

    // None at all, twice, or nonsense.
    for query in [
        "",
        "?code=1",
        "?code=1&state=x",
        "?code=1&code=2&state=1&state=2",
        "?state=%FF",
    ] {
        let url = format!("{}{query}", back.split('?').next().unwrap());
        nothing(&world, &his.back(&url).await, "Nothing was installed").await;
    }

    // Once it is good, and then no more.
    let back = ken.allow(&his.begin().await).unwrap();
    assert_eq!(his.back(&back).await.status, 200);
    let again = his.back(&back).await;
    assert_eq!(again.status, 400);
    assert!(again.text.contains("used already"), "{}", again.text);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_want_it_has_nothing() {
    let world = world().await;
    let browser = Browser::new(&world);
    let denied = world
        .sim
        .person("ken")
        .deny(&browser.begin().await)
        .unwrap();
    nothing(
        &world,
        &browser.back(&denied).await,
        "You did not allow it in Slack",
    )
    .await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn less_than_iris_needs_is_said_by_name() {
    let world = world().await;
    let browser = Browser::new(&world);
    let page = browser.begin().await;
    let back = world
        .sim
        .person("ken")
        .allow_without(&page, &["pins:write", "chat:write"]);
    let page = browser.back(&back.unwrap()).await;
    assert_eq!(page.status, 403);
    nothing(&world, &page, "Missing: chat:write, pins:write").await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_slack_does_not_take_installs_nothing() {
    let world = world().await;
    let browser = Browser::new(&world);
    let page = browser.begin().await;
    let back = world.sim.person("ken").allow(&page).unwrap();
    let (address, rest) = back.split_once("code=").unwrap();
    let (_, state) = rest.split_once('&').unwrap();
    let forged = format!("{address}code=stolen&{state}");
    nothing(
        &world,
        &browser.back(&forged).await,
        "Slack did not confirm it",
    )
    .await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_another_is_not_taken() {
    let mut other = workspace(SECOND);
    other.app.id = "A0OTHER".to_owned();
    let files = [("default.toml", Team::English.file())];
    let world = World::installable(workspace(FIRST), vec![other], &files)
        .await
        .unwrap();
    assert_eq!(install(&world, &world.sim, "ken").await.status, 200);
    let page = install(&world, &world.also[0], "ken").await;
    assert_eq!(page.status, 403);
    assert!(
        page.text.contains("Slack answered for another app"),
        "{}",
        page.text
    );
    let kept = world.app.store.installations(0).await.unwrap();
    assert_eq!(kept.len(), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_without_a_file_is_refused() {
    let named = format!("{SECOND}.toml");
    let files = [(&*named, Team::English.file())];
    let world = World::installable(workspace(FIRST), vec![workspace(SECOND)], &files)
        .await
        .unwrap();
    let page = install(&world, &world.sim, "ken").await;
    assert_eq!(page.status, 403);
    nothing(
        &world,
        &page,
        "Iris is not set up for the workspace T0FIRST",
    )
    .await;
    assert_eq!(install(&world, &world.also[0], "ken").await.status, 200);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_may_install_it_the_pages_say_so() {
    let world = World::start(Team::English).await.unwrap();
    let browser = Browser::new(&world);
    for path in ["slack/install", "slack/oauth_redirect?code=1&state=1"] {
        let url = world.url.replace("slack/events", path);
        let page = browser.back(&url).await;
        assert_eq!(page.status, 404);
        assert!(
            page.text.contains("Iris cannot be installed from here"),
            "{}",
            page.text
        );
    }
    world.stop().await;
}
