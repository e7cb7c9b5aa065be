//! A step adds inputs to the form of a declaration, and is told what was filled in.

use iris::{ids::Owner, store::StatePlace};
use iris_tests::{Team, World, guest};
use slack_sim::{ClockSetting, Settings};

use crate::play;

const ALLOWED: &str = "allow = { wishes = [\"incident\", \"room\", \"messages\", \"forms\", \"timers\"], slack = [\"users.info\"], http = [\"api.statuspage.example\"] }";

/// A team with the step that has a field, which keeps what it was told last.
async fn world(team: Team, allow: &str) -> World {
    let team = format!(
        "{}\n[[step]]\nuse = \"guest\"\n{allow}\nconfig = {{ acts = [{{ do = \"event\" }}] }}\n",
        team.file()
    );
    let settings = Settings {
        clock: ClockSetting::manual(),
        ..Settings::default()
    };
    let wasm = guest().unwrap();
    let files = [
        ("teams/default.toml".to_owned(), team.as_bytes()),
        ("steps/guest.wasm".to_owned(), &*wasm),
    ];
    World::of(settings, vec![], &files).await.unwrap()
}

async fn heard(world: &World) -> String {
    let place = StatePlace {
        team: world.team(),
        owner: Owner::from("guest"),
        incident: None,
    };
    let kept = world.app.store.state(&place, "came-to").await.unwrap();
    kept.unwrap().json
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_told_what_was_filled_into_its_field() {
    let world = world(Team::English, ALLOWED).await;
    let form = play(&world, "> @aya #general: /incident Checkout fails with 500").await;
    assert!(form.contains("Ticket"), "{form}");
    // What is typed stays when the form shows more.
    play(
        &world,
        "> @aya fills Product: Payments | Severity: SEV2 | Ticket: PAY-12
> @aya form presses More options
> @aya submits",
    )
    .await;
    let heard = heard(&world).await;
    assert!(
        heard.contains("ticket") && heard.contains("PAY-12"),
        "{heard}"
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_label_is_in_the_teams_language_and_need_not_be_filled_in() {
    let world = world(Team::Japanese, ALLOWED).await;
    let form = play(&world, "> @aya #general: /incident 決済画面で500エラー").await;
    assert!(form.contains("チケット"), "{form}");
    let said = play(&world, "> @aya fills 重大度: SEV1\n> @aya submits").await;
    assert!(said.contains("INC-1"), "{said}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_is_not_allowed_what_it_asks_for_adds_nothing() {
    let world = world(Team::English, "").await;
    let form = play(&world, "> @aya #general: /incident Checkout fails with 500").await;
    assert!(!form.contains("Ticket"), "{form}");
    world.stop().await;
}
