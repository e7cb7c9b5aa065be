//! Whom an invitation means, and who they are.

use iris::{event::What, ids::UserId};

use super::world::{World, invite, room, team};

#[tokio::test]
async fn whoever_cannot_come_is_named_and_keeps_out_nobody() {
    let mut world = World::new().await;
    let wished = [
        "@payments-oncall",
        "U0KENMORI",
        "cto@acme.example",
        "nobody@acme.example",
        "@no-such-group",
        "U0NOBODY",
        "U0GONE",
        "U0IRIS",
    ];
    world
        .plan(&[room("room", "inc-1"), invite("call", &wished)])
        .await;
    let found = world.told().into_iter().find_map(|event| {
        let What::Invited { came, missing, .. } = event.what else {
            return None;
        };
        Some((came, missing))
    });
    let (came, missing) = found.unwrap();
    let expected: Vec<UserId> = ["U0KENMORI", "U0YUITANA", "U0CTO"].map(UserId::from).into();
    assert_eq!(came, expected);
    let missing: Vec<_> = missing
        .iter()
        .map(|m| (m.who.as_str(), m.code.as_str()))
        .collect();
    assert_eq!(
        missing,
        [
            ("nobody@acme.example", "not-found"),
            ("@no-such-group", "no_such_subteam"),
            ("U0NOBODY", "not-found"),
            ("U0GONE", "deactivated"),
        ]
    );
}

#[tokio::test]
async fn more_than_a_hundred_come_in_several_calls() {
    let settings = slack_sim::Settings::default();
    let mut people = settings.people.clone();
    let many: Vec<String> = (0..150).map(|n| format!("U1PERSON{n:03}")).collect();
    people.extend(many.iter().map(|id| slack_sim::settings::User {
        id: id.clone(),
        name: id.to_lowercase(),
        email: None,
        ..settings.people[0].clone()
    }));
    let settings = slack_sim::Settings {
        people,
        latency_ms: 20,
        ..settings
    };
    let world = World::with(settings).await;
    let who: Vec<&str> = many.iter().map(String::as_str).collect();
    world
        .plan(&[room("room", "inc-1"), invite("call", &who)])
        .await;
    let channel = world.sim.channel("#inc-1").unwrap();
    assert!(many.iter().all(|user| channel.has(user)));
    let calls = world.sim.calls().into_iter();
    let invited: Vec<_> = calls
        .filter(|call| call.method == "conversations.invite")
        .collect();
    let [first, second] = &invited[..] else {
        panic!("{invited:?}")
    };
    let (last, one) = (
        first.began.max(second.began),
        first.began.min(second.began) + first.took,
    );
    assert!(last < one, "nobody waits for another hundred");
}

#[tokio::test]
async fn names_are_learnt_once_a_day() {
    let world = World::new().await;
    let (team, ana, gone) = (team(), "U0ANASILVA".into(), "U0GONE".into());
    let person = async |id: &UserId| world.store.person(&team, id).await.unwrap();
    world.performer.learn(&team, [&ana, &ana].map(Clone::clone));
    world.until(async || person(&ana).await.is_some()).await;
    let known = person(&ana).await.unwrap();
    assert_eq!(known.name, "Ana");
    assert_eq!(known.email.as_deref(), Some("ana@acme.example"));
    world
        .performer
        .learn(&team, [&ana, &gone].map(Clone::clone));
    world.until(async || person(&gone).await.is_some()).await;
    assert!(person(&gone).await.unwrap().deactivated);
    assert_eq!(world.calls("users.info"), 2);
}
