//! What happens by itself in rooms.

use iris_kit::Locale::En;
use serde_json::json;

use super::{
    example::{entry, minute},
    world::{World, shown},
};
use crate::{
    decide::Route,
    effect::{Place, Wish},
    event::{Outcome, Presence, Trouble, What},
    incident::{Change, Status},
};

fn presence(user: &str, inviter: Option<&str>) -> Presence {
    Presence {
        channel: "C0ROOM42".into(),
        user: user.into(),
        inviter: inviter.map(Into::into),
    }
}

#[test]
fn who_comes_and_goes_is_written_down() {
    let world = World::in_room(En, minute(5));
    let joined = world.decide(
        Some("U0NEW"),
        What::Joined(presence("U0NEW", Some("U0YUI"))),
    );
    let change = Change::Joined {
        user: "U0NEW".into(),
        inviter: Some("U0YUI".into()),
    };
    assert_eq!(
        (&joined.wishes[..], joined.route),
        (&[Wish::Change(change)][..], Route::All)
    );
    // Whom Iris brought in comes with `Invited`; Iris itself is nobody.
    let called = world.decide(None, What::Joined(presence("U0NEW", Some("U0IRIS"))));
    assert!(called.wishes.is_empty() && called.route == Route::All);
    let iris = world.decide(None, What::Joined(presence("U0IRIS", None)));
    assert!(iris.wishes.is_empty() && iris.route == Route::Core);
    let left = world.decide(Some("U0YUI"), What::Left(presence("U0YUI", None)));
    assert_eq!(
        left.wishes,
        [Wish::Change(Change::Left {
            user: "U0YUI".into()
        })]
    );
}

#[test]
fn a_room_that_was_archived_is_told_to_whoever_leads() {
    let world = World::in_room(En, minute(5));
    let decision = world.decide(
        Some("U0YUI"),
        What::ChannelArchived {
            channel: "C0ROOM42".into(),
            deleted: false,
        },
    );
    let Wish::Post { name, place, .. } = &decision.wishes[1] else {
        panic!("{decision:?}")
    };
    assert_eq!(*place, Place::Person("U0AYASATO".into()));
    let buttons = &shown(&decision.wishes[1])["blocks"][1]["elements"];
    assert_eq!(buttons[0]["action_id"], "core:resolve");

    // When it is back the same message says so.
    let mut world = World::in_room(En, minute(9));
    let (key, kept) = decision.remember[0].clone();
    world.memory.insert(key, kept.unwrap());
    let channel = "C0ROOM42".into();
    let back = world.decide(Some("U0YUI"), What::ChannelUnarchived { channel });
    let Wish::Update { name: same, .. } = &back.wishes[1] else {
        panic!("{back:?}")
    };
    assert_eq!(same, name);
    assert_eq!(back.remember, [("room-gone".to_owned(), None)]);
}

#[test]
fn answers_go_to_who_asked_and_talk_to_all_in_the_room() {
    let failed = Trouble {
        code: "timeout".to_owned(),
        sentence: String::new(),
        scope: None,
    };
    let answered = What::Answered {
        owner: "status-page".into(),
        key: "k".to_owned(),
        outcome: Outcome::Failed(failed),
    };
    let world = World::in_room(En, minute(5));
    let step = Route::Step {
        owner: "status-page".into(),
        word: None,
    };
    assert_eq!(world.decide(None, answered).route, step);
    let other = || What::Other {
        name: "x".to_owned(),
        data: json!({}),
    };
    assert_eq!(world.decide(None, other()).route, Route::All);
    assert_eq!(World::new(En).decide(None, other()).route, Route::Nobody);
}

#[test]
fn the_message_of_a_resolved_incident_follows_its_todos() {
    let mut world = World::in_room(En, minute(70));
    let incident = world.incident.as_mut().unwrap();
    incident.status = Status::Resolved;
    let milestone = crate::incident::Milestone {
        status: Status::Resolved,
        at: minute(67),
    };
    incident.times.push(milestone);
    let act = |act: &str| {
        entry(
            9,
            "todo",
            minute(70),
            "U0YUI",
            "",
            json!({ "n": 1, "act": act }),
        )
    };
    let confirm = |world: &World| {
        let entry = Box::new(world.entries[0].clone());
        let wishes = world
            .decide(Some("U0YUI"), What::EntryAdded { entry })
            .wishes;
        let Wish::Update { name, .. } = &wishes[0] else {
            panic!("{wishes:?}")
        };
        assert_eq!(name, "resolved-1");
        let blocks = shown(&wishes[0])["blocks"].clone();
        let buttons = blocks
            .as_array()
            .unwrap()
            .iter()
            .find(|b| b["block_id"] == "do")
            .unwrap();
        buttons["elements"][0]["confirm"]["title"]["text"]
            .as_str()
            .map(str::to_owned)
    };
    world.entries = vec![act("added")];
    assert_eq!(confirm(&world).unwrap(), "1 todo is still open");
    world.entries.push(act("done"));
    assert_eq!(confirm(&world), None);
}
