//! What an older Iris has stored is known to this one, as if this one had stored it.

use rusqlite::Connection;
use serde_json::json;

use super::{
    super::{incidents, schema::MIGRATIONS},
    filled::{declared, team},
};
use crate::incident::Status;

/// The last migration before incidents were counted, and before it was kept who has a part in them.
const BEFORE: usize = 6;

#[test]
fn incidents_and_todos_of_before_are_counted() {
    let mut db = Connection::open_in_memory().unwrap();
    MIGRATIONS.to_version(&mut db, BEFORE).unwrap();
    for number in 1..=3 {
        let (mut incident, commit) = declared(number);
        incident.people = ["U1".into()].into();
        if number == 3 {
            incident.status = Status::Closed;
        }
        incidents::put(&db, &team(), &incident).unwrap();
        let like = &commit.entries[0];
        for (seq, (n, owner, done)) in [(1, "U1", false), (2, "U1", false), (1, "U1", number == 2)]
            .into_iter()
            .enumerate()
        {
            let mut entry = like.clone();
            entry.seq = u32::try_from(seq).unwrap() + 1;
            entry.kind = "todo".to_owned();
            let act = if done { "done" } else { "added" };
            entry.data = Some(json!({ "n": n, "act": act, "owner": owner, "done_at": null }));
            assert!(incidents::append(&db, &team(), number, &entry).unwrap());
        }
    }
    MIGRATIONS.to_latest(&mut db).unwrap();
    let tally = incidents::tally(&db).unwrap();
    let expected = [
        (Status::Declared, 2),
        (Status::Resolved, 0),
        (Status::Closed, 1),
    ];
    assert_eq!(tally, expected);
    assert_eq!(incidents::teams(&db).unwrap(), [team()]);
    let parts = "SELECT incident FROM part WHERE user = 'U1' AND role = '' ORDER BY incident";
    let mut parts = db.prepare(parts).unwrap();
    let parts = parts.query_map([], |row| row.get::<_, u32>(0)).unwrap();
    assert_eq!(parts.map(Result::unwrap).collect::<Vec<_>>(), [1, 2]);
    let todos = incidents::todos(&db, &team(), &"U1".into(), 100).unwrap();
    let todos: Vec<_> = todos.iter().map(|(number, e)| (*number, e.seq)).collect();
    assert_eq!(todos, [(1, 2), (1, 3), (2, 2), (3, 2), (3, 3)]);
}
