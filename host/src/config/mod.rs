//! What operators and teams write down: settings ([`Settings`]) and teams' files ([`Teams`]). The
//! one home of the environment. Every mistake becomes a [`Problem`] that names file and line.

mod env;
mod folder;
mod oauth;
mod people;
mod problem;
mod read;
mod secret;
mod secrets;
mod settings;
mod team;
mod teams;
mod watch;

pub use env::{environment, under_slack};
pub use folder::{DEFAULT, ReadFile, read_folder};
pub use oauth::{Client, OAuth};
pub use problem::{Problem, Source, has_errors};
pub use secret::{hook_secret, hook_variable, step_secret};
pub use secrets::Secrets;
pub use settings::{FILE, Settings, Slack};
pub use team::{TeamFile, parse, team_schema};
pub use teams::{SchemaOf, Teams};
pub use watch::{Watch, watch};
