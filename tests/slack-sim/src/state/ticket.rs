//! Tickets that Slack hands to the app: trigger ids and response urls.

use super::State;

/// How long a trigger id may be exchanged for a view, in microseconds.
const TRIGGER_LIFE: u64 = 3_000_000;
/// How long a response url may be used, in microseconds.
const RESPONSE_LIFE: u64 = 30 * 60 * 1_000_000;
const RESPONSE_USES: u8 = 5;

pub(crate) struct Trigger {
    pub(crate) user: String,
    made: u64,
    exchanged: bool,
}

#[derive(Clone)]
pub(crate) struct ResponseUrl {
    pub(crate) user: String,
    pub(crate) channel: String,
    /// What `replace_original` and `delete_original` mean.
    pub(crate) original: Option<Original>,
    made: u64,
    uses: u8,
}

#[derive(Clone)]
pub(crate) enum Original {
    Message(String),
    Ephemeral(String),
}

impl State {
    pub(crate) fn new_trigger(&mut self, user: &str) -> String {
        let id = format!(
            "{}.{}.{}",
            self.clock.seconds(),
            self.made + 1,
            self.next_secret()
        );
        let trigger = Trigger {
            user: user.to_owned(),
            made: self.clock.micros(),
            exchanged: false,
        };
        self.triggers.insert(id.clone(), trigger);
        id
    }

    /// Takes a trigger id for one view and returns whose it was.
    pub(crate) fn exchange(&mut self, id: &str) -> Result<String, &'static str> {
        let now = self.clock.micros();
        let trigger = self.triggers.get_mut(id).ok_or("invalid_trigger_id")?;
        if trigger.exchanged {
            return Err("exchanged_trigger_id");
        }
        if now.saturating_sub(trigger.made) > TRIGGER_LIFE {
            return Err("expired_trigger_id");
        }
        trigger.exchanged = true;
        Ok(trigger.user.clone())
    }

    pub(crate) fn new_response_url(
        &mut self,
        user: &str,
        channel: &str,
        original: Option<Original>,
    ) -> (String, String) {
        let key = self.next_secret();
        let url = format!("{}/response/{key}", self.base_url);
        let made = self.clock.micros();
        let ticket = ResponseUrl {
            user: user.to_owned(),
            channel: channel.to_owned(),
            original,
            made,
            uses: 0,
        };
        self.response_urls.insert(key.clone(), ticket);
        (key, url)
    }

    /// Counts one use of a response url, or says why it cannot be used.
    pub(crate) fn use_response_url(&mut self, key: &str) -> Result<ResponseUrl, &'static str> {
        let now = self.clock.micros();
        let ticket = self.response_urls.get_mut(key).ok_or("invalid_url")?;
        if now.saturating_sub(ticket.made) > RESPONSE_LIFE {
            return Err("expired_url");
        }
        if ticket.uses >= RESPONSE_USES {
            return Err("used_url");
        }
        ticket.uses += 1;
        Ok(ticket.clone())
    }
}
