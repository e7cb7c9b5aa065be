//! Times, dates, durations, numbers and lists of names, as people read them.
//!
//! Everybody in an incident reads the same clock, the team's: a moment comes in
//! as what that clock shows, a duration in milliseconds.

use crate::Locale;
use crate::Locale::{En, Ja};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// What the clock and the calendar on the team's wall show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    /// Such as 2026.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 1 (Monday) to 7 (Sunday).
    pub weekday: u8,
    /// Minutes ahead of UTC: 540 in Tokyo.
    pub offset: i16,
}

impl Wall {
    /// Whether both are on one day of the calendar.
    pub fn same_day(&self, other: &Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }
}

/// `14:05`.
pub fn time(at: &Wall) -> String {
    format!("{:02}:{:02}", at.hour, at.minute)
}

/// `14:05` today, `Tue 1 Dec 14:05` on another day.
pub fn time_on(locale: Locale, at: &Wall, today: &Wall) -> String {
    if at.same_day(today) {
        return time(at);
    }
    match locale {
        En => format!("{} {}", date(locale, at, today), time(at)),
        Ja => format!("{}{}", date(locale, at, today), time(at)),
    }
}

/// `Tue 1 Dec`, in another year `Fri 1 Jan 2027`.
pub fn date(locale: Locale, at: &Wall, today: &Wall) -> String {
    let Wall {
        year, month, day, ..
    } = *at;
    let weekday = weekday(locale, at);
    let other_year = year != today.year;
    match locale {
        En => {
            let month = MONTHS[usize::from(month.clamp(1, 12) - 1)];
            let year = if other_year {
                format!(" {year}")
            } else {
                String::new()
            };
            format!("{weekday} {day} {month}{year}")
        }
        Ja => {
            let year = if other_year {
                format!("{year}年")
            } else {
                String::new()
            };
            format!("{year}{month}月{day}日（{weekday}）")
        }
    }
}

/// `14:05–15:12`; the day is said where it is not today's, and twice where the
/// span goes over midnight.
pub fn span(locale: Locale, from: &Wall, to: &Wall, today: &Wall) -> String {
    let dash = match locale {
        En => "–",
        Ja => "〜",
    };
    let end = if from.same_day(to) {
        time(to)
    } else {
        time_on(locale, to, today)
    };
    // A span that ends today but began before says its first day.
    format!("{}{dash}{end}", time_on(locale, from, today))
}

/// `2026-12-01 14:05`, for files.
pub fn file_time(at: &Wall) -> String {
    format!("{} {}", file_date(at), time(at))
}

/// `2026-12-01`, for files and for what people may type.
pub fn file_date(at: &Wall) -> String {
    format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)
}

/// `20261201`, for names of rooms.
pub fn compact_date(at: &Wall) -> String {
    format!("{:04}{:02}{:02}", at.year, at.month, at.day)
}

/// `Tue 2026-12-01` / `2026-12-01（火）`, the heading of a day in a file.
pub fn file_day(locale: Locale, at: &Wall) -> String {
    let weekday = weekday(locale, at);
    match locale {
        En => format!("{weekday} {}", file_date(at)),
        Ja => format!("{}（{weekday}）", file_date(at)),
    }
}

/// `UTC+09:00` for 540 minutes.
pub fn utc_offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `<1 min`, `12 min`, `1 h 07 min`, `3 h`, `2 d 3 h`: cut, never rounded up.
pub fn duration(locale: Locale, millis: u64) -> String {
    let minutes = millis / 60_000;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (locale, days, hours, rest) {
        (En, 0, 0, 0) => "<1 min".into(),
        (En, 0, 0, m) => format!("{m} min"),
        (En, 0, h, 0) => format!("{h} h"),
        (En, 0, h, m) => format!("{h} h {m:02} min"),
        (En, d, 0, _) => format!("{} d", number(d)),
        (En, d, h, _) => format!("{} d {h} h", number(d)),
        (Ja, 0, 0, 0) => "1分未満".into(),
        (Ja, 0, 0, m) => format!("{m}分"),
        (Ja, 0, h, 0) => format!("{h}時間"),
        (Ja, 0, h, m) => format!("{h}時間{m}分"),
        (Ja, d, 0, _) => format!("{}日", number(d)),
        (Ja, d, h, _) => format!("{}日{h}時間", number(d)),
    }
}

/// `12 min ago`: only in answers made for this moment.
pub fn ago(locale: Locale, millis: u64) -> String {
    match locale {
        En => format!("{} ago", duration(En, millis)),
        Ja if millis < 60_000 => "1分以内".into(),
        Ja => format!("{}前", duration(Ja, millis)),
    }
}

/// `1,204`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `A, B and C` / `A、B、C`.
pub fn names<S: AsRef<str>>(locale: Locale, names: &[S]) -> String {
    let (between, before_last) = match locale {
        En => (", ", " and "),
        Ja => ("、", "、"),
    };
    let mut list = String::new();
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            list.push_str(if i + 1 == names.len() {
                before_last
            } else {
                between
            });
        }
        list.push_str(name.as_ref());
    }
    list
}

fn weekday(locale: Locale, at: &Wall) -> &'static str {
    let days = match locale {
        En => WEEKDAYS,
        Ja => WEEKDAYS_JA,
    };
    days[usize::from(at.weekday.clamp(1, 7) - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn wall(year: i32, month: u8, day: u8, weekday: u8, hour: u8, minute: u8) -> Wall {
        Wall {
            year,
            month,
            day,
            hour,
            minute,
            second: 30,
            weekday,
            offset: 540,
        }
    }

    const TODAY: Wall = wall(2026, 12, 1, 2, 14, 5);
    const TOMORROW: Wall = wall(2026, 12, 2, 3, 0, 10);
    const NEW_YEAR: Wall = wall(2027, 1, 1, 5, 9, 0);

    #[test]
    fn times_and_dates() {
        assert_eq!(time_on(En, &TODAY, &TODAY), "14:05");
        assert_eq!(time_on(En, &TODAY, &TOMORROW), "Tue 1 Dec 14:05");
        assert_eq!(time_on(Ja, &TODAY, &TOMORROW), "12月1日（火）14:05");
        assert_eq!(date(En, &TODAY, &TODAY), "Tue 1 Dec");
        assert_eq!(date(Ja, &TODAY, &TODAY), "12月1日（火）");
        assert_eq!(date(En, &NEW_YEAR, &TODAY), "Fri 1 Jan 2027");
        assert_eq!(date(Ja, &NEW_YEAR, &TODAY), "2027年1月1日（金）");
    }

    #[test]
    fn spans() {
        let end = Wall {
            hour: 15,
            minute: 12,
            ..TODAY
        };
        assert_eq!(span(En, &TODAY, &end, &TODAY), "14:05–15:12");
        assert_eq!(span(Ja, &TODAY, &end, &TODAY), "14:05〜15:12");
        assert_eq!(span(En, &TODAY, &end, &TOMORROW), "Tue 1 Dec 14:05–15:12");
        assert_eq!(
            span(En, &TODAY, &TOMORROW, &TOMORROW),
            "Tue 1 Dec 14:05–00:10"
        );
    }

    #[test]
    fn in_files() {
        assert_eq!(file_time(&TODAY), "2026-12-01 14:05");
        assert_eq!(compact_date(&TODAY), "20261201");
        assert_eq!(file_day(En, &TODAY), "Tue 2026-12-01");
        assert_eq!(file_day(Ja, &TODAY), "2026-12-01（火）");
        assert_eq!(utc_offset(540), "UTC+09:00");
        assert_eq!(utc_offset(-210), "UTC-03:30");
    }

    #[test]
    fn durations_are_cut() {
        const MIN: u64 = 60_000;
        for (millis, en, ja) in [
            (59_999, "<1 min", "1分未満"),
            (12 * MIN + 59_999, "12 min", "12分"),
            (67 * MIN, "1 h 07 min", "1時間7分"),
            (180 * MIN, "3 h", "3時間"),
            (51 * 60 * MIN + 59 * MIN, "2 d 3 h", "2日3時間"),
            (48 * 60 * MIN, "2 d", "2日"),
        ] {
            assert_eq!(duration(En, millis), en);
            assert_eq!(duration(Ja, millis), ja);
        }
        assert_eq!(ago(En, 12 * MIN), "12 min ago");
        assert_eq!(ago(Ja, 12 * MIN), "12分前");
    }

    #[test]
    fn numbers_and_names() {
        assert_eq!(
            [number(7), number(1204), number(1_000_000)],
            ["7", "1,204", "1,000,000"]
        );
        assert_eq!(names(En, &["A", "B", "C"]), "A, B and C");
        assert_eq!(names(En, &["A", "B"]), "A and B");
        assert_eq!(names(Ja, &["A", "B", "C"]), "A、B、C");
        assert_eq!(names::<&str>(En, &[]), "");
    }
}
