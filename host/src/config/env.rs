//! The environment, as everything that reads settings is given it.

/// A variable of this process's environment; an empty one counts as absent.
pub fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one home of the environment")]
    let value = std::env::var(name);
    value.ok().filter(|value| !value.is_empty())
}

/// The same for what Slack's command line starts: the tokens that it gives along are those of the
/// app that it has just installed, and win.
pub fn under_slack(name: &str) -> Option<String> {
    let given = match name {
        "SLACK_BOT_TOKEN" => environment("SLACK_CLI_XOXB"),
        "SLACK_APP_TOKEN" => environment("SLACK_CLI_XAPP"),
        _ => None,
    };
    given.or_else(|| environment(name))
}
