//! What one person is reminded of, in all incidents: kept for the team, as a timer has no incident.

use iris_step::kit::limits::{TITLE_IN_ROW, cut};
use iris_step::rich::one_line;
use serde::{Deserialize, Serialize};

use super::when::{Alarm, Stage};
use crate::case::Case;
use crate::scene::{Clock, Scene};
use crate::todo::{Due, Todo};

/// The open todos with a date of one person, and the reminders sent last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    pub(crate) todos: Vec<Kept>,
    pub(crate) sent: Vec<Sent>,
}

/// A todo, with what a reminder shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) incident: u32,
    pub(crate) title: String,
    pub(crate) drill: bool,
    pub(crate) n: u32,
    pub(crate) text: String,
    pub(crate) alarm: Alarm,
}

/// A message with reminders, so that it can be drawn again when a button in it is pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sent {
    /// The moment it was sent, which no two share.
    pub(crate) at: u64,
    pub(crate) rows: Vec<Row>,
}

/// A reminder in such a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) stage: Stage,
    pub(crate) todo: Kept,
    /// What became of it by a press here.
    pub(crate) outcome: Option<Outcome>,
}

/// What a press made of a todo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    Done,
    Moved(Due),
}

/// Messages that can still be drawn again, and rows in one: three blocks each.
const SENT: usize = 5;
const ROWS: usize = 14;

impl Person {
    pub(crate) fn is_empty(&self) -> bool {
        self.todos.is_empty() && self.sent.is_empty()
    }

    /// Takes a todo as it is now. One whose date is as before goes on where it was.
    pub(crate) fn keep(&mut self, scene: &Scene, case: &Case, todo: &Todo) {
        let before = self.forget(case.number, todo.n);
        let Some(due) = todo.due.filter(|_| todo.is_open()) else {
            return;
        };
        let ongoing = case.is_ongoing();
        let alarm = match before.filter(|kept| kept.alarm.due == due) {
            Some(kept) => Alarm {
                ongoing,
                ..kept.alarm
            },
            None => Alarm::new(due, ongoing, scene.now, scene.clock),
        };
        self.todos.push(Kept {
            incident: case.number,
            title: cut(&one_line(&case.title), TITLE_IN_ROW).into_owned(),
            drill: case.drill,
            n: todo.n,
            text: todo.shown(),
            alarm,
        });
    }

    /// Takes a todo away.
    pub(crate) fn forget(&mut self, incident: u32, n: u32) -> Option<Kept> {
        let at = self
            .todos
            .iter()
            .position(|kept| (kept.incident, kept.n) == (incident, n))?;
        Some(self.todos.remove(at))
    }

    /// What is to be sent now, the most urgent first; it is counted as sent.
    pub(crate) fn fire(&mut self, now: u64, clock: Clock) -> Option<Sent> {
        let mut rows = Vec::new();
        for todo in &mut self.todos {
            // What does not fit comes with the next message.
            if rows.len() < ROWS
                && let Some(stage) = todo.alarm.fire(now, clock)
            {
                rows.push(Row {
                    stage,
                    todo: todo.clone(),
                    outcome: None,
                });
            }
        }
        if rows.is_empty() {
            return None;
        }
        rows.sort_by_key(|row| {
            (
                row.todo.alarm.due.at,
                row.stage,
                row.todo.incident,
                row.todo.n,
            )
        });
        let sent = Sent { at: now, rows };
        self.sent.push(sent.clone());
        let old = self.sent.len().saturating_sub(SENT);
        self.sent.drain(..old);
        Some(sent)
    }

    pub(crate) fn wake(&self, now: u64, clock: Clock) -> Option<u64> {
        self.todos
            .iter()
            .filter_map(|todo| todo.alarm.wake(now, clock))
            .min()
    }

    /// Notes what a press made of a todo; the message as it reads then, if it is still known.
    pub(crate) fn settle(
        &mut self,
        sent_at: u64,
        todo: (u32, u32),
        outcome: Outcome,
    ) -> Option<&Sent> {
        let sent = self.sent.iter_mut().find(|sent| sent.at == sent_at)?;
        let is_it = |row: &&mut Row| (row.todo.incident, row.todo.n) == todo;
        sent.rows.iter_mut().find(is_it)?.outcome = Some(outcome);
        Some(sent)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use iris_step::Locale;

    use super::{Outcome, Person, Stage};
    use crate::case::{Case, tests::case};
    use crate::date::{Day, When};
    use crate::scene::tests::{at, scene, tokyo};
    use crate::todo::{Done, Todo, tests::todo};

    pub(crate) fn friday(n: u32, text: &str) -> Todo {
        let scene = scene(Locale::En);
        let due = scene
            .clock
            .due(When::Day(Day::from_iso("2026-12-04").unwrap()), scene.now);
        Todo {
            due,
            ..todo(n, text)
        }
    }

    #[test]
    fn todos_of_all_incidents_come_together() {
        let scene = scene(Locale::En);
        let mut person = Person::default();
        person.keep(&scene, &case(), &friday(1, "Renew"));
        person.keep(
            &scene,
            &Case {
                number: 43,
                ..case()
            },
            &friday(1, "Call"),
        );
        let thursday = at("2026-12-03", 10, 0);
        assert_eq!(person.wake(scene.now, tokyo()), Some(thursday));
        let sent = person.fire(thursday, tokyo()).unwrap();
        assert_eq!(
            sent.rows
                .iter()
                .map(|row| row.todo.incident)
                .collect::<Vec<_>>(),
            [42, 43]
        );
        assert!(person.fire(thursday, tokyo()).is_none());
    }

    #[test]
    fn a_change_of_words_reminds_nobody_again() {
        let scene = scene(Locale::En);
        let mut person = Person::default();
        person.keep(&scene, &case(), &friday(1, "Renew"));
        person.fire(at("2026-12-03", 10, 0), tokyo());
        person.keep(&scene, &case(), &friday(1, "Renew it"));
        assert_eq!(person.todos[0].alarm.next, Some(Stage::Soon));
        assert_eq!(person.todos[0].text, "Renew it");
    }

    #[test]
    fn what_is_done_is_forgotten_and_what_was_sent_is_settled() {
        let scene = scene(Locale::En);
        let mut person = Person::default();
        person.keep(&scene, &case(), &friday(1, "Renew"));
        let sent = person.fire(at("2026-12-03", 10, 0), tokyo()).unwrap();
        let done = Some(Done {
            by: "U1".to_owned(),
            at: scene.now,
        });
        person.keep(
            &scene,
            &case(),
            &Todo {
                done,
                ..friday(1, "Renew")
            },
        );
        assert!(person.todos.is_empty());
        let settled = person.settle(sent.at, (42, 1), Outcome::Done).unwrap();
        assert_eq!(settled.rows[0].outcome, Some(Outcome::Done));
        assert!(person.settle(1, (42, 1), Outcome::Done).is_none());
    }

    #[test]
    fn more_than_fits_comes_in_a_second_message() {
        let scene = scene(Locale::En);
        let mut person = Person::default();
        (1..=20).for_each(|n| person.keep(&scene, &case(), &friday(n, "x")));
        let thursday = at("2026-12-03", 10, 0);
        assert_eq!(person.fire(thursday, tokyo()).unwrap().rows.len(), 14);
        assert_eq!(person.fire(thursday, tokyo()).unwrap().rows.len(), 6);
    }
}
