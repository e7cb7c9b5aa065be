//! What the step remembers of an incident.

use crate::people::is_person;
use crate::source::Trouble;
use iris_step::{Failure, Invited, Scope, state};
use serde::{Deserialize, Serialize};

/// All of it, under one key.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Memory {
    /// How many questions were asked: the last one's number.
    asked: u32,
    /// Whether the last one has neither been answered nor waited for long enough.
    pub(crate) waiting: bool,
    /// How many invitations have not been answered.
    inviting: u32,
    /// Who was wished for, as they were named.
    wished: Vec<String>,
    /// Who came because of it, the members of groups among them.
    came: Vec<String>,
    /// Who was named and could not come, with the reason's code.
    pub(crate) missing: Vec<(String, String)>,
    /// What was wrong with the last answer.
    pub(crate) trouble: Option<Trouble>,
    /// Whether the schedule named somebody in its stead.
    pub(crate) by_schedule: bool,
    /// How much of the schedule cannot be read.
    pub(crate) mistakes: usize,
}

/// The code of those who were named but are neither a person nor a group.
pub(crate) const STRANGE: &str = "strange";

const KEY: &str = "on-call";

impl Memory {
    pub(crate) fn read() -> Result<Self, Failure> {
        Ok(state::get(Scope::Incident, KEY)?.unwrap_or_default())
    }

    pub(crate) fn keep(&self) -> Result<(), Failure> {
        Ok(state::put(Scope::Incident, KEY, self)?)
    }

    /// Under which key the next question is asked.
    pub(crate) fn ask(&mut self) -> String {
        self.asked += 1;
        self.waiting = true;
        self.question()
    }

    /// Whether this is the last question's key. What goes wrong with an earlier one does not
    /// matter any more.
    pub(crate) fn is_last(&self, key: &str) -> bool {
        key == self.question()
    }

    fn question(&self) -> String {
        format!("ask-{}", self.asked)
    }

    /// Those who have not been wished for before; they count as wished for from now on.
    pub(crate) fn wish(&mut self, people: Vec<String>) -> Vec<String> {
        let mut new = people;
        new.retain(|who| !self.wished.contains(who));
        self.wished.extend(new.iter().cloned());
        self.inviting += u32::from(!new.is_empty());
        new
    }

    /// What came of an invitation.
    pub(crate) fn invited(&mut self, invited: Invited) {
        self.inviting = self.inviting.saturating_sub(1);
        for user in invited.came {
            if !self.came.contains(&user) {
                self.came.push(user);
            }
        }
        for missing in invited.missing {
            self.miss(missing.who, missing.code);
        }
    }

    /// Somebody could not be called.
    pub(crate) fn miss(&mut self, who: String, code: String) {
        if !self.missing.iter().any(|(known, _)| *known == who) {
            self.missing.push((who, code));
        }
    }

    /// Takes a person off the missing; says whether they were among them.
    pub(crate) fn settle(&mut self, person: &str) -> bool {
        let before = self.missing.len();
        self.missing.retain(|(who, _)| who != person);
        self.missing.len() < before
    }

    /// Whether an invitation's outcome is to be waited for, so that the first message names, and
    /// pings, those who came.
    pub(crate) fn is_calling(&self) -> bool {
        self.inviting > 0
    }

    pub(crate) fn has_wished(&self) -> bool {
        !self.wished.is_empty()
    }

    /// The people to be named: Iris tells of those who came, not of those who were there already,
    /// so whoever was named by their id and is not missing is here as well.
    pub(crate) fn people(&self) -> Vec<&str> {
        let missing = |who: &str| self.missing.iter().any(|(missing, _)| missing == who);
        let named = self.wished.iter().map(String::as_str);
        let mut people: Vec<&str> = named
            .filter(|who| is_person(who) && !missing(who))
            .collect();
        for who in &self.came {
            if !people.contains(&&**who) {
                people.push(who);
            }
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;
    use iris_step::{Invited, Missing};

    fn people(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn invited(came: &[&str], missing: &[&str]) -> Invited {
        let because = |who: &&str| Missing {
            who: (*who).to_owned(),
            code: "not-found".to_owned(),
        };
        Invited {
            came: people(came),
            missing: missing.iter().map(because).collect(),
        }
    }

    #[test]
    fn nobody_is_wished_for_twice() {
        let mut memory = Memory::default();
        assert_eq!(memory.wish(people(&["U1", "@x"])), ["U1", "@x"]);
        assert_eq!(memory.wish(people(&["@x", "U1"])), [""; 0]);
        assert_eq!(memory.wish(people(&["U1", "U2"])), ["U2"]);
        memory.invited(invited(&["U1"], &[]));
        assert!(memory.is_calling());
        memory.invited(invited(&["U2"], &[]));
        assert!(!memory.is_calling());
    }

    #[test]
    fn who_was_there_already_is_named_too() {
        let mut memory = Memory::default();
        memory.wish(people(&["U1", "U2", "@x", "lead@acme.example"]));
        memory.invited(invited(&["U7", "U1"], &["U2", "lead@acme.example"]));
        assert_eq!(memory.people(), ["U1", "U7"]);
        assert!(memory.settle("U2") && !memory.settle("U2"));
        assert_eq!(memory.people(), ["U1", "U2", "U7"]);
        assert_eq!(memory.missing.len(), 1);
    }

    #[test]
    fn only_the_last_question_counts() {
        let mut memory = Memory::default();
        let first = memory.ask();
        let second = memory.ask();
        assert!(!memory.is_last(&first) && memory.is_last(&second));
    }
}
