//! Iris serves with a step out of a registry, and goes on when that is gone.

use std::{collections::BTreeSet, ffi::OsString, fs, path::Path};

use iris::{
    ids::Owner,
    registry::{Reference, Registry},
    store::StatePlace,
    team::Origin,
};
use iris_tests::{Team, World, changed, guest};
use slack_sim::{ClockSetting, Settings, story::parse};

use super::house::House;

/// Where the guest keeps what its last call came to; another version keeps it elsewhere.
const FIRST: &str = "came-to";
const SECOND: &str = "came-of";

const DECLARED: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

/// What that tag stands for now.
async fn pinned(house: &House, tag: &str) -> Reference {
    let reference: Reference = format!("oci://{}/steps/guest:{tag}", house.host())
        .parse()
        .unwrap();
    let nowhere = Registry::new("/nowhere".into(), 64 << 20);
    nowhere.resolve(&reference).await.unwrap()
}

fn team(reference: &Reference) -> String {
    format!(
        "{}\n[[step]]\nuse = \"guest\"\nfrom = \"{reference}\"\nallow = {{ wishes = [\"incident\", \
         \"room\", \"messages\", \"forms\", \"timers\"], slack = [\"users.info\"], \
         http = [\"api.statuspage.example\"] }}\nconfig = {{ acts = [{{ do = \"event\" }}] }}\n",
        Team::English.file()
    )
}

async fn world(team: &str, prepare: impl FnOnce(&Path)) -> World {
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    World::prepared(settings, team, prepare).await.unwrap()
}

/// As Iris does by itself, aside.
async fn fetched(world: &World, reference: &Reference) -> bool {
    let origin = Origin::Registry(reference.clone());
    let problems = world
        .app
        .steps
        .refresh(&BTreeSet::from([origin.clone()]))
        .await;
    problems.is_empty() && world.app.steps.has(&origin)
}

async fn play(world: &World, story: &str) {
    let mut player = world.player();
    for line in parse(story).unwrap() {
        player.play(&line).await.unwrap();
    }
}

async fn heard(world: &World, key: &str, what: &str) -> bool {
    let place = StatePlace {
        team: world.team(),
        owner: Owner::from("guest"),
        incident: None,
    };
    let kept = world.app.store.state(&place, key).await.unwrap();
    kept.is_some_and(|kept| kept.json.contains(what))
}

/// The files in which it is kept: names and bytes.
fn kept(world: &World) -> Vec<(OsString, Vec<u8>)> {
    let folder = world.folder.path().join("iris.steps");
    let files = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let read = |file: fs::DirEntry| (file.file_name(), fs::read(file.path()).unwrap());
    files.map(read).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_fetched_once_and_serves_without_its_registry() {
    let mut house = House::open();
    house
        .push("steps/guest:1", guest().unwrap(), "application/wasm")
        .await;
    let first = pinned(&house, "1").await;
    let world = world(&team(&first), |_| {}).await;
    assert!(fetched(&world, &first).await);
    play(&world, DECLARED).await;
    play(&world, "> @ken #room: the first").await;
    assert!(heard(&world, FIRST, "the first").await);
    house.stop();
    let files = kept(&world);
    assert_eq!(files.len(), 2, "a manifest and a component");
    world.stop().await;

    // Started anew, with nobody to ask: what was kept serves from the first event on.
    let file = team(&first);
    let again = self::world(&file, |folder| {
        fs::create_dir(folder.join("iris.steps")).unwrap();
        for (name, bytes) in &files {
            fs::write(folder.join("iris.steps").join(name), bytes).unwrap();
        }
    });
    let again = again.await;
    assert!(again.app.steps.has(&Origin::Registry(first)));
    play(&again, DECLARED).await;
    play(&again, "> @ken #room: the second").await;
    assert!(heard(&again, FIRST, "the second").await);
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_new_digest_is_on_its_way_the_version_before_serves() {
    let mut house = House::open();
    let second = changed(guest().unwrap(), FIRST, SECOND);
    for (tag, wasm) in [("1", guest().unwrap()), ("2", second)] {
        let name = format!("steps/guest:{tag}");
        house.push(&name, wasm, "application/wasm").await;
    }
    let (first, second) = (pinned(&house, "1").await, pinned(&house, "2").await);
    let world = world(&team(&first), |_| {}).await;
    assert!(fetched(&world, &first).await);
    play(&world, DECLARED).await;

    house.stop();
    fs::write(
        world.folder.path().join("teams/default.toml"),
        team(&second),
    )
    .unwrap();
    world.app.teams.reload();
    assert!(!fetched(&world, &second).await, "nobody is there");
    play(&world, "> @ken #room: meanwhile").await;
    assert!(heard(&world, FIRST, "meanwhile").await);

    house.start();
    assert!(fetched(&world, &second).await);
    play(&world, "> @ken #room: and then").await;
    assert!(heard(&world, SECOND, "and then").await);
    assert!(!heard(&world, FIRST, "and then").await);
    world.stop().await;
}
