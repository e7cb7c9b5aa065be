//! What is done to todos: written down, shown, reminded of, counted, all from here.

use iris_step::incident::NewEntry;
use iris_step::{Failure, Place, Scope, facts, incident, messages, state, timers};
use serde::Serialize;

use crate::case::Case;
use crate::date::{Day, When};
use crate::remind;
use crate::scene::Scene;
use crate::show;
use crate::todo::{Done, Due, Todo};

/// The timer of an incident that fires when the next todo becomes overdue.
pub(crate) const OVERDUE: &str = "overdue";
/// The contract takes no timer more than 400 days ahead; one that fires early is set again.
pub(crate) const HORIZON: u64 = 300 * 24 * 3_600_000;
/// Set once the list at resolve stands in the room.
const LISTED: &str = "listed";
const LIST: &str = "list";
const PREFIX: &str = "todo:";

/// The event's incident with all of its todos.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) scene: Scene,
    pub(crate) case: Case,
    pub(crate) todos: Vec<Todo>,
}

/// What a new or changed todo is to be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) text: String,
    pub(crate) owner: Option<String>,
    pub(crate) due: Option<Due>,
}

/// An entry's `data`: the newest of each `n` is the todo as it is.
#[derive(Serialize)]
struct Data<'a> {
    n: u32,
    act: &'a str,
    text: &'a str,
    owner: Option<&'a str>,
    due: Option<u64>,
    due_has_time: bool,
    done_at: Option<u64>,
    done_by: Option<&'a str>,
    from: Option<&'a str>,
}

impl Desk {
    pub(crate) fn open() -> Result<Self, Failure> {
        let keys = state::keys(Scope::Incident, PREFIX);
        let todos = keys.iter().map(|key| state::get(Scope::Incident, key));
        let todos = todos.collect::<Result<Vec<Option<Todo>>, _>>()?;
        Ok(Self {
            scene: Scene::read(),
            case: Case::read()?,
            todos: todos.into_iter().flatten().collect(),
        })
    }

    /// Fails as a bug: buttons name only todos that there are.
    pub(crate) fn todo(&self, n: u32) -> Result<&Todo, Failure> {
        let found = self.todos.iter().find(|todo| todo.n == n);
        found.ok_or_else(|| Failure::bug(format_args!("no todo {n}")))
    }

    /// `from` is the message it was made from.
    pub(crate) fn add(
        &mut self,
        by: &str,
        wanted: Wanted,
        from: Option<String>,
    ) -> Result<(), Failure> {
        let n = self.todos.last().map_or(1, |todo| todo.n + 1);
        let Wanted { text, owner, due } = wanted;
        let todo = Todo {
            n,
            text,
            owner,
            due,
            by: by.to_owned(),
            from,
            done: None,
        };
        self.keep("added", None, todo)
    }

    /// False when it was done already.
    pub(crate) fn finish(&mut self, by: &str, n: u32) -> Result<bool, Failure> {
        let before = self.todo(n)?.clone();
        if !before.is_open() {
            return Ok(false);
        }
        let done = Some(Done {
            by: by.to_owned(),
            at: self.scene.now,
        });
        let todo = Todo {
            done,
            ..before.clone()
        };
        self.keep("done", before.owner.as_deref(), todo)?;
        Ok(true)
    }

    pub(crate) fn undo(&mut self, n: u32) -> Result<(), Failure> {
        let before = self.todo(n)?.clone();
        if before.is_open() {
            return Ok(());
        }
        let todo = Todo {
            done: None,
            ..before.clone()
        };
        self.keep("undone", before.owner.as_deref(), todo)
    }

    /// A new owner other than `by` is told below the todo's message.
    pub(crate) fn change(&mut self, by: &str, n: u32, wanted: Wanted) -> Result<(), Failure> {
        let before = self.todo(n)?.clone();
        let Wanted { text, owner, due } = wanted;
        let todo = Todo {
            text,
            owner,
            due,
            ..before.clone()
        };
        if todo == before {
            return Ok(());
        }
        let moved = Todo {
            due: before.due,
            ..todo.clone()
        } == before
            && due.is_some();
        let called = todo
            .owner
            .clone()
            .filter(|owner| owner != by && todo.owner != before.owner);
        self.keep(
            if moved { "moved" } else { "changed" },
            before.owner.as_deref(),
            todo,
        )?;
        if let Some(owner) = called {
            let content = show::for_you(&self.scene, &self.case, &owner);
            messages::say(Place::Thread(message_name(n)), content)?;
        }
        Ok(())
    }

    /// So many days later than it was to be, and never before tomorrow. The new date, unless there
    /// was none to move or the todo is done.
    pub(crate) fn postpone(&mut self, n: u32, days: i32) -> Result<Option<Due>, Failure> {
        let (todo, clock) = (self.todo(n)?.clone(), self.scene.clock);
        let Some(due) = todo.due.filter(|_| todo.is_open()) else {
            return Ok(None);
        };
        let wall = (clock.wall)(due.at);
        let day = clock.day(self.scene.now).max(Day::of(&wall)).plus(days);
        let minute = u16::from(wall.hour) * 60 + u16::from(wall.minute);
        let when = if due.has_time {
            When::At(day, minute)
        } else {
            When::Day(day)
        };
        let due = clock.due(when, self.scene.now);
        self.keep(
            "moved",
            todo.owner.as_deref(),
            Todo {
                due,
                ..todo.clone()
            },
        )?;
        Ok(due)
    }

    /// The list that stays in the room until the incident is closed.
    pub(crate) fn list_in_room(&self) -> Result<(), Failure> {
        let command = facts::team().command;
        let list = show::list_at_resolve(&self.scene, &self.case, &self.todos, &command);
        state::put(Scope::Incident, LISTED, &true)?;
        messages::post(LIST, Place::Room, list)?;
        Ok(())
    }

    /// Reminders show the incident's title and ask whether it is ongoing.
    pub(crate) fn remember(&self) -> Result<(), Failure> {
        for todo in &self.todos {
            remind::keep(&self.scene, &self.case, None, todo)?;
        }
        Ok(())
    }

    /// Todos whose date has passed since `due`, when the timer was to fire, are drawn again.
    pub(crate) fn overdue(&self, due: u64) -> Result<(), Failure> {
        let is_new = |todo: &&Todo| {
            todo.is_overdue(self.scene.now) && todo.due.is_some_and(|at| alarm(at) >= due)
        };
        for todo in self.todos.iter().filter(is_new) {
            self.draw(todo)?;
        }
        self.count()
    }

    /// Stores, writes down, draws and counts.
    fn keep(&mut self, act: &str, owner_before: Option<&str>, todo: Todo) -> Result<(), Failure> {
        state::put(Scope::Incident, &format!("{PREFIX}{:05}", todo.n), &todo)?;
        let link = todo.from.as_deref().and_then(facts::link);
        let data = Data {
            n: todo.n,
            act,
            text: &todo.text,
            owner: todo.owner.as_deref(),
            due: todo.due.map(|due| due.at),
            due_has_time: todo.due.is_some_and(|due| due.has_time),
            done_at: todo.done.as_ref().map(|done| done.at),
            done_by: todo.done.as_ref().map(|done| done.by.as_str()),
            from: link.as_deref(),
        };
        incident::append(NewEntry::new("todo", &todo.text).data(&data))?;
        self.draw(&todo)?;
        remind::keep(&self.scene, &self.case, owner_before, &todo)?;
        match self.todos.iter_mut().find(|kept| kept.n == todo.n) {
            Some(kept) => *kept = todo,
            None => self.todos.push(todo),
        }
        self.count()
    }

    fn draw(&self, todo: &Todo) -> Result<(), Failure> {
        let link = todo.from.as_deref().and_then(facts::link);
        let message = show::message(&self.scene, &self.case, todo, link.as_deref());
        messages::post(&message_name(todo.n), Place::Room, message)?;
        Ok(())
    }

    /// What is drawn from all of them: the card's line, the list at resolve, the next timer.
    fn count(&self) -> Result<(), Failure> {
        let card = show::card(&self.scene, &self.todos);
        incident::show(card.as_slice())?;
        if state::get::<bool>(Scope::Incident, LISTED)?.is_some() {
            self.list_in_room()?;
        }
        let open = self.todos.iter().filter(|todo| todo.is_open());
        let next = open
            .filter_map(|todo| todo.due)
            .map(alarm)
            .filter(|at| *at > self.scene.now);
        match next.min() {
            Some(at) => timers::at(Scope::Incident, OVERDUE, at.min(self.scene.now + HORIZON))?,
            None => timers::cancel(Scope::Incident, OVERDUE)?,
        }
        Ok(())
    }
}

/// A moment later than the date, so that it has passed.
fn alarm(due: Due) -> u64 {
    due.at + 1000
}

fn message_name(n: u32) -> String {
    format!("todo-{n}")
}
