//! What happened.

pub use crate::bindings::exports::iris::step::handler::{
    Answered, Command, Declared, Event, Form, Happening, Invited, Missing, Outcome, Pressed,
    Reacted, Response, RoleChanged, RoomOpened, SeenMessage, SeverityChanged, Shortcut,
    StatusChanged, Submitted, Timer as TimerFired, Trouble, WishFailed,
};
pub use crate::bindings::iris::step::types::Answer;

/// What a person filled in, looked up by the field's name.
pub trait Answers {
    /// All that was chosen or typed in this field; empty when nothing was.
    fn values(&self, field: &str) -> &[String];

    /// The one thing that was chosen or typed; none when it is empty.
    fn value(&self, field: &str) -> Option<&str> {
        self.values(field)
            .first()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

impl Answers for [Answer] {
    fn values(&self, field: &str) -> &[String] {
        self.iter()
            .find(|answer| answer.field == field)
            .map_or(&[], |answer| &answer.values)
    }
}

impl Pressed {
    /// A button's `value`, or the one choice of a menu.
    pub fn value(&self) -> Option<&str> {
        self.values.first().map(String::as_str)
    }

    /// The action and its argument: `take` and `commander` of `take:commander`.
    pub fn action(&self) -> (&str, Option<&str>) {
        match self.action.split_once(':') {
            Some((action, argument)) => (action, Some(argument)),
            None => (&self.action, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Answers, Pressed};

    #[test]
    fn an_empty_field_has_no_value() {
        let answer = |field: &str, values: &[&str]| Answer {
            field: field.into(),
            values: values.iter().map(ToString::to_string).collect(),
        };
        let answers = [
            answer("a", &["x", "y"]),
            answer("b", &[]),
            answer("c", &[""]),
        ];
        assert_eq!(answers.value("a"), Some("x"));
        assert_eq!(answers.values("a"), ["x", "y"]);
        assert_eq!(
            [answers.value("b"), answers.value("c"), answers.value("d")],
            [None; 3]
        );
    }

    #[test]
    fn an_action_carries_its_argument() {
        let pressed = |action: &str| Pressed {
            action: action.into(),
            values: vec!["42/commander".into()],
            answers: vec![],
            message: None,
            form: None,
        };
        assert_eq!(
            pressed("take:commander").action(),
            ("take", Some("commander"))
        );
        assert_eq!(pressed("announce").action(), ("announce", None));
        assert_eq!(pressed("announce").value(), Some("42/commander"));
    }
}
