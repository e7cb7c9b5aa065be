//! Secrets: from the environment, or from a file that the environment names. Never from a
//! settings file, which ends up in repositories.

use std::fs;

use secrecy::SecretString;

use super::problem::Problem;

/// The secret `NAME`, else the contents of the file named by `NAME_FILE`, without the line break
/// at its end.
pub(super) fn secret(
    name: &str,
    env: &impl Fn(&str) -> Option<String>,
) -> Result<Option<SecretString>, Problem> {
    if let Some(secret) = env(name) {
        return Ok(Some(secret.into()));
    }
    let variable = format!("{name}_FILE");
    let Some(path) = env(&variable) else {
        return Ok(None);
    };
    match fs::read_to_string(&path) {
        Ok(text) if text.trim().is_empty() => Err(Problem::of(
            variable,
            format!("The file {path} is empty: write the secret into it."),
        )),
        Ok(text) => Ok(Some(text.trim_end_matches(['\n', '\r']).into())),
        Err(error) => Err(Problem::of(
            variable,
            format!("The file {path} cannot be read: {error}."),
        )),
    }
}

/// A secret that a team's file allows a step: `IRIS_SECRET_<NAME>`, or `…_FILE`.
pub fn step_secret(
    name: &str,
    env: &impl Fn(&str) -> Option<String>,
) -> Result<Option<SecretString>, Problem> {
    secret(&format!("IRIS_SECRET_{name}"), env)
}

/// The variable that holds a hook's secret.
pub fn hook_variable(hook: &str) -> String {
    format!("IRIS_HOOK_{}", hook.to_ascii_uppercase().replace('-', "_"))
}

/// What a hook's sender shows or signs with: `IRIS_HOOK_<NAME>`, or `…_FILE`, which is read again
/// each time, so that a secret can be changed while Iris runs.
pub fn hook_secret(
    hook: &str,
    env: &impl Fn(&str) -> Option<String>,
) -> Result<Option<SecretString>, Problem> {
    secret(&hook_variable(hook), env)
}
