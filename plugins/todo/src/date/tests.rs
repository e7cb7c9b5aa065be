//! Every row of the table of dates, at Tuesday 2026-12-01 14:05.

use super::{Day, Now, When, Wrong, read, read_line};

fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap()
}

fn now() -> Now {
    at("2026-12-01", 14, 5)
}

fn at(iso: &str, hour: u16, minute: u16) -> Now {
    Now {
        day: day(iso),
        minute: hour * 60 + minute,
    }
}

/// `2026-12-04`, `2026-12-04 15:30`, `in 30`, `past 2026-11-30`, `order 2026-12-25`, `-`.
fn reads(typed: &str, now: Now) -> String {
    let time =
        |day: Day, minute: u16| format!("{} {:02}:{:02}", day.iso(), minute / 60, minute % 60);
    match read(typed, now) {
        None => "-".to_owned(),
        Some(Ok(When::Day(day))) => day.iso(),
        Some(Ok(When::At(day, minute))) => time(day, minute),
        Some(Ok(When::In(minutes))) => format!("in {minutes}"),
        Some(Err(Wrong::Past {
            when: When::Day(day),
            ..
        })) => format!("past {}", day.iso()),
        Some(Err(Wrong::Past {
            when: When::At(day, minute),
            ..
        })) => {
            format!("past {}", time(day, minute))
        }
        Some(Err(Wrong::Past {
            when: When::In(_), ..
        })) => "a span is never over".to_owned(),
        Some(Err(Wrong::Order { raw, instead })) => format!("order {raw} {}", instead.iso()),
    }
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (typed, meant) in rows {
        assert_eq!(reads(typed, now()), *meant, "{typed}");
    }
}

#[test]
fn iso_days() {
    table(&[
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("2026年12月4日", "2026-12-04"),
        ("２０２６／１２／４", "2026-12-04"),
        ("2026-11-30", "past 2026-11-30"),
        ("2026-02-31", "-"),
        ("26-12-04", "-"),
    ]);
}

#[test]
fn months_and_days() {
    table(&[
        ("12/1", "2026-12-01"),
        ("11/30", "2027-11-30"),
        ("1 Dec", "2026-12-01"),
        ("Dec 4", "2026-12-04"),
        ("December 4", "2026-12-04"),
        ("dec 4th", "2026-12-04"),
        ("12月4日", "2026-12-04"),
        ("１２月４日", "2026-12-04"),
        ("1月4日", "2027-01-04"),
        ("25/12", "order 25/12 2026-12-25"),
        ("40/13", "-"),
        ("dec", "-"),
    ]);
}

#[test]
fn days_of_the_month() {
    table(&[
        ("the 15th", "2026-12-15"),
        ("the 1st", "2026-12-01"),
        ("15日", "2026-12-15"),
        ("1日", "2026-12-01"),
        ("32日", "-"),
    ]);
    assert_eq!(reads("31日", at("2027-02-03", 9, 0)), "2027-03-31");
}

#[test]
fn relative_days() {
    table(&[
        ("today", "2026-12-01"),
        ("tomorrow", "2026-12-02"),
        ("tonight", "2026-12-01 20:00"),
        ("in 3 days", "2026-12-04"),
        ("in 2 weeks", "2026-12-15"),
        ("今日", "2026-12-01"),
        ("本日", "2026-12-01"),
        ("今夜", "2026-12-01 20:00"),
        ("明日", "2026-12-02"),
        ("明後日", "2026-12-03"),
        ("あさって", "2026-12-03"),
        ("3日後", "2026-12-04"),
        ("２週間後", "2026-12-15"),
    ]);
    assert_eq!(
        reads("tonight", at("2026-12-01", 20, 0)),
        "2026-12-01 23:59"
    );
    assert_eq!(reads("今夜", at("2026-12-01", 22, 30)), "2026-12-01 23:59");
}

#[test]
fn weekdays() {
    table(&[
        ("fri", "2026-12-04"),
        ("Friday", "2026-12-04"),
        ("tue", "2026-12-08"),
        ("mon", "2026-12-07"),
        ("金曜", "2026-12-04"),
        ("金曜日", "2026-12-04"),
        ("金", "2026-12-04"),
        ("火曜", "2026-12-08"),
        ("日曜", "2026-12-06"),
        ("this fri", "2026-12-04"),
        ("this tue", "2026-12-01"),
        ("this mon", "past 2026-11-30"),
        ("今週金曜", "2026-12-04"),
        ("今週の金曜", "2026-12-04"),
        ("今週の月曜", "past 2026-11-30"),
        ("next fri", "2026-12-11"),
        ("next mon", "2026-12-07"),
        ("next week", "2026-12-11"),
        ("来週金曜", "2026-12-11"),
        ("来週の金曜日", "2026-12-11"),
        ("来週", "2026-12-11"),
    ]);
}

#[test]
fn ends() {
    table(&[
        ("eod", "2026-12-01"),
        ("end of day", "2026-12-01"),
        ("end of week", "2026-12-04"),
        ("end of month", "2026-12-31"),
        ("EOM", "2026-12-31"),
        ("今日中", "2026-12-01"),
        ("今週中", "2026-12-04"),
        ("今週末", "2026-12-04"),
        ("来週中", "2026-12-11"),
        ("週明け", "2026-12-07"),
        ("今月中", "2026-12-31"),
        ("月末", "2026-12-31"),
        ("来月末", "2027-01-31"),
    ]);
    assert_eq!(reads("今週中", at("2026-12-05", 9, 0)), "past 2026-12-04");
}

#[test]
fn times() {
    table(&[
        ("18:00", "2026-12-01 18:00"),
        ("9:30", "2026-12-02 09:30"),
        ("14:05", "2026-12-02 14:05"),
        ("6pm", "2026-12-01 18:00"),
        ("6:30 pm", "2026-12-01 18:30"),
        ("12am", "2026-12-02 00:00"),
        ("tomorrow 10:00", "2026-12-02 10:00"),
        ("tomorrow at 6 pm", "2026-12-02 18:00"),
        ("fri 15:30", "2026-12-04 15:30"),
        ("12/4 15:30", "2026-12-04 15:30"),
        ("2026-12-04 15:30", "2026-12-04 15:30"),
        ("18時", "2026-12-01 18:00"),
        ("18時半", "2026-12-01 18:30"),
        ("１８：００", "2026-12-01 18:00"),
        ("明日10時", "2026-12-02 10:00"),
        ("明日 10時", "2026-12-02 10:00"),
        ("明日の午後3時", "2026-12-02 15:00"),
        ("金曜15時半", "2026-12-04 15:30"),
        ("12月4日15時15分", "2026-12-04 15:15"),
        ("15日10時", "2026-12-15 10:00"),
        ("today 10:00", "past 2026-12-01 10:00"),
        ("25:00", "-"),
        ("13pm", "-"),
    ]);
}

#[test]
fn spans() {
    table(&[
        ("in 30 min", "in 30"),
        ("in 2 hours", "in 120"),
        ("30分後", "in 30"),
        ("2時間後", "in 120"),
        ("in a while", "-"),
    ]);
}

#[test]
fn what_is_over_is_proposed_anew() {
    let instead = |typed: &str| match read(typed, now()) {
        Some(Err(Wrong::Past { instead, .. })) => instead.iso(),
        other => panic!("{typed} is {other:?}"),
    };
    assert_eq!(instead("2026-11-27"), "2026-12-04");
    assert_eq!(instead("this mon"), "2026-12-07");
    assert_eq!(instead("today 10:00"), "2026-12-08");
}

#[test]
fn owner_and_date_stand_at_the_end_in_either_order() {
    for typed in [
        "Renew it <@U1> by fri",
        "Renew it by fri <@U1|ken>",
        "Renew it <@U1> 金曜まで",
        "Renew it　金曜までに　<@U1> さん",
        "Renew it 期限 金曜 <@U1>",
        "Renew it 期限：12/4 <@U1|森>さん",
        "Renew it <@U1> 期限 金曜まで",
        "Renew it <@U1> BY 12/4",
    ] {
        let line = read_line(typed, now()).unwrap();
        assert_eq!(line.text, "Renew it", "{typed}");
        assert_eq!(line.owner.as_deref(), Some("U1"), "{typed}");
        assert_eq!(line.when, Some(When::Day(day("2026-12-04"))), "{typed}");
    }
}

#[test]
fn dates_may_hold_blanks() {
    let when = |typed: &str| {
        let line = read_line(typed, now()).unwrap();
        assert_eq!(line.text, "a b");
        line.when.unwrap()
    };
    assert_eq!(when("a b 明日 10時まで"), When::At(day("2026-12-02"), 600));
    assert_eq!(when("a b 今週の 金曜まで"), When::Day(day("2026-12-04")));
    assert_eq!(
        when("a b by tomorrow at 10:00"),
        When::At(day("2026-12-02"), 600)
    );
}

#[test]
fn what_is_no_date_belongs_to_the_text() {
    for typed in [
        "Split the traffic by region",
        "by fri",
        "金曜まで",
        "最後まで",
        "ログを 最後まで",
        "Ask <@U1> about it",
        "Tell <!subteam^S1>",
        "",
    ] {
        let line = read_line(typed, now()).unwrap();
        assert_eq!(
            (line.text.as_str(), line.owner, line.when),
            (typed, None, None)
        );
    }
    let line = read_line("Go by bus by tomorrow", now()).unwrap();
    assert_eq!(line.text, "Go by bus");
    assert_eq!(read_line("<@U1> by fri", now()).unwrap().text, "");
}

#[test]
fn mistakes_are_told() {
    assert!(matches!(
        read_line("x by 2026-11-30 <@U1>", now()),
        Err(Wrong::Past { .. })
    ));
    assert!(matches!(
        read_line("x 25/12まで", now()),
        Err(Wrong::Order { .. })
    ));
}
