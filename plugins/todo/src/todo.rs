//! A todo, as it is kept: one in the incident's state, each change an entry.

use iris_step::kit::limits::{TODO, TODO_SHOWN, cut};
use iris_step::rich::one_line;
use serde::{Deserialize, Serialize};

/// Something still to do, or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Todo {
    /// 1, 2, 3, … within the incident.
    pub(crate) n: u32,
    /// People's words in one line, at most 500.
    pub(crate) text: String,
    pub(crate) owner: Option<String>,
    pub(crate) due: Option<Due>,
    /// Who wrote it down.
    pub(crate) by: String,
    /// The message it was made from.
    pub(crate) from: Option<String>,
    pub(crate) done: Option<Done>,
}

/// When it is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Due {
    /// Milliseconds since 1970; the last second of the day when no time was said.
    pub(crate) at: u64,
    pub(crate) has_time: bool,
}

/// By whom and when it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    pub(crate) by: String,
    pub(crate) at: u64,
}

impl Todo {
    /// The words, cut to where they are shown.
    pub(crate) fn shown(&self) -> String {
        cut(&self.text, TODO_SHOWN).into_owned()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.done.is_none()
    }

    pub(crate) fn is_overdue(&self, now: u64) -> bool {
        self.is_open() && self.due.is_some_and(|due| due.at < now)
    }
}

/// People's words as a todo keeps them.
pub(crate) fn words(typed: &str) -> String {
    cut(&one_line(typed), TODO).into_owned()
}

/// The open ones in the order of their dates, those without a date last.
pub(crate) fn open(todos: &[Todo]) -> Vec<&Todo> {
    let mut open: Vec<_> = todos.iter().filter(|todo| todo.is_open()).collect();
    open.sort_by_key(|todo| (todo.due.is_none(), todo.due.map(|due| due.at), todo.n));
    open
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Done, Due, Todo, open, words};

    pub(crate) fn todo(n: u32, text: &str) -> Todo {
        let (text, by) = (text.to_owned(), "U0AYASATO".to_owned());
        Todo {
            n,
            text,
            owner: None,
            due: None,
            by,
            from: None,
            done: None,
        }
    }

    #[test]
    fn the_nearest_date_comes_first() {
        let due = |n, at| Todo {
            due: Some(Due { at, has_time: true }),
            ..todo(n, "x")
        };
        let done = Todo {
            done: Some(Done {
                by: "U0AYASATO".to_owned(),
                at: 1,
            }),
            ..due(4, 1)
        };
        let todos = [todo(1, "x"), due(2, 20), due(3, 10), done];
        assert_eq!(
            open(&todos).iter().map(|todo| todo.n).collect::<Vec<_>>(),
            [3, 2, 1]
        );
        assert!(todos[1].is_overdue(21) && !todos[1].is_overdue(20) && !todos[3].is_overdue(9));
    }

    #[test]
    fn words_stand_in_one_line() {
        assert_eq!(words(" Renew\nthe  certificate "), "Renew the certificate");
        assert_eq!(words(&"x".repeat(600)).chars().count(), 500);
    }
}
