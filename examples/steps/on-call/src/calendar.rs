//! What the wall shows, counted in seconds as if no hour ever went missing or came twice.
//!
//! Turns are counted so, because people hand over at nine in summer and in winter alike; which
//! moment a wall's time is, only Iris knows.

use iris_step::kit::time::Wall;

pub(crate) const HOUR: i64 = 3600;
pub(crate) const DAY: i64 = 24 * HOUR;

/// Seconds since 1970-01-01T00:00:00, all on the wall.
pub(crate) fn seconds(wall: &Wall) -> i64 {
    let day = days(wall.year.into(), wall.month.into(), wall.day.into());
    let (hour, minute) = (i64::from(wall.hour), i64::from(wall.minute));
    day * DAY + hour * HOUR + minute * 60 + i64::from(wall.second)
}

/// The other way round; `weekday` and `offset` are left at nothing, as Iris ignores them.
pub(crate) fn wall(seconds: i64) -> Wall {
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let rest = seconds.rem_euclid(DAY);
    let small = |n: i64| u8::try_from(n).unwrap_or_default();
    Wall {
        year: i32::try_from(year).unwrap_or_default(),
        month: small(month),
        day: small(day),
        hour: small(rest / HOUR),
        minute: small(rest / 60 % 60),
        second: small(rest % 60),
        weekday: 0,
        offset: 0,
    }
}

/// Reads `2026-01-05T09:00`, with seconds or without; none when it is no date of the calendar.
pub(crate) fn parse(text: &str) -> Option<Wall> {
    let (date, time) = text.split_once('T')?;
    let mut date = date.split('-').map(|part| part.parse::<i64>().ok());
    let mut time = time.split(':').map(|part| part.parse::<i64>().ok());
    let day = days(date.next()??, date.next()??, date.next()??);
    let (hour, minute) = (time.next()??, time.next()??);
    let second = time.next().unwrap_or(Some(0))?;
    let read = wall(day * DAY + hour * HOUR + minute * 60 + second);
    // What does not exist, such as 31 February or 25:00, was carried over to something that does.
    let shown = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        read.year, read.month, read.day, read.hour, read.minute, read.second
    );
    shown.starts_with(text).then_some(read)
}

/// Days since 1970-01-01 in the Gregorian calendar. Years begin in March here, so that the leap
/// day is their last; 400 of them have 146,097 days.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{DAY, parse, seconds, wall};

    #[test]
    fn every_day_comes_back() {
        let first = seconds(&parse("1970-01-01T00:00").unwrap());
        assert_eq!(first, 0);
        let mut last = wall(0);
        for day in 1..60_000 {
            let next = wall(day * DAY);
            assert_eq!(seconds(&next), day * DAY);
            let follows = if next.day == 1 {
                (last.month % 12) + 1 == next.month
            } else {
                (last.month, last.day + 1) == (next.month, next.day)
            };
            assert!(follows, "{last:?} {next:?}");
            last = next;
        }
    }

    #[test]
    fn known_days_are_where_they_belong() {
        for (text, at) in [
            ("2026-01-05T09:00", 1_767_603_600),
            ("2028-02-29T23:59:58", 1_835_481_598),
            ("2026-12-01T14:05:00", 1_796_133_900),
        ] {
            assert_eq!(seconds(&parse(text).unwrap()), at, "{text}");
            assert_eq!(wall(at), parse(text).unwrap());
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "2026-02-29T09:00",
            "2026-13-01T09:00",
            "2026-00-10T09:00",
            "2026-01-00T09:00",
            "2026-01-05T24:00",
            "2026-01-05T09:60",
            "2026-01-05T09:00:60",
            "2026-01-05T9:00",
            "2026-01-05 09:00",
            "2026-01-05",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
