//! Menus and lists of given choices.

use super::text::Plain;
use serde::Serialize;

/// One choice of a menu, of radio buttons or of checkboxes.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    text: Plain,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Plain>,
}

impl Choice {
    /// `value` is what the answer holds; the label is cut to 75.
    pub fn new(value: impl Into<String>, label: &str) -> Self {
        Self {
            text: Plain::cut(label, 75),
            value: value.into(),
            description: None,
        }
    }

    /// A second line, cut to 75; only radio buttons and checkboxes show it well.
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = (!text.is_empty()).then(|| Plain::cut(text, 75));
        self
    }
}

/// A menu with one choice.
#[derive(Clone, Debug, Serialize)]
pub struct Select {
    action_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<Plain>,
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_option: Option<Choice>,
}

impl Select {
    /// One to 100 choices; more are left out.
    pub fn new(action_id: impl Into<String>, mut options: Vec<Choice>) -> Self {
        options.truncate(100);
        Self {
            action_id: action_id.into(),
            placeholder: None,
            options,
            initial_option: None,
        }
    }

    /// Shown while nothing is chosen, cut to 150.
    #[must_use]
    pub fn placeholder(mut self, text: &str) -> Self {
        self.placeholder = Some(Plain::cut(text, 150));
        self
    }

    /// Chosen from the start, if there is a choice of this value.
    #[must_use]
    pub fn initial(mut self, value: &str) -> Self {
        self.initial_option = find(&self.options, value);
        self
    }
}

/// A menu whose choices the host is asked for while a person types. Steps
/// cannot use it.
#[derive(Clone, Debug, Serialize)]
pub struct External {
    action_id: String,
    placeholder: Plain,
    min_query_length: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_option: Option<Choice>,
}

impl External {
    /// Asks from the first look on; the placeholder is cut to 150.
    pub fn new(action_id: impl Into<String>, placeholder: &str) -> Self {
        Self {
            action_id: action_id.into(),
            placeholder: Plain::cut(placeholder, 150),
            min_query_length: 0,
            initial_option: None,
        }
    }

    /// Chosen from the start.
    #[must_use]
    pub fn initial(mut self, choice: Choice) -> Self {
        self.initial_option = Some(choice);
        self
    }
}

/// Choices that are all shown, of which one counts.
#[derive(Clone, Debug, Serialize)]
pub struct RadioButtons {
    action_id: String,
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_option: Option<Choice>,
}

impl RadioButtons {
    /// One to 10 choices; more are left out.
    pub fn new(action_id: impl Into<String>, mut options: Vec<Choice>) -> Self {
        options.truncate(10);
        Self {
            action_id: action_id.into(),
            options,
            initial_option: None,
        }
    }

    /// Chosen from the start, if there is a choice of this value.
    #[must_use]
    pub fn initial(mut self, value: &str) -> Self {
        self.initial_option = find(&self.options, value);
        self
    }
}

/// Choices that are all shown, of which any count.
#[derive(Clone, Debug, Serialize)]
pub struct Checkboxes {
    action_id: String,
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    initial_options: Vec<Choice>,
}

impl Checkboxes {
    /// One to 10 choices; more are left out.
    pub fn new(action_id: impl Into<String>, mut options: Vec<Choice>) -> Self {
        options.truncate(10);
        Self {
            action_id: action_id.into(),
            options,
            initial_options: Vec::new(),
        }
    }

    /// Ticks the choice of this value, if there is one.
    #[must_use]
    pub fn ticked(mut self, value: &str) -> Self {
        self.initial_options.extend(find(&self.options, value));
        self
    }
}

fn find(options: &[Choice], value: &str) -> Option<Choice> {
    options.iter().find(|option| option.value == value).cloned()
}
