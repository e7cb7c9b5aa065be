//! What people write and press: rows 46 and 47.

use iris_tests::{Team, World};
use serde_json::Value;

use super::{DECLARED, play};

#[tokio::test(flavor = "multi_thread")]
async fn row_46_what_people_write_pings_nobody_and_changes_no_markup() {
    let world = World::start(Team::English).await.unwrap();
    let nasty = "<!channel> <!here> <@U0CTO> *bold* & <http://evil.example|pay here>";
    let title = DECLARED.replace("Checkout fails with 500", nasty);
    play(&world, &title).await;
    play(&world, &format!("> @aya #room: /incident update {nasty}")).await;
    play(&world, &format!("> @aya #room: /incident todo {nasty}")).await;
    play(
        &world,
        &format!("> @aya #room: /incident note {nasty}\n> @aya #room: /incident resolve {nasty}"),
    )
    .await;
    let calls = world.sim.calls();
    let spoken = calls.iter().filter(|call| call.method.starts_with("chat."));
    let mut read = 0;
    for call in spoken {
        let blocks = call.args.get("blocks").map_or("[]", String::as_str);
        let blocks: Value = serde_json::from_str(blocks).unwrap();
        quiet(&blocks);
        harmless(
            call.args
                .get("text")
                .map(String::as_str)
                .unwrap_or_default(),
        );
        read += 1;
    }
    assert!(read > 10);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_47_a_button_of_a_private_incident_serves_nobody_outside() {
    let world = World::start(Team::English).await.unwrap();
    let fill = "> @aya form presses More options\n> @aya fills Product: Payments";
    let private = DECLARED
        .replace("> @aya fills Product: Payments", fill)
        .replace("Severity: SEV2", "Severity: SEV2 | Options: Private");
    play(&world, &private).await;
    let room = world.sim.channels().into_iter().next_back().unwrap();
    assert!(!room.is_public(), "{room:?}");
    let outsider = id(&world, "hanako");
    assert!(!room.has(&outsider));
    // The press as Slack would deliver it, had the message reached an outsider.
    let pressed = "> @aya #room presses 🙋 I'll take it at Incident commander";
    play(&world, pressed).await;
    let press = world
        .sim
        .deliveries()
        .into_iter()
        .rfind(|d| d.name == "block_actions")
        .unwrap();
    let aya = id(&world, "aya");
    let mut forged = press.clone();
    forged.body = press.body.replace(&aya, &outsider);
    world.sim.redeliver(&forged).await;
    world.settle().await;
    let incident = world
        .app
        .store
        .incident(&world.team(), 1)
        .await
        .unwrap()
        .unwrap();
    let commander = incident
        .roles
        .get("commander")
        .map(|held| held.user.as_str().to_owned());
    assert_eq!(commander, Some(aya));
    world.stop().await;
}

fn id(world: &World, name: &str) -> String {
    let people = &world.sim.settings().people;
    people
        .iter()
        .find(|person| person.name == name)
        .unwrap()
        .id
        .clone()
}

/// Plain text is shown as it is; markup and elements of rich text must ping nobody.
fn quiet(block: &Value) {
    match block {
        Value::Array(all) => all.iter().for_each(quiet),
        Value::Object(fields) => {
            assert_ne!(fields.get("type"), Some(&"broadcast".into()), "{block}");
            if fields.get("type") == Some(&"mrkdwn".into()) {
                harmless(fields["text"].as_str().unwrap());
            }
            fields.values().for_each(quiet);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn harmless(markup: &str) {
    for bad in ["<!channel", "<!here", "<http://evil.example|"] {
        assert!(!markup.contains(bad), "{bad} in {markup}");
    }
}
