//! The App Home: what is on it, for whom, and what its buttons do.

use iris_kit::Locale::{self, En};
use serde_json::{Value, json};

use super::{
    example::{entry, incident, minute, other, pick},
    in_both_languages,
    world::{World, shown},
};
use crate::{
    decide::{Decision, Route},
    effect::{Wish, view::HOME},
    event::{View, What},
    incident::{Assignment, Entry, Incident, Status},
};

/// Friday, 4 December, to its end.
const FRIDAY: u64 = 1_796_396_399_000;

/// As the todo step writes it down.
fn todo(n: u32, text: &str, due: Option<u64>) -> Entry {
    let data = json!({ "n": n, "act": "added", "text": text, "due": due, "due_has_time": false });
    Entry {
        owner: "todo".into(),
        ..entry(n, "todo", minute(1), "U0KENMORI", text, data)
    }
}

/// Aya opens her home.
fn opens(world: &World) -> Value {
    let decision = world.decide(Some("U0AYASATO"), What::HomeOpened);
    assert_eq!(decision.route, Route::Core);
    let Wish::PublishHome { user, .. } = &decision.wishes[0] else {
        panic!("{decision:?}")
    };
    assert_eq!(user.as_str(), "U0AYASATO");
    shown(&decision.wishes[0])
}

/// INC-42 and others are open, and Aya leads INC-42.
fn world(locale: Locale) -> World {
    let mut world = World::new(locale);
    world.now = minute(47);
    world.open.push(incident(locale));
    world
}

fn blocks(home: &Value) -> Vec<&str> {
    let blocks = home["blocks"].as_array().unwrap().iter();
    blocks.map(|b| b["block_id"].as_str().unwrap()).collect()
}

#[test]
fn what_is_open_and_ones_own_part_in_it() {
    in_both_languages!("home", locale => {
        let mut world = world(locale);
        world.open[0].status = Status::Resolved;
        let drill = Incident { drill: true, ..other(locale, 41) };
        let renew = pick(locale, "Renew the certificate of pay-gw", "pay-gwの証明書を更新する");
        let late = minute(0).0 - 86_400_000;
        world.todos = vec![
            (drill, todo(2, pick(locale, "Write it up", "まとめる"), None)),
            (incident(locale), todo(1, renew, Some(FRIDAY))),
            (incident(locale), todo(2, pick(locale, "Call the bank", "銀行に連絡"), Some(late))),
        ];
        opens(&world)
    });
}

#[test]
fn nothing_is_said_of_what_is_not_there() {
    let mut world = World::new(En);
    world.open = vec![];
    let home = opens(&world);
    assert_eq!(blocks(&home), ["do", "open", "asof"]);
    assert_eq!(home["blocks"][1]["text"]["text"], "No open incidents.");
    assert_eq!(home["callback_id"], HOME);
}

/// However many there are.
#[test]
fn it_has_less_than_a_hundred_blocks() {
    let mut world = world(En);
    let held = Assignment {
        user: "U0AYASATO".into(),
        since: minute(1),
    };
    for number in 100..400 {
        let mut open = other(En, number);
        let over = number % 2 == 0;
        open.status = if over {
            Status::Resolved
        } else {
            Status::Declared
        };
        open.roles = [("commander".to_owned(), held.clone())].into();
        world
            .todos
            .push((open.clone(), todo(number, &"long ".repeat(200), None)));
        world.open.push(open);
    }
    let home = opens(&world);
    let blocks = blocks(&home);
    assert_eq!(blocks.len(), 29);
    let said = home.to_string();
    assert!(said.contains("and 138 more: "), "{said}");
    assert!(said.contains("and 280 more"), "{said}");
    assert!(said.contains("My todos: 300") && said.contains("My roles: 301"));
    assert!(said.len() < 100_000, "{}", said.len());
}

#[test]
fn a_private_incident_is_there_for_its_members_only() {
    let mut world = world(En);
    let mut hidden = Incident {
        private: true,
        declared_by: "U0KENMORI".into(),
        ..incident(En)
    };
    world.open = vec![hidden.clone()];
    world.todos = vec![(hidden.clone(), todo(1, "Renew", None))];
    assert!(opens(&world).to_string().contains("🔒 INC-42"));
    hidden.people.clear();
    world.open = vec![hidden.clone()];
    world.todos = vec![(hidden, todo(1, "Renew", None))];
    assert_eq!(blocks(&opens(&world)), ["do", "open", "asof"]);
}

#[test]
fn a_step_that_is_not_used_keeps_no_todos() {
    let mut world = world(En);
    world.todos = vec![(incident(En), todo(1, "Renew", None))];
    world.steps.retain(|step| step.name.as_str() != "todo");
    assert!(!blocks(&opens(&world)).contains(&"todos"));
}

fn presses(world: &World, action: &str) -> Decision {
    let home = View {
        id: "V1".to_owned(),
        callback: HOME.to_owned(),
        ..View::default()
    };
    world.presses_in(home, action, &[])
}

#[test]
fn after_a_press_it_is_drawn_again() {
    let mut world = world(En);
    let declare = presses(&world, "core:declare");
    assert!(
        matches!(&declare.wishes[..], [Wish::OpenForm { form, .. }, Wish::RedrawHome] if form == "declare")
    );
    let help = presses(&world, "core:help");
    let Wish::OpenForm { form, .. } = &help.wishes[0] else {
        panic!("{help:?}")
    };
    assert_eq!(form, "help");
    let page = shown(&help.wishes[0]);
    assert_eq!(page["title"]["text"], "What can I type?");
    assert_eq!(page["submit"], Value::Null);

    world.incident = Some(incident(En));
    let done = presses(&world, "todo:done:1");
    assert_eq!(done.wishes, [Wish::RedrawHome]);
    let owner = "todo".into();
    assert_eq!(done.route, Route::Step { owner, word: None });
}
