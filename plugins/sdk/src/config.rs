//! The step's own settings, of its line in the team's file.

use crate::Failure;
use crate::bindings::iris::step::config;
use serde::de::DeserializeOwned;

/// The settings, already checked against the schema of
/// [`Descriptor::settings_schema`](crate::Descriptor::settings_schema), its
/// defaults filled in. Fails as a bug when `T` wants what the schema does not.
pub fn get<T: DeserializeOwned>() -> Result<T, Failure> {
    serde_json::from_str(&config::get())
        .map_err(|error| Failure::bug(format_args!("config does not fit the step: {error}")))
}
