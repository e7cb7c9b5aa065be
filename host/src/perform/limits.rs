//! Slack's rate limits: those known beforehand, and those that Slack has just said. Where there is
//! not room for all, what people wait for goes first.
//!
//! Slack counts a call when it arrives, which nobody here sees: it counts for as long as it is under
//! way, and from its answer on for Slack's time. So no call comes too early by what the way takes,
//! and one that Slack did refuse takes nobody's place.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use super::urgency::{Caller, Urgency};
use crate::{
    clock::Moment,
    ids::{ChannelId, TeamId},
    store::{Called, Gate},
};

/// The longest time in which Slack counts calls; what is older counts for nothing.
const MINUTE: Duration = Duration::from_mins(1);
/// How long after its turn somebody keeps a place in the line.
const PLACE_KEPT: Duration = Duration::from_secs(5);

/// Whose limit: a team's method, in one channel or in all.
pub(super) type Key = (TeamId, String, Option<ChannelId>);

/// What was called lately, who waits to call, and which gates are closed.
#[derive(Debug, Default)]
pub(super) struct Limits {
    gates: HashMap<Key, Moment>,
    windows: HashMap<Key, Window>,
    /// When what counts no more was forgotten.
    tidied: Moment,
}

/// One limit's calls of late, and who waits for room among them.
#[derive(Debug, Default)]
struct Window {
    /// When each was answered, oldest first.
    calls: VecDeque<Moment>,
    /// Calls that are under way.
    open: usize,
    line: HashMap<String, Place>,
}

#[derive(Debug)]
struct Place {
    urgency: Urgency,
    until: Moment,
}

impl Limits {
    /// Takes note of a call that goes out now, or says when it may. It must be said to be
    /// [`Limits::over`] in the limit that is returned.
    pub(super) fn admit(
        &mut self,
        caller: Caller<'_>,
        method: &str,
        channel: Option<&ChannelId>,
        now: Moment,
    ) -> Result<Option<Key>, Moment> {
        self.tidy(now);
        let gate = (caller.team.clone(), method.to_owned(), channel.cloned());
        if let Some(&until) = self.gates.get(&gate).filter(|&&until| until > now) {
            return Err(until);
        }
        let Some((most, window)) = allowance(method) else {
            return Ok(None);
        };
        let key = (gate.0, gate.1, gate.2.filter(|_| per_channel(method)));
        let at = self.windows.entry(key.clone()).or_default();
        at.admit(caller, most, window, now)?;
        Ok(Some(key))
    }

    /// A call that was admitted is over: answered at this moment, or not counted by Slack.
    pub(super) fn over(&mut self, key: &Key, answered: Option<Moment>) {
        if let Some(window) = self.windows.get_mut(key) {
            window.open = window.open.saturating_sub(1);
            window.calls.extend(answered);
        }
    }

    /// Takes note of a call that an Iris of before sent, oldest first: Slack counts it all the same.
    pub(super) fn recall(&mut self, call: Called) {
        if allowance(&call.method).is_none() {
            return;
        }
        let channel = call.channel.filter(|_| per_channel(&call.method));
        let key = (call.team, call.method, channel);
        let window = self.windows.entry(key).or_default();
        window.calls.push_back(call.at);
    }

    /// Forgets what counts no more, now and then: every room has a window of its own.
    fn tidy(&mut self, now: Moment) {
        if now < self.tidied.plus(MINUTE) {
            return;
        }
        self.tidied = now;
        self.gates.retain(|_, until| *until > now);
        self.windows.retain(|_, window| {
            let counts = window.calls.back().is_some_and(|at| at.plus(MINUTE) > now);
            counts || window.open > 0 || window.line.values().any(|place| place.until >= now)
        });
    }

    /// Slack said so.
    pub(super) fn close(&mut self, gate: &Gate) {
        let key = (gate.team.clone(), gate.method.clone(), gate.channel.clone());
        self.gates.insert(key, gate.until);
    }
}

impl Window {
    fn admit(
        &mut self,
        caller: Caller<'_>,
        most: usize,
        window: Duration,
        now: Moment,
    ) -> Result<(), Moment> {
        while self.calls.front().is_some_and(|&at| at.plus(window) <= now) {
            self.calls.pop_front();
        }
        // Who does not come back, because it was superseded, is not waited for.
        self.line.retain(|_, place| place.until >= now);
        let before =
            |(key, place): &(&String, &Place)| *key != caller.key && place.urgency < caller.urgency;
        let ahead = self.line.iter().filter(before).count();
        let free = most.saturating_sub(self.calls.len() + self.open);
        if free > ahead {
            self.line.remove(caller.key);
            self.open += 1;
            return Ok(());
        }
        // When room for all who go first, and for one more, will have come: what is under way is
        // answered now at the earliest.
        let oldest = self.calls.get(ahead - free).copied().unwrap_or(now);
        let at = oldest.plus(window);
        if !caller.key.is_empty() {
            let place = Place {
                urgency: caller.urgency,
                until: at.plus(PLACE_KEPT),
            };
            self.line.insert(caller.key.to_owned(), place);
        }
        Err(at)
    }
}

/// How many calls Slack promises in which time: its tiers. A room's first messages go at once, a
/// long queue goes evenly.
fn allowance(method: &str) -> Option<(usize, Duration)> {
    Some(match method {
        "chat.postMessage" => (5, Duration::from_secs(5)),
        "conversations.create"
        | "conversations.archive"
        | "conversations.rename"
        | "conversations.setTopic"
        | "conversations.setPurpose"
        | "conversations.list"
        | "usergroups.list"
        | "pins.add"
        | "pins.remove"
        | "bookmarks.add"
        | "bookmarks.edit"
        | "reactions.remove" => (20, MINUTE),
        "conversations.invite"
        | "conversations.info"
        | "conversations.open"
        | "conversations.history"
        | "conversations.replies"
        | "chat.update"
        | "chat.delete"
        | "reactions.add"
        | "users.lookupByEmail"
        | "bookmarks.list" => (50, MINUTE),
        "chat.postEphemeral"
        | "users.info"
        | "views.open"
        | "views.push"
        | "views.update"
        | "views.publish"
        | "files.getUploadURLExternal"
        | "files.completeUploadExternal"
        | "files.info" => (100, MINUTE),
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
    use crate::perform::urgency::Why;

    fn admit(limits: &mut Limits, method: &str, channel: &str, now: u64) -> Result<(), Moment> {
        asks(limits, ("", Urgency::News), method, channel, now)
    }

    fn asks(
        limits: &mut Limits,
        (key, urgency): (&str, Urgency),
        method: &str,
        channel: &str,
        now: u64,
    ) -> Result<(), Moment> {
        let team = TeamId::from("T1");
        let caller = Caller {
            team: &team,
            key,
            urgency,
            why: Why::Upkeep("a test"),
        };
        let channel = channel.into();
        let admitted = limits.admit(caller, method, Some(&channel), Moment(now))?;
        // It is answered at once.
        limits.over(&admitted.unwrap(), Some(Moment(now)));
        Ok(())
    }

    #[test]
    fn a_call_counts_from_its_answer_on_and_not_when_slack_refused_it() {
        let mut limits = Limits::default();
        let (team, channel) = (TeamId::from("T1"), ChannelId::from("C1"));
        let go = |limits: &mut Limits, now| {
            let caller = Caller::idle(&team, "a test");
            let admitted = limits.admit(caller, "chat.postMessage", Some(&channel), Moment(now));
            admitted.map(|key| key.unwrap())
        };
        let under_way: Vec<Key> = (0..5).map(|_| go(&mut limits, 0).unwrap()).collect();
        assert_eq!(go(&mut limits, 0), Err(Moment(5_000)));
        // However long they are under way.
        assert_eq!(go(&mut limits, 6_000), Err(Moment(11_000)));
        limits.over(&under_way[0], Some(Moment(7_000)));
        limits.over(&under_way[1], None);
        let again = go(&mut limits, 7_000).unwrap();
        assert_eq!(go(&mut limits, 7_000), Err(Moment(12_000)));
        for key in [&again, &under_way[2], &under_way[3], &under_way[4]] {
            limits.over(key, Some(Moment(8_000)));
        }
        assert_eq!(go(&mut limits, 11_999), Err(Moment(12_000)));
        assert!(go(&mut limits, 12_000).is_ok());
        assert_eq!(go(&mut limits, 12_000), Err(Moment(13_000)));
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

    #[test]
    fn rooms_of_before_take_no_memory() {
        let mut limits = Limits::default();
        for room in 0..10_000 {
            let (room, now) = (format!("C{room}"), room * 100);
            assert_eq!(admit(&mut limits, "chat.postMessage", &room, now), Ok(()));
        }
        let (rooms, last_minutes) = (limits.windows.len(), 2 * 600);
        assert!(rooms <= last_minutes, "{rooms} rooms are remembered");
        limits.close(&Gate {
            team: "T1".into(),
            method: "chat.update".to_owned(),
            channel: Some("C1".into()),
            until: Moment(1_100_000),
        });
        assert_eq!(admit(&mut limits, "pins.add", "C1", 1_099_999), Ok(()));
        assert_eq!((limits.windows.len(), limits.gates.len()), (1, 1));
        assert_eq!(admit(&mut limits, "pins.add", "C1", 1_200_000), Ok(()));
        assert_eq!((limits.windows.len(), limits.gates.len()), (1, 0));
    }

    #[test]
    fn what_people_wait_for_goes_first() {
        let mut limits = Limits::default();
        let (news, awaited) = (("news", Urgency::News), ("room", Urgency::Awaited));
        let mut ask = |who, now| asks(&mut limits, who, "pins.add", "C1", now);
        for n in 0..20 {
            assert_eq!(ask(("", Urgency::Trimming), n * 1_000), Ok(()));
        }
        assert_eq!(ask(news, 20_000), Err(Moment(60_000)));
        assert_eq!(ask(awaited, 20_001), Err(Moment(60_000)));
        assert_eq!(
            ask(news, 60_000),
            Err(Moment(61_000)),
            "one place, and it is taken"
        );
        assert_eq!(ask(awaited, 60_000), Ok(()));
        assert_eq!(ask(news, 61_000), Ok(()));
    }

    #[test]
    fn a_place_is_not_kept_for_who_does_not_come() {
        let mut limits = Limits::default();
        let mut ask = |who, now| asks(&mut limits, who, "chat.postMessage", "C1", now);
        for _ in 0..5 {
            assert_eq!(ask(("", Urgency::News), 0), Ok(()));
        }
        assert_eq!(ask(("gone", Urgency::Awaited), 0), Err(Moment(5_000)));
        assert_eq!(ask(("here", Urgency::News), 10_001), Ok(()));
    }
}
