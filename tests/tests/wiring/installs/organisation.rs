//! One installation for all workspaces of an organisation.

use std::time::Duration;

use iris::ids::TeamId;
use slack_sim::{Call, Enterprise};

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

/// It works nowhere yet.
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
    let next = "Iris is installed for Acme Holding. It works in a workspace as soon as an admin";
    assert!(page.text.contains(next), "{}", page.text);
    world.settle().await;
}

async fn grant(world: &World, sim: &Sim) {
    sim.grant_app();
    world.settle().await;
}

/// What Iris has told who installed it, in the organisation's one conversation with them.
fn greetings(world: &World) -> Vec<String> {
    let told = world.sim.dms("ken").into_iter();
    told.map(|dm| world.sim.shown(&dm.text, &dm.blocks))
        .collect()
}

/// What the audit keeps of the first workspace.
async fn deeds(world: &World) -> Vec<String> {
    let team = TeamId::from(FIRST);
    let rows = world.app.store.audited(&team, 0, 100).await;
    let rows = rows.expect("a store");
    let whats = rows.into_iter().map(|row| row.deed.what);
    whats.filter(|what| what.starts_with("team.")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_served_once_it_is_granted() {
    let world = organisation().await;
    install_for_all(&world).await;
    let (first, second) = (world.sim.clone(), world.also[0].clone());
    is_not_there(&world, &first).await;
    assert!(greetings(&world).is_empty(), "nobody is served yet");

    grant(&world, &first).await;
    let greeted = greetings(&world);
    assert_eq!(greeted.len(), 1, "{greeted:?}");
    for part in ["Iris is ready in T0FIRST.", "teams/default.toml"] {
        assert!(greeted[0].contains(part), "{part}: {}", greeted[0]);
    }
    declare(&world, &first).await;
    is_not_there(&world, &second).await;

    // What Slack repeats is no news.
    let mut sent = first.deliveries().into_iter();
    let news = sent.rfind(|one| one.name == "team_access_granted").unwrap();
    first.redeliver(&news).await;
    world.settle().await;
    assert_eq!(greetings(&world).len(), 1);
    assert_eq!(deeds(&world).await, ["team.grant"]);

    grant(&world, &second).await;
    assert!(greetings(&world)[1].contains("Iris is ready in T0SECOND."));
    declare(&world, &second).await;
    for sim in [first, second] {
        // Slack is told whose room it is.
        let calls = sim.calls();
        let made = calls
            .iter()
            .find(|call| call.method == "conversations.create")
            .unwrap();
        assert_eq!(made.args.get("team_id"), Some(&sim.settings().team.id));
    }
    let world = world.restarted().await.unwrap();
    let told = listed(&world, &world.also[0]).await;
    assert!(told.contains("Checkout fails with 500"), "{told}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawn_it_is_silent_there_and_granted_again_it_goes_on() {
    let world = organisation().await;
    install_for_all(&world).await;
    let (first, second) = (world.sim.clone(), world.also[0].clone());
    grant(&world, &first).await;
    grant(&world, &second).await;
    declare(&world, &first).await;
    let lead = "> @aya #room: /incident role commander @aya";
    tell(&world, &first, lead).await;
    // Said in time, and delivered too late: Slack tries again after a minute.
    first.disconnect_app();
    tell(&world, &first, "> @ken #room: @iris todo Call the vendor").await;

    first.connect_app(&world.url);
    first.withdraw_app();
    world.settle().await;
    is_not_there(&world, &first).await;
    let calls = first.call_count();
    world.pass(Some(Duration::from_mins(90))).await;
    assert_eq!(first.call_count(), calls, "nothing goes out");
    // The other one is as it was, and a start changes nothing.
    declare(&world, &second).await;
    let world = world.restarted().await.unwrap();
    is_not_there(&world, &first).await;
    assert_eq!(first.call_count(), calls);

    let mut player = world.player_in(&first);
    grant(&world, &first).await;
    let seen = player.look().await.join("\n");
    drop(player);
    assert!(seen.contains("INC-1: no update yet"), "{seen}");
    assert!(!seen.contains("Call the vendor"), "{seen}");
    let told = listed(&world, &first).await;
    assert!(told.contains("Checkout fails with 500"), "{told}");
    resolve(&world, &first).await;
    let all = ["team.grant", "team.withdraw", "team.grant"];
    assert_eq!(deeds(&world).await, all);
    world.stop().await;
}

/// Slack's news were lost: what it answers says as much.
#[tokio::test(flavor = "multi_thread")]
async fn where_slack_denies_access_nothing_is_lost_either() {
    let world = organisation().await;
    install_for_all(&world).await;
    let first = world.sim.clone();
    grant(&world, &first).await;
    declare(&world, &first).await;
    let lead = "> @aya #room: /incident role commander @aya";
    tell(&world, &first, lead).await;
    first.disconnect_app();
    first.withdraw_app();
    world.pass(Some(Duration::from_mins(61))).await;
    let denied = |call: &Call| {
        let answer = call.answer.as_ref();
        answer.is_some_and(|answer| answer["error"] == "team_access_not_granted")
    };
    let denied = first.calls().iter().filter(|call| denied(call)).count();
    assert_eq!(denied, 1, "it is asked once");
    assert_eq!(deeds(&world).await, ["team.grant", "team.withdraw"]);

    // The news of the grant are lost as well: a delivery shows it.
    first.grant_app();
    first.connect_app(&world.url);
    world.pass(Some(Duration::from_secs(1))).await;
    let told = listed(&world, &first).await;
    assert!(told.contains("Checkout fails with 500"), "{told}");
    assert!(told.contains("INC-1: no update yet"), "{told}");
    resolve(&world, &first).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_out_of_the_organisation_it_serves_none_of_it() {
    let world = organisation().await;
    install_for_all(&world).await;
    let (first, second) = (world.sim.clone(), world.also[0].clone());
    grant(&world, &first).await;
    declare(&world, &first).await;
    first.uninstall_app();
    world.settle().await;
    is_not_there(&world, &first).await;
    // Installed again, it serves whom it is granted again.
    install_for_all(&world).await;
    is_not_there(&world, &first).await;
    grant(&world, &second).await;
    declare(&world, &second).await;
    is_not_there(&world, &first).await;
    grant(&world, &first).await;
    resolve(&world, &first).await;
    world.stop().await;
}
