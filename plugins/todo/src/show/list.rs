//! The list of all todos, for the person who asked.

use iris_step::blocks::{Block, Choice, Control, Select, actions, button, context, plain};
use iris_step::rich::{RichText, bold};
use iris_step::{Content, args, press};

use super::row::{add_button, done_button, row};
use crate::case::Case;
use crate::scene::Scene;
use crate::todo::{Todo, open};

/// Rows of the first look, and of each page after [Show all].
const FIRST: usize = 10;
const PAGE: usize = 20;
/// How many of those that are done are shown.
const DONE: usize = 5;

/// The list at a page: 0 is the first look, 1, 2, … are the pages of all.
pub(crate) fn list(scene: &Scene, case: &Case, todos: &[Todo], page: usize) -> Content {
    let texts = &scene.texts;
    let open = open(todos);
    let done: Vec<_> = todos.iter().filter(|todo| !todo.is_open()).collect();
    let count = args![inc = case.inc(), open = open.len(), done = done.len()];
    let head = case.mark(texts) + &texts.say("count", count);
    let fallback = case.mark(texts) + &texts.mrkdwn("count", count);
    let mut blocks: Vec<Block> = vec![RichText::new("head").section(vec![bold(head)]).into()];
    if todos.is_empty() {
        blocks.push(context("none", [plain(texts.say("list-none", &[]))]));
    }

    let (skip, take) = if page == 0 {
        (0, FIRST)
    } else {
        ((page - 1) * PAGE, PAGE)
    };
    for todo in open.iter().skip(skip).take(take) {
        let done = done_button(scene, case, todo, format!("list.done:{}:{page}", todo.n));
        blocks.extend(row(scene, todo, case.sign(), done));
    }
    let left = open.len().saturating_sub(skip + take);
    if left > 0 {
        blocks.push(context(
            "more",
            [plain(texts.say("more-things", args![n = left]))],
        ));
    }
    if !done.is_empty() {
        let last = done
            .iter()
            .rev()
            .take(DONE)
            .map(|todo| plain(format!("✅ {}", todo.shown())));
        blocks.push(context("done", last));
    }

    let value = press::value(case.number, None);
    let turn = |to: usize, key: &str| {
        Control::from(button(format!("list.page:{to}"), &texts.say(key, &[])).value(&value))
    };
    let mut controls = Vec::new();
    controls.extend(change(scene, case, &open));
    controls.push(add_button(scene, case).into());
    if page > 0 {
        controls.push(turn(page - 1, "list-back"));
    }
    if left > 0 {
        controls.push(turn(
            page + 1,
            if page == 0 { "list-all" } else { "list-next" },
        ));
    }
    blocks.push(actions("do", controls));
    Content::new(fallback).blocks(&blocks)
}

/// The menu that opens the form for the chosen one.
fn change(scene: &Scene, case: &Case, open: &[&Todo]) -> Option<Control> {
    let choice = |todo: &&Todo| {
        Choice::new(
            press::value(case.number, Some(&todo.n.to_string())),
            &todo.shown(),
        )
    };
    let choices: Vec<_> = open.iter().map(choice).collect();
    let select = |choices| {
        Select::new("list.change", choices).placeholder(&scene.texts.say("list-change", &[]))
    };
    (!choices.is_empty()).then(|| select(choices).into())
}

#[cfg(test)]
mod tests {
    use iris_step::Locale;
    use serde_json::Value;

    use super::list;
    use crate::case::tests::case;
    use crate::scene::tests::scene;
    use crate::todo::{Done, Todo, tests::todo};

    fn blocks(todos: &[Todo], page: usize) -> Vec<Value> {
        let content = list(&scene(Locale::En), &case(), todos, page);
        serde_json::from_str(content.blocks.as_deref().unwrap()).unwrap()
    }

    fn many(n: u32) -> Vec<Todo> {
        (1..=n).map(|n| todo(n, "Call back")).collect()
    }

    fn actions(blocks: &[Value]) -> Vec<&str> {
        let controls = blocks.last().unwrap()["elements"].as_array().unwrap();
        controls
            .iter()
            .map(|control| control["action_id"].as_str().unwrap())
            .collect()
    }

    #[test]
    fn an_empty_list_offers_the_first_todo() {
        let blocks = blocks(&[], 0);
        assert_eq!(blocks[1]["elements"][0]["text"], "No todos yet.");
        assert_eq!(actions(&blocks), ["add"]);
    }

    #[test]
    fn ten_rows_come_first_and_the_rest_in_pages() {
        let todos = many(45);
        let first = blocks(&todos, 0);
        assert_eq!(first[1]["accessory"]["action_id"], "list.done:1:0");
        assert_eq!(first[11]["elements"][0]["text"], "and 35 more");
        assert_eq!(actions(&first), ["list.change", "add", "list.page:1"]);
        let last = blocks(&todos, 3);
        assert_eq!(last[5]["accessory"]["action_id"], "list.done:45:3");
        assert_eq!(actions(&last), ["list.change", "add", "list.page:2"]);
    }

    #[test]
    fn a_page_of_unknown_people_fits_into_one_message() {
        let mut todos = many(60);
        for todo in &mut todos {
            todo.owner = Some("U9".to_owned());
        }
        todos[59].done = Some(Done {
            by: "U9".to_owned(),
            at: 1,
        });
        assert!(blocks(&todos, 1).len() <= 45);
    }
}
