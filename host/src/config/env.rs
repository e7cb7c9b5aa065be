//! The environment, as everything that reads settings is given it.

/// A variable of this process's environment; an empty one counts as absent.
pub fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one home of the environment")]
    let value = std::env::var(name);
    value.ok().filter(|value| !value.is_empty())
}
