//! Calls of any other method of Slack's Web API.

use super::check;
use crate::{
    effect::Wish,
    incident::Refusal,
    step::{
        bindings::iris::step::slack::Host,
        grants::Permission::Slack,
        json::{self, malformed},
        running::{Answer, Running},
    },
};

impl Host for Running {
    fn call(&mut self, key: String, method: String, arguments: String, repeatable: bool) -> Answer {
        self.wish(Slack, |call| {
            call.call.grants.may_call(&method)?;
            check::key(&key)?;
            call.may_cause()?;
            json::object(&arguments, "arguments-json")?;
            call.placeholders(&arguments)?;
            Ok(Wish::Call {
                key,
                method,
                arguments,
                repeatable,
            })
        })
    }
}

impl Running {
    /// What the arguments wait for must come some day.
    fn placeholders(&self, arguments: &str) -> Result<(), Refusal> {
        let mut wrong = Ok(());
        json::strings(arguments, |key, value| {
            let one = if json::unescaped(key) == "token" {
                Err(malformed("token", "`token` is Iris's own.".to_owned()))
            } else if value == "{room}" {
                self.incident().map(drop)
            } else if let Some(name) = value
                .strip_prefix("{message:")
                .and_then(|value| value.strip_suffix('}'))
            {
                self.own_message(name)
            } else {
                Ok(())
            };
            if wrong.is_ok() {
                wrong = one;
            }
        });
        wrong
    }
}
