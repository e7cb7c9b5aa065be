//! From a line to a declaration, and what its sender sees (S1, S2, S20).

use iris_kit::Locale::{En, Ja};
use serde_json::{Value, json};

use super::{
    example::{declaration, entry, incident, minute},
    in_both_languages,
    world::{World, shown, view},
};
use crate::{
    decide::{Decision, Route, StepOffer},
    effect::{Place, Wish},
    event::{Missing, Reply, Trouble, What, WishFailed},
    incident::Change,
};

const SENT: [(&str, &str); 4] = [
    ("title", "Checkout fails with 500"),
    ("product", "payments"),
    ("severity", "sev1"),
    ("what", ""),
];

#[test]
fn form() {
    in_both_languages!("form", locale => {
        let title = declaration(locale).title;
        shown(&World::new(locale).types(&title).wishes[0])
    });
}

#[test]
fn form_with_more() {
    in_both_languages!("form-more", locale => {
        let title = declaration(locale).title;
        let view = view("declare", r#"{"origin":"C0GENERAL"}"#);
        let decision = World::new(locale).presses_in(view, "core:form.more", &[("title", &title)]);
        shown(&decision.wishes[0])
    });
}

#[test]
fn form_of_a_drill_in_a_room() {
    in_both_languages!("form-drill", locale => {
        shown(&World::in_room(locale, minute(0)).types("訓練").wishes[0])
    });
    in_both_languages!("form-in-room", locale => {
        shown(&World::in_room(locale, minute(0)).types("errors are falling now").wishes[0])
    });
}

#[test]
fn a_title_too_long_is_kept_whole_below() {
    let line = "é".repeat(200);
    let form = shown(&World::new(En).types(&line).wishes[0]);
    let initial = |block: &str| {
        let blocks = form["blocks"].as_array().unwrap();
        let block = blocks.iter().find(|b| b["block_id"] == block).unwrap();
        block["element"]["initial_value"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(initial("title").chars().count(), 150);
    assert!(initial("title").ends_with('…'));
    assert_eq!(initial("what"), line);
}

#[test]
fn fields_of_steps_carry_their_steps_name() {
    let mut world = World::new(En);
    world.steps = vec![StepOffer {
        name: "status-page".into(),
        words: vec![],
        fields: vec![json!({ "type": "input", "block_id": "page" })],
        applies: true,
    }];
    let form = shown(&world.types("x y").wishes[0]);
    assert!(
        form["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|b| b["block_id"] == "status-page.page")
    );

    let sent = [
        ("title", "x y"),
        ("product", "search"),
        ("status-page.page", "main"),
    ];
    let decision = world.sends(view("declare", ""), &sent);
    let Wish::Declare(declaration) = &decision.wishes[0] else {
        panic!("{decision:?}")
    };
    let answers = &declaration.answers[&"status-page".into()];
    assert_eq!(
        (answers[0].field.as_str(), answers[0].values[0].as_str()),
        ("page", "main")
    );
}

#[test]
fn sending_the_form_declares() {
    let world = World::new(En);
    let decision = world.sends(view("declare", r#"{"origin":"C0GENERAL"}"#), &SENT);
    assert_eq!(decision.wishes[0], Wish::Declare(declaration(En)));
    assert_eq!(decision.remember[0].0, "view");
    assert_eq!(decision.route, Route::Core);
}

#[test]
fn what_cannot_be_declared_is_said_below_the_fields() {
    let world = World::new(En);
    let sent = [("title", " "), ("product", "gone"), ("severity", "sev9")];
    let decision = world.sends(view("declare", ""), &sent);
    let fields: Vec<_> = decision
        .refused
        .iter()
        .map(|(field, _)| field.as_str())
        .collect();
    assert_eq!(fields, ["title", "product", "severity"]);
    assert!(decision.wishes.is_empty());
}

#[test]
fn options_count_and_a_private_incident_is_announced_nowhere() {
    let world = World::new(En);
    let more = [
        ("options", "private,drill"),
        ("also", "U1,U2"),
        ("announce", "C9"),
    ];
    let sent: Vec<_> = SENT.into_iter().chain(more).collect();
    let decision = world.sends(view("declare", ""), &sent);
    let Wish::Declare(declaration) = &decision.wishes[0] else {
        panic!("{decision:?}")
    };
    assert!(declaration.private && declaration.drill);
    assert_eq!(declaration.origin, None);
    assert_eq!(declaration.also, ["U1".into(), "U2".into()]);
    // Emptied on purpose: announced nowhere.
    let sent: Vec<_> = SENT.into_iter().chain([("announce", "")]).collect();
    let decision = world.sends(view("declare", r#"{"origin":"C0GENERAL"}"#), &sent);
    let Wish::Declare(declaration) = &decision.wishes[0] else {
        panic!("{decision:?}")
    };
    assert_eq!(declaration.origin, None);
}

#[test]
fn a_line_in_a_room_becomes_an_update_or_a_note() {
    let world = World::in_room(En, minute(5));
    let form = || view("declare", r#"{"room":true}"#);
    let answers = [("title", "errors are falling"), ("what", "")];
    let update = world.presses_in(form(), "core:form.update", &answers);
    let view = shown(&update.wishes[0]);
    assert_eq!(
        view["blocks"][1]["element"]["initial_value"],
        "errors are falling"
    );
    let note = world.presses_in(form(), "core:form.note", &answers);
    let view = shown(&note.wishes[0]);
    assert_eq!(
        view["blocks"][0]["element"]["initial_value"],
        "errors are falling"
    );
}

/// What the declarer sees, with what is remembered from the form.
fn progress(locale: iris_kit::Locale) -> World {
    let mut world = World::in_room(locale, minute(0));
    world.memory.insert(
        "view".to_owned(),
        json!({ "id": "V1", "left": 3 }).to_string(),
    );
    world
}

fn room_opened() -> What {
    What::RoomOpened {
        channel: "C0ROOM42".into(),
        name: "inc-42".to_owned(),
    }
}

fn room_failed(code: &str) -> What {
    What::WishFailed(WishFailed {
        owner: "war-room".into(),
        wish: "room.open".to_owned(),
        name: None,
        trouble: Trouble {
            code: code.to_owned(),
            sentence: String::new(),
            scope: None,
        },
        effect: "key".to_owned(),
        reply: Reply::default(),
    })
}

fn updated(decision: &Decision) -> Value {
    shown(
        decision
            .wishes
            .iter()
            .find(|w| matches!(w, Wish::UpdateView { .. }))
            .unwrap(),
    )
}

#[test]
fn the_sender_sees_the_room_grow() {
    in_both_languages!("declared", locale => {
        let world = World::new(locale);
        shown(&world.sends(view("declare", ""), &SENT).wishes[1])
    });
    in_both_languages!("declared-room", locale => {
        let decision = progress(locale).decide(None, room_opened());
        assert_eq!(decision.route, Route::All);
        updated(&decision)
    });
    in_both_languages!("declared-called", locale => {
        let what = What::Invited {
            owner: "invite".into(),
            came: ["U0AYASATO", "U0KENMORI", "U0YUI"].map(Into::into).to_vec(),
            missing: vec![Missing { who: "lead@acme.example".to_owned(), code: "x".to_owned() }],
        };
        let decision = progress(locale).decide(None, what);
        assert!(matches!(decision.wishes[0], Wish::Change(Change::Called { .. })));
        updated(&decision)
    });
    in_both_languages!("declared-trouble", locale => {
        let mut world = progress(locale);
        world.incident.as_mut().unwrap().room = None;
        updated(&world.decide(None, room_failed("restricted_action")))
    });
}

#[test]
fn nobody_to_call_is_said() {
    let mut world = progress(En);
    let incident = world.incident.as_mut().unwrap();
    incident.severity = Some("sev2".to_owned());
    let view = updated(&world.decide(None, room_opened())).to_string();
    assert!(
        view.contains("Nobody is listed for Payments, SEV2."),
        "{view}"
    );
}

#[test]
fn the_form_changes_three_times_at_most() {
    let mut world = progress(En);
    world.memory.insert(
        "view".to_owned(),
        json!({ "id": "V1", "left": 1 }).to_string(),
    );
    let decision = world.decide(None, room_opened());
    assert!(decision.remember.contains(&("view".to_owned(), None)));
    world.memory.clear();
    let decision = world.decide(None, room_opened());
    assert!(
        decision
            .wishes
            .iter()
            .all(|wish| !matches!(wish, Wish::UpdateView { .. }))
    );
}

#[test]
fn without_an_announcement_the_door_comes_as_a_direct_message() {
    in_both_languages!("declared-dm", locale => {
        let mut world = World::in_room(locale, minute(0));
        world.incident.as_mut().unwrap().origin = None;
        let decision = world.decide(None, room_opened());
        let Wish::Say { place, .. } = &decision.wishes[1] else { panic!("{decision:?}") };
        assert_eq!(*place, Place::Person("U0AYASATO".into()));
        shown(&decision.wishes[1])
    });
}

#[test]
fn a_room_that_cannot_be_made_is_tried_again_by_button() {
    let mut world = World::in_room(Ja, minute(0));
    world.incident.as_mut().unwrap().room = None;
    let decision = world.decide(None, room_failed("name_taken"));
    let said = shown(&decision.wishes[0]);
    assert!(
        said["text"].as_str().unwrap().contains("name_taken"),
        "{said}"
    );
    assert_eq!(
        said["blocks"][1]["elements"][0]["action_id"],
        "core:room.retry"
    );

    let wished = json!({ "name": "inc-20261201", "hidden": true }).to_string();
    world.memory.insert("room".to_owned(), wished);
    let decision = world.presses("U0AYASATO", "core:room.retry", "42");
    let again = Wish::OpenRoom {
        name: "inc-20261201".to_owned(),
        hidden: true,
    };
    assert_eq!(decision.wishes[0], again);
    assert!(matches!(decision.wishes[1], Wish::ReplyInstead { .. }));
}

#[test]
fn a_form_that_was_closed_is_replaced_by_a_message_when_it_matters() {
    let failed = || {
        What::WishFailed(WishFailed {
            owner: "core".into(),
            wish: "core.update-view".to_owned(),
            name: None,
            trouble: Trouble {
                code: "not_found".to_owned(),
                sentence: String::new(),
                scope: None,
            },
            effect: "key".to_owned(),
            reply: Reply::default(),
        })
    };
    let mut world = progress(En);
    assert!(world.decide(None, failed()).wishes.is_empty());
    world.memory.insert(
        "trouble".to_owned(),
        json!({ "code": "restricted_action" }).to_string(),
    );
    world.incident = Some(crate::incident::Incident {
        room: None,
        ..incident(En)
    });
    assert!(matches!(
        world.decide(None, failed()).wishes[0],
        Wish::Say { .. }
    ));
}

/// Two invitations can mean the same person; what came of the second is nothing new.
#[test]
fn nobody_is_called_twice_in_the_timeline() {
    let mut world = World::in_room(En, minute(5));
    let people = |seq, kind: &str, data| entry(seq, kind, minute(1), "U0AYASATO", "", data);
    let called = |world: &World| {
        let came = ["U0KENMORI", "U0YUI"].map(Into::into).to_vec();
        let invited = What::Invited {
            owner: "guide".into(),
            came,
            missing: vec![],
        };
        let decision = world.decide(None, invited);
        let Some(Wish::Change(Change::Called { came, .. })) = decision.wishes.first() else {
            panic!("{:?}", decision.wishes)
        };
        came.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    world.entries = vec![people(1, "called", json!({ "people": ["U0KENMORI"] }))];
    assert_eq!(called(&world), ["U0YUI"]);
    let left = json!({ "user": "U0KENMORI", "how": "left" });
    world.entries.push(people(2, "person", left));
    assert_eq!(called(&world), ["U0KENMORI", "U0YUI"]);
}
