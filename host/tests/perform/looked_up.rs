//! Whom groups and addresses mean is kept for a while, and not for longer.

use iris::event::What;

use super::world::{World, invite, room, team};

const GROUP: &str = "@payments-oncall";
const ADDRESS: &str = "cto@acme.example";
const MINUTE: u64 = 60;

/// A world with a room.
async fn with_room() -> World {
    let world = World::new().await;
    world.plan(&[room("room", "inc-1")]).await;
    world
}

fn in_room(world: &World, user: &str) -> bool {
    world
        .sim
        .channel("#inc-1")
        .is_some_and(|room| room.has(user))
}

#[tokio::test]
async fn many_who_wait_for_the_same_ask_once() {
    let world = World::new().await;
    let invitations: Vec<_> = (0..30)
        .map(|n| invite(&format!("call {n}"), &[GROUP, ADDRESS]))
        .collect();
    world.plan(&[room("room", "inc-1")]).await;
    world.plan(&invitations).await;
    assert!(in_room(&world, "U0CTO") && in_room(&world, "U0KENMORI"));
    assert_eq!(world.calls("usergroups.list"), 1);
    assert_eq!(world.calls("users.lookupByEmail"), 1);
}

#[tokio::test]
async fn who_comes_into_a_group_is_called_when_its_minute_is_over() {
    let world = with_room().await;
    world.plan(&[invite("first", &[GROUP])]).await;
    world.sim.set_group(GROUP, &["U0KENMORI", "U0ANASILVA"]);
    world.wait(MINUTE - 1).await;
    world.plan(&[invite("within", &[GROUP])]).await;
    assert!(!in_room(&world, "U0ANASILVA"), "the group is known");
    assert_eq!(world.calls("usergroups.list"), 1);
    world.wait(1).await;
    world.plan(&[invite("after", &[GROUP])]).await;
    assert!(in_room(&world, "U0ANASILVA"));
    assert_eq!(world.calls("usergroups.list"), 2);
}

#[tokio::test]
async fn who_has_an_address_is_asked_again_after_an_hour() {
    let world = with_room().await;
    world.plan(&[invite("first", &[ADDRESS])]).await;
    world.wait(60 * MINUTE - 1).await;
    world.plan(&[invite("within", &[ADDRESS])]).await;
    assert_eq!(world.calls("users.lookupByEmail"), 1);
    world.wait(1).await;
    world.plan(&[invite("after", &[ADDRESS])]).await;
    assert_eq!(world.calls("users.lookupByEmail"), 2);
}

/// Slack refuses somebody whose account has ended since: what led to them is not believed again.
#[tokio::test]
async fn nothing_that_led_to_a_refusal_is_used_again() {
    let mut world = with_room().await;
    let known = invite("known", &[GROUP, ADDRESS]);
    world.plan(&[known]).await;
    for person in ["@ken", "@cto"] {
        world.sim.person(person).leave("#inc-1").unwrap();
    }
    world.sim.deactivate("U0KENMORI");
    world.sim.deactivate("U0CTO");
    world.plan(&[invite("refused", &[GROUP, ADDRESS])]).await;
    assert_eq!(world.calls("usergroups.list"), 1);
    assert_eq!(world.calls("users.lookupByEmail"), 1);
    world.told();
    world.sim.set_group(GROUP, &["U0ANASILVA"]);
    world.plan(&[invite("anew", &[GROUP, ADDRESS])]).await;
    assert!(in_room(&world, "U0ANASILVA"), "the group is asked for anew");
    assert_eq!(world.calls("users.lookupByEmail"), 2);
    let missing = world.told().into_iter().find_map(|event| {
        let What::Invited { missing, .. } = event.what else {
            return None;
        };
        Some(missing)
    });
    let missing = missing.unwrap();
    assert_eq!(missing[0].code, "not-found", "{missing:?}");
}

#[tokio::test]
async fn who_was_not_found_is_looked_for_again_a_little_later() {
    let world = with_room().await;
    for key in ["once", "at once"] {
        world.plan(&[invite(key, &["nobody@acme.example"])]).await;
    }
    assert_eq!(world.calls("users.lookupByEmail"), 1);
    world.wait(10).await;
    world
        .plan(&[invite("later", &["nobody@acme.example"])])
        .await;
    assert_eq!(world.calls("users.lookupByEmail"), 2);
}

#[tokio::test]
async fn an_answer_about_an_address_says_the_name_too() {
    let world = with_room().await;
    world.plan(&[invite("call", &[ADDRESS])]).await;
    let person = world.store.person(&team(), &"U0CTO".into()).await.unwrap();
    assert_eq!(person.unwrap().name, "Mika Ito");
    world.performer.learn(&team(), ["U0CTO".into()]);
    world.performer.idle().await;
    assert_eq!(world.calls("users.info"), 0);
}
