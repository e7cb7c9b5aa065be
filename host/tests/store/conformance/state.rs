//! What steps remember.

use iris::store::{Commit, SharedStore, StatePlace, StateSize};

use crate::support::{Home, commit, place, write};

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
