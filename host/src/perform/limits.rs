//! Slack's rate limits: those known beforehand, and those that Slack has just said.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use crate::{
    clock::Moment,
    ids::{ChannelId, TeamId},
    store::Gate,
};

/// Whose limit: a team's method, in one channel or in all.
type Key = (TeamId, String, Option<ChannelId>);

/// What was called lately, and which gates are closed.
#[derive(Debug, Default)]
pub(super) struct Limits {
    gates: HashMap<Key, Moment>,
    calls: HashMap<Key, VecDeque<Moment>>,
}

impl Limits {
    /// Takes note of a call that goes out now, or says when it may.
    pub(super) fn admit(
        &mut self,
        team: &TeamId,
        method: &str,
        channel: Option<&ChannelId>,
        now: Moment,
    ) -> Result<(), Moment> {
        let gate = (team.clone(), method.to_owned(), channel.cloned());
        if let Some(&until) = self.gates.get(&gate).filter(|&&until| until > now) {
            return Err(until);
        }
        self.gates.remove(&gate);
        let Some((most, window)) = allowance(method) else {
            return Ok(());
        };
        let key = (gate.0, gate.1, gate.2.filter(|_| per_channel(method)));
        let calls = self.calls.entry(key).or_default();
        while calls.front().is_some_and(|&at| at.plus(window) <= now) {
            calls.pop_front();
        }
        match calls.front() {
            Some(oldest) if calls.len() >= most => Err(oldest.plus(window)),
            _ => {
                calls.push_back(now);
                Ok(())
            }
        }
    }

    /// Slack said so.
    pub(super) fn close(&mut self, gate: &Gate) {
        let key = (gate.team.clone(), gate.method.clone(), gate.channel.clone());
        self.gates.insert(key, gate.until);
    }
}

/// How many calls Slack promises in which time: its tiers. A room's first messages go at once, a
/// long queue goes evenly.
fn allowance(method: &str) -> Option<(usize, Duration)> {
    let minute = Duration::from_mins(1);
    Some(match method {
        "chat.postMessage" => (5, Duration::from_secs(5)),
        "conversations.create"
        | "conversations.archive"
        | "conversations.rename"
        | "conversations.setTopic"
        | "conversations.list"
        | "usergroups.list"
        | "pins.add"
        | "pins.remove"
        | "bookmarks.add"
        | "bookmarks.edit"
        | "reactions.remove" => (20, minute),
        "conversations.invite"
        | "conversations.info"
        | "conversations.open"
        | "conversations.history"
        | "conversations.replies"
        | "chat.update"
        | "chat.delete"
        | "reactions.add"
        | "users.lookupByEmail"
        | "bookmarks.list" => (50, minute),
        "chat.postEphemeral"
        | "users.info"
        | "views.open"
        | "views.push"
        | "views.update"
        | "views.publish"
        | "files.getUploadURLExternal"
        | "files.completeUploadExternal"
        | "files.info" => (100, minute),
        _ => return None,
    })
}

/// Whether each channel has an allowance of its own.
fn per_channel(method: &str) -> bool {
    method == "chat.postMessage"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit(limits: &mut Limits, method: &str, channel: &str, now: u64) -> Result<(), Moment> {
        limits.admit(&"T1".into(), method, Some(&channel.into()), Moment(now))
    }

    #[test]
    fn the_first_messages_go_at_once_and_the_rest_evenly() {
        let mut limits = Limits::default();
        for _ in 0..5 {
            assert_eq!(admit(&mut limits, "chat.postMessage", "C1", 0), Ok(()));
        }
        assert_eq!(
            admit(&mut limits, "chat.postMessage", "C1", 0),
            Err(Moment(5_000))
        );
        assert_eq!(admit(&mut limits, "chat.postMessage", "C2", 0), Ok(()));
        assert_eq!(admit(&mut limits, "chat.postMessage", "C1", 5_000), Ok(()));
    }

    #[test]
    fn other_methods_are_counted_over_all_channels() {
        let mut limits = Limits::default();
        for channel in 0..20 {
            assert_eq!(
                admit(&mut limits, "pins.add", &format!("C{channel}"), 10),
                Ok(())
            );
        }
        assert_eq!(
            admit(&mut limits, "pins.add", "C99", 20),
            Err(Moment(60_010))
        );
    }

    #[test]
    fn a_gate_closes_one_method_in_one_channel() {
        let mut limits = Limits::default();
        limits.close(&Gate {
            team: "T1".into(),
            method: "chat.update".to_owned(),
            channel: Some("C1".into()),
            until: Moment(30_000),
        });
        assert_eq!(
            admit(&mut limits, "chat.update", "C1", 1),
            Err(Moment(30_000))
        );
        assert_eq!(admit(&mut limits, "chat.update", "C2", 1), Ok(()));
        assert_eq!(admit(&mut limits, "pins.add", "C1", 1), Ok(()));
        assert_eq!(admit(&mut limits, "chat.update", "C1", 30_000), Ok(()));
    }
}
