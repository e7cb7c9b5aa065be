//! What steps remember.

use iris::store::{Commit, SharedStore, StatePlace, StateQuery, StateSize, Within};

use crate::support::{Home, commit, place, team, write};

async fn put(store: &SharedStore, place: &StatePlace, key: &str, json: Option<&str>) {
    let writes = vec![write(place.clone(), key, json)];
    store.commit(Commit { writes, ..commit() }).await.unwrap();
}

pub(crate) async fn versions_grow_and_never_return(home: &impl Home) {
    let store = home.open();
    let at = place(None);
    let mut last = 0;
    for round in 0..3 {
        put(&store, &at, "key", Some("1")).await;
        let value = store.state(&at, "key").await.unwrap().unwrap();
        assert!(value.version > last, "round {round}");
        assert_eq!(value.json, "1");
        last = value.version;
        if round > 0 {
            put(&store, &at, "key", None).await;
            assert_eq!(store.state(&at, "key").await.unwrap(), None);
        }
    }
}

pub(crate) async fn lists_keys_in_byte_order(home: &impl Home) {
    let store = home.open();
    let at = place(Some(1));
    for key in [
        "todo/2", "todo/10", "todo/é", "todo", "todo/Z", "tod", "note/1", "todp",
    ] {
        put(&store, &at, key, Some("0")).await;
    }
    let keys =
        async |prefix, after, limit| store.state_keys(&at, prefix, after, limit).await.unwrap();
    assert_eq!(
        keys("todo/", None, 100).await,
        ["todo/10", "todo/2", "todo/Z", "todo/é"]
    );
    assert_eq!(keys("todo/", Some("todo/2"), 1).await, ["todo/Z"]);
    assert_eq!(keys("todo/", Some("a"), 2).await, ["todo/10", "todo/2"]);
    assert_eq!(keys("", Some("todo/Z"), 100).await, ["todo/é", "todp"]);
    assert_eq!(keys("zebra", None, 100).await, [""; 0]);
}

pub(crate) async fn lists_values_page_by_page(home: &impl Home) {
    let store = home.open();
    let other = StatePlace {
        owner: "a-step".into(),
        ..place(Some(1))
    };
    for (at, key) in [
        (place(Some(2)), "b"),
        (place(Some(1)), "b"),
        (place(Some(1)), "a"),
        (other.clone(), "z"),
        (place(None), "a%"),
    ] {
        put(&store, &at, key, Some("1")).await;
    }
    let all = StateQuery {
        team: &team(),
        owner: None,
        within: Within::All,
        prefix: "",
        after: None,
        limit: 2,
    };
    let mut found = Vec::new();
    let mut last = None;
    loop {
        let page = store
            .states(StateQuery {
                after: last.as_ref(),
                ..all
            })
            .await
            .unwrap();
        let Some(end) = page.last() else { break };
        assert!(page.len() <= 2);
        last = Some(end.clone());
        found.extend(page.into_iter().map(|row| (row.place, row.key)));
    }
    let expected = [
        (place(None), "a%"),
        (other.clone(), "z"),
        (place(Some(1)), "a"),
        (place(Some(1)), "b"),
        (place(Some(2)), "b"),
    ];
    assert_eq!(found, expected.map(|(at, key)| (at, key.to_owned())));
    let count = async |query: StateQuery<'_>| store.states(query).await.unwrap().len();
    let all = StateQuery { limit: 10, ..all };
    let owner = Some(&other.owner);
    assert_eq!(count(StateQuery { owner, ..all }).await, 1);
    let within = Within::Team;
    assert_eq!(count(StateQuery { within, ..all }).await, 1);
    let within = Within::Incident(1);
    assert_eq!(count(StateQuery { within, ..all }).await, 3);
    assert_eq!(
        count(StateQuery {
            prefix: "a%",
            ..all
        })
        .await,
        1
    );
    let team = &"T0OTHER".into();
    assert_eq!(count(StateQuery { team, ..all }).await, 0);
}

pub(crate) async fn belongs_to_its_place(home: &impl Home) {
    let store = home.open();
    let mine = place(Some(1));
    put(&store, &mine, "key", Some(r#"{"a":1}"#)).await;
    drop(store);
    let store = home.open();
    assert_eq!(
        store.state(&mine, "key").await.unwrap().unwrap().json,
        r#"{"a":1}"#
    );
    let others = [
        place(None),
        place(Some(2)),
        StatePlace {
            owner: "todo".into(),
            ..mine.clone()
        },
        StatePlace {
            team: "T2".into(),
            ..mine
        },
    ];
    for other in others {
        assert_eq!(store.state(&other, "key").await.unwrap(), None, "{other}");
        assert_eq!(
            store.state_keys(&other, "", None, 9).await.unwrap(),
            [""; 0],
            "{other}"
        );
    }
}

pub(crate) async fn is_measured_in_bytes(home: &impl Home) {
    let store = home.open();
    let at = place(Some(1));
    let size = async || store.state_size(&at).await.unwrap();
    assert_eq!(size().await, StateSize::default());
    put(&store, &at, "a", Some(r#""é""#)).await;
    put(&store, &at, "bc", Some("12")).await;
    put(&store, &place(None), "of the team", Some("1")).await;
    assert_eq!(size().await, StateSize { keys: 2, bytes: 9 });
    put(&store, &at, "a", None).await;
    assert_eq!(size().await, StateSize { keys: 1, bytes: 4 });
}
