//! When somebody is reminded of a todo: in working hours, three times at most once it is late.

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::scene::Clock;
use crate::todo::Due;

/// The reminders of one todo, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    /// The last working day before, at 10:00.
    DayBefore,
    /// With a time only: half an hour before.
    Soon,
    /// The first working day after, at 10:00.
    Overdue,
    /// A week later.
    OverdueAgain,
    /// Another week later.
    OverdueLast,
}

/// What is reminded of, and how far that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Alarm {
    pub(crate) due: Due,
    /// The next one to be sent; none when all were.
    pub(crate) next: Option<Stage>,
    /// While the incident is ongoing, "soon" comes at any hour.
    pub(crate) ongoing: bool,
}

const OPENING: u16 = 9 * 60;
const CLOSING: u16 = 18 * 60;
const MORNING: u16 = 10 * 60;
const HALF_AN_HOUR: u16 = 30;

impl Stage {
    const ALL: [Self; 5] = [
        Self::DayBefore,
        Self::Soon,
        Self::Overdue,
        Self::OverdueAgain,
        Self::OverdueLast,
    ];

    fn is_before_due(self) -> bool {
        self < Self::Overdue
    }
}

impl Alarm {
    /// Begins with the first reminder that is still ahead.
    pub(crate) fn new(due: Due, ongoing: bool, now: u64, clock: Clock) -> Self {
        let all = Self {
            due,
            next: Some(Stage::DayBefore),
            ongoing,
        };
        let next = all
            .ahead(clock)
            .find(|(_, at)| *at > now)
            .map(|(stage, _)| stage);
        Self { next, ..all }
    }

    /// Which reminder is to be sent now, if any; it is counted as sent. After a long silence only
    /// the latest one is sent, and none that has lost its sense.
    pub(crate) fn fire(&mut self, now: u64, clock: Clock) -> Option<Stage> {
        let (stage, _) = self.ahead(clock).take_while(|(_, at)| *at <= now).last()?;
        if stage.is_before_due() && self.due.at < now {
            self.pass(stage);
            return None;
        }
        if !self.may_send(stage, now, clock) {
            return None;
        }
        self.pass(stage);
        Some(stage)
    }

    /// When to look again; none when all reminders were sent.
    pub(crate) fn wake(&self, now: u64, clock: Clock) -> Option<u64> {
        let (stage, at) = self.ahead(clock).next()?;
        if at > now || self.may_send(stage, now, clock) {
            return Some(at);
        }
        opening(now, clock)
    }

    fn may_send(&self, stage: Stage, now: u64, clock: Clock) -> bool {
        (stage == Stage::Soon && self.ongoing) || is_working_time(now, clock)
    }

    fn pass(&mut self, sent: Stage) {
        self.next = Stage::ALL.into_iter().find(|stage| *stage > sent);
    }

    /// The reminders not yet sent and their moments.
    fn ahead(&self, clock: Clock) -> impl Iterator<Item = (Stage, u64)> {
        let alarm = *self;
        let stages = Stage::ALL
            .into_iter()
            .filter(move |stage| alarm.next.is_some_and(|next| *stage >= next));
        stages.filter_map(move |stage| Some((stage, alarm.moment(stage, clock)?)))
    }

    fn moment(&self, stage: Stage, clock: Clock) -> Option<u64> {
        let day = clock.day(self.due.at);
        let late = |weeks: i32| clock.at(working_day(day.plus(1), 1).plus(weeks * 7), MORNING);
        match stage {
            Stage::DayBefore => clock.at(working_day(day.plus(-1), -1), MORNING),
            Stage::Soon => self.due.has_time.then(|| self.soon(clock))?,
            Stage::Overdue => late(0),
            Stage::OverdueAgain => late(1),
            Stage::OverdueLast => late(2),
        }
    }

    /// Outside of working hours: the end of the last working day before.
    fn soon(&self, clock: Clock) -> Option<u64> {
        let at = self.due.at.saturating_sub(u64::from(HALF_AN_HOUR) * 60_000);
        if self.ongoing || is_working_time(at, clock) {
            return Some(at);
        }
        let day = clock.day(at);
        let day = if minute(at, clock) < OPENING {
            day.plus(-1)
        } else {
            day
        };
        clock.at(working_day(day, -1), CLOSING - HALF_AN_HOUR)
    }
}

/// Monday to Friday, 9:00 to 18:00.
fn is_working_time(at: u64, clock: Clock) -> bool {
    clock.day(at).is_working() && (OPENING..CLOSING).contains(&minute(at, clock))
}

/// The next time that work begins.
fn opening(now: u64, clock: Clock) -> Option<u64> {
    let day = clock.day(now);
    let day = if minute(now, clock) < OPENING {
        day
    } else {
        day.plus(1)
    };
    clock.at(working_day(day, 1), OPENING)
}

/// This day, or the first working day in steps of `step` days.
fn working_day(day: Day, step: i32) -> Day {
    let mut day = day;
    while !day.is_working() {
        day = day.plus(step);
    }
    day
}

fn minute(at: u64, clock: Clock) -> u16 {
    let wall = (clock.wall)(at);
    u16::from(wall.hour) * 60 + u16::from(wall.minute)
}

#[cfg(test)]
mod tests {
    use super::{Alarm, Due, Stage};
    use crate::scene::tests::{at, tokyo};

    const TUESDAY: &str = "2026-12-01";

    fn day(iso: &str) -> Due {
        Due {
            at: at(iso, 23, 59),
            has_time: false,
        }
    }

    fn alarm(due: Due) -> Alarm {
        Alarm::new(due, false, at(TUESDAY, 14, 5), tokyo())
    }

    /// Fires it whenever it wants to be woken; what was sent when.
    fn play(mut alarm: Alarm) -> Vec<(Stage, u64)> {
        let mut sent = Vec::new();
        let mut now = at(TUESDAY, 14, 5);
        while let Some(wake) = alarm.wake(now, tokyo()) {
            now = wake.max(now);
            sent.extend(alarm.fire(now, tokyo()).map(|stage| (stage, now)));
        }
        sent
    }

    #[test]
    fn a_day_is_reminded_of_before_and_three_times_after() {
        assert_eq!(
            play(alarm(day("2026-12-07"))),
            [
                (Stage::DayBefore, at("2026-12-04", 10, 0)),
                (Stage::Overdue, at("2026-12-08", 10, 0)),
                (Stage::OverdueAgain, at("2026-12-15", 10, 0)),
                (Stage::OverdueLast, at("2026-12-22", 10, 0)),
            ]
        );
        assert_eq!(play(alarm(day("2026-12-04")))[1].1, at("2026-12-07", 10, 0));
    }

    #[test]
    fn what_has_passed_already_is_left_out() {
        assert_eq!(play(alarm(day("2026-12-02")))[0].0, Stage::Overdue);
        let in_ten_minutes = Due {
            at: at(TUESDAY, 14, 15),
            has_time: true,
        };
        assert_eq!(play(alarm(in_ten_minutes))[0].0, Stage::Overdue);
    }

    #[test]
    fn a_time_is_reminded_of_half_an_hour_before() {
        let sent = play(alarm(Due {
            at: at("2026-12-03", 15, 0),
            has_time: true,
        }));
        assert_eq!(sent[0], (Stage::DayBefore, at("2026-12-02", 10, 0)));
        assert_eq!(sent[1], (Stage::Soon, at("2026-12-03", 14, 30)));
    }

    #[test]
    fn nobody_is_disturbed_after_work_but_in_an_ongoing_incident() {
        let night = Due {
            at: at(TUESDAY, 22, 0),
            has_time: true,
        };
        assert_eq!(play(alarm(night))[0], (Stage::Soon, at(TUESDAY, 17, 30)));
        let ongoing = Alarm::new(night, true, at(TUESDAY, 14, 5), tokyo());
        assert_eq!(play(ongoing)[0], (Stage::Soon, at(TUESDAY, 21, 30)));
        let monday = Due {
            at: at("2026-12-07", 9, 15),
            has_time: true,
        };
        assert_eq!(
            play(alarm(monday))[1],
            (Stage::Soon, at("2026-12-04", 17, 30))
        );
    }

    #[test]
    fn after_a_silence_only_the_latest_is_sent_and_in_working_hours() {
        let mut late = alarm(day("2026-12-03"));
        let saturday = at("2026-12-12", 11, 0);
        assert_eq!(late.fire(saturday, tokyo()), None);
        let monday = at("2026-12-14", 9, 0);
        assert_eq!(late.wake(saturday, tokyo()), Some(monday));
        assert_eq!(late.fire(monday, tokyo()), Some(Stage::OverdueAgain));
        assert_eq!(late.next, Some(Stage::OverdueLast));
    }

    #[test]
    fn a_reminder_without_sense_is_passed_over() {
        let mut late = alarm(day("2026-12-04"));
        assert_eq!(late.fire(at("2026-12-05", 11, 0), tokyo()), None);
        assert_eq!(late.next, Some(Stage::Soon));
        assert_eq!(
            late.wake(at("2026-12-05", 11, 0), tokyo()),
            Some(at("2026-12-07", 10, 0))
        );
    }
}
