//! Messages and forms as Slack gets them.

use iris_kit::Locale;
use serde_json::json;

use super::{
    example::{entry, minute, other, with_todos},
    in_both_languages,
    world::{World, shown},
};
use crate::{
    event::{Declared, What},
    incident::{Milestone, Status},
};

/// INC-42 an hour and seven minutes after it was declared.
fn resolved(locale: Locale) -> World {
    let mut world = World::in_room(locale, minute(67));
    let incident = world.incident.as_mut().unwrap();
    incident.status = Status::Resolved;
    incident.times.push(Milestone {
        status: Status::Resolved,
        at: minute(67),
    });
    let words = match locale {
        Locale::En => "Rolled back to 1.41 and cleared the queue.",
        Locale::Ja => "1.41に切り戻し、滞留分を処理しました。",
    };
    let todo = |n: u64| {
        entry(
            3,
            "todo",
            minute(30),
            "U0YUI",
            "",
            json!({ "n": n, "act": "added" }),
        )
    };
    world.entries = vec![
        entry(
            1,
            "role",
            minute(1),
            "U0AYASATO",
            "",
            json!({ "role": "commander", "now": "U0AYASATO" }),
        ),
        entry(2, "update", minute(15), "U0AYASATO", "…", json!({})),
        todo(1),
        todo(2),
        todo(3),
        entry(
            6,
            "status",
            minute(67),
            "U0KENMORI",
            words,
            json!({ "now": "resolved" }),
        ),
    ];
    world
}

fn status_changed(world: &World, was: Status, now: Status, note: &str) -> crate::decide::Decision {
    let what = What::StatusChanged {
        was,
        now,
        note: note.to_owned(),
    };
    world.decide(Some("U0KENMORI"), what)
}

#[test]
fn status_card() {
    in_both_languages!("status", locale => {
        let mut world = World::in_room(locale, minute(47));
        world.incident = world.incident.map(|incident| with_todos(locale, incident));
        shown(&world.types("status").wishes[0])
    });
}

#[test]
fn status_for_the_room_pings_nobody_and_has_no_buttons() {
    in_both_languages!("status-shared", locale => {
        let mut world = World::in_room(locale, minute(47));
        let incident = world.incident.as_mut().unwrap();
        incident.severity = None;
        incident.drill = true;
        world.memory.insert("not-set".to_owned(), json!([["pin", "too_many_pins"]]).to_string());
        world.entries = vec![entry(
            1,
            "not-called",
            minute(1),
            "U0AYASATO",
            "",
            json!({ "missing": [{ "who": "lead@acme.example", "code": "not-found" }] }),
        )];
        shown(&world.presses("U0KENMORI", "core:status.share", "42").wishes[0])
    });
}

#[test]
fn update_in_the_room() {
    in_both_languages!("update", locale => {
        let world = World::in_room(locale, minute(15));
        let text = world.incident.as_ref().unwrap().latest.clone().unwrap().text;
        let entry = Box::new(entry(2, "update", minute(15), "U0AYASATO", &text, json!({})));
        shown(&world.decide(Some("U0AYASATO"), What::EntryAdded { entry }).wishes[0])
    });
}

#[test]
fn update_form() {
    in_both_languages!("update-form", locale => {
        shown(&World::in_room(locale, minute(47)).types("update").wishes[0])
    });
}

#[test]
fn severity_form_and_lines() {
    in_both_languages!("severity-form", locale => {
        shown(&World::in_room(locale, minute(5)).types("severity").wishes[0])
    });
    in_both_languages!("severity-raised", locale => {
        let what = What::SeverityChanged {
            was: Some("sev2".to_owned()),
            now: Some("sev1".to_owned()),
            why: "Every third payment is lost <!channel>".to_owned(),
        };
        let wishes = World::in_room(locale, minute(5)).decide(Some("U0KENMORI"), what).wishes;
        wishes.iter().map(shown).collect::<Vec<_>>()
    });
}

#[test]
fn resolve_form() {
    in_both_languages!("resolve-form", locale => {
        shown(&World::in_room(locale, minute(67)).presses("U0KENMORI", "core:resolve", "42").wishes[0])
    });
}

#[test]
fn resolved_message_and_thread() {
    in_both_languages!("resolved", locale => {
        let world = resolved(locale);
        let note = world.entries.last().unwrap().text.clone();
        let wishes = status_changed(&world, Status::Declared, Status::Resolved, &note).wishes;
        wishes.iter().map(shown).collect::<Vec<_>>()
    });
}

#[test]
fn resolved_drill_without_severity() {
    in_both_languages!("resolved-drill", locale => {
        let mut world = resolved(locale);
        let incident = world.incident.as_mut().unwrap();
        (incident.drill, incident.severity) = (true, None);
        incident.roles.clear();
        world.entries.clear();
        shown(&status_changed(&world, Status::Declared, Status::Resolved, "").wishes[0])
    });
}

#[test]
fn reopened_and_closed() {
    in_both_languages!("reopened", locale => {
        let mut world = resolved(locale);
        world.now = minute(70);
        let incident = world.incident.as_mut().unwrap();
        incident.status = Status::Declared;
        incident.times.push(Milestone { status: Status::Declared, at: minute(70) });
        let wishes = status_changed(&world, Status::Resolved, Status::Declared, "Again.").wishes;
        wishes.iter().map(shown).collect::<Vec<_>>()
    });
    in_both_languages!("closed", locale => {
        let mut world = resolved(locale);
        world.now = minute(1200);
        let incident = world.incident.as_mut().unwrap();
        incident.status = Status::Closed;
        incident.times.push(Milestone { status: Status::Closed, at: minute(1200) });
        let wishes = status_changed(&world, Status::Resolved, Status::Closed, "").wishes;
        wishes.iter().map(shown).collect::<Vec<_>>()
    });
}

#[test]
fn help_page() {
    in_both_languages!("help", locale => shown(&World::new(locale).types("help").wishes[0]));
    in_both_languages!("help-in-room", locale => {
        shown(&World::in_room(locale, minute(5)).types("?").wishes[0])
    });
    in_both_languages!("help-word", locale => shown(&World::new(locale).types("help メモ").wishes[0]));
}

#[test]
fn list_of_open_incidents() {
    in_both_languages!("list", locale => {
        let mut world = World::new(locale);
        let mut drill = other(locale, 39);
        drill.drill = true;
        let mut private = other(locale, 38);
        (private.private, private.status) = (true, Status::Resolved);
        let mut hidden = private.clone();
        (hidden.people, hidden.declared_by) = ([].into(), "U0KENMORI".into());
        world.open.extend([drill, private, hidden]);
        shown(&world.types("list").wishes[0])
    });
    in_both_languages!("list-empty", locale => {
        let world = World { open: vec![], ..World::new(locale) };
        shown(&world.types("一覧").wishes[0])
    });
}

#[test]
fn words_that_do_not_fit() {
    in_both_languages!("unknown-word", locale => shown(&World::new(locale).types("stauts").wishes[0]));
    in_both_languages!("elsewhere", locale => {
        shown(&World::new(locale).types("update rolled <@U0KENMORI|ken> back").wishes[0])
    });
    in_both_languages!("elsewhere-none", locale => {
        let world = World { open: vec![], ..World::new(locale) };
        shown(&world.types("todos").wishes[0])
    });
    in_both_languages!("in-closed-room", locale => {
        let mut world = World::in_room(locale, minute(2000));
        world.incident.as_mut().unwrap().status = Status::Closed;
        shown(&world.types("update all is well").wishes[0])
    });
}

#[test]
fn a_real_incident_is_told_in_a_drills_room() {
    in_both_languages!("drill-real", locale => {
        let mut world = World::in_room(locale, minute(1));
        world.open[0].drill = true;
        let what = What::Declared(Declared { answers: [].into() });
        let decision = world.decide(Some("U0AYASATO"), what);
        assert_eq!(decision.wishes.len(), 1);
        shown(&decision.wishes[0])
    });
}
