//! A start on an old backup: row 25.

use std::{fs, sync::Arc, time::Duration};

use iris::{
    clock::SystemClock,
    failpoint::Point,
    store::{Store, sqlite::Sqlite},
};
use iris_tests::{Mortal, Team, play};

use super::{DECLARED, ROOM};

#[tokio::test(flavor = "multi_thread")]
async fn row_25_a_restored_store_sends_nothing_until_told_and_then_looks_first() {
    let mortal = Mortal::start(Team::English, &[]).await.unwrap();
    play(&mortal, DECLARED, None).await.unwrap();
    let path = mortal.folder().join("iris.db");
    let copy = mortal.folder().join("copy.db");
    // A backup in the middle of sending: a row says so, and Slack has it.
    let (from, to) = (path.clone(), copy.clone());
    let now = mortal.now();
    mortal.when_dead(move || Sqlite::back_up(&from, &to, now, |_, _| {}).unwrap());
    mortal.kill_at(Point::AfterRequest);
    let aya = mortal.sim.person("@aya");
    aya.command(ROOM, "/incident update The bank is called")
        .await
        .unwrap();
    mortal.reborn().await;
    mortal.pass(Duration::from_mins(5)).await;
    assert_eq!(posts(&mortal), 1, "the life after it has done its work");

    let (from, to) = (copy, path.clone());
    let now = mortal.now();
    mortal.when_dead(move || {
        for name in ["iris.db", "iris.db-wal", "iris.db-shm"] {
            let _ = fs::remove_file(to.with_file_name(name));
        }
        Sqlite::restore(&from, &to, now, |_, _| {}).unwrap();
    });
    mortal.kill_now();
    mortal.reborn().await;
    let ready = mortal.get("/readyz").await.unwrap();
    assert!(
        ready.contains("nothing is sent until `iris store resume`"),
        "{ready}"
    );
    let sent = mortal.sim.calls().len();
    mortal.pass(Duration::from_mins(5)).await;
    let since = mortal.sim.calls().split_off(sent);
    assert!(
        since.iter().all(|call| call.method == "auth.test"),
        "{since:?}"
    );
    assert!(
        !mortal.open().await.is_empty(),
        "something was open in the backup"
    );

    let operator = Sqlite::open_beside(&path, Arc::new(SystemClock)).unwrap();
    assert!(operator.go_on(vec![]).await.unwrap());
    while mortal.get("/readyz").await.unwrap().contains("backup") {
        mortal.sim.advance(Duration::from_secs(1));
        tokio::task::yield_now().await;
    }
    mortal.pass(Duration::from_mins(5)).await;
    assert_eq!(posts(&mortal), 1, "found, not posted again");
    mortal.operate().await.unwrap();
    assert_eq!(mortal.open().await, Vec::<String>::new());
    mortal.stop().await.unwrap();
}

fn posts(mortal: &Mortal) -> usize {
    let messages = mortal.sim.messages(ROOM).into_iter();
    let shown = messages.map(|m| mortal.sim.shown(&m.text, &m.blocks));
    shown
        .filter(|text| text.contains("The bank is called"))
        .count()
}
