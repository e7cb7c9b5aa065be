//! One installation for all workspaces of an organisation.

use slack_sim::Enterprise;

use super::*;

fn of_acme(team: &str, suffix: &str) -> Settings {
    let mut settings = workspace(team);
    settings.team.enterprise = Some(Enterprise {
        id: "E0ACME".to_owned(),
        name: "Acme Holding".to_owned(),
    });
    // In an organisation ids are the workspace's own.
    for channel in &mut settings.channels {
        channel.id += suffix;
    }
    settings
}

async fn organisation() -> World {
    let files = [("default.toml", Team::English.file())];
    let others = vec![of_acme(SECOND, "2")];
    World::installable(of_acme(FIRST, "1"), others, &files)
        .await
        .expect("two workspaces and Iris")
}

async fn install_for_all(world: &World) {
    let browser = Browser::new(world);
    let page = browser.begin().await;
    let back = world
        .sim
        .person("ken")
        .allow_in_organisation(&page)
        .expect("they may install apps");
    let page = browser.back(&back).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("Acme Holding"), "{}", page.text);
    world.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_workspace_is_served_by_the_one_token() {
    let world = organisation().await;
    install_for_all(&world).await;
    for sim in [world.sim.clone(), world.also[0].clone()] {
        let told = tell(&world, &sim, DECLARE).await;
        assert!(told.contains("INC-1 is declared"), "{told}");
        // Slack is told whose room it is.
        let calls = sim.calls();
        let made = calls
            .iter()
            .find(|call| call.method == "conversations.create")
            .unwrap();
        assert_eq!(made.args.get("team_id"), Some(&sim.settings().team.id));
    }
    let world = world.restarted().await.unwrap();
    let told = tell(&world, &world.also[0], "> @aya #general: /incident list").await;
    assert!(told.contains("Checkout fails with 500"), "{told}");
    world.stop().await;
}
