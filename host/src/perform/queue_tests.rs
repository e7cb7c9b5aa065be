//! The order in which effects go, told as small plans.

use serde_json::Value;

use super::*;
use crate::{
    effect::{Content, MessageRef, Target},
    ids::Owner,
};

const NOW: Moment = Moment(1_000);

fn effect(key: &str, act: Act) -> Effect {
    Effect {
        key: key.to_owned(),
        team: "T1".into(),
        incident: Some(1),
        by: None,
        owner: Owner::from("guide"),
        wish: String::new(),
        chain: 0,
        lineage: None,
        act,
        outside: false,
        needs: vec![],
        order: None,
        slot: None,
        state: State::Planned,
        attempts: 0,
        not_before: Moment(0),
        planned_at: Moment(0),
        until: None,
    }
}

fn room() -> Effect {
    effect(
        "room",
        Act::CreateRoom {
            name: "inc".into(),
            latin: "inc".into(),
            hidden: false,
        },
    )
}

fn post(key: &str, name: Option<&str>) -> Effect {
    let act = Act::Post {
        name: name.map(str::to_owned),
        to: Target::Room,
        content: Content::default(),
    };
    Effect {
        needs: vec![Need::Room],
        order: Some("room".into()),
        ..effect(key, act)
    }
}

fn pin(key: &str, name: &str) -> Effect {
    let message = MessageRef::Named {
        owner: "guide".into(),
        name: name.to_owned(),
    };
    let needs = vec![Need::Message {
        owner: "guide".into(),
        name: name.to_owned(),
    }];
    Effect {
        needs,
        ..effect(key, Act::Pin { message })
    }
}

fn topic(key: &str) -> Effect {
    Effect {
        needs: vec![Need::Room],
        ..effect(key, Act::SetTopic { text: "t".into() })
    }
}

fn queue(effects: impl IntoIterator<Item = Effect>) -> Queue {
    let mut queue = Queue::default();
    for effect in effects {
        queue.add(effect);
    }
    queue
}

fn keys(queue: &mut Queue, now: Moment) -> Vec<String> {
    queue
        .ready(now, |_| false)
        .into_iter()
        .map(|job| job.effect.key)
        .collect()
}

fn applied(queue: &mut Queue, mut effect: Effect) {
    effect.state = State::Applied {
        answer: Value::Null,
    };
    queue.settle(&effect);
}

#[test]
fn what_needs_the_room_goes_at_once_when_it_stands_but_in_order() {
    let mut queue = queue([
        room(),
        post("a", Some("panel")),
        post("b", None),
        topic("t"),
        pin("p", "panel"),
    ]);
    assert_eq!(keys(&mut queue, NOW), ["room"]);
    applied(&mut queue, room());
    assert_eq!(keys(&mut queue, NOW), ["a", "t"]);
    applied(&mut queue, post("a", Some("panel")));
    assert_eq!(keys(&mut queue, NOW), ["b", "p"]);
}

#[test]
fn another_incident_does_not_wait() {
    let other = Effect {
        incident: Some(2),
        ..post("other", None)
    };
    let mut queue = queue([room(), post("a", None), other]);
    assert_eq!(keys(&mut queue, NOW), ["room", "other"]);
}

#[test]
fn a_parked_room_holds_back_what_needs_it_until_an_operator_speaks() {
    let mut parked = room();
    parked.state = State::Parked { why: "?".into() };
    let mut queue = queue([room(), topic("t")]);
    assert_eq!(keys(&mut queue, NOW), ["room"]);
    queue.settle(&parked);
    assert_eq!(keys(&mut queue, NOW), [] as [&str; 0]);
    applied(&mut queue, parked);
    assert_eq!(keys(&mut queue, NOW), ["t"]);
}

#[test]
fn the_newest_of_a_slot_is_sent_and_what_is_being_sent_is_let_be() {
    let slot = |key| Effect {
        slot: Some("topic".into()),
        order: Some("topic".into()),
        ..topic(key)
    };
    let mut queue = queue([slot("a")]);
    assert_eq!(queue.add(slot("b")), [slot("a")]);
    assert_eq!(keys(&mut queue, NOW), ["b"]);
    assert_eq!(queue.add(slot("c")), []);
    applied(&mut queue, slot("b"));
    assert_eq!(keys(&mut queue, NOW), ["c"]);
}

#[test]
fn what_found_nothing_waits_until_it_is_provided() {
    let mut queue = queue([topic("t")]);
    let job = queue.ready(NOW, |_| false).pop().unwrap();
    queue.back_without(job.effect, job.memory, Need::Room);
    assert_eq!(keys(&mut queue, NOW), [] as [&str; 0]);
    queue.add(room());
    assert_eq!(keys(&mut queue, NOW), ["room"]);
    applied(&mut queue, room());
    assert_eq!(keys(&mut queue, NOW), ["t"]);
}

#[test]
fn a_name_is_not_given_anew_before_those_that_mean_the_old_message_are_done() {
    let mut queue = queue([
        pin("p", "panel"),
        Effect {
            needs: vec![],
            ..post("a", Some("panel"))
        },
    ]);
    assert_eq!(keys(&mut queue, NOW), ["p"]);
    applied(&mut queue, pin("p", "panel"));
    assert_eq!(keys(&mut queue, NOW), ["a"]);
}

#[test]
fn time_alone_lets_go_and_ends() {
    let later = Effect {
        not_before: Moment(5_000),
        ..topic("later")
    };
    let stale = Effect {
        until: Some(Moment(2_000)),
        not_before: Moment(9_000),
        ..topic("stale")
    };
    let mut queue = queue([later, stale]);
    assert_eq!(keys(&mut queue, NOW), [] as [&str; 0]);
    assert_eq!(queue.next(NOW), Some(Moment(2_001)));
    let job = queue.ready(Moment(2_001), |_| false).pop().unwrap();
    assert_eq!(
        (job.effect.key.as_str(), job.phase),
        ("stale", Phase::Expire)
    );
    assert_eq!(queue.next(Moment(2_001)), Some(Moment(5_000)));
}

#[test]
fn guests_are_looked_up_while_the_room_is_made() {
    let invite = Effect {
        needs: vec![Need::Room],
        ..effect("i", Act::Invite { people: vec![] })
    };
    let mut queue = queue([room(), invite]);
    let jobs = queue.ready(NOW, |_| false);
    let phases: Vec<Phase> = jobs.iter().map(|job| job.phase).collect();
    assert_eq!(phases, [Phase::Act, Phase::Prepare]);
}

#[test]
fn nothing_goes_for_a_team_whose_token_is_refused() {
    let mut queue = queue([topic("t")]);
    assert!(queue.ready(NOW, |_| true).is_empty());
    assert!(!queue.any_ready(NOW, |_| true));
    assert!(queue.any_ready(NOW, |_| false));
}
