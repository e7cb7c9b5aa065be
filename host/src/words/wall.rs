//! What the clock on a team's wall shows.

use iris_kit::time::{Wall, utc_offset};
use jiff::{Zoned, tz::TimeZone};

use crate::clock::Moment;

/// What clock and calendar show in `zone`, an IANA name; in UTC when there is no such zone.
pub fn wall(at: Moment, zone: &str) -> Wall {
    let here = zoned(at, zone);
    Wall {
        year: here.year().into(),
        month: here.month().unsigned_abs(),
        day: here.day().unsigned_abs(),
        hour: here.hour().unsigned_abs(),
        minute: here.minute().unsigned_abs(),
        second: here.second().unsigned_abs(),
        weekday: here.weekday().to_monday_one_offset().unsigned_abs(),
        offset: offset_minutes(&here),
    }
}

/// The short name of the zone at that moment: `JST`, and `UTC-03:00` where it has only a number.
pub fn zone_label(at: Moment, zone: &str) -> String {
    let here = zoned(at, zone);
    let info = here.time_zone().to_offset_info(here.timestamp());
    let short = info.abbreviation();
    if short.starts_with(|c: char| c.is_ascii_alphabetic()) {
        short.to_owned()
    } else {
        utc_offset(offset_minutes(&here))
    }
}

fn zoned(at: Moment, zone: &str) -> Zoned {
    at.timestamp()
        .to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

fn offset_minutes(here: &Zoned) -> i16 {
    i16::try_from(here.offset().seconds() / 60).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{wall, zone_label};
    use crate::clock::Moment;

    /// 2026-12-01 14:05 in Tokyo.
    const AT: Moment = Moment(1_796_101_500_000);

    #[test]
    fn the_wall_is_the_teams() {
        let tokyo = wall(AT, "Asia/Tokyo");
        assert_eq!(
            (tokyo.day, tokyo.hour, tokyo.minute, tokyo.weekday),
            (1, 14, 5, 2)
        );
        assert_eq!(tokyo.offset, 540);
        assert_eq!(wall(AT, "America/New_York").hour, 0);
        assert_eq!(wall(AT, "Nowhere/At_All").hour, 5);
    }

    #[test]
    fn a_zone_has_a_short_name_or_a_number() {
        assert_eq!(zone_label(AT, "Asia/Tokyo"), "JST");
        assert_eq!(zone_label(AT, "America/Sao_Paulo"), "UTC-03:00");
        assert_eq!(zone_label(AT, "UTC"), "UTC");
    }
}
