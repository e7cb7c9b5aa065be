//! What is shown of open incidents is what would be shown by whoever reads them all.

use iris::{
    clock::Moment,
    effect::State,
    ids::{MessageId, Owner},
    incident::{Assignment, Incident, OpenQuery, Room, Status, Which},
    store::{Commit, Resource, Settlement},
};
use proptest::{
    prelude::{Strategy, any},
    sample::select,
    strategy::ValueTree,
    test_runner::TestRunner,
};

use crate::support::{Home, START, commit, effect, incident, planned, settlement, team};

const EACH: [Which; 7] = [
    Which::Gravest(Status::Declared),
    Which::Gravest(Status::Resolved),
    Which::Newest,
    Which::Joined,
    Which::JoinedLast,
    Which::Held,
    Which::Drills,
];

/// An incident of three people, in any state.
fn drawn(number: u32) -> impl Strategy<Value = Incident> {
    let someone = || select(vec!["U1", "U2", "U3"]);
    let severity = select(vec![None, Some("sev1"), Some("sev2"), Some("gone")]);
    let people = proptest::collection::btree_set(someone(), 0..3);
    let roles = proptest::collection::btree_map(select(vec!["lead", "scribe"]), someone(), 0..3);
    let marks = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3_u64);
    let state = (select(Status::ALL.to_vec()), severity, someone());
    (state, people, roles, marks).prop_map(move |(state, people, roles, marks)| {
        let (mut incident, _) = incident(number);
        let (status, severity, by) = state;
        let (drill, private, room, at) = marks;
        (incident.status, incident.declared_by) = (status, by.into());
        incident.severity = severity.map(str::to_owned);
        (incident.drill, incident.private) = (drill, private);
        incident.times[0].at = Moment(START.0 + at);
        incident.people = people.into_iter().map(Into::into).collect();
        let held = |(role, user): (&str, &str)| {
            let (user, since) = (user.into(), START);
            (role.to_owned(), Assignment { user, since })
        };
        incident.roles = roles.into_iter().map(held).collect();
        incident.room = room.then(|| Room {
            channel: format!("C{number}").into(),
            name: format!("inc-{number}"),
        });
        incident
    })
}

fn queries() -> impl Iterator<Item = OpenQuery> {
    let asked = [
        (Some("U1"), None, 2),
        (Some("U2"), Some("C3"), 100),
        (None, Some("C4"), 3),
        (None, None, 0),
    ];
    EACH.into_iter().flat_map(move |which| {
        asked.map(|(by, channel, limit)| OpenQuery {
            which,
            by: by.map(Into::into),
            channel: channel.map(Into::into),
            severities: vec!["sev1".to_owned(), "sev2".to_owned()],
            limit,
        })
    })
}

/// As they are declared, and again whenever some of them have changed.
pub(crate) async fn is_what_is_said_of_all_that_are_open(home: &impl Home) {
    let store = home.open();
    let mut runner = TestRunner::deterministic();
    for round in 0..12 {
        for number in (1..=12).filter(|number| round == 0 || number % 3 == round % 3) {
            let incident = Some(drawn(number).new_tree(&mut runner).unwrap().current());
            let change = Commit {
                incident,
                ..commit()
            };
            store.commit(change).await.unwrap();
        }
        let all = store.incidents(&team(), true).await.unwrap();
        for query in queries() {
            let shown = store.open_incidents(&team(), &query).await.unwrap();
            assert_eq!(shown, query.of(&all), "round {round}: {query:?}");
            let other = store.open_incidents(&"T2".into(), &query).await.unwrap();
            assert_eq!(other, query.of(&[]));
        }
    }
}

pub(crate) async fn knows_a_room_from_when_it_is_made(home: &impl Home) {
    let store = home.open();
    let made = async |channel: &str| {
        let made = store.incident_made(&team(), &channel.into()).await;
        made.unwrap()
    };
    assert_eq!(made("C1").await, None);
    planned(&store, vec![effect("a", Some(7))]).await;
    let resource = |owner: Owner, name: &str, channel: &str| Resource {
        team: team(),
        incident: Some(7),
        owner,
        name: name.to_owned(),
        id: MessageId {
            channel: channel.into(),
            ts: String::new(),
        },
        permalink: None,
    };
    let answer = serde_json::Value::Null;
    let settled = Settlement {
        resources: vec![
            resource(Owner::core(), "room", "C1"),
            resource(Owner::core(), "card", "C2"),
            resource("guide".into(), "room", "C3"),
        ],
        ..settlement("a", State::Applied { answer })
    };
    store.settle(settled).await.unwrap();
    assert_eq!(made("C1").await, Some(7));
    assert_eq!(made("C2").await, None);
    assert_eq!(made("C3").await, None);
    let other = store.incident_made(&"T2".into(), &"C1".into()).await;
    assert_eq!(other.unwrap(), None);
}
