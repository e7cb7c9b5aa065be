//! What Slack says to the tokens that are given.

use secrecy::SecretString;
use serde_json::json;

use crate::{
    cli::load,
    config::{Problem, Settings, TeamFile},
    manifest::Needs,
    slack::{Answer, Retry, Slack, SlackSettings, socket},
    sockets,
    step::Steps,
};

/// Where there is a bot token: whether Slack takes it, and whether it may do what the steps need, and
/// no more.
pub(super) async fn bot_token(
    settings: &Settings,
    files: &[&TeamFile],
    steps: &Steps,
) -> Vec<Problem> {
    const NAME: &str = "SLACK_BOT_TOKEN";
    let Some(token) = settings.slack.bot_token.clone() else {
        return vec![];
    };
    let answer = match ask(settings, token, "auth.test").await {
        Ok(answer) => answer,
        Err(Refused { sentence, .. }) => return vec![Problem::of(NAME, sentence)],
    };
    // Slack did not say.
    let Some(granted) = &answer.scopes else {
        return vec![];
    };
    let granted: Vec<&str> = granted.split(',').map(str::trim).collect();
    let steps = load::in_use(steps, files.iter().copied());
    let difference = Needs::of(&steps).beside(&granted);
    let lacking = difference.lacking.iter();
    let unneeded = difference.unneeded.iter();
    lacking
        .map(|lacking| Problem::of(NAME, format!("It {lacking}")))
        .chain(unneeded.map(|unneeded| Problem::warning_of(NAME, format!("It {unneeded}"))))
        .collect()
}

/// Where there is an app token: whether Slack gives a socket for it. Only this shows that it has the
/// scope and that its app is there. What is given is an address that nobody opens: it ends by itself,
/// and is no socket of the ten that there may be.
pub(super) async fn app_token(settings: &Settings) -> Option<Problem> {
    const NAME: &str = "SLACK_APP_TOKEN";
    let token = settings.slack.app_token.clone()?;
    let Refused {
        sentence,
        code,
        later,
    } = ask(settings, token, socket::OPEN).await.err()?;
    if later {
        // Sockets of an Iris that serves count as well: it says nothing of the token.
        return Some(Problem::warning_of(NAME, sentence));
    }
    let remedy = code.as_deref().map(sockets::remedy);
    let remedy = remedy.map(|remedy| format!(" Next: {remedy}."));
    let sentence = format!("{sentence}{}", remedy.unwrap_or_default());
    Some(Problem::of(NAME, sentence))
}

/// Why a token is not taken.
struct Refused {
    sentence: String,
    /// Slack's, where it refused.
    code: Option<String>,
    /// It has no time now.
    later: bool,
}

async fn ask(settings: &Settings, token: SecretString, method: &str) -> Result<Answer, Refused> {
    let slack = Slack::new(SlackSettings {
        api_url: settings.slack.api_url.clone(),
        timeout: settings.slack.timeout,
        token,
    });
    let slack = slack.map_err(|error| Refused {
        sentence: format!("Slack cannot be asked: {error}."),
        code: None,
        later: false,
    })?;
    let asked = slack.call(method, &json!({})).await;
    asked.map_err(|error| {
        let later = matches!(error.retry(), Retry::After(_));
        let sentence = if later {
            format!("Slack was not asked whether it takes it: {error}.")
        } else {
            format!("Slack does not take it: {error}.")
        };
        Refused {
            sentence,
            code: error.code().map(str::to_owned),
            later,
        }
    })
}
