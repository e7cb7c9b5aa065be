//! `iris check`: reads everything that `serve` would read, and says every problem.

mod slack;

use std::process::ExitCode;

use iris_kit::Locale;
use serde_json::json;

use super::{CheckArgs, load, say};
use crate::{
    config::{
        Problem, Settings, TeamFile, environment, has_errors, hook_secret, hook_variable,
        read_folder, step_secret,
    },
    step::{Grants, Steps},
    store::sqlite::{OpenError, Sqlite},
    team::StepUse,
};

pub(super) fn check(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let problems = match load::settings(&args.config) {
        Ok(settings) => load::block_on(all(&settings))?,
        Err(problems) => problems,
    };
    if args.json {
        say::json(&problems.iter().map(as_json).collect::<Vec<_>>())?;
        let found = has_errors(&problems);
        return Ok(if found {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        });
    }
    let code = say::problems(&problems);
    if !has_errors(&problems) {
        say::out("No mistakes found.")?;
    }
    Ok(code)
}

async fn all(settings: &Settings) -> anyhow::Result<Vec<Problem>> {
    let mut problems = store(settings);
    let mut files = match read_folder(&settings.teams) {
        Ok(files) => files,
        Err(problem) => {
            problems.push(problem);
            return Ok(problems);
        }
    };
    if files.is_empty() {
        let sentence = "This folder holds no team's file: write `default.toml` into it.";
        problems.push(Problem::of(settings.teams.display().to_string(), sentence));
    }
    problems.extend(
        files
            .iter_mut()
            .flat_map(|file| std::mem::take(&mut file.problems)),
    );
    let files = load::good(files);
    let names = load::used(files.iter().map(|file| &**file));
    let (steps, broken) = load::steps(settings, names).await?;
    for crate::step::Problem { step, why } in &broken {
        let using = files.iter().flat_map(|file| {
            let lines = file.team.steps.iter().filter(|used| used.origin == *step);
            lines.map(move |used| (file, &used.name))
        });
        let said: Vec<_> = using
            .map(|(file, name)| {
                file.step_error(name, format!("The step `{name}` cannot be used: {why}."))
            })
            .collect();
        if said.is_empty() {
            let file = settings.steps.join(format!("{step}.wasm"));
            problems.push(Problem::of(
                file.display().to_string(),
                format!("This is no step: {why}."),
            ));
        }
        problems.extend(said);
    }
    problems.extend(files.iter().flat_map(|file| of_steps(file, &steps)));
    problems.extend(files.iter().flat_map(|file| of_hooks(file)));
    let read: Vec<&TeamFile> = files.iter().map(|file| &**file).collect();
    problems.extend(slack::bot_token(settings, &read, &steps).await);
    problems.extend(slack::app_token(settings).await);
    Ok(problems)
}

/// A store that is not there yet is none.
fn store(settings: &Settings) -> Vec<Problem> {
    match Sqlite::open_reader(&settings.store) {
        // An older one is brought up to date by `serve`.
        Ok(_) | Err(OpenError::Missing { .. } | OpenError::Older { .. }) => Vec::new(),
        Err(
            error @ (OpenError::InUse { .. }
            | OpenError::Damaged { .. }
            | OpenError::Newer { .. }
            | OpenError::Foreign { .. }
            | OpenError::Migration { .. }
            | OpenError::Unavailable { .. }),
        ) => vec![Problem::of("store", format!("{error}."))],
    }
}

/// Whether each step gets what it asks for: its config, its permissions, its secrets.
fn of_steps(file: &TeamFile, steps: &Steps) -> Vec<Problem> {
    let schema_of = |line: &StepUse| Some(steps.of(line)?.descriptor(Locale::En).settings.clone());
    let mut problems = file.check_config(schema_of);
    for used in &file.team.steps {
        let Some(step) = steps.of(used) else {
            continue;
        };
        if step.name().as_str() != used.name {
            let sentence = format!(
                "The step `{}` cannot be used: its file calls itself `{}`.",
                used.name,
                step.name()
            );
            problems.push(file.step_error(&used.name, sentence));
        }
        if let Some(pinned) = used.digest.as_deref().filter(|pin| *pin != step.digest()) {
            let sentence = format!(
                "The step `{}` is pinned to sha256:{pinned}, and what is there has sha256:{}.",
                used.name,
                step.digest()
            );
            problems.push(file.step_error(&used.name, sentence));
        }
        let descriptor = step.descriptor(Locale::En);
        if let Err(ungranted) = Grants::of(descriptor, &used.allow, step.standard()) {
            problems.push(file.step_error(&used.name, format!("{ungranted}.")));
        }
        for secret in &used.allow.secrets {
            match step_secret(secret, &environment) {
                Ok(Some(_)) => {}
                Ok(None) => {
                    let sentence = format!(
                        "The secret `{secret}` of the step `{}` is not set: give it by \
                         $IRIS_SECRET_{secret}.",
                        used.name
                    );
                    problems.push(file.step_warning(&used.name, sentence));
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    problems
}

/// Whether each hook has its secret: without it, nothing is taken in there.
fn of_hooks(file: &TeamFile) -> Vec<Problem> {
    let hooks = file.team.hooks.iter();
    let problem = |name: &str| match hook_secret(name, &environment) {
        Ok(Some(_)) => None,
        Ok(None) => {
            let sentence = format!(
                "The secret of the hook `{name}` is not set: give it by ${}.",
                hook_variable(name)
            );
            Some(file.hook_warning(name, sentence))
        }
        Err(problem) => Some(problem),
    };
    hooks.filter_map(|hook| problem(&hook.name)).collect()
}

fn as_json(problem: &Problem) -> serde_json::Value {
    let place = problem.line_and_column();
    json!({
        "file": problem.place(),
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "severity": if problem.is_warning() { "warning" } else { "error" },
        "sentence": problem.sentence(),
    })
}
