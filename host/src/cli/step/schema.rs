//! `iris step schema`: lets editors check and complete a team's file.

use std::{collections::BTreeMap, process::ExitCode};

use iris_kit::Locale;

use super::super::{Config, load, say};
use crate::{
    config::{read_folder, team_schema},
    step::Steps,
};

pub(super) fn schema(config: &Config) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    let files = load::good(read_folder(&settings.teams).unwrap_or_default());
    let used = load::used(files.iter().map(AsRef::as_ref));
    let (steps, troubles) = load::block_on(load::steps(&settings, used))?;
    for trouble in troubles {
        say::aside(format_args!(
            "Without the step `{}`: {}.",
            trouble.step, trouble.why
        ));
    }
    let schemas = schemas(&steps);
    let schemas = schemas.iter().map(|(name, schema)| (&**name, schema));
    say::json(&team_schema(schemas))?;
    Ok(ExitCode::SUCCESS)
}

/// What operators brought stands in for the standard step of its name.
fn schemas(steps: &Steps) -> BTreeMap<String, serde_json::Value> {
    let all = steps.all().into_iter();
    let schema = |step: &crate::step::Step| step.descriptor(Locale::En).settings.clone();
    all.map(|(_, step)| (step.name().to_string(), schema(&step)))
        .collect()
}
