//! The buttons and the menu: in a todo's message, in the lists, in reminders, on other panels.

use iris_step::{Content, Failure, Pressed, args, messages, press};

use crate::desk::{Desk, Wanted};
use crate::form::{self, Purpose};
use crate::remind::{self, Outcome};
use crate::show;

pub(crate) fn pressed(by: &str, pressed: &Pressed) -> Result<(), Failure> {
    let mut desk = Desk::open()?;
    let (action, argument) = pressed.action();
    match action {
        "add" => {
            let owner = Some(by.to_owned());
            let known = Wanted {
                owner,
                ..Wanted::default()
            };
            form::open(&desk.scene, &Purpose::Add { from: None }, &known)
        }
        "done" => {
            let n = todo(pressed)?;
            if desk.finish(by, n)? {
                Ok(())
            } else {
                already(&desk, n)
            }
        }
        "undo" => desk.undo(todo(pressed)?),
        "list.done" => {
            desk.finish(by, todo(pressed)?)?;
            relist(
                &desk,
                argument.and_then(|argument| argument.split(':').nth(1)),
            )
        }
        "list.page" => relist(&desk, argument),
        "list.change" => {
            let todo = desk.todo(todo(pressed)?)?;
            let (text, owner) = (todo.text.clone(), todo.owner.clone());
            let known = Wanted {
                text,
                owner,
                due: todo.due,
            };
            form::open(&desk.scene, &Purpose::Change { n: todo.n }, &known)
        }
        "remind.done" => {
            let n = todo(pressed)?;
            desk.finish(by, n)?;
            settle(&desk, by, argument, n, Outcome::Done)
        }
        "move.day" => postpone(&mut desk, by, pressed, 1),
        "move.week" => postpone(&mut desk, by, pressed, 7),
        _ => Err(Failure::bug(format_args!("no action `{action}`"))),
    }
}

fn postpone(desk: &mut Desk, by: &str, pressed: &Pressed, days: i32) -> Result<(), Failure> {
    let n = todo(pressed)?;
    let outcome = desk
        .postpone(n, days)?
        .map_or(Outcome::Done, Outcome::Moved);
    settle(desk, by, pressed.action().1, n, outcome)
}

fn settle(
    desk: &Desk,
    by: &str,
    argument: Option<&str>,
    n: u32,
    outcome: Outcome,
) -> Result<(), Failure> {
    let sent_at = argument.and_then(|argument| argument.split(':').next()?.parse().ok());
    let sent_at = sent_at.ok_or_else(|| Failure::bug("a reminder's button without its message"))?;
    remind::settle(&desk.scene, by, sent_at, (desk.case.number, n), outcome)
}

fn relist(desk: &Desk, page: Option<&str>) -> Result<(), Failure> {
    let page = page.and_then(|page| page.parse().ok()).unwrap_or_default();
    messages::reply_instead(show::list(&desk.scene, &desk.case, &desk.todos, page))?;
    Ok(())
}

/// Tells who was quicker.
fn already(desk: &Desk, n: u32) -> Result<(), Failure> {
    let scene = &desk.scene;
    if let Some(done) = &desk.todo(n)?.done {
        let args = args![who = scene.who(&done.by), time = scene.time(done.at)];
        messages::reply(Content::new(scene.texts.mrkdwn("already", args)))?;
    }
    Ok(())
}

/// The todo of a button's or a choice's value, `42/1`.
fn todo(pressed: &Pressed) -> Result<u32, Failure> {
    let number = pressed
        .value()
        .and_then(press::read)
        .and_then(|(_, n)| n?.parse().ok());
    number.ok_or_else(|| Failure::bug(format_args!("`{}` without a todo", pressed.action)))
}
