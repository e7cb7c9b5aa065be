//! The incident's state machine: whatever order changes come in, its invariants hold.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::collections::BTreeSet;

use iris::{
    clock::Moment,
    config::parse,
    event::{Missing, What},
    ids::{Owner, UserId},
    incident::{Cause, Change, Declaration, Entry, Incident, NewEntry, Status, apply, declare},
    team::Team,
};
use proptest::prelude::*;

/// What a team has that says nothing in its file: sev1 to sev3, commander and operation-lead.
fn team() -> Team {
    let (file, problems) = parse("", "T1", "");
    assert!(problems.is_empty());
    file.unwrap().team
}

/// Somebody's change, a while after the one before.
#[derive(Clone, Debug)]
struct Step {
    change: Change,
    by: Option<UserId>,
    owner: Owner,
    pause: u64,
}

fn user() -> impl Strategy<Value = UserId> {
    (0..4).prop_map(|n| UserId::from(format!("U{n}")))
}

fn change() -> impl Strategy<Value = Change> {
    let text = "[a-z<>&* ]{0,12}";
    let status = prop_oneof![
        Just(Status::Declared),
        Just(Status::Resolved),
        Just(Status::Closed)
    ];
    let id = |of: &'static [&'static str]| (0..of.len()).prop_map(move |n| of[n].to_owned());
    prop_oneof![
        (
            id(&["note", "update", "todo"]),
            text,
            proptest::option::of("[a-z]{1,3}")
        )
            .prop_map(|(kind, text, key)| Change::Append {
                entry: NewEntry {
                    kind,
                    text,
                    key,
                    ..NewEntry::default()
                }
            }),
        (proptest::option::of(id(&["sev1", "sev2", "sev9"])), text)
            .prop_map(|(severity, why)| Change::Severity { severity, why }),
        (status, text).prop_map(|(status, note)| Change::Status { status, note }),
        (
            id(&["commander", "operation-lead", "nobody"]),
            proptest::option::of(user()),
            text
        )
            .prop_map(|(role, holder, note)| Change::Role { role, holder, note }),
        text.prop_map(|title| Change::Title { title }),
        Just(Change::Lines { lines: vec![] }),
        id(&["C1", "C2"]).prop_map(|id| Change::RoomOpened {
            channel: id.as_str().into(),
            name: id
        }),
        text.prop_map(|name| Change::RoomRenamed { name }),
        (user(), proptest::option::of(user()))
            .prop_map(|(user, inviter)| Change::Joined { user, inviter }),
        user().prop_map(|user| Change::Left { user }),
        (proptest::collection::vec(user(), 0..3), 0..2_usize).prop_map(|(came, missing)| {
            let one = Missing {
                who: "@gone".to_owned(),
                code: "not-found".to_owned(),
            };
            Change::Called {
                came,
                missing: vec![one; missing],
            }
        }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let owner = prop_oneof![Just(Owner::core()), Just(Owner::from("todo"))];
    (change(), proptest::option::of(user()), owner, 0..10_000_u64).prop_map(
        |(change, by, owner, pause)| Step {
            change,
            by,
            owner,
            pause,
        },
    )
}

/// Declares an incident and changes it; everything that was written down.
fn run(steps: &[Step]) -> (Incident, Vec<Entry>) {
    let (team, core) = (team(), Owner::core());
    let mut now = Moment(1_000);
    let by = UserId::from("U0");
    let wish = Declaration {
        title: "It fails".to_owned(),
        ..Declaration::default()
    };
    let (mut incident, begun) = declare(
        1,
        &wish,
        Cause {
            owner: &core,
            by: Some(&by),
            now,
        },
    );
    let mut entries = begun.entries;
    for Step {
        change,
        by,
        owner,
        pause,
    } in steps
    {
        now = Moment(now.0 + pause);
        let before = incident.clone();
        let cause = Cause {
            owner,
            by: by.as_ref(),
            now,
        };
        match apply(&mut incident, change.clone(), cause, &team) {
            // What is refused changes nothing.
            Err(_) => assert_eq!(incident, before),
            Ok(changed) => {
                check(&before, &incident, &changed.entries, &changed.events);
                entries.extend(changed.entries);
            }
        }
    }
    (incident, entries)
}

/// What one change must leave true.
fn check(before: &Incident, after: &Incident, entries: &[Entry], events: &[What]) {
    assert_eq!(after.number, before.number);
    assert_eq!(
        after.entries as usize,
        before.entries as usize + entries.len()
    );
    assert!(
        after.times.starts_with(&before.times),
        "what happened stays"
    );
    if after.status == before.status {
        assert_eq!(after.times, before.times);
    } else {
        assert!(
            before.status.leads_to(after.status),
            "{:?} to {:?}",
            before.status,
            after.status
        );
        assert_eq!(after.times.last().unwrap().status, after.status);
        assert!(
            events
                .iter()
                .any(|what| matches!(what, What::StatusChanged { .. }))
        );
    }
    let silent = entries.is_empty() && after.lines == before.lines;
    if silent {
        assert!(
            events.is_empty(),
            "nothing is told that is not written down: {events:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_order_of_changes_keeps_the_invariants(steps in proptest::collection::vec(step(), 0..40)) {
        let (incident, entries) = run(&steps);
        let numbers: Vec<u32> = entries.iter().map(|entry| entry.seq).collect();
        prop_assert_eq!(numbers, (1..=incident.entries).collect::<Vec<_>>());
        prop_assert!(incident.times.is_sorted_by_key(|milestone| milestone.at));
        let known: BTreeSet<&str> = ["commander", "operation-lead"].into();
        prop_assert!(incident.roles.keys().all(|role| known.contains(role.as_str())));
        prop_assert!(incident.severity.as_deref().is_none_or(|id| id != "sev9"));
        // The last word stands in the latest update.
        let update = entries.iter().rfind(|entry| entry.kind == "update");
        prop_assert_eq!(
            incident.latest.as_ref().map(|latest| &latest.text),
            update.map(|entry| &entry.text)
        );
        // As it is stored, so it comes back.
        let json = serde_json::to_string(&incident).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Incident>(&json).unwrap(), &incident);
    }

    #[test]
    fn the_same_changes_make_the_same_incident(steps in proptest::collection::vec(step(), 0..20)) {
        prop_assert_eq!(run(&steps), run(&steps));
    }
}
