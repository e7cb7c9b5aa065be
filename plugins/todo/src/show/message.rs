//! The message of one todo: its own panel for life.

use iris_step::blocks::{Block, context, mrkdwn};
use iris_step::kit::escape::escape;
use iris_step::rich::{RichText, user};
use iris_step::{Content, args};

use super::row::{done_button, due, owner, row, undo_button};
use crate::case::Case;
use crate::scene::Scene;
use crate::todo::Todo;

/// `link` leads to the message it was made from.
pub(crate) fn message(scene: &Scene, case: &Case, todo: &Todo, link: Option<&str>) -> Content {
    let mut blocks: Vec<Block> = Vec::new();
    if let Some(owner) = todo
        .owner
        .as_ref()
        .filter(|id| **id != todo.by && todo.is_open())
    {
        blocks.push(called(scene, owner).into());
    }
    let (mark, button) = if todo.is_open() {
        (
            "📋 ",
            done_button(scene, case, todo, format!("done:{}", todo.n)),
        )
    } else {
        ("✅ ", undo_button(scene, case, todo))
    };
    blocks.extend(row(scene, todo, &format!("{}{mark}", case.sign()), button));
    if let Some(link) = link {
        let label = scene.texts.say("origin", &[]);
        blocks.push(context(
            "from",
            [mrkdwn(format!("<{}|{label}>", escape(link)))],
        ));
    }
    Content::new(case.mark(&scene.texts) + &fallback(scene, case, todo)).blocks(&blocks)
}

/// Tells somebody that a todo is theirs now, below its message.
pub(crate) fn for_you(scene: &Scene, case: &Case, owner: &str) -> Content {
    let text = scene.texts.mrkdwn("for-you", args![who = user(owner)]);
    Content::new(case.mark(&scene.texts) + &text).blocks(&[called(scene, owner).into()])
}

fn called(scene: &Scene, owner: &str) -> RichText {
    RichText::new("for").section(scene.texts.parts("for-you", args![who = user(owner)]))
}

fn fallback(scene: &Scene, case: &Case, todo: &Todo) -> String {
    let (inc, text) = (case.inc(), todo.shown());
    if let Some(done) = &todo.done {
        let who = scene.who(&done.by);
        return scene.texts.mrkdwn("text-done", args![inc, who, text]);
    }
    let (owner, due) = (owner(scene, todo), due(scene, todo));
    scene.texts.mrkdwn("text", args![inc, owner, text, due])
}

#[cfg(test)]
mod tests {
    use iris_step::Locale;
    use serde_json::{Value, json};

    use super::message;
    use crate::case::{Case, tests::case};
    use crate::date::{Day, When};
    use crate::scene::{Scene, tests::scene};
    use crate::todo::{Done, Todo, tests::todo};

    fn renew(scene: &Scene) -> Todo {
        let friday = When::Day(Day::from_iso("2026-12-04").unwrap());
        Todo {
            owner: Some("U0KENMORI".to_owned()),
            due: scene.clock.due(friday, scene.now),
            ..todo(1, "Renew the certificate of pay-gw")
        }
    }

    fn blocks(content: &iris_step::Content) -> Value {
        serde_json::from_str(content.blocks.as_deref().unwrap()).unwrap()
    }

    #[test]
    fn a_new_todo_pings_its_owner() {
        let scene = scene(Locale::En);
        let content = message(&scene, &case(), &renew(&scene), None);
        assert_eq!(
            content.text,
            "Todo in INC-42 for Ken Mori: Renew the certificate of pay-gw, by Fri 4 Dec"
        );
        let blocks = blocks(&content);
        assert_eq!(
            blocks[0]["elements"][0]["elements"],
            json!([{"type": "user", "user_id": "U0KENMORI"}, {"type": "text", "text": ": a todo for you"}])
        );
        assert_eq!(
            blocks[1]["text"]["text"],
            "📋 Renew the certificate of pay-gw\nKen Mori · by Fri 4 Dec"
        );
        assert_eq!(blocks[1]["accessory"]["action_id"], "done:1");
        assert_eq!(blocks[1]["accessory"]["value"], "42/1");
    }

    #[test]
    fn in_japanese_people_have_their_san() {
        let scene = scene(Locale::Ja);
        let content = message(
            &scene,
            &case(),
            &renew(&scene),
            Some("https://a.example/p1"),
        );
        assert_eq!(
            content.text,
            "INC-42のTodo：Renew the certificate of pay-gw（Ken Moriさん、12月4日（金）まで）"
        );
        assert_eq!(
            blocks(&content)[2]["elements"][0]["text"],
            "<https://a.example/p1|元の投稿>"
        );
    }

    #[test]
    fn done_can_be_undone_and_a_drill_is_marked() {
        let scene = scene(Locale::En);
        let done = Some(Done {
            by: "U0YUITANA".to_owned(),
            at: scene.now,
        });
        let drill = Case {
            drill: true,
            ..case()
        };
        let content = message(
            &scene,
            &drill,
            &Todo {
                done,
                ..renew(&scene)
            },
            None,
        );
        assert!(
            content
                .text
                .starts_with("🧯 DRILL · Todo of INC-42 done by Yui Tanaka")
        );
        let blocks = blocks(&content);
        assert_eq!(
            blocks[0]["text"]["text"],
            "🧯 ✅ Renew the certificate of pay-gw\ndone by Yui Tanaka, 14:05"
        );
        assert_eq!(blocks[0]["accessory"]["action_id"], "undo:1");
    }

    #[test]
    fn an_unknown_name_is_a_mention_in_a_block_of_its_own() {
        let scene = scene(Locale::En);
        let todo = Todo {
            owner: Some("U9".to_owned()),
            by: "U9".to_owned(),
            ..todo(1, "<!here>")
        };
        let blocks = blocks(&message(&scene, &case(), &todo, None));
        assert_eq!(
            blocks[0]["text"],
            json!({"type": "plain_text", "text": "📋 <!here>", "emoji": true})
        );
        assert_eq!(blocks[1]["elements"][0]["text"], "<@U9> · no date");
    }
}
