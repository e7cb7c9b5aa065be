//! Names of things in Slack, rate limits, people.

use iris::{
    clock::Moment,
    ids::{MessageId, Number, Owner},
    store::{Gate, Person, Resource, Settlement, SharedStore},
};

use crate::support::{Home, START, effect, planned, settlement, team};

fn message(incident: Option<Number>, name: &str, ts: &str) -> Resource {
    Resource {
        team: team(),
        incident,
        owner: "guide".into(),
        name: name.to_owned(),
        id: MessageId {
            channel: "C1".into(),
            ts: ts.to_owned(),
        },
        permalink: Some(format!("https://example.slack.com/{ts}")),
    }
}

/// As if an effect had made them.
async fn stand(store: &SharedStore, key: &str, resources: Vec<Resource>) {
    planned(store, vec![effect(key, None)]).await;
    let state = iris::effect::State::Applied {
        answer: serde_json::Value::Null,
    };
    store
        .settle(Settlement {
            resources,
            ..settlement(key, state)
        })
        .await
        .unwrap();
}

pub(crate) async fn stand_for_messages(home: &impl Home) {
    let store = home.open();
    let first = vec![
        message(Some(1), "panel", "1.0"),
        message(None, "panel", "9.0"),
    ];
    stand(&store, "a", first).await;
    stand(&store, "b", vec![message(Some(1), "panel", "2.0")]).await;
    drop(store);
    let store = home.open();
    let (guide, core) = (Owner::from("guide"), Owner::core());
    let get = async |incident, owner, name| {
        store
            .resource(&team(), incident, owner, name)
            .await
            .unwrap()
    };
    assert_eq!(
        get(Some(1), &guide, "panel").await,
        Some(message(Some(1), "panel", "2.0"))
    );
    assert_eq!(
        get(None, &guide, "panel").await,
        Some(message(None, "panel", "9.0"))
    );
    assert_eq!(get(Some(2), &guide, "panel").await, None);
    assert_eq!(get(Some(1), &core, "panel").await, None);
    assert_eq!(get(Some(1), &guide, "board").await, None);
}

pub(crate) async fn are_forgotten_where_they_were(home: &impl Home) {
    let store = home.open();
    let all = vec![
        message(Some(1), "panel", "1.0"),
        message(Some(2), "panel", "2.0"),
        message(None, "panel", "9.0"),
    ];
    stand(&store, "a", all).await;
    let forgotten = vec![
        (Some(1), Owner::from("guide"), "panel".to_owned()),
        (Some(2), Owner::from("todo"), "panel".to_owned()),
    ];
    planned(&store, vec![effect("b", None)]).await;
    let state = iris::effect::State::Applied {
        answer: serde_json::Value::Null,
    };
    store
        .settle(Settlement {
            forgotten,
            ..settlement("b", state)
        })
        .await
        .unwrap();
    assert_eq!(store.resources(&team(), Some(1)).await.unwrap(), []);
    let kept = store.resources(&team(), Some(2)).await.unwrap();
    assert_eq!(kept, [message(Some(2), "panel", "2.0")]);
    let kept = store.resources(&team(), None).await.unwrap();
    assert_eq!(kept, [message(None, "panel", "9.0")]);
}

pub(crate) async fn gates_are_never_shortened(home: &impl Home) {
    let store = home.open();
    let gate = |channel: Option<&str>, until| Gate {
        team: team(),
        method: "chat.postMessage".to_owned(),
        channel: channel.map(Into::into),
        until: Moment(until),
    };
    for gate in [
        gate(Some("C1"), 30),
        gate(Some("C1"), 10),
        gate(None, 5),
        gate(None, 7),
    ] {
        store.set_gate(gate).await.unwrap();
    }
    drop(store);
    let mut gates = home.open().gates().await.unwrap();
    gates.sort_by_key(|gate| gate.until);
    assert_eq!(gates, [gate(None, 7), gate(Some("C1"), 30)]);
}

pub(crate) async fn people_are_replaced(home: &impl Home) {
    let store = home.open();
    let person = |id: &str, name: &str| Person {
        id: id.into(),
        name: name.to_owned(),
        email: Some("mina@example.com".to_owned()),
        zone: Some("Asia/Tokyo".to_owned()),
        deactivated: false,
        bot: false,
        seen: START,
    };
    let first = vec![person("U1", "Mina"), person("U2", "Noa")];
    store.put_people(&team(), first).await.unwrap();
    store
        .put_people(&team(), vec![person("U1", "Mina K.")])
        .await
        .unwrap();
    drop(store);
    let store = home.open();
    let get =
        async |team: &str, user: &str| store.person(&team.into(), &user.into()).await.unwrap();
    assert_eq!(get("T1", "U1").await, Some(person("U1", "Mina K.")));
    assert_eq!(get("T1", "U2").await, Some(person("U2", "Noa")));
    assert_eq!(get("T2", "U1").await, None);
    store.healthy().await.unwrap();
}
