//! One todo: its words, below them owner and date, a button at its side.

use iris_step::args;
use iris_step::blocks::{Block, Button, button, context, mrkdwn, plain, section};
use iris_step::kit::texts::Arg;
use iris_step::kit::words::join;
use iris_step::press;

use crate::case::Case;
use crate::scene::Scene;
use crate::todo::Todo;

/// Plain text cannot hold a mention: where a name is not known, the line below
/// the words becomes a block of its own.
pub(crate) fn row(scene: &Scene, todo: &Todo, mark: &str, button: Button) -> Vec<Block> {
    let words = format!("{mark}{}", todo.shown());
    let person = todo
        .done
        .as_ref()
        .map(|done| &done.by)
        .or(todo.owner.as_ref());
    let named = person.is_none_or(|id| scene.knows(id));
    let text = if named {
        format!("{words}\n{}", detail(scene, todo))
    } else {
        words
    };
    let words = section(format!("todo:{}", todo.n), plain(text)).accessory(button);
    let mut blocks = vec![words.into()];
    if !named {
        let detail = detail_with(scene, todo, |key, args| scene.texts.mrkdwn(key, args));
        blocks.push(context(format!("who:{}", todo.n), [mrkdwn(detail)]));
    }
    blocks
}

/// `Ken Mori · by Fri 4 Dec · overdue`, `done by Ken Mori, 15:12`, as plain text.
pub(crate) fn detail(scene: &Scene, todo: &Todo) -> String {
    detail_with(scene, todo, |key, args| scene.texts.say(key, args))
}

fn detail_with(
    scene: &Scene,
    todo: &Todo,
    say: impl Fn(&str, &[(&str, Arg<'_>)]) -> String,
) -> String {
    if let Some(done) = &todo.done {
        return say(
            "done-by",
            args![who = scene.who(&done.by), time = scene.time(done.at)],
        );
    }
    let owner = match &todo.owner {
        Some(id) => say("owner", args![who = scene.who(id)]),
        None => say("owner-none", &[]),
    };
    let overdue = todo.is_overdue(scene.now).then(|| say("overdue", &[]));
    let parts = [Some(owner), Some(due(scene, todo)), overdue];
    join(
        scene.texts.locale(),
        parts.iter().flatten().map(String::as_str),
    )
}

/// `Ken Mori`, `nobody`, as plain text.
pub(crate) fn owner(scene: &Scene, todo: &Todo) -> String {
    match &todo.owner {
        Some(id) => scene.texts.say("owner", args![who = scene.who(id)]),
        None => scene.texts.say("owner-none", &[]),
    }
}

/// `by Fri 4 Dec`, `no date`.
pub(crate) fn due(scene: &Scene, todo: &Todo) -> String {
    match todo.due {
        Some(due) => scene.texts.say("due", args![date = scene.date(due)]),
        None => scene.texts.say("due-none", &[]),
    }
}

pub(crate) fn done_button(scene: &Scene, case: &Case, todo: &Todo, action: String) -> Button {
    let text = todo.shown();
    labelled(scene, case, todo, action, "do-done")
        .accessibility_label(&scene.texts.say("done-label", args![text]))
}

pub(crate) fn undo_button(scene: &Scene, case: &Case, todo: &Todo) -> Button {
    let text = todo.shown();
    labelled(scene, case, todo, format!("undo:{}", todo.n), "do-undo")
        .accessibility_label(&scene.texts.say("undo-label", args![text]))
}

fn labelled(scene: &Scene, case: &Case, todo: &Todo, action: String, key: &str) -> Button {
    button(action, &scene.texts.say(key, &[]))
        .value(press::value(case.number, Some(&todo.n.to_string())))
}

pub(crate) fn add_button(scene: &Scene, case: &Case) -> Button {
    button("add", &scene.texts.say("do-add", &[])).value(press::value(case.number, None))
}
