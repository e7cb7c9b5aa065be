//! What the step remembers of an incident.

use iris_step::{Failure, Scope, state};
use serde::{Deserialize, Serialize};

/// All of it, under one key.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Memory {
    /// Who was wished for, as the team's file writes them.
    wished: Vec<String>,
    /// Why those were wished for whose answer has not come yet, oldest first.
    waiting: Vec<Why>,
    /// What was posted, oldest first.
    pub(crate) calls: Vec<Call>,
}

/// Why people are called.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) enum Why {
    Declared,
    Raised,
}

/// One message to the people.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Call {
    pub(crate) why: Why,
    /// Who is mentioned.
    pub(crate) people: Vec<String>,
    /// Who was wished for and could not come, with the reason's code.
    pub(crate) missing: Vec<(String, String)>,
    /// The severity it was about.
    pub(crate) severity: Option<String>,
}

const KEY: &str = "calls";

impl Memory {
    pub(crate) fn read() -> Result<Self, Failure> {
        Ok(state::get(Scope::Incident, KEY)?.unwrap_or_default())
    }

    pub(crate) fn keep(&self) -> Result<(), Failure> {
        Ok(state::put(Scope::Incident, KEY, self)?)
    }

    /// Those who have not been wished for before, each once; they count as
    /// wished for from now on.
    pub(crate) fn wish(&mut self, why: Why, people: Vec<String>) -> Vec<String> {
        let mut new = Vec::new();
        for person in people {
            if !self.wished.contains(&person) {
                self.wished.push(person.clone());
                new.push(person);
            }
        }
        if !new.is_empty() {
            self.waiting.push(why);
        }
        new
    }

    /// Why those were wished for whose answer has come now.
    pub(crate) fn answered(&mut self) -> Why {
        if self.waiting.is_empty() {
            Why::Raised
        } else {
            self.waiting.remove(0)
        }
    }

    /// Whether a message has mentioned this person.
    pub(crate) fn has_called(&self, person: &str) -> bool {
        self.calls
            .iter()
            .any(|call| call.people.iter().any(|known| known == person))
    }

    /// Takes a person off the missing; says which message changes.
    pub(crate) fn settle(&mut self, person: &str) -> Option<usize> {
        let missed = |call: &Call| call.missing.iter().any(|(who, _)| who == person);
        let at = self.calls.iter().position(missed)?;
        self.calls[at].missing.retain(|(who, _)| who != person);
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::{Call, Memory, Why};

    fn people(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn nobody_is_wished_for_twice() {
        let mut memory = Memory::default();
        assert_eq!(
            memory.wish(Why::Declared, people(&["U1", "@x", "U1"])),
            ["U1", "@x"]
        );
        assert_eq!(memory.wish(Why::Raised, people(&["U1"])), [""; 0]);
        assert_eq!(memory.wish(Why::Raised, people(&["U2", "@x"])), ["U2"]);
        assert_eq!(
            [memory.answered(), memory.answered()],
            [Why::Declared, Why::Raised]
        );
    }

    #[test]
    fn a_person_who_comes_later_is_no_longer_missing() {
        let missing = vec![
            ("U1".to_owned(), "x".to_owned()),
            ("U2".to_owned(), "x".to_owned()),
        ];
        let call = Call {
            why: Why::Declared,
            people: people(&["U3"]),
            missing,
            severity: None,
        };
        let mut memory = Memory {
            calls: vec![call],
            ..Memory::default()
        };
        assert_eq!(memory.settle("U9"), None);
        assert_eq!(memory.settle("U2"), Some(0));
        assert_eq!(memory.calls[0].missing.len(), 1);
        assert!(memory.has_called("U3") && !memory.has_called("U1"));
    }
}
