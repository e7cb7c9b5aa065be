//! Fields for people, channels, days and text.

use super::controls::Control;
use super::text::Plain;
use crate::rich::is_false;
use serde::Serialize;

/// A menu of people.
#[derive(Clone, Debug, Serialize)]
pub struct PeopleMenu {
    action_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_user: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    initial_users: Vec<String>,
}

impl PeopleMenu {
    /// For [`Control::UsersSelect`] and [`Control::MultiUsersSelect`].
    pub fn new(action_id: impl Into<String>) -> Self {
        Self {
            action_id: action_id.into(),
            placeholder: None,
            initial_user: None,
            initial_users: Vec::new(),
        }
    }

    /// Shown while nobody is chosen, cut to 150.
    #[must_use]
    pub fn placeholder(mut self, text: &str) -> Self {
        self.placeholder = Some(Plain::cut(text, 150));
        self
    }

    /// Chosen from the start; for a menu of one.
    #[must_use]
    pub fn initial(mut self, user: impl Into<String>) -> Self {
        self.initial_user = Some(user.into());
        self
    }

    /// Chosen from the start; for a menu of several.
    #[must_use]
    pub fn initial_of_many(mut self, users: Vec<String>) -> Self {
        self.initial_users = users;
        self
    }

    /// A menu of one person.
    pub fn one(self) -> Control {
        Control::UsersSelect(self)
    }

    /// A menu of several people.
    pub fn many(self) -> Control {
        Control::MultiUsersSelect(self)
    }
}

/// A menu of public and private channels.
#[derive(Clone, Debug, Serialize)]
pub struct Conversations {
    action_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_conversation: Option<String>,
    filter: Filter,
}

#[derive(Clone, Debug, Serialize)]
struct Filter {
    include: [&'static str; 2],
    exclude_bot_users: bool,
    exclude_external_shared_channels: bool,
}

impl Conversations {
    /// Channels of this workspace only.
    pub fn new(action_id: impl Into<String>) -> Self {
        Self {
            action_id: action_id.into(),
            initial_conversation: None,
            filter: Filter {
                include: ["public", "private"],
                exclude_bot_users: true,
                exclude_external_shared_channels: true,
            },
        }
    }

    /// Chosen from the start.
    #[must_use]
    pub fn initial(mut self, channel: impl Into<String>) -> Self {
        self.initial_conversation = Some(channel.into());
        self
    }
}

/// A day of the calendar.
#[derive(Clone, Debug, Serialize)]
pub struct DatePicker {
    action_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_date: Option<String>,
}

impl DatePicker {
    /// With nothing chosen.
    pub fn new(action_id: impl Into<String>) -> Self {
        Self {
            action_id: action_id.into(),
            initial_date: None,
        }
    }

    /// Chosen from the start: `2026-12-01`.
    #[must_use]
    pub fn initial(mut self, date: impl Into<String>) -> Self {
        self.initial_date = Some(date.into());
        self
    }
}

/// A field to type in.
#[derive(Clone, Debug, Serialize)]
pub struct TextInput {
    action_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_value: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    multiline: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
    #[serde(skip_serializing_if = "is_false")]
    focus_on_load: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<Plain>,
}

impl TextInput {
    /// One line, empty.
    pub fn new(action_id: impl Into<String>) -> Self {
        Self {
            action_id: action_id.into(),
            initial_value: None,
            multiline: false,
            min_length: None,
            max_length: None,
            focus_on_load: false,
            placeholder: None,
        }
    }

    /// Typed from the start; nothing when empty.
    #[must_use]
    pub fn initial(mut self, value: impl Into<String>) -> Self {
        self.initial_value = Some(value.into()).filter(|value| !value.is_empty());
        self
    }

    /// Several lines.
    #[must_use]
    pub fn multiline(mut self) -> Self {
        self.multiline = true;
        self
    }

    /// The least that Slack takes.
    #[must_use]
    pub fn min_length(mut self, units: u16) -> Self {
        self.min_length = Some(units);
        self
    }

    /// The most that Slack takes, at most 3,000.
    #[must_use]
    pub fn max_length(mut self, units: u16) -> Self {
        self.max_length = Some(units);
        self
    }

    /// The cursor stands here when the form opens.
    #[must_use]
    pub fn focus(mut self) -> Self {
        self.focus_on_load = true;
        self
    }

    /// Shown while it is empty, cut to 150.
    #[must_use]
    pub fn placeholder(mut self, text: &str) -> Self {
        self.placeholder = Some(Plain::cut(text, 150));
        self
    }
}
