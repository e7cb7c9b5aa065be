//! The direct message with reminders: all of one person's in one message.

use iris_step::blocks::{Block, actions, button, context, plain, section};
use iris_step::kit::escape::escape;
use iris_step::kit::words::inc;
use iris_step::rich::{RichText, text};
use iris_step::{Content, args, press};

use super::person::{Outcome, Row, Sent};
use super::when::Stage;
use crate::scene::Scene;

/// Buttons carry the moment it was sent, so that it can be drawn again.
pub(crate) fn dm(scene: &Scene, sent: &Sent) -> Content {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fallback = Vec::new();
    for (n, group) in sent
        .rows
        .chunk_by(|a, b| head(scene, a) == head(scene, b))
        .enumerate()
    {
        let Some(first) = group.first() else { continue };
        let head = head(scene, first);
        fallback.push(head.clone());
        blocks.push(
            RichText::new(format!("head:{n}"))
                .section(vec![text(head)])
                .into(),
        );
        for row in group {
            fallback.push(words(scene, row));
            blocks.extend(drawn(scene, sent.at, row));
        }
        if first.stage == Stage::OverdueLast {
            let last = scene.texts.say("remind-last", &[]);
            blocks.push(context(format!("last:{n}"), [plain(last)]));
        }
    }
    Content::new(escape(&fallback.join(" "))).blocks(&blocks)
}

fn head(scene: &Scene, row: &Row) -> String {
    let (texts, due) = (&scene.texts, row.todo.alarm.due);
    let date = scene.date(due);
    let tomorrow = scene.clock.day(scene.now).plus(1);
    match row.stage {
        Stage::DayBefore if scene.clock.day(due.at) == tomorrow => {
            texts.say("remind-tomorrow", &[])
        }
        Stage::DayBefore => texts.say("remind-due", args![date]),
        Stage::Soon => texts.say("remind-soon", args![time = date]),
        Stage::Overdue | Stage::OverdueAgain | Stage::OverdueLast => {
            texts.say("remind-overdue", args![date])
        }
    }
}

/// `Renew the certificate · INC-42 Checkout fails with 500`
fn words(scene: &Scene, row: &Row) -> String {
    let todo = &row.todo;
    let (text, inc, title) = (&todo.text, inc(todo.incident), &todo.title);
    let sign = if todo.drill { "🧯 " } else { "" };
    sign.to_owned() + &scene.texts.say("remind-row", args![text, inc, title])
}

fn drawn(scene: &Scene, sent_at: u64, row: &Row) -> Vec<Block> {
    let texts = &scene.texts;
    let (words, todo) = (words(scene, row), &row.todo);
    let id = format!("{}:{}", todo.incident, todo.n);
    let said = match row.outcome {
        Some(Outcome::Done) => format!("✅ {words}"),
        Some(Outcome::Moved(due)) => {
            format!(
                "{words}\n{}",
                texts.say("remind-moved", args![date = scene.date(due)])
            )
        }
        None => words,
    };
    let said = section(format!("row:{id}"), plain(said));
    if row.outcome.is_some() {
        return vec![said.into()];
    }
    let press = |action: &str, key: &str, label: &str| {
        button(format!("{action}:{sent_at}:{id}"), &texts.say(key, &[]))
            .value(press::value(todo.incident, Some(&todo.n.to_string())))
            .accessibility_label(&texts.say(label, args![text = &todo.text]))
    };
    let moves = [
        press("move.day", "remind-day", "remind-day-label"),
        press("move.week", "remind-week", "remind-week-label"),
    ];
    vec![
        said.accessory(press("remind.done", "do-done", "done-label"))
            .into(),
        actions(format!("do:{id}"), moves),
    ]
}

#[cfg(test)]
mod tests {
    use iris_step::Locale;
    use serde_json::Value;

    use super::dm;
    use crate::case::{Case, tests::case};
    use crate::remind::person::{Outcome, Person, tests::friday};
    use crate::scene::{
        Scene,
        tests::{at, scene, tokyo},
    };

    fn later(locale: Locale, iso: &str) -> Scene {
        Scene {
            now: at(iso, 10, 0),
            ..scene(locale)
        }
    }

    fn blocks(content: &iris_step::Content) -> Vec<Value> {
        serde_json::from_str(content.blocks.as_deref().unwrap()).unwrap()
    }

    fn person(locale: Locale) -> Person {
        let mut person = Person::default();
        person.keep(
            &scene(locale),
            &Case {
                drill: true,
                ..case()
            },
            &friday(1, "Renew"),
        );
        person.keep(&scene(locale), &case(), &friday(2, "Call <b>"));
        person
    }

    #[test]
    fn one_message_holds_all_and_moves_each() {
        let scene = later(Locale::En, "2026-12-03");
        let sent = person(Locale::En).fire(scene.now, tokyo()).unwrap();
        let content = dm(&scene, &sent);
        assert_eq!(
            content.text,
            "⏰ Due tomorrow: 🧯 Renew · INC-42 Checkout fails with 500 \
             Call &lt;b&gt; · INC-42 Checkout fails with 500"
        );
        let blocks = blocks(&content);
        assert_eq!(blocks.len(), 5);
        assert_eq!(
            blocks[0]["elements"][0]["elements"][0]["text"],
            "⏰ Due tomorrow:"
        );
        let action = format!("remind.done:{}:42:1", sent.at);
        assert_eq!(blocks[1]["accessory"]["action_id"], action);
        assert_eq!(blocks[2]["elements"][1]["text"]["text"], "+1 week");
    }

    #[test]
    fn a_settled_row_has_no_buttons() {
        let scene = later(Locale::Ja, "2026-12-03");
        let mut person = person(Locale::Ja);
        let sent = person.fire(scene.now, tokyo()).unwrap();
        person.settle(sent.at, (42, 1), Outcome::Done);
        let moved = Outcome::Moved(friday(1, "x").due.unwrap());
        let blocks = blocks(&dm(&scene, person.settle(sent.at, (42, 2), moved).unwrap()));
        assert_eq!(blocks.len(), 3);
        assert_eq!(
            blocks[1]["text"]["text"],
            "✅ 🧯 Renew・INC-42 Checkout fails with 500"
        );
        assert_eq!(
            blocks[2]["text"]["text"],
            "Call <b>・INC-42 Checkout fails with 500\n期限を12月4日（金）に変更しました"
        );
    }

    #[test]
    fn the_last_reminder_says_so() {
        let scene = later(Locale::En, "2026-12-21");
        let sent = person(Locale::En).fire(scene.now, tokyo()).unwrap();
        let blocks = blocks(&dm(&scene, &sent));
        assert_eq!(
            blocks[0]["elements"][0]["elements"][0]["text"],
            "⏰ Overdue since Fri 4 Dec:"
        );
        assert_eq!(
            blocks[5]["elements"][0]["text"],
            "This was the last reminder."
        );
    }
}
