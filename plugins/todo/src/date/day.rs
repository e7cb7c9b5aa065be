//! A day of the calendar, and what can be computed from it.

use crate::kit::time::Wall;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i32);

impl Day {
    /// None when there is no such day, or none that a todo could mean.
    pub(crate) fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let known = (1970..=9000).contains(&year) && (1..=12).contains(&month) && day >= 1;
        (known && day <= length(year, month)).then(|| Self(count(year, month, day)))
    }

    /// The day that the wall shows.
    pub(crate) fn of(wall: &Wall) -> Self {
        Self(count(wall.year, wall.month.into(), wall.day.into()))
    }

    /// So many days later.
    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// 1 (Monday) to 7 (Sunday).
    pub(crate) fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7) + 1
    }

    /// Monday to Friday.
    pub(crate) fn is_working(self) -> bool {
        self.weekday() <= 5
    }

    /// The Monday of its week.
    pub(crate) fn monday(self) -> Self {
        self.plus(1 - self.weekday())
    }

    /// The last day of a month: its own (0), the next one's (1), …
    pub(crate) fn month_end(self, months: u32) -> Self {
        let (year, month) = self.month(months);
        Self(count(year, month, length(year, month)))
    }

    /// The next day of this month and day, itself included.
    pub(crate) fn next_in_year(self, month: u32, day: u32) -> Option<Self> {
        let (year, ..) = self.parts();
        // Eight years hold a 29 February, also around 2100.
        (year..=year + 8).find_map(|year| Self::new(year, month, day).filter(|next| *next >= self))
    }

    /// The next day that is this day of its month, itself included.
    pub(crate) fn next_in_month(self, day: u32) -> Option<Self> {
        let days = (0..=2).filter_map(|months| {
            let (year, month) = self.month(months);
            Self::new(year, month, day)
        });
        days.into_iter().find(|next| *next >= self)
    }

    /// `2026-12-01`.
    pub(crate) fn iso(self) -> String {
        let (year, month, day) = self.parts();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Reads [`Day::iso`] back.
    pub(crate) fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next()?.parse::<u32>().ok();
        let (year, month, day) = (part()?, part()?, part()?);
        Self::new(i32::try_from(year).ok()?, month, day)
    }

    /// What the wall shows on this day, so many minutes after midnight.
    pub(crate) fn wall(self, minute: u16) -> Wall {
        let (year, month, day) = self.parts();
        let small = |n: u32| u8::try_from(n).unwrap_or(u8::MAX);
        Wall {
            year,
            month: small(month),
            day: small(day),
            hour: small(u32::from(minute) / 60),
            minute: small(u32::from(minute) % 60),
            second: 0,
            weekday: u8::try_from(self.weekday()).unwrap_or(1),
            offset: 0,
        }
    }

    /// The year and month so many months later.
    fn month(self, later: u32) -> (i32, u32) {
        let (year, month, _) = self.parts();
        let months = month - 1 + later;
        (
            year + i32::try_from(months / 12).unwrap_or(0),
            months % 12 + 1,
        )
    }

    /// Year, month and day. Years begin in March here, so that leap days come last.
    fn parts(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let leaps = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
        let year_of_era = (day_of_era - leaps) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn count(year: i32, month: u32, day: u32) -> i32 {
    let (month, day) = (month.cast_signed(), day.cast_signed());
    let year = year - i32::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::Day;

    fn day(iso: &str) -> Day {
        Day::from_iso(iso).unwrap()
    }

    #[test]
    fn days_count_on_and_back() {
        assert_eq!(Day::new(1970, 1, 1), Some(Day(0)));
        assert_eq!(day("2026-12-01").weekday(), 2);
        for n in (0..60_000).step_by(37) {
            assert_eq!(day(&Day(n).iso()), Day(n));
        }
        assert_eq!(day("2028-02-28").plus(1).iso(), "2028-02-29");
    }

    #[test]
    fn there_are_days_that_are_none() {
        for (year, month, date) in [
            (2026, 2, 29),
            (2026, 4, 31),
            (2026, 13, 1),
            (2026, 1, 0),
            (70, 1, 1),
        ] {
            assert_eq!(Day::new(year, month, date), None);
        }
        assert_eq!(Day::from_iso("2026-12"), None);
        assert_eq!(Day::from_iso("soon"), None);
    }

    #[test]
    fn months_end_and_days_return() {
        assert_eq!(day("2026-12-01").month_end(0).iso(), "2026-12-31");
        assert_eq!(day("2026-12-01").month_end(2).iso(), "2027-02-28");
        assert_eq!(
            day("2027-01-31").next_in_month(30).unwrap().iso(),
            "2027-03-30"
        );
        assert_eq!(
            day("2026-12-15").next_in_month(15).unwrap().iso(),
            "2026-12-15"
        );
        assert_eq!(
            day("2026-12-01").next_in_year(2, 29).unwrap().iso(),
            "2028-02-29"
        );
        assert_eq!(day("2026-12-01").next_in_year(2, 30), None);
        assert_eq!(day("2026-12-06").monday().iso(), "2026-11-30");
    }
}
