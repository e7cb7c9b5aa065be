//! What people press, choose and type in, taken together.

use super::button::Button;
use super::choices::{Checkboxes, External, RadioButtons, Select};
use super::fields::{Conversations, DatePicker, PeopleMenu, TextInput};
use serde::Serialize;

/// Something interactive, in a message or a form.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Control {
    /// See [`button`](super::button).
    Button(Box<Button>),
    /// One of a list, in a menu.
    StaticSelect(Select),
    /// One of a list that the host searches as people type.
    ExternalSelect(External),
    /// One of a list, all shown; at most 10.
    RadioButtons(RadioButtons),
    /// Any of a list, all shown; at most 10.
    Checkboxes(Checkboxes),
    /// One person.
    UsersSelect(PeopleMenu),
    /// Several people.
    MultiUsersSelect(PeopleMenu),
    /// One channel.
    ConversationsSelect(Conversations),
    /// A day.
    #[serde(rename = "datepicker")]
    DatePicker(DatePicker),
    /// Text.
    PlainTextInput(TextInput),
}

impl From<Button> for Control {
    fn from(control: Button) -> Self {
        Self::Button(Box::new(control))
    }
}

impl From<Select> for Control {
    fn from(control: Select) -> Self {
        Self::StaticSelect(control)
    }
}

impl From<External> for Control {
    fn from(control: External) -> Self {
        Self::ExternalSelect(control)
    }
}

impl From<RadioButtons> for Control {
    fn from(control: RadioButtons) -> Self {
        Self::RadioButtons(control)
    }
}

impl From<Checkboxes> for Control {
    fn from(control: Checkboxes) -> Self {
        Self::Checkboxes(control)
    }
}

impl From<Conversations> for Control {
    fn from(control: Conversations) -> Self {
        Self::ConversationsSelect(control)
    }
}

impl From<DatePicker> for Control {
    fn from(control: DatePicker) -> Self {
        Self::DatePicker(control)
    }
}

impl From<TextInput> for Control {
    fn from(control: TextInput) -> Self {
        Self::PlainTextInput(control)
    }
}
