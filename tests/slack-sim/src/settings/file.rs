//! Settings from a file; a mistake is named with its line.

use std::path::Path;
use std::{fs, io};

use super::{Mistake, Settings};

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("cannot read {file}: {why}")]
    File { file: String, why: io::Error },
    /// What is no TOML, or no setting.
    #[error("{file}, line {line}: {says}")]
    Line {
        file: String,
        line: usize,
        says: String,
    },
}

impl Settings {
    /// Reads a TOML file; what it leaves out is as in the company Acme.
    pub fn read(file: &Path) -> Result<Self, Unreadable> {
        let text = fs::read_to_string(file).map_err(|why| Unreadable::File {
            file: file.display().to_string(),
            why,
        })?;
        Self::from_toml(&text, &file.display().to_string())
    }

    /// The same from its text; `file` is what mistakes call it.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, Unreadable> {
        let at = |offset: usize, says: String| Unreadable::Line {
            file: file.to_owned(),
            line: text[..offset.min(text.len())].matches('\n').count() + 1,
            says,
        };
        let wrong = |error: toml::de::Error| {
            let offset = error.span().map_or(0, |span| span.start);
            at(offset, error.message().to_owned())
        };
        let mut settings: Self = toml::from_str(text).map_err(wrong)?;
        let given: toml::Table = toml::from_str(text).map_err(wrong)?;
        settings.forget_strangers(&given);
        settings
            .check()
            .map_err(|Mistake { value, says }| at(last_place(text, &value), says))?;
        Ok(settings)
    }
}

impl Settings {
    /// Acme's own channels and groups lose whom a workspace with people of its own does not have.
    fn forget_strangers(&mut self, given: &toml::Table) {
        let bot = &self.app.bot_user_id;
        let people = &self.people;
        let known = |id: &String| id == bot || people.iter().any(|user| user.id == *id);
        if !given.contains_key("channels") {
            self.channels.retain_mut(|channel| {
                let everybody = channel.members.is_empty();
                channel.members.retain(known);
                everybody || !channel.members.is_empty()
            });
        }
        if !given.contains_key("user_groups") {
            self.user_groups.retain_mut(|group| {
                group.users.retain(known);
                !group.users.is_empty()
            });
        }
    }
}

/// Where a value stands as a string; what stands twice is wrong the last time.
fn last_place(text: &str, value: &str) -> usize {
    text.rfind(&format!("\"{value}\"")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Settings;

    fn mistake(text: &str) -> String {
        Settings::from_toml(text, "sim.toml")
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_example_is_good_and_says_everything() {
        let text = include_str!("../../examples/sim.toml");
        let settings = Settings::from_toml(text, "sim.toml").unwrap();
        assert_eq!(settings.team.name, "The Bakery");
        assert_eq!(settings.channels[1].members, ["U0ADA", "U0BEN", "U0BELL"]);
        assert_eq!(settings.people.len(), 3);
        let given: toml::Table = toml::from_str(text).unwrap();
        let known = toml::from_str::<Settings>("no_such = 1").unwrap_err();
        let known = known.message().split('`').skip(3).step_by(2);
        let missing: Vec<&str> = known.filter(|key| !given.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn people_of_ones_own_stand_in_acmes_channels() {
        let people = "[[people]]\nid = \"U1\"\nname = \"bo\"\nreal_name = \"Bo\"\n";
        let settings = Settings::from_toml(people, "sim.toml").unwrap();
        let names = settings.channels.iter().map(|channel| &*channel.name);
        assert_eq!(names.collect::<Vec<_>>(), ["general", "ops"]);
        assert_eq!(settings.channels[1].members, ["U0IRIS"]);
        assert!(settings.user_groups.is_empty());
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        assert_eq!(
            mistake("kana_channel_names = true\nlisten = \"0.0.0.0:80\"\n"),
            "sim.toml, line 2: the simulated workspace asks nobody for a password: it listens on \
             a loopback address only, such as 127.0.0.1:4390"
        );
        assert!(mistake("\n\nlisten = \n").starts_with("sim.toml, line 3: "));
        assert!(mistake("rate_limit = true\n").contains("unknown field `rate_limit`"));
        let channel = "[[channels]]\nid = \"C1\"\nname = \"ops\"\nmembers = [\"U9\"]\n";
        assert_eq!(
            mistake(channel),
            "sim.toml, line 4: the channel #ops names \"U9\", who is nobody's id"
        );
        let twice = "[[people]]\nid = \"U1\"\nname = \"aya\"\nreal_name = \"Aya\"\n\
             [[people]]\nid = \"U1\"\nname = \"ken\"\nreal_name = \"Ken\"\n";
        assert_eq!(
            mistake(&format!(
                "{twice}[[channels]]\nid = \"C1\"\nname = \"ops\"\nmembers = [\"U2\"]\n"
            )),
            "sim.toml, line 6: two people or bots have the id \"U1\""
        );
        assert_eq!(
            mistake("[[commands]]\ncommand = \"incident\"\n"),
            "sim.toml, line 2: a command begins with a slash and is one word: \"incident\""
        );
    }
}
