//! The form in which a todo is written or changed.

use iris_step::blocks::{Block, DatePicker, Modal, PeopleMenu, TextInput, input};
use iris_step::facts::{self, Incident, incident_menu};
use iris_step::kit::limits::{TODO, cut};
use iris_step::{Answer, Answers, Failure, args, forms};
use serde::{Deserialize, Serialize};

use crate::date::{Day, When};
use crate::desk::{Desk, Wanted};
use crate::scene::Scene;
use crate::todo::{Due, words};

/// What the form was opened for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    /// A new todo, perhaps made from a message.
    Add {
        from: Option<String>,
    },
    Change {
        n: u32,
    },
}

const FORM: &str = "todo";
/// Iris takes the answer to the incident that is chosen here.
const INCIDENT: &str = "incident";
const WHAT: &str = "what";
const WHO: &str = "who";
const WHEN: &str = "when";

/// Shows it, with what is known filled in.
pub(crate) fn open(scene: &Scene, purpose: &Purpose, known: &Wanted) -> Result<(), Failure> {
    open_among(scene, purpose, known, &[])
}

/// The same outside of any incident, where the person says which of these it is for.
pub(crate) fn open_among(
    scene: &Scene,
    purpose: &Purpose,
    known: &Wanted,
    incidents: &[Incident],
) -> Result<(), Failure> {
    let memo = serde_json::to_string(purpose).map_err(Failure::bug)?;
    forms::open(FORM, &view(scene, purpose, known, incidents), &memo)?;
    Ok(())
}

/// It was sent: adds or changes, or says what is wrong with a field.
pub(crate) fn sent(by: &str, memo: &str, answers: &[Answer]) -> Result<(), Failure> {
    let purpose: Purpose = serde_json::from_str(memo).map_err(Failure::bug)?;
    if facts::incident().is_none() {
        let gone = Scene::read().texts.say("pick-none", &[]);
        return Err(Failure::field(INCIDENT, gone));
    }
    let mut desk = Desk::open()?;
    match purpose {
        Purpose::Add { from } => {
            let wanted = read(&desk.scene, None, answers)?;
            desk.add(by, wanted, from)
        }
        Purpose::Change { n } => {
            let wanted = read(&desk.scene, desk.todo(n)?.due, answers)?;
            desk.change(by, n, wanted)
        }
    }
}

fn view(scene: &Scene, purpose: &Purpose, known: &Wanted, incidents: &[Incident]) -> Modal {
    let say = |key: &str| scene.texts.say(key, &[]);
    let (title, send) = match purpose {
        Purpose::Add { .. } => ("form-add", "form-send-add"),
        Purpose::Change { .. } => ("form-change", "form-send-change"),
    };
    let what = TextInput::new("v").multiline().max_length(500).focus();
    let what = what.initial(cut(&known.text, TODO));
    let mut who = PeopleMenu::new("v");
    if let Some(owner) = &known.owner {
        who = who.initial(owner);
    }
    let mut when = DatePicker::new("v");
    if let Some(due) = known.due {
        when = when.initial(scene.clock.day(due.at).iso());
    }
    let mut blocks: Vec<Block> = Vec::new();
    if !incidents.is_empty() {
        let menu = incident_menu(scene.texts.locale(), incidents);
        blocks.push(input(INCIDENT, &say("form-incident"), menu).into());
    }
    blocks.extend([
        input(WHAT, &say("form-what"), what).into(),
        input(WHO, &say("form-who"), who.one()).optional().into(),
        input(WHEN, &say("form-when"), when).optional().into(),
    ]);
    Modal::new(&say(title), blocks)
        .submit(&say(send))
        .close(&say("form-cancel"))
}

/// The form knows days only: a date that stays keeps its time.
fn read(scene: &Scene, before: Option<Due>, answers: &[Answer]) -> Result<Wanted, Failure> {
    let text = words(answers.value(WHAT).unwrap_or_default());
    if text.is_empty() {
        return Err(Failure::field(WHAT, scene.texts.say("form-empty", &[])));
    }
    let owner = answers.value(WHO).map(str::to_owned);
    let Some(day) = answers.value(WHEN).and_then(Day::from_iso) else {
        return Ok(Wanted {
            text,
            owner,
            due: None,
        });
    };
    let due = match before.filter(|due| scene.clock.day(due.at) == day) {
        Some(before) => Some(before),
        None => scene.clock.due(When::Day(day), scene.now),
    };
    let today = scene.clock.day(scene.now);
    if day < today && due != before {
        let date = due.map(|due| scene.date(due)).unwrap_or_default();
        let iso = today.plus(7).iso();
        return Err(Failure::field(
            WHEN,
            scene.texts.say("date-past", args![date, iso]),
        ));
    }
    Ok(Wanted { text, owner, due })
}

#[cfg(test)]
mod tests {
    use iris_step::blocks::to_json;
    use iris_step::{Answer, Failure, Locale};

    use super::{Purpose, Wanted, read, view};
    use crate::scene::tests::{at, scene};
    use crate::todo::Due;

    fn answers(what: &str, who: &str, when: &str) -> Vec<Answer> {
        let answer = |field: &str, value: &str| Answer {
            field: field.to_owned(),
            values: vec![value.to_owned()],
        };
        vec![
            answer("what", what),
            answer("who", who),
            answer("when", when),
        ]
    }

    #[test]
    fn what_was_filled_in_is_wanted() {
        let scene = scene(Locale::En);
        let wanted = read(&scene, None, &answers("Renew\nit", "U1", "2026-12-04")).unwrap();
        assert_eq!(
            (wanted.text.as_str(), wanted.owner.as_deref()),
            ("Renew it", Some("U1"))
        );
        assert_eq!(scene.date(wanted.due.unwrap()), "Fri 4 Dec");
        let wanted = read(&scene, None, &answers("Renew it", "", "")).unwrap();
        assert_eq!((wanted.owner, wanted.due), (None, None));
    }

    #[test]
    fn a_date_that_stays_keeps_its_time_even_when_it_is_over() {
        let scene = scene(Locale::En);
        let before = Some(Due {
            at: at("2026-11-30", 15, 0),
            has_time: true,
        });
        let wanted = read(&scene, before, &answers("x", "", "2026-11-30")).unwrap();
        assert_eq!(wanted.due, before);
    }

    #[test]
    fn what_is_wrong_stands_under_its_field() {
        let scene = scene(Locale::Ja);
        let wrong = |answers: &[Answer]| match read(&scene, None, answers) {
            Err(Failure::Fields(fields)) => (fields[0].field.clone(), fields[0].sentence.clone()),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            wrong(&answers(" ", "", "")),
            ("what".to_owned(), "内容を書いてください。".to_owned())
        );
        assert_eq!(
            wrong(&answers("x", "", "2026-11-30")).1,
            "11月30日（月）は過ぎています。「明日まで」や「2026-12-08まで」のように書いてください。"
        );
    }

    #[test]
    fn a_change_begins_with_what_is_there() {
        let scene = scene(Locale::En);
        let due = Some(Due {
            at: at("2026-12-04", 15, 0),
            has_time: true,
        });
        let known = Wanted {
            text: "Renew".to_owned(),
            owner: Some("U1".to_owned()),
            due,
        };
        let view = to_json(&view(&scene, &Purpose::Change { n: 1 }, &known, &[]));
        for part in [
            "Change todo",
            "\"initial_value\":\"Renew\"",
            "\"initial_user\":\"U1\"",
            "\"initial_date\":\"2026-12-04\"",
        ] {
            assert!(view.contains(part), "{part} in {view}");
        }
    }
}
