//! `todo …` and `todos`, typed, and the shortcut on a message.

use iris_step::kit::escape::plain;
use iris_step::rich::{RichText, code, text};
use iris_step::{Command, Content, Failure, Shortcut, args, facts, messages};

use crate::date::{Now, Wrong, read_line};
use crate::desk::{Desk, Wanted};
use crate::form::{self, Purpose};
use crate::scene::Scene;
use crate::show;
use crate::todo::{Due, words};

pub(crate) fn command(by: &str, command: &Command) -> Result<(), Failure> {
    let mut desk = Desk::open()?;
    if command.word == "todos" {
        let list = show::list(&desk.scene, &desk.case, &desk.todos, 0);
        messages::reply(list)?;
        return Ok(());
    }
    let scene = &desk.scene;
    let line = match read_line(&command.text, Now::of(&scene.today())) {
        Ok(line) => line,
        Err(wrong) => {
            let typed = plain(command.text.trim(), facts::name_of);
            let line = format!("{} {} {typed}", facts::team().command, command.word);
            messages::reply(refusal(scene, &wrong, &line))?;
            return Ok(());
        }
    };
    let wanted = Wanted {
        text: words(&plain(&line.text, facts::name_of)),
        owner: line.owner,
        due: line.when.and_then(|when| scene.clock.due(when, scene.now)),
    };
    if wanted.text.is_empty() {
        let owner = wanted.owner.or_else(|| Some(by.to_owned()));
        return form::open(
            scene,
            &Purpose::Add { from: None },
            &Wanted { owner, ..wanted },
        );
    }
    desk.add(by, wanted, None)
}

/// On a message: the form with its words in it; outside of a room it asks for which incident.
pub(crate) fn shortcut(by: &str, shortcut: Shortcut) -> Result<(), Failure> {
    let Some(message) = shortcut.message else {
        return Ok(());
    };
    let scene = Scene::read();
    let elsewhere = facts::incident().is_none();
    let open = if elsewhere {
        facts::open_incidents(by)
    } else {
        vec![]
    };
    if elsewhere && open.is_empty() {
        return Err(Failure::refuse(scene.texts.say("pick-none", &[])));
    }
    let text = words(&plain(&message.text, facts::name_of));
    // A file without words is told by its name.
    let text = if text.is_empty() {
        words(&message.files.join(", "))
    } else {
        text
    };
    let known = Wanted {
        text,
        owner: Some(by.to_owned()),
        due: None,
    };
    let from = Some(message.id);
    form::open_among(&scene, &Purpose::Add { from }, &known, &open)
}

/// Says what is wrong with the date, and repeats the line so that it can be copied.
fn refusal(scene: &Scene, wrong: &Wrong, line: &str) -> Content {
    let (key, args) = match wrong {
        Wrong::Past { when, instead } => {
            let due = scene.clock.due(*when, scene.now).unwrap_or(Due {
                at: scene.now,
                has_time: true,
            });
            (
                "date-past",
                args![date = scene.date(due), iso = instead.iso()].to_vec(),
            )
        }
        Wrong::Order { raw, instead } => ("date-order", args![raw, iso = instead.iso()].to_vec()),
    };
    let said = RichText::new("wrong").section(vec![
        text(scene.texts.say(key, &args)),
        text("\n"),
        code(line),
    ]);
    Content::new(scene.texts.mrkdwn(key, &args)).blocks(&[said.into()])
}

#[cfg(test)]
mod tests {
    use iris_step::Locale;

    use super::{Now, read_line, refusal};
    use crate::scene::tests::scene;

    #[test]
    fn a_refused_date_comes_with_the_line() {
        let scene = scene(Locale::Ja);
        let refused = |typed: &str| {
            let wrong = read_line(typed, Now::of(&scene.today())).unwrap_err();
            refusal(&scene, &wrong, &format!("/incident todo {typed}"))
        };
        let order = refused("<x> 25/12まで");
        assert_eq!(
            order.text,
            "25/12は月/日として読みます。2026-12-25のことですか？"
        );
        assert!(
            order
                .blocks
                .unwrap()
                .contains(r#""text":"/incident todo <x> 25/12まで""#)
        );
        assert_eq!(
            refused("x by 2026-11-27").text,
            "11月27日（金）は過ぎています。「明日まで」や「2026-12-04まで」のように書いてください。"
        );
    }
}
