//! Who is meant by what a team's file, a form or a step says about people to be called.

/// One that is to be called, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Responder<'a> {
    /// `U…` or `W…`, also within a mention.
    Person(&'a str),
    /// By id (`S…`), or by its handle with `@`.
    Group(&'a str),
    Email(&'a str),
}

impl<'a> Responder<'a> {
    /// Whatever is none of the others is taken for a person, whom Slack then does not know.
    pub fn read(who: &'a str) -> Self {
        let bare = who
            .strip_prefix('<')
            .and_then(|who| who.strip_suffix('>'))
            .unwrap_or(who);
        let bare = bare.split('|').next().unwrap_or(bare);
        if let Some(group) = bare.strip_prefix("!subteam^") {
            return Self::Group(group);
        }
        if bare.len() < who.len()
            && let Some(person) = bare.strip_prefix('@')
        {
            return Self::Person(person);
        }
        match bare.chars().next() {
            Some('@') => Self::Group(bare),
            _ if bare.contains('@') => Self::Email(bare),
            Some('S') => Self::Group(bare),
            _ => Self::Person(bare),
        }
    }

    /// Only Slack knows how many a group is.
    pub fn is_group(self) -> bool {
        matches!(self, Self::Group(_))
    }
}

#[cfg(test)]
mod tests {
    use super::Responder::{self, Email, Group, Person};

    #[test]
    fn people_are_told_apart_as_they_are_written() {
        for (who, expected) in [
            ("U024BE7LH", Person("U024BE7LH")),
            ("<@U024BE7LH>", Person("U024BE7LH")),
            ("<@W012A3CDE|lena>", Person("W012A3CDE")),
            ("S0614TZR7", Group("S0614TZR7")),
            ("<!subteam^S0614TZR7|@oncall>", Group("S0614TZR7")),
            ("@payments-oncall", Group("@payments-oncall")),
            ("lead@acme.example", Email("lead@acme.example")),
            ("Sales@acme.example", Email("Sales@acme.example")),
        ] {
            assert_eq!(Responder::read(who), expected);
        }
    }
}
