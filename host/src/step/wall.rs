//! The clock on the wall of a team.

use iris_kit::time::Wall;
use jiff::{civil::DateTime, tz::TimeZone};

use super::bindings::iris::step::facts::WallTime;
use crate::{clock::Moment, words};

/// What the wall shows at a moment.
pub(super) fn clock(zone: &str, at: u64) -> WallTime {
    let Wall {
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday,
        offset,
    } = words::wall(Moment(at), zone);
    WallTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday,
        offset,
    }
}

/// `None` when it is no date, or before 1970.
pub(super) fn moment(zone: &str, wall: &WallTime) -> Option<u64> {
    let small = |n: u8| i8::try_from(n).ok();
    let shown = DateTime::new(
        i16::try_from(wall.year).ok()?,
        small(wall.month)?,
        small(wall.day)?,
        small(wall.hour)?,
        small(wall.minute)?,
        small(wall.second)?,
        0,
    );
    // Gaps are passed over and the earlier of two is taken.
    let at = self::zone(zone)
        .to_ambiguous_timestamp(shown.ok()?)
        .compatible()
        .ok()?;
    u64::try_from(at.as_millisecond()).ok()
}

/// As people call the zone then.
pub(super) fn label(zone: &str, at: u64) -> String {
    words::zone_label(Moment(at), zone)
}

/// A team's file is checked for it; what is unknown all the same is UTC.
fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(year: i32, month: u8, day: u8, hour: u8, minute: u8) -> WallTime {
        WallTime {
            year,
            month,
            day,
            hour,
            minute,
            second: 0,
            weekday: 0,
            offset: 0,
        }
    }

    #[test]
    fn the_wall_shows_the_moment() {
        let shown = clock("Asia/Tokyo", 1_795_410_000_000);
        assert_eq!((shown.year, shown.month, shown.day), (2026, 11, 23));
        assert_eq!(
            (shown.hour, shown.minute, shown.weekday, shown.offset),
            (14, 0, 1, 540)
        );
        assert_eq!(moment("Asia/Tokyo", &shown), Some(1_795_410_000_000));
    }

    #[test]
    fn odd_hours_have_one_moment_and_odd_dates_none() {
        let at = |w: &WallTime| moment("Europe/Berlin", w).unwrap();
        // 02:30 does not exist on 29 March 2026, and exists twice on 25 October.
        assert_eq!(at(&wall(2026, 3, 29, 2, 30)), at(&wall(2026, 3, 29, 3, 30)));
        let first = at(&wall(2026, 10, 25, 2, 30));
        assert_eq!(clock("Europe/Berlin", first).offset, 120);
        for odd in [
            wall(2026, 2, 31, 0, 0),
            wall(2026, 13, 1, 0, 0),
            wall(2026, 1, 1, 24, 0),
        ] {
            assert_eq!(moment("UTC", &odd), None);
        }
    }

    #[test]
    fn zones_are_called_as_people_do() {
        let november = 1_795_410_000_000;
        for (zone, called) in [
            ("Asia/Tokyo", "JST"),
            ("UTC", "UTC"),
            ("America/New_York", "EST"),
            ("America/Sao_Paulo", "UTC-03:00"),
            ("Asia/Kathmandu", "UTC+05:45"),
        ] {
            assert_eq!(label(zone, november), called);
        }
    }
}
