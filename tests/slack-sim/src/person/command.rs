//! Slash commands, and what the person sees at once.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Person, Refused, channel_to_write_in};
use crate::api::Content;
use crate::deliver::{Answered, Parcel, Reached};
use crate::state::ephemeral::Ephemeral;
use crate::story::{Deed, addressee};

/// What a person sees right after a command; later answers are among their ephemerals.
#[derive(Clone, Debug, Serialize)]
pub struct CommandOutcome {
    pub status: CommandStatus,
    /// What only they see at once: the app's answer, or Slack's sentence about a failure.
    pub ephemeral: Option<Ephemeral>,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum CommandStatus {
    /// Acknowledged within three seconds.
    Ok,
    /// `operation_timeout`
    Timeout,
    /// Slack's code, such as `dispatch_failed`.
    Failed(String),
}

impl Person {
    /// Types a line such as `/incident checkout fails` in a channel.
    pub async fn command(&self, channel: &str, line: &str) -> Result<CommandOutcome, Refused> {
        let (command, text) = line
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((line.trim(), ""));
        let (parcel, key) = self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            let escaped = state
                .settings
                .commands
                .iter()
                .find(|known| known.command == command)
                .ok_or_else(|| Refused::NoSuchCommand(command.to_owned()))?
                .should_escape;
            state.tell(|state| Deed::Say {
                place: addressee(state, &channel.id),
                text: line.trim().to_owned(),
            });
            let text = text.trim();
            let text = if escaped {
                state.escaped_command(text)
            } else {
                text.to_owned()
            };
            let trigger = state.new_trigger(user);
            let (key, response_url) = state.new_response_url(user, &channel.id, None);
            let name = state
                .user(user)
                .map(|user| user.name.clone())
                .unwrap_or_default();
            let settings = &state.settings;
            let whole = state.access.by_org().to_string();
            let enterprise = settings.team.enterprise.as_ref();
            let enterprise = enterprise.map_or("", |enterprise| &*enterprise.id);
            let parcel = Parcel::command(
                command,
                &[
                    ("token", "simulated-verification-token"),
                    ("team_id", &settings.team.id),
                    ("team_domain", &settings.team.domain),
                    ("channel_id", &channel.id),
                    ("channel_name", channel.command_name()),
                    ("user_id", user),
                    ("user_name", &name),
                    ("command", command),
                    ("text", &text),
                    ("api_app_id", &settings.app.id),
                    ("enterprise_id", enterprise),
                    ("is_enterprise_install", &whole),
                    ("response_url", &response_url),
                    ("trigger_id", &trigger),
                ],
            );
            Ok((parcel, key))
        })?;
        let reached = self.sim.core().send(&parcel).await;
        let failed = |code: &str| {
            let text = format!("{command} failed with the error \"{code}\"");
            self.sim.core().change(|state| {
                let ticket = state.response_urls.get(&key)?.clone();
                Some(state.show(Ephemeral {
                    channel: ticket.channel,
                    ts: String::new(),
                    user: ticket.user,
                    text,
                    blocks: Vec::new(),
                    thread_ts: None,
                    from_slack: true,
                }))
            })
        };
        Ok(match reached {
            Reached::Answered(answer) if answer.status == 200 => match self.show(&key, &answer) {
                Ok(ephemeral) => CommandOutcome {
                    status: CommandStatus::Ok,
                    ephemeral,
                },
                Err(code) => CommandOutcome {
                    ephemeral: failed(&code),
                    status: CommandStatus::Failed(code),
                },
            },
            Reached::TimedOut => CommandOutcome {
                status: CommandStatus::Timeout,
                ephemeral: failed("operation_timeout"),
            },
            Reached::Answered(_) | Reached::Failed(_) => CommandOutcome {
                status: CommandStatus::Failed("dispatch_failed".into()),
                ephemeral: failed("dispatch_failed"),
            },
        })
    }

    /// Shows what the app answered in its acknowledgement, if anything.
    fn show(&self, key: &str, answer: &Answered) -> Result<Option<Ephemeral>, String> {
        if answer.body.is_empty() {
            return Ok(None);
        }
        let json: Option<Value> = answer
            .content_type
            .starts_with("application/json")
            .then(|| serde_json::from_str(&answer.body).ok())
            .flatten();
        let in_channel = json
            .as_ref()
            .is_some_and(|json| json["response_type"] == "in_channel");
        let said = json.unwrap_or_else(|| json!({ "text": answer.body }));
        let content = Content::of_json(&said).map_err(|refusal| refusal.code().to_owned())?;
        if content.text.is_none() && content.blocks.is_none() {
            return Ok(None);
        }
        Ok(self.sim.core().change(|state| {
            let ticket = state.response_urls.get(key)?.clone();
            state.respond(key, &ticket, content, in_channel, None);
            state.ephemerals.last().filter(|_| !in_channel).cloned()
        }))
    }
}
