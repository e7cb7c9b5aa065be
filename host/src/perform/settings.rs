//! How patient Iris is with Slack.

use std::time::Duration;

/// Times and limits of acting. The defaults suit Slack.
#[derive(Clone, Debug)]
pub struct PerformSettings {
    /// How long Slack may take to show a message whose answer was lost: before the first look.
    pub first_look: Duration,
    /// Between the first look and the second, after which the message is sent again.
    pub second_look: Duration,
    /// When a message that was sent again is looked for once more, to remove its twin.
    pub sweep: Duration,
    /// The first wait after a failure; it doubles with each.
    pub backoff: Duration,
    /// The longest wait after a failure.
    pub longest_backoff: Duration,
    /// How often Slack may answer with trouble of its own before a person must look.
    pub attempts: u32,
    /// How long an effect waits for a Slack that does not answer at all.
    pub patience: Duration,
    /// How long what is known about a person is good.
    pub person_age: Duration,
    /// How long the members of groups are: not for long, since who is on call changes by the clock.
    pub group_age: Duration,
    /// How long who has an e-mail address is.
    pub address_age: Duration,
    /// Lets steps fetch by plain http and inside the operator's network: for trying out only.
    pub fetch_inside: bool,
}

impl Default for PerformSettings {
    fn default() -> Self {
        Self {
            first_look: Duration::from_secs(3),
            second_look: Duration::from_secs(7),
            sweep: Duration::from_mins(1),
            backoff: Duration::from_secs(1),
            longest_backoff: Duration::from_mins(1),
            attempts: 8,
            patience: Duration::from_hours(24),
            person_age: Duration::from_hours(24),
            group_age: Duration::from_mins(1),
            address_age: Duration::from_hours(1),
            fetch_inside: false,
        }
    }
}
