//! A team's file: `teams/<TEAM_ID>.toml`. Read into a [`Team`], with all its mistakes.

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

use super::{
    problem::{Problem, Source, has_errors},
    read::{At, Fields, Reader, list, nearest},
};
pub use schema::team_schema;

use crate::team::{Locale, StepUse, Team};

mod defaults;
mod hooks;
mod products;
mod schema;
mod steps;
mod vocabulary;

/// A team's file without mistakes.
#[derive(Clone, Debug)]
pub struct TeamFile {
    pub team: Team,
    source: Source,
    /// Where the steps stand, in the order of the team's.
    places: Vec<StepPlace>,
    /// Where the names of the hooks stand, in the order of the team's.
    hooks: Vec<Range<usize>>,
}

/// Where a `[[step]]` stands.
#[derive(Clone, Debug)]
struct StepPlace {
    /// Its name.
    name: Range<usize>,
    /// Its config's values, by JSON pointer.
    config: BTreeMap<String, Range<usize>>,
}

/// Reads a team's file. `name` is what problems call it; `stem` names the team where the file does
/// not. The file only when nothing stands in the way; the problems also hold warnings.
pub fn parse(name: &str, stem: &str, text: &str) -> (Option<TeamFile>, Vec<Problem>) {
    let mut reader = Reader::new(Source::new(name, text));
    let read = reader.file("a team's file", |reader, fields| team(reader, fields, stem));
    let file = read
        .flatten()
        .filter(|_| !has_errors(&reader.problems))
        .map(|(team, places, hooks)| TeamFile {
            team,
            source: reader.source.clone(),
            places,
            hooks,
        });
    (file, reader.into_problems())
}

impl TeamFile {
    /// As problems call it, such as `teams/default.toml`.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// Checks each step's config against the JSON Schema it carries; `schema_of` is asked for
    /// each line, and a step without a schema takes anything.
    pub fn check_config(&self, schema_of: impl Fn(&StepUse) -> Option<Value>) -> Vec<Problem> {
        let steps = self.team.steps.iter().zip(&self.places);
        steps
            .filter_map(|(step, place)| Some((step, place, schema_of(step)?)))
            .flat_map(|(step, place, schema)| {
                steps::check(&self.source, &step.name, &step.config, place, &schema)
            })
            .collect()
    }

    /// Something about the step of this name that keeps it from being used.
    pub fn step_error(&self, step: &str, sentence: impl Into<String>) -> Problem {
        self.source.error(self.place(step), sentence)
    }

    /// Something about the step of this name that is probably not meant.
    pub fn step_warning(&self, step: &str, sentence: impl Into<String>) -> Problem {
        self.source.warning(self.place(step), sentence)
    }

    /// Something about the hook of this name that keeps it from being used.
    pub fn hook_error(&self, hook: &str, sentence: impl Into<String>) -> Problem {
        self.source.error(self.hook_place(hook), sentence)
    }

    /// Something about the hook of this name that has still to be done.
    pub fn hook_warning(&self, hook: &str, sentence: impl Into<String>) -> Problem {
        self.source.warning(self.hook_place(hook), sentence)
    }

    fn hook_place(&self, hook: &str) -> Range<usize> {
        let mut hooks = self.team.hooks.iter().zip(&self.hooks);
        let place = hooks.find(|(known, _)| known.name == hook);
        place.map_or(0..0, |(_, place)| place.clone())
    }

    fn place(&self, step: &str) -> Range<usize> {
        let mut steps = self.team.steps.iter().zip(&self.places);
        let place = steps.find(|(used, _)| used.name == step);
        place.map_or(0..0, |(_, place)| place.name.clone())
    }
}

/// A team, and where its steps and its hooks stand.
type Read = (Team, Vec<StepPlace>, Vec<Range<usize>>);

fn team(reader: &mut Reader, file: &mut Fields<'_>, stem: &str) -> Option<Read> {
    let name = file
        .string("name", reader)
        .map_or_else(|| stem.to_owned(), |name| name.value);
    let locale = locale(reader, file);
    let zone = zone(reader, file, locale);
    let command = command(reader, file);
    let shared_channels = file.boolean("shared_channels", reader).unwrap_or_default();
    let (severities, ids) = vocabulary::severities(reader, file, locale);
    let roles = vocabulary::roles(reader, file, locale);
    let products = products::products(reader, file, &ids);
    let (steps, places) = steps::steps(reader, file, &ids, &products);
    let (hooks, hook_places) = hooks::hooks(reader, file, &ids, &products);
    let team = Team {
        name,
        locale,
        zone: zone?,
        command: command?,
        severities,
        roles,
        products,
        steps,
        hooks,
        shared_channels,
    };
    Some((team, places, hook_places))
}

fn locale(reader: &mut Reader, file: &mut Fields<'_>) -> Locale {
    let Some(At { value, span }) = file.string("locale", reader) else {
        return Locale::default();
    };
    match value.as_str() {
        "en" => Locale::En,
        "ja" => Locale::Ja,
        _ => {
            reader.error(
                span,
                format!("Iris does not speak `{value}`: `locale` is `en` or `ja`."),
            );
            Locale::default()
        }
    }
}

fn zone(reader: &mut Reader, file: &mut Fields<'_>, locale: Locale) -> Option<String> {
    let Some(At { value, span }) = file.string("timezone", reader) else {
        if locale == Locale::Ja {
            let sentence =
                "Without `timezone`, all times are in UTC: add `timezone = \"Asia/Tokyo\"`.";
            reader.warning(0..0, sentence);
        }
        return Some("UTC".to_owned());
    };
    if jiff::tz::TimeZone::get(&value).is_ok() {
        return Some(value);
    }
    let known: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    let remedy = match nearest(&value, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write an IANA name such as `Asia/Tokyo`.".to_owned(),
    };
    reader.error(span, format!("There is no time zone `{value}`; {remedy}"));
    None
}

/// Slack's limits of a slash command.
fn command(reader: &mut Reader, file: &mut Fields<'_>) -> Option<String> {
    let Some(At { value, span }) = file.string("command", reader) else {
        return Some("/incident".to_owned());
    };
    let word = value.strip_prefix('/').unwrap_or_default();
    let fits = !word.is_empty()
        && value.chars().count() <= 32
        && !word
            .chars()
            .any(|c| c.is_whitespace() || c.is_uppercase() || c == '/');
    if !fits {
        let sentence = "`command` is a slash and one word in lower case, at most 32 characters, \
            such as `/incident`.";
        reader.error(span, sentence);
        return None;
    }
    Some(value)
}

/// Takes an id, and reports what it may not be.
fn id(reader: &mut Reader, fields: &mut Fields<'_>, taken: &mut Vec<String>) -> Option<String> {
    let At { value, span } = fields.required("id", reader)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if value.len() > 64 || !value.chars().all(allowed) {
        let sentence =
            format!("`{value}` is no id: use at most 64 letters, digits, `-`, `_` and `.`.");
        reader.error(span, sentence);
        return None;
    }
    unique(reader, At { value, span }, taken)
}

fn unique(reader: &mut Reader, id: At<String>, taken: &mut Vec<String>) -> Option<String> {
    if taken.contains(&id.value) {
        reader.error(
            id.span,
            format!("`{}` is there twice: remove one or rename it.", id.value),
        );
        return None;
    }
    taken.push(id.value.clone());
    Some(id.value)
}

/// Takes a text that Slack shows as a choice or on a button: at most 75 characters.
fn label(reader: &mut Reader, fields: &mut Fields<'_>, name: &'static str) -> Option<String> {
    let label = fields.required(name, reader)?;
    short(reader, label, name)
}

/// The same, where it need not be there.
fn optional_label(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    name: &'static str,
) -> Option<String> {
    let label = fields.string(name, reader)?;
    short(reader, label, name)
}

fn short(reader: &mut Reader, At { value, span }: At<String>, name: &str) -> Option<String> {
    const LIMIT: usize = 75;
    let length = iris_kit::limits::utf16_len(&value);
    if length > LIMIT {
        let sentence =
            format!("`{name}` has {length} characters, Slack shows {LIMIT}: shorten it.");
        reader.error(span, sentence);
        return None;
    }
    Some(value)
}

/// Reports ids that are none of `known`.
fn each_known(
    reader: &mut Reader,
    ids: Vec<At<String>>,
    what: &str,
    known: &[&str],
) -> Vec<String> {
    let mut found = Vec::new();
    for At { value, span } in ids {
        if known.contains(&value.as_str()) {
            found.push(value);
        } else {
            let sentence = format!("There is no {what} `{value}`; known are {}.", list(known));
            reader.error(span, sentence);
        }
    }
    found
}
