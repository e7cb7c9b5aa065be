//! What the types of the settings cannot say: who and what is named must be there, once.

use std::collections::HashSet;

use super::Settings;

/// A mistake in the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{says}")]
pub struct Mistake {
    /// The value that is wrong; where settings come from a file, it is looked for there.
    pub value: String,
    pub says: String,
}

impl Settings {
    /// The first mistake, if there is one.
    pub fn check(&self) -> Result<(), Mistake> {
        if !self.listen.ip().is_loopback() {
            return Err(mistake(
                &self.listen.to_string(),
                "the simulated workspace asks nobody for a password: it listens on a loopback \
                 address only, such as 127.0.0.1:4390",
            ));
        }
        self.check_ids()?;
        self.check_commands()?;
        self.check_members()
    }

    fn check_ids(&self) -> Result<(), Mistake> {
        let mut ids = HashSet::from([self.app.bot_user_id.as_str(), "USLACKBOT"]);
        let mut names = HashSet::from([self.app.bot_name.as_str(), "slackbot"]);
        for user in &self.people {
            once(&mut ids, &user.id, "two people or bots have the id")?;
            once(&mut names, &user.name, "two people or bots have the handle")?;
        }
        let mut names = HashSet::new();
        for channel in &self.channels {
            once(&mut ids, &channel.id, "two things have the id")?;
            once(&mut names, &channel.name, "two channels have the name")?;
        }
        let mut handles = HashSet::new();
        for group in &self.user_groups {
            once(&mut ids, &group.id, "two things have the id")?;
            once(&mut handles, &group.handle, "two groups have the handle")?;
        }
        Ok(())
    }

    fn check_commands(&self) -> Result<(), Mistake> {
        for command in &self.commands {
            let name = &command.command;
            if !name.starts_with('/') || name.contains(char::is_whitespace) {
                let says = format!("a command begins with a slash and is one word: {name:?}");
                return Err(mistake(name, &says));
            }
        }
        Ok(())
    }

    fn check_members(&self) -> Result<(), Mistake> {
        let bot = &self.app.bot_user_id;
        let known = |id: &String| id == bot || self.people.iter().any(|user| user.id == *id);
        let of_channels = self
            .channels
            .iter()
            .map(|channel| (format!("the channel #{}", channel.name), &channel.members));
        let of_groups = self
            .user_groups
            .iter()
            .map(|group| (format!("the group @{}", group.handle), &group.users));
        for (what, members) in of_channels.chain(of_groups) {
            if let Some(nobody) = members.iter().find(|id| !known(id)) {
                let says = format!("{what} names {nobody:?}, who is nobody's id");
                return Err(mistake(nobody, &says));
            }
        }
        Ok(())
    }
}

fn once<'a>(seen: &mut HashSet<&'a str>, value: &'a str, says: &str) -> Result<(), Mistake> {
    if seen.insert(value) {
        return Ok(());
    }
    Err(mistake(value, &format!("{says} {value:?}")))
}

fn mistake(value: &str, says: &str) -> Mistake {
    Mistake {
        value: value.to_owned(),
        says: says.to_owned(),
    }
}
