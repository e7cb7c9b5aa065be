//! What is left at the end: the list at resolve, the warning at close, the line on the card.

use iris_step::blocks::{Block, actions, context, mrkdwn};
use iris_step::incident::Line;
use iris_step::kit::escape::escape;
use iris_step::kit::words::join;
use iris_step::rich::{RichText, bold, emoji, people_words, text};
use iris_step::{Content, args};

use super::row::{add_button, detail, done_button, row};
use crate::case::Case;
use crate::scene::Scene;
use crate::todo::{Todo, open};

/// Rows in one message: two blocks each at most.
const ROWS: usize = 20;

/// Stands in the room from resolve on, with a button to add more.
pub(crate) fn list_at_resolve(
    scene: &Scene,
    case: &Case,
    todos: &[Todo],
    command: &str,
) -> Content {
    let texts = &scene.texts;
    let (inc, open) = (case.inc(), open(todos));
    let mark = case.mark(texts);
    let mut head = vec![emoji("clipboard"), text(" ")];
    if !mark.is_empty() {
        head.insert(0, bold(mark));
    }
    let fallback = if todos.is_empty() {
        let none = texts.say("resolve-none", args![inc = &inc]);
        head.push(bold(&none));
        none
    } else {
        let done = todos.len() - open.len();
        let count = texts.say("count", args![inc = &inc, open = open.len(), done]);
        head.push(bold(&count));
        head.push(text(format!("\n{}", texts.say("resolve-ask", &[]))));
        texts.say("resolve-text", args![inc = &inc, n = open.len()])
    };
    let mut blocks: Vec<Block> = vec![RichText::new("head").section(head).into()];
    for todo in open.iter().take(ROWS) {
        let done = done_button(scene, case, todo, format!("done:{}", todo.n));
        blocks.extend(row(scene, todo, case.sign(), done));
    }
    blocks.extend(more(scene, open.len(), command));
    blocks.push(actions("do", [add_button(scene, case)]));
    Content::new(case.mark(texts) + &fallback).blocks(&blocks)
}

/// Names what is still open; none when nothing is. It pings nobody.
pub(crate) fn warning_at_close(
    scene: &Scene,
    case: &Case,
    todos: &[Todo],
    command: &str,
) -> Option<Content> {
    let texts = &scene.texts;
    let open = open(todos);
    if open.is_empty() {
        return None;
    }
    let said = case.mark(texts) + &texts.say("close-open", args![n = open.len()]);
    let row = |todo: &&Todo| {
        let (words, detail) = (todo.shown(), detail(scene, todo));
        people_words(&join(texts.locale(), [words.as_str(), detail.as_str()]))
    };
    let rows = open.iter().take(ROWS).map(row);
    let rich = RichText::new("open")
        .section(vec![text(&said)])
        .bullets(rows.collect());
    let mut blocks: Vec<Block> = vec![rich.into()];
    blocks.extend(more(scene, open.len(), command));
    Some(Content::new(escape(&said)).blocks(&blocks))
}

/// The line on the status card; none without todos.
pub(crate) fn card(scene: &Scene, todos: &[Todo]) -> Option<Line> {
    let texts = &scene.texts;
    let (n, overdue) = (
        open(todos).len(),
        todos
            .iter()
            .filter(|todo| todo.is_overdue(scene.now))
            .count(),
    );
    let value = match overdue {
        0 => texts.say("card-value", args![n]),
        _ => texts.say("card-value-overdue", args![n, overdue]),
    };
    (!todos.is_empty()).then(|| Line {
        label: texts.say("card-label", &[]),
        value,
    })
}

fn more(scene: &Scene, open: usize, command: &str) -> Option<Block> {
    let n = open.checked_sub(ROWS).filter(|n| *n > 0)?;
    Some(context(
        "more",
        [mrkdwn(
            scene.texts.mrkdwn("resolve-more", args![n, command]),
        )],
    ))
}

#[cfg(test)]
mod tests {
    use iris_step::{Content, Locale};
    use serde_json::Value;

    use super::{card, list_at_resolve, warning_at_close};
    use crate::case::tests::case;
    use crate::date::When;
    use crate::scene::{
        Scene,
        tests::{at, scene},
    };
    use crate::todo::{Done, Due, Todo, tests::todo};

    fn todos(scene: &Scene) -> Vec<Todo> {
        let late = Some(Due {
            at: at("2026-12-01", 14, 0),
            has_time: true,
        });
        let done = Some(Done {
            by: "U0KENMORI".to_owned(),
            at: scene.now,
        });
        vec![
            todo(1, "Add an alert"),
            Todo {
                owner: Some("U0YUITANA".to_owned()),
                due: late,
                ..todo(2, "Call back")
            },
            Todo {
                done,
                ..todo(3, "Tell support")
            },
        ]
    }

    fn blocks(content: &Content) -> Value {
        serde_json::from_str(content.blocks.as_deref().unwrap()).unwrap()
    }

    #[test]
    fn the_list_asks_what_is_missing() {
        let scene = scene(Locale::Ja);
        let content = list_at_resolve(&scene, &case(), &todos(&scene), "/incident");
        assert_eq!(
            content.text,
            "INC-42：未完了のTodoが2件あります。書きもらしはありませんか？"
        );
        let blocks = blocks(&content);
        let head = &blocks[0]["elements"][0]["elements"];
        assert_eq!(head[2]["text"], "INC-42のTodo：未完了2件・完了1件");
        assert_eq!(
            blocks[1]["text"]["text"],
            "Call back\nYui Tanakaさん・14:00まで・期限切れ"
        );
        assert_eq!(
            blocks[2]["text"]["text"],
            "Add an alert\n担当未定・期限なし"
        );
        assert_eq!(blocks[3]["elements"][0]["action_id"], "add");
    }

    #[test]
    fn without_todos_it_asks_too() {
        let content = list_at_resolve(&scene(Locale::En), &case(), &[], "/incident");
        assert_eq!(
            content.text,
            "No todos in INC-42. Is there really nothing left to do?"
        );
        assert_eq!(blocks(&content).as_array().unwrap().len(), 2);
    }

    #[test]
    fn closing_names_what_is_open() {
        let scene = scene(Locale::En);
        let content = warning_at_close(&scene, &case(), &todos(&scene), "/incident").unwrap();
        assert_eq!(content.text, "⚠️ 2 todos are still open:");
        let rows = &blocks(&content)[0]["elements"][1]["elements"];
        assert_eq!(
            rows[0]["elements"][0]["text"],
            "Call back · Yui Tanaka · by 14:00 · overdue"
        );
        assert!(warning_at_close(&scene, &case(), &[], "/incident").is_none());
    }

    #[test]
    fn the_card_counts() {
        let scene = scene(Locale::En);
        assert_eq!(card(&scene, &todos(&scene)).unwrap().value, "2 (1 overdue)");
        let soon = Todo {
            due: scene.clock.due(When::In(5), scene.now),
            ..todo(1, "x")
        };
        assert_eq!(card(&scene, &[soon]).unwrap().value, "1");
        assert!(card(&scene, &[]).is_none());
    }
}
