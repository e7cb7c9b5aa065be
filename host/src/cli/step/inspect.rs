//! `iris step inspect`: one step, as it describes itself, and what each team's file would give it.

use std::{fmt::Write as _, path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use iris_kit::Locale;
use serde::Serialize;
use wasmparser::{KnownCustom, Parser, Payload};

use super::super::{Config, load, say};
use crate::{
    config::{Settings, TeamFile, read_folder},
    step::{Grants, Source, Step},
    team::StepUse,
};

/// A step, laid open.
#[derive(Serialize)]
struct Inspected {
    name: String,
    version: String,
    /// In English and in Japanese.
    sentence: [String; 2],
    /// Comes with Iris.
    standard: bool,
    sha256: String,
    bytes: usize,
    /// Of the contract with steps.
    contract: String,
    /// The languages and tools that its file names.
    made_with: Vec<String>,
    hears_of: Vec<String>,
    words: Vec<String>,
    asks_for: Asks,
    /// JSON Schema of its `config`.
    config: serde_json::Value,
    teams: Vec<InTeam>,
}

/// What it asks for, in the words of `allow`.
#[derive(Serialize)]
pub(super) struct Asks {
    wishes: Vec<String>,
    slack: Vec<String>,
    http: Vec<String>,
}

/// What one team's file would give it.
#[derive(Serialize)]
struct InTeam {
    file: String,
    /// Everything that it asks for.
    granted: bool,
    /// What is to be added to the line, such as `messages` in `wishes`.
    lacks: Vec<String>,
    secrets: Vec<String>,
}

pub(super) fn inspect(step: &str, config: &Config, json: bool) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    let inspected = load::block_on(look(step, &settings))?;
    if json {
        say::json(&inspected)?;
    } else {
        say::out(told(&inspected).trim_end())?;
    }
    Ok(if inspected.teams.iter().all(|team| team.granted) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn look(name: &str, settings: &Settings) -> anyhow::Result<Inspected> {
    // What is wrong with a team's file is what `iris check` says.
    let files = load::good(read_folder(&settings.teams).unwrap_or_default());
    let (step, bytes) = loaded(name, settings).await?;
    let in_team = |file: &Arc<TeamFile>| {
        let mut lines = file.team.steps.iter();
        let line = lines.find(|line| line.name == step.name().as_str())?;
        Some(in_team(file.name(), line, &step))
    };
    let english = step.descriptor(Locale::En);
    let japanese = step.descriptor(Locale::Ja);
    let words = english.words.iter();
    Ok(Inspected {
        name: step.name().to_string(),
        version: english.version.clone(),
        sentence: [english.sentence.clone(), japanese.sentence.clone()],
        standard: step.standard(),
        sha256: step.digest().to_owned(),
        bytes: bytes.len(),
        contract: step.contract().to_owned(),
        made_with: made_with(&bytes),
        hears_of: english.events.iter().cloned().collect(),
        words: words
            .map(|w| format!("{} {}", w.word, w.usage).trim_end().to_owned())
            .collect(),
        asks_for: asks(&step),
        config: english.settings.clone(),
        teams: files.iter().filter_map(in_team).collect(),
    })
}

/// The step, and its file's bytes.
pub(in crate::cli) async fn loaded(
    name: &str,
    settings: &Settings,
) -> anyhow::Result<(Step, Arc<[u8]>)> {
    let source = source(name, settings)?;
    let bytes = source.bytes.clone();
    let (engine, cache) = load::engine(settings)?;
    let step = Step::load(&engine, &cache, source)
        .await
        .with_context(|| format!("the step `{name}` cannot be used"))?;
    Ok((step, bytes))
}

/// A file when it looks like one, else what lies under that name in the steps' folder, else the
/// standard step.
fn source(name: &str, settings: &Settings) -> anyhow::Result<Source> {
    let is_file = name.contains(['/', '.']);
    let in_folder = settings.steps.join(format!("{name}.wasm"));
    let file = if is_file { Path::new(name) } else { &in_folder };
    if !is_file && !file.exists() {
        let Some(standard) = Source::standard(name) else {
            bail!(
                "there is no standard step `{name}`, and no file {}",
                file.display()
            );
        };
        return Ok(standard);
    }
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(Source {
        name: name.to_owned(),
        bytes: bytes.into(),
        standard: false,
    })
}

fn in_team(file: &str, line: &StepUse, step: &Step) -> InTeam {
    let asked = step.descriptor(Locale::En);
    let granted = Grants::of(asked, &line.allow, step.standard());
    let lacks = match &granted {
        Ok(_) => vec![],
        Err(ungranted) => ungranted
            .missing
            .iter()
            .map(|missing| format!("{}.{}", missing.list, missing.name))
            .collect(),
    };
    InTeam {
        file: file.to_owned(),
        granted: granted.is_ok(),
        lacks,
        secrets: line.allow.secrets.iter().cloned().collect(),
    }
}

pub(super) fn asks(step: &Step) -> Asks {
    let asked = step.descriptor(Locale::En);
    let wishes = asked.capabilities.iter().map(|kind| kind.as_str());
    Asks {
        wishes: wishes
            .filter(|kind| !matches!(*kind, "slack" | "http"))
            .map(str::to_owned)
            .collect(),
        slack: asked.slack_methods.iter().cloned().collect(),
        http: asked.http_hosts.iter().cloned().collect(),
    }
}

/// From the sections `producers`, which compilers write into each module: the languages first.
fn made_with(bytes: &[u8]) -> Vec<String> {
    let (mut languages, mut tools) = (vec![], vec![]);
    let sections = Parser::new(0).parse_all(bytes).map_while(Result::ok);
    for section in sections {
        let Payload::CustomSection(section) = section else {
            continue;
        };
        let KnownCustom::Producers(fields) = section.as_known() else {
            continue;
        };
        for field in fields.into_iter().flatten() {
            let found = match field.name {
                "language" => &mut languages,
                "processed-by" => &mut tools,
                _ => continue,
            };
            for value in field.values.into_iter().flatten() {
                let said = format!("{} {}", value.name, value.version)
                    .trim_end()
                    .to_owned();
                if !found.contains(&said) {
                    found.push(said);
                }
            }
        }
    }
    languages.append(&mut tools);
    languages
}

/// For people: what it is, what it wants, and what to write.
fn told(step: &Inspected) -> String {
    let none = || "nothing".to_owned();
    let list = |all: &[String]| {
        if all.is_empty() {
            none()
        } else {
            all.join(", ")
        }
    };
    let Asks {
        wishes,
        slack,
        http,
    } = &step.asks_for;
    let from = if step.standard {
        "comes with Iris"
    } else {
        "brought"
    };
    let rows = [
        ("", step.sentence[1].clone()),
        ("sha256", step.sha256.clone()),
        ("size", format!("{} bytes, {from}", step.bytes)),
        ("contract", format!("iris:step {}", step.contract)),
        ("made with", list(&step.made_with)),
        ("hears of", list(&step.hears_of)),
        ("words", list(&step.words)),
        ("wishes", list(wishes)),
        ("Slack", list(slack)),
        ("http", list(http)),
        ("config", list(&fields(&step.config))),
    ];
    let mut lines = vec![format!(
        "{} {}: {}",
        step.name, step.version, step.sentence[0]
    )];
    lines.extend(rows.map(|(what, said)| format!("  {what:<10} {said}")));
    lines.push(String::new());
    if step.teams.is_empty() {
        lines.push("No team uses it. To let one do so, write into its file:".to_owned());
    }
    for team in &step.teams {
        let said = if team.granted {
            "gets what it asks for".to_owned()
        } else {
            format!("lacks {}", team.lacks.join(", "))
        };
        lines.push(format!("{}: {said}", team.file));
        if !team.secrets.is_empty() {
            let secrets = team.secrets.join(", ");
            lines.push(format!("  may send the secrets {secrets}"));
        }
    }
    if step.teams.iter().any(|team| !team.granted) {
        lines.push("\nWhat gives it all that it asks for:".to_owned());
    }
    if step.teams.is_empty() || step.teams.iter().any(|team| !team.granted) {
        let asks = Some(&step.asks_for).filter(|_| !step.standard);
        lines.push(format!("\n{}", line(&step.name, None, asks)));
    }
    lines.join("\n")
}

/// The fields of the schema, the required ones marked.
fn fields(schema: &serde_json::Value) -> Vec<String> {
    let required = |name: &str| {
        let all = schema["required"].as_array();
        all.is_some_and(|all| all.iter().any(|one| one == name))
    };
    let fields = schema["properties"].as_object();
    let names = fields.iter().flat_map(|fields| fields.keys());
    names
        .map(|name| {
            if required(name) {
                format!("{name} (required)")
            } else {
                name.clone()
            }
        })
        .collect()
}

/// The line of a team's file that gives the step what it asks for. `from` is where it comes from,
/// unless its name says so.
pub(super) fn line(name: &str, from: Option<&str>, asks: Option<&Asks>) -> String {
    let mut line = format!("[[step]]\nuse = \"{name}\"\n");
    if let Some(from) = from {
        let _ = writeln!(line, "from = \"{from}\"");
    }
    let given = asks.map(|asks| {
        [
            ("wishes", &asks.wishes),
            ("slack", &asks.slack),
            ("http", &asks.http),
        ]
    });
    let given: Vec<String> = given
        .iter()
        .flatten()
        .filter(|(_, names)| !names.is_empty())
        .map(|(list, names)| format!("{list} = {}", serde_json::json!(names)))
        .collect();
    if !given.is_empty() {
        let _ = writeln!(line, "allow = {{ {} }}", given.join(", "));
    }
    line
}
