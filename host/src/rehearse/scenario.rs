//! Scenarios in files: what happens, and what the step wishes then.
//!
//! ```text
//! # The step greets whoever comes.
//! config {"style": "short"}
//!
//! > room opens
//!   say content={text="Hello."} place="room"
//!
//! > @ken types hello again
//!   …
//! ```
//!
//! Lines that begin with `>` happen; what stands below is what the step wished, written as
//! `iris step test --update` writes it. Before the first of them stand `config`, `locale`, `allow
//! http` and `allow secret`.

use std::{fmt::Write, sync::Arc, time::Duration};

use serde_json::Value;

use super::{AYA, KEN, Stage, Unplayable, YUI, message};
use crate::{
    event::{Declared, Outcome as Came, What},
    incident::{Change, Status},
    step::Step,
    team::Locale,
};

/// When `message` is said on the stage.
const SAID_AT: &str = "1796101440.000100";

/// A scenario, as it was written.
#[derive(Debug)]
pub struct Scenario {
    head: String,
    locale: Locale,
    setting: Vec<(usize, Setting)>,
    acts: Vec<Act>,
}

#[derive(Debug)]
enum Setting {
    Config(Value),
    Http(String),
    Secret(String),
}

/// Something that happens.
#[derive(Debug)]
struct Act {
    line: usize,
    /// As it stands there, with the comments above it.
    written: String,
    deed: Deed,
    /// What the step is said to wish then.
    expected: String,
}

#[derive(Debug)]
enum Deed {
    Declared,
    RoomOpens,
    Pass(Duration),
    Types(String, String, String),
    Presses(String, String, String),
    Submits(String, String, Vec<(String, String)>),
    Says(String, String),
    Joins(String),
    Reacts(String, String, bool),
    Severity(String, Option<String>),
    Status(String, Status, String),
    Role(String, String),
    Notes(String, String, String),
    Http(String, u16, String),
    Slack(String, Value),
    Refuses(String, String, String),
}

/// A line that cannot be read, or played.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Wrong {
    pub line: usize,
    pub why: String,
}

/// What the acts came to.
#[derive(Debug)]
pub struct Played {
    /// The file as it would be written now.
    pub text: String,
    /// The lines of the acts to which the step wished something else than is written.
    pub differ: Vec<usize>,
}

impl Scenario {
    /// Reads a file.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let mut scenario = Self {
            head: String::new(),
            locale: Locale::En,
            setting: vec![],
            acts: vec![],
        };
        let mut above = String::new();
        for (n, line) in text.lines().enumerate() {
            let wrong = |why: String| Wrong { line: n + 1, why };
            if let Some(deed) = line.strip_prefix('>') {
                let deed = Deed::read(deed.trim()).map_err(wrong)?;
                scenario.acts.push(Act {
                    line: n + 1,
                    written: format!("{above}{}", line.trim_end()),
                    deed,
                    expected: String::new(),
                });
                above.clear();
            } else if line.starts_with('#') {
                let _ = writeln!(above, "{}", line.trim_end());
            } else if let Some(act) = scenario.acts.last_mut() {
                if !line.trim().is_empty() {
                    let _ = writeln!(act.expected, "{}", line.trim_end());
                }
            } else {
                scenario.set(n + 1, line).map_err(wrong)?;
                let _ = writeln!(scenario.head, "{above}{}", line.trim_end());
                above.clear();
            }
        }
        Ok(scenario)
    }

    fn set(&mut self, n: usize, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let setting = match (word, rest.trim()) {
            ("", _) | ("locale", "en") => return Ok(()),
            ("locale", "ja") => {
                self.locale = Locale::Ja;
                return Ok(());
            }
            ("config", json) => Setting::Config(json_of(json)?),
            ("allow", rest) => match rest.split_once(' ') {
                Some(("http", host)) => Setting::Http(host.trim().to_owned()),
                Some(("secret", name)) => Setting::Secret(name.trim().to_owned()),
                _ => return Err("write `allow http <host>` or `allow secret <NAME>`".to_owned()),
            },
            _ => {
                return Err("before the first `>` stand `config`, `locale` and `allow`".to_owned());
            }
        };
        self.setting.push((n, setting));
        Ok(())
    }

    /// Plays it to the step.
    pub async fn play(&self, step: Arc<Step>) -> Result<Played, Wrong> {
        let at = |line: usize| {
            move |why: Unplayable| Wrong {
                line,
                why: why.to_string(),
            }
        };
        let mut stage = Stage::new(step, self.locale).await.map_err(at(1))?;
        stage.page.in_full();
        for (_, setting) in &self.setting {
            match setting {
                Setting::Config(config) => stage.config = config.clone(),
                Setting::Http(host) => drop(stage.http.insert(host.clone())),
                Setting::Secret(name) => drop(stage.secrets.insert(name.clone())),
            }
        }
        let mut played = Played {
            text: format!("{}\n", self.head.trim_end()),
            differ: vec![],
        };
        for act in &self.acts {
            let before = stage.page.pause();
            act.deed.play(&mut stage).await.map_err(at(act.line))?;
            let came = came(stage.page.since(before));
            if came != act.expected {
                played.differ.push(act.line);
            }
            let _ = write!(played.text, "\n{}\n{came}", act.written);
        }
        played.text = format!("{}\n", played.text.trim());
        Ok(played)
    }
}

/// What stands below the act: without its own caption, which the act is.
fn came(written: &str) -> String {
    let mut came = String::new();
    let lines = written.lines().filter(|line| !line.trim().is_empty());
    for (n, line) in lines.enumerate() {
        match line.strip_prefix("▶ ") {
            Some(caption) if n == 0 && !caption.starts_with('↳') => {}
            Some(caption) => {
                let _ = writeln!(came, "  ▶ {caption}");
            }
            None => {
                let _ = writeln!(came, "{line}");
            }
        }
    }
    came
}

fn json_of(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"))
}

/// `@aya`, `@ken` and `@yui` are there; others go by their ids.
fn who(name: &str) -> Result<String, String> {
    let id = match name.strip_prefix('@') {
        Some("aya") => AYA,
        Some("ken") => KEN,
        Some("yui") => YUI,
        Some(id) if id.starts_with('U') => id,
        _ => {
            return Err(format!(
                "`{name}` is nobody: write @aya, @ken, @yui, or @U…"
            ));
        }
    };
    Ok(id.to_owned())
}

/// `10s`, `30m`, `2h`, `3d`.
fn time(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = number.parse().ok()?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(number.checked_mul(seconds)?))
}

/// Parts a line at its first space.
fn part(text: &str) -> (&str, &str) {
    match text.split_once(' ') {
        Some((first, rest)) => (first, rest.trim()),
        None => (text, ""),
    }
}

impl Deed {
    fn read(text: &str) -> Result<Self, String> {
        let nothing =
            || format!("`{text}` is nothing that happens; README.md of the steps lists what does");
        let (first, rest) = part(text);
        if first.starts_with('@') {
            return Self::of_person(&who(first)?, rest).ok_or_else(nothing)?;
        }
        let deed = match (first, part(rest)) {
            ("room", ("opens", "")) => Self::RoomOpens,
            ("http", (key, rest)) => {
                let (status, body) = part(rest);
                let status = status.parse().map_err(|_| nothing())?;
                Self::Http(key.to_owned(), status, body.to_owned())
            }
            ("slack", ("refuses", rest)) => {
                let (wish, rest) = part(rest);
                let (name, code) = part(rest);
                Self::Refuses(wish.to_owned(), name.to_owned(), code.to_owned())
            }
            ("slack", (key, rest)) => Self::Slack(key.to_owned(), json_of(rest)?),
            (first, ("passes" | "pass", "")) => Self::Pass(time(first).ok_or_else(nothing)?),
            _ => return Err(nothing()),
        };
        Ok(deed)
    }

    /// `None`: nothing that people do.
    fn of_person(who: &str, text: &str) -> Option<Result<Self, String>> {
        let who = who.to_owned();
        let (verb, rest) = part(text);
        let (first, more) = part(rest);
        let deed = match verb {
            "declares" => Self::Declared,
            "joins" => Self::Joins(who),
            "says" => Self::Says(who, rest.to_owned()),
            "types" => Self::Types(who, first.to_owned(), more.to_owned()),
            "presses" => Self::Presses(who, first.to_owned(), more.to_owned()),
            "submits" => {
                let fields = match json_of(if more.is_empty() { "{}" } else { more }) {
                    Ok(fields) => fields,
                    Err(why) => return Some(Err(why)),
                };
                let text = |value: &Value| match value.as_str() {
                    Some(text) => text.to_owned(),
                    None => value.to_string(),
                };
                let fields = fields.as_object()?.iter();
                let fields = fields.map(|(name, value)| (name.clone(), text(value)));
                Self::Submits(who, first.to_owned(), fields.collect())
            }
            "puts" => Self::Reacts(who, emoji(first)?, true),
            "takes-off" => Self::Reacts(who, emoji(first)?, false),
            "severity" => Self::Severity(who, (first != "unsure").then(|| first.to_owned())),
            "status" => Self::Status(
                who,
                Status::ALL.into_iter().find(|s| s.as_str() == first)?,
                more.to_owned(),
            ),
            "takes" => Self::Role(who, first.to_owned()),
            "writes" => Self::Notes(who, first.to_owned(), more.to_owned()),
            _ => return None,
        };
        Some(Ok(deed))
    }

    async fn play(&self, stage: &mut Stage) -> Result<(), Unplayable> {
        match self {
            Self::Declared => {
                let answers = [].into();
                let what = What::Declared(Declared { answers });
                stage.tell("declared", Some(AYA), what).await
            }
            Self::RoomOpens => stage.opens_room().await,
            Self::Pass(time) => stage.pass(*time).await,
            Self::Types(who, word, rest) => stage.types(who, word, rest).await,
            Self::Presses(who, action, value) => stage.presses(who, action, value).await,
            Self::Submits(who, form, fields) => {
                let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
                let memo = fields.iter().find(|(name, _)| *name == "memo");
                let memo = memo.map_or("", |(_, memo)| memo);
                let filled: Vec<_> = fields
                    .iter()
                    .filter(|(n, _)| *n != "memo")
                    .copied()
                    .collect();
                stage.submits(who, form, memo, &filled).await
            }
            Self::Says(who, text) => {
                let mut said = message(SAID_AT, text);
                said.author = Some(who.as_str().into());
                said.at = stage.now;
                stage.reacted = Some(said.clone());
                stage.tell("said", Some(who), What::Said(said)).await
            }
            Self::Joins(who) => stage.joins(who).await,
            Self::Reacts(who, emoji, added) => stage.reacts(who, emoji, *added, SAID_AT).await,
            Self::Severity(who, severity) => {
                let (severity, why) = (severity.clone(), String::new());
                stage.change(who, Change::Severity { severity, why }).await
            }
            Self::Status(who, status, note) => {
                let (status, note) = (*status, note.clone());
                stage.change(who, Change::Status { status, note }).await
            }
            Self::Role(who, role) => {
                let (role, holder) = (role.clone(), Some(who.as_str().into()));
                let note = String::new();
                stage.change(who, Change::Role { role, holder, note }).await
            }
            Self::Notes(who, kind, text) => stage.entry(who, kind, text, Value::Null).await,
            Self::Http(key, status, body) => {
                let what = What::Answered {
                    owner: stage.me(),
                    key: key.clone(),
                    outcome: Came::Http {
                        status: *status,
                        headers: vec![],
                        body: body.clone().into_bytes(),
                    },
                };
                stage.tell("answered", None, what).await
            }
            Self::Slack(key, answer) => stage.answers(key, answer.clone()).await,
            Self::Refuses(wish, name, code) => {
                let name = Some(name.as_str()).filter(|name| *name != "-");
                stage.refuses(wish, name, code).await
            }
        }
    }
}

fn emoji(text: &str) -> Option<String> {
    Some(text.strip_prefix(':')?.strip_suffix(':')?.to_owned())
}
