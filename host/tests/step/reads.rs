//! What a step reads: facts that stand still, and what it remembers.

use iris::store::{
    Called, Commit, Settlement, StatePlace, StateRead, StateWrite, Timer, TimerChange,
};
use iris::{
    clock::Moment,
    effect::{Act, Effect, State},
};
use serde_json::json;

use crate::stage::{NOW, Stage, came_to, panel_in, said};

fn place(incident: Option<u32>) -> StatePlace {
    StatePlace {
        team: "T1".into(),
        owner: "guest".into(),
        incident,
    }
}

fn write(incident: Option<u32>, key: &str, json: &str) -> StateWrite {
    StateWrite {
        place: place(incident),
        key: key.to_owned(),
        json: Some(json.to_owned()),
    }
}

#[tokio::test]
async fn facts_are_those_of_the_team_and_the_incident() {
    let stage = Stage::new().await;
    stage.declared().await;
    let facts = stage.came_to(said(json!([{ "do": "facts" }]))).await;
    insta::assert_json_snapshot!(facts);
}

#[tokio::test]
async fn entries_come_page_by_page() {
    let stage = Stage::new().await;
    stage.declared().await;
    let acts = json!([
        { "do": "entries", "after": 0, "limit": 10 },
        { "do": "entries", "after": 1, "limit": 10 },
        { "do": "entries", "kind": "note", "after": 0, "limit": 10 },
    ]);
    let entries = stage.came_to(said(acts)).await;
    assert!(
        entries[0].as_str().unwrap().contains("declared"),
        "{entries:?}"
    );
    assert_eq!(entries[1..], [json!("[]"), json!("[]")]);
}

#[tokio::test]
async fn a_call_sees_its_own_writes() {
    let stage = Stage::new().await;
    let acts = json!([
        { "do": "get", "scope": "incident", "key": "b" },
        { "do": "put", "scope": "incident", "key": "b", "value": "{\"n\":1}" },
        { "do": "put", "scope": "incident", "key": "a", "value": "2" },
        { "do": "put", "scope": "incident", "key": "z", "value": "3" },
        { "do": "get", "scope": "incident", "key": "b" },
        { "do": "forget", "scope": "incident", "key": "z" },
        { "do": "get", "scope": "incident", "key": "z" },
        { "do": "keys", "scope": "incident", "prefix": "" },
        { "do": "put", "scope": "incident", "key": "", "value": "1" },
        { "do": "put", "scope": "incident", "key": "a", "value": "{" },
    ]);
    let recorded = stage.done(said(acts)).await;
    let came = came_to(&recorded);
    assert_eq!(came[0], json!(null));
    assert_eq!(came[4], json!("{\"n\":1}"));
    assert_eq!(came[6], json!(null));
    assert_eq!(came[7], json!(["a", "b"]));
    assert_eq!(
        came[8..],
        [
            json!("RefusalKind::Malformed key"),
            json!("RefusalKind::Malformed value-json"),
        ]
    );
    // One write a key, and no version of what only one writer can change.
    assert_eq!(recorded.writes.len(), 4);
    assert_eq!(recorded.reads, []);
}

/// What a step remembers of an incident is bounded; what it replaces or forgets makes room.
#[tokio::test]
async fn memory_of_an_incident_is_bounded() {
    let stage = Stage::new().await;
    let large = format!("\"{}\"", "x".repeat(64_000));
    let keys: Vec<_> = (0..16).map(|n| format!("k{n}")).collect();
    let writes = keys.iter().map(|key| write(Some(1), key, &large)).collect();
    let commit = Commit {
        team: Some("T1".into()),
        writes,
        ..Commit::default()
    };
    stage.store.commit(commit).await.unwrap();
    let put = |key: &str, value: &str| json!({ "do": "put", "scope": "incident", "key": key, "value": value });
    let acts = json!([
        put("more", &large),
        put("k3", &large),
        { "do": "forget", "scope": "incident", "key": "k4" },
        put("more", &large),
        put("again", &large),
    ]);
    let full = json!("RefusalKind::TooLarge state-full");
    let null = json!(null);
    let came = stage.came_to(said(acts)).await;
    assert_eq!(came, [full.clone(), null.clone(), null.clone(), null, full]);
}

/// The versions of team state that were read are checked at the commit.
#[tokio::test]
async fn reads_of_team_state_are_kept_with_their_versions() {
    let stage = Stage::new().await;
    let commit = Commit {
        team: Some("T1".into()),
        writes: vec![write(None, "cursor", "7"), write(None, "old", "1")],
        ..Commit::default()
    };
    stage.store.commit(commit).await.unwrap();
    let acts = json!([
        { "do": "get", "scope": "team", "key": "cursor" },
        { "do": "get", "scope": "team", "key": "cursor" },
        { "do": "get", "scope": "team", "key": "nothing" },
        { "do": "put", "scope": "team", "key": "own", "value": "1" },
        { "do": "get", "scope": "team", "key": "own" },
        { "do": "forget", "scope": "team", "key": "old" },
        { "do": "keys", "scope": "team", "prefix": "o" },
    ]);
    let recorded = stage.done(said(acts)).await;
    let came = came_to(&recorded);
    assert_eq!(came[0], json!("7"));
    assert_eq!(came[6], json!(["own"]));
    let read = |key: &str, version| StateRead {
        place: place(None),
        key: key.to_owned(),
        version,
    };
    assert_eq!(recorded.reads, [read("cursor", 1), read("nothing", 0)]);
}

#[tokio::test]
async fn timers_are_those_set_and_those_wished() {
    let stage = Stage::new().await;
    let timer = Timer {
        place: place(Some(1)),
        name: "late".to_owned(),
        due: Moment(5),
    };
    let commit = Commit {
        team: Some("T1".into()),
        timers: vec![TimerChange::Set(timer)],
        ..Commit::default()
    };
    stage.store.commit(commit).await.unwrap();
    let acts = json!([
        { "do": "due", "name": "late" },
        { "do": "cancel", "name": "late" },
        { "do": "due", "name": "late" },
        { "do": "timer", "name": "soon", "after": 60 },
        { "do": "due", "name": "soon" },
        { "do": "timer", "name": "far", "after": 401 * 24 * 3600 },
    ]);
    let came = stage.came_to(said(acts)).await;
    assert_eq!(
        came,
        [
            json!(5),
            json!(null),
            json!(null),
            json!(null),
            json!(NOW.0 + 60_000),
            json!("RefusalKind::Malformed too-far"),
        ]
    );
}

#[tokio::test]
async fn links_lead_to_what_stands() {
    let stage = Stage::new().await;
    let acts = json!([
        { "do": "link", "message": "panel" },
        { "do": "link", "message": "C7:17.5" },
        { "do": "link", "message": "nothing" },
    ]);
    assert_eq!(
        stage.came_to(said(acts.clone())).await[0],
        json!(null),
        "it is not sent yet"
    );
    stands(&stage, "C1").await;
    let links = stage.came_to(said(acts)).await;
    assert_eq!(
        links,
        [
            json!("https://acme.slack.com/archives/C1/p1795410000000200"),
            json!("https://acme.slack.com/archives/C7/p175"),
            json!(null),
        ]
    );
}

/// A name has one place.
#[tokio::test]
async fn a_message_does_not_move() {
    let stage = Stage::new().await;
    stands(&stage, "C1").await;
    let post = |place: &str| json!({ "do": "post", "name": "panel", "place": place, "text": "x" });
    let came = stage
        .came_to(said(json!([post("room"), post("origin")])))
        .await;
    assert_eq!(came, [json!(null), json!("RefusalKind::Conflict place")]);
    let came = stage.came_to(said(json!([post("origin")]))).await;
    assert_eq!(came, [json!("RefusalKind::Conflict place")]);
}

/// The panel was posted there.
async fn stands(stage: &Stage, channel: &str) {
    stage.declared().await;
    let panel = panel_in(channel);
    let effect = Effect {
        key: "posted".to_owned(),
        team: "T1".into(),
        incident: Some(1),
        by: None,
        owner: panel.owner.clone(),
        wish: "messages.post".to_owned(),
        chain: 0,
        lineage: None,
        act: Act::ArchiveRoom,
        outside: false,
        needs: vec![],
        order: None,
        slot: None,
        state: State::Planned,
        attempts: 0,
        not_before: NOW,
        planned_at: NOW,
        until: None,
    };
    let commit = Commit {
        team: Some("T1".into()),
        effects: vec![effect],
        ..Commit::default()
    };
    stage.store.commit(commit).await.unwrap();
    let call = Called {
        team: "T1".into(),
        method: "chat.postMessage".to_owned(),
        channel: None,
        at: Moment::default(),
    };
    assert!(stage.store.sending("posted", call).await.unwrap());
    let settlement = Settlement {
        team: "T1".into(),
        key: "posted".to_owned(),
        state: State::Applied { answer: json!({}) },
        attempts: 1,
        not_before: NOW,
        resources: vec![panel],
        forgotten: vec![],
        events: vec![],
        deeds: vec![],
    };
    stage.store.settle(settlement).await.unwrap();
}
