//! Which file a team's line takes, where there are several of one name, or none any more.

use std::fs;

use iris::{
    ids::{Owner, TeamId},
    store::StatePlace,
};
use iris_tests::{Team, World, changed, guest};
use slack_sim::{ClockSetting, Settings, Sim, story::parse};

use super::{ALLOW, DECLARED, FIRST, SECOND};

const CONFIG: &str = "config = { acts = [{ do = \"event\" }] }";

fn workspace(team: &str) -> Settings {
    let mut settings = Settings {
        clock: ClockSetting::manual(),
        bot_token: format!("xoxb-of-{team}"),
        ..Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings
}

fn second() -> Vec<u8> {
    changed(guest().unwrap(), FIRST, SECOND)
}

async fn tell(world: &World, sim: &Sim, story: &str) -> String {
    let mut player = world.player_in(sim);
    let mut told = Vec::new();
    for line in parse(story).unwrap() {
        told.extend(player.play(&line).await.unwrap());
    }
    told.join("\n")
}

/// What a step of a team was last told, by the version that keeps it there.
async fn heard(world: &World, (team, step): (&str, &str), key: &str) -> Option<String> {
    let place = StatePlace {
        team: TeamId::from(team),
        owner: Owner::from(step),
        incident: None,
    };
    let kept = world.app.store.state(&place, key).await.unwrap();
    kept.map(|kept| kept.json)
}

/// One team takes the file of the step's name, the other one of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_takes_the_file_that_it_names_for_its_team_alone() {
    let (first, other) = (guest().unwrap(), second());
    let ours = format!(
        "{}\n[[step]]\nuse = \"guest\"\n{ALLOW}\n{CONFIG}\n",
        Team::English.file()
    );
    let theirs = ours.replace(
        "use = \"guest\"",
        "use = \"guest\"\nfrom = \"steps/theirs.wasm\"",
    );
    let files = [
        ("teams/T0OURS.toml".to_owned(), ours.as_bytes()),
        ("teams/T0THEIRS.toml".to_owned(), theirs.as_bytes()),
        ("steps/guest.wasm".to_owned(), &first),
        ("steps/theirs.wasm".to_owned(), &other),
    ];
    let world = World::of(workspace("T0OURS"), vec![workspace("T0THEIRS")], &files).await;
    let world = world.unwrap();
    for sim in [&world.sim, &world.also[0]] {
        tell(&world, sim, DECLARED).await;
    }
    let heard = async |team, key| heard(&world, (team, "guest"), key).await.is_some();
    assert!(heard("T0OURS", FIRST).await && !heard("T0OURS", SECOND).await);
    assert!(heard("T0THEIRS", SECOND).await && !heard("T0THEIRS", FIRST).await);
    world.stop().await;
}

/// A file under the name of a standard step takes its place where a team allows it what it asks for;
/// elsewhere the standard one serves on.
#[tokio::test(flavor = "multi_thread")]
async fn a_standard_step_is_replaced_for_the_team_that_allows_it() {
    let guide = changed(guest().unwrap(), "guest", "guide");
    let standard = Team::English.file();
    let own = standard.replacen(
        "use = \"guide\"",
        &format!("use = \"guide\"\n{ALLOW}\n{CONFIG}"),
        1,
    );
    let own = own.replacen("config = { flow", "# config = { flow", 1);
    assert_ne!(own, standard);
    let files = [
        ("teams/T0OWN.toml".to_owned(), own.as_bytes()),
        ("teams/T0STANDARD.toml".to_owned(), standard.as_bytes()),
        ("steps/guide.wasm".to_owned(), &guide),
    ];
    let world = World::of(workspace("T0OWN"), vec![workspace("T0STANDARD")], &files).await;
    let world = world.unwrap();
    let own = tell(&world, &world.sim, DECLARED).await;
    let standard = tell(&world, &world.also[0], DECLARED).await;
    assert!(heard(&world, ("T0OWN", "guide"), FIRST).await.is_some());
    assert_eq!(heard(&world, ("T0STANDARD", "guide"), FIRST).await, None);
    let panel = "Incident commander";
    assert!(
        standard.contains(panel) && !own.contains(panel),
        "{own}\n---\n{standard}"
    );
    world.stop().await;
}

/// Its last version serves those who use it; who names it from now on is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_serves_only_those_who_used_it() {
    let wasm = guest().unwrap();
    let uses = format!(
        "{}\n[[step]]\nuse = \"guest\"\n{ALLOW}\n{CONFIG}\n",
        Team::English.file()
    );
    let files = [
        ("teams/T0USES.toml".to_owned(), uses.as_bytes()),
        (
            "teams/T0LATER.toml".to_owned(),
            Team::English.file().as_bytes(),
        ),
        ("steps/guest.wasm".to_owned(), &wasm),
    ];
    let world = World::of(workspace("T0USES"), vec![workspace("T0LATER")], &files).await;
    let world = world.unwrap();
    tell(&world, &world.sim, DECLARED).await;
    fs::remove_file(world.folder.path().join("steps/guest.wasm")).unwrap();
    world.app.steps.reload().await;
    tell(&world, &world.sim, "> @ken #room: still there").await;
    let last = async |team| heard(&world, (team, "guest"), FIRST).await;
    assert!(last("T0USES").await.unwrap().contains("still there"));

    fs::write(world.folder.path().join("teams/T0LATER.toml"), &uses).unwrap();
    world.app.teams.reload();
    tell(&world, &world.also[0], DECLARED).await;
    assert_eq!(last("T0LATER").await, None);
    // The team that used it may change its file meanwhile.
    let changed = uses.replace("Acme", "Acme Ltd");
    fs::write(world.folder.path().join("teams/T0USES.toml"), &changed).unwrap();
    world.app.teams.reload();
    tell(&world, &world.sim, "> @ken #room: even now").await;
    assert!(last("T0USES").await.unwrap().contains("even now"));

    // It is back: everybody may use it.
    fs::write(world.folder.path().join("steps/guest.wasm"), &wasm).unwrap();
    world.app.steps.reload().await;
    tell(&world, &world.also[0], "> @ken #room: at last").await;
    assert!(last("T0LATER").await.unwrap().contains("at last"));
    world.stop().await;
}
