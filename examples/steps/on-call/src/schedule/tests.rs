//! Turns, in a zone that has summer time.

use super::{Clock, OnDuty, length, on_duty};
use crate::calendar::{HOUR, parse, seconds, wall};
use crate::settings::{Override, Rotation};
use iris_step::kit::time::Wall;

/// Berlin's hours ahead of UTC in 2026: the clock is put forward on 29 March at 2, and back on
/// 25 October at 3.
fn ahead(utc: i64) -> i64 {
    let utc_of = |text: &str| seconds(&parse(text).unwrap());
    let summer = utc_of("2026-03-29T01:00")..utc_of("2026-10-25T01:00");
    if summer.contains(&utc) { 2 } else { 1 }
}

fn shown(at: u64) -> Wall {
    let utc = i64::try_from(at / 1000).unwrap();
    wall(utc + ahead(utc) * HOUR)
}

/// As Iris does it: the earlier of two, and after a gap what the clock would have shown.
fn moment(shown: &Wall) -> Option<u64> {
    let shown = seconds(shown);
    let utc = [2, 1].map(|hours| shown - hours * HOUR);
    let fits = utc
        .into_iter()
        .find(|utc| utc + ahead(*utc) * HOUR == shown);
    u64::try_from(fits.unwrap_or(shown - HOUR))
        .ok()
        .map(|utc| utc * 1000)
}

fn rotation(every: &str, from: &str) -> Rotation {
    Rotation {
        product: None,
        severity: None,
        people: ["U1", "U2", "U3"].map(str::to_owned).into(),
        every: every.to_owned(),
        from: from.to_owned(),
        overrides: vec![],
    }
}

fn at_moment(schedule: &[Rotation], now: u64) -> OnDuty {
    let clock = Clock {
        now,
        wall: shown(now),
        moment: &moment,
    };
    on_duty(schedule, Some("payments"), Some("sev1"), &clock)
}

fn at(rotation: &Rotation, text: &str) -> Vec<String> {
    let now = moment(&parse(text).unwrap()).unwrap();
    let found = at_moment(std::slice::from_ref(rotation), now);
    assert_eq!(found.mistakes, [""; 0]);
    found.people
}

#[test]
fn a_turn_begins_at_its_minute() {
    let weekly = rotation("7d", "2026-01-05T09:00:00");
    for (now, who) in [
        ("2026-01-05T09:00", "U1"),
        ("2026-01-12T08:59:59", "U1"),
        ("2026-01-12T09:00", "U2"),
        ("2026-01-19T09:00", "U3"),
        ("2026-01-26T08:59", "U3"),
        ("2026-01-26T09:00", "U1"),
    ] {
        assert_eq!(at(&weekly, now), [who], "{now}");
    }
}

#[test]
fn nobody_has_a_turn_before_the_first() {
    let weekly = rotation("1w", "2026-01-05T09:00");
    assert_eq!(at(&weekly, "2026-01-05T08:59:59"), [""; 0]);
    assert_eq!(at(&weekly, "2020-01-05T09:00"), [""; 0]);
}

#[test]
fn people_hand_over_at_nine_in_summer_too() {
    let daily = rotation("1d", "2026-03-28T09:00");
    for (now, who) in [
        ("2026-03-29T08:59", "U1"),
        ("2026-03-29T09:00", "U2"),
        ("2026-03-30T08:59", "U2"),
        ("2026-03-30T09:00", "U3"),
    ] {
        assert_eq!(at(&daily, now), [who], "{now}");
    }
    let daily = rotation("1d", "2026-10-24T09:00");
    for (now, who) in [("2026-10-25T08:59", "U1"), ("2026-10-25T09:00", "U2")] {
        assert_eq!(at(&daily, now), [who], "{now}");
    }
}

#[test]
fn an_hour_that_comes_twice_begins_one_turn() {
    let daily = rotation("1d", "2026-10-24T02:30");
    let utc = |text: &str| u64::try_from(seconds(&parse(text).unwrap())).unwrap() * 1000;
    for (now, wall, who) in [
        ("2026-10-25T00:29", "02:29", "U1"),
        ("2026-10-25T00:30", "02:30", "U2"),
        ("2026-10-25T01:10", "02:10", "U2"),
        ("2026-10-25T01:30", "02:30", "U2"),
        ("2026-10-26T01:30", "02:30", "U3"),
    ] {
        let now = utc(now);
        assert_eq!(iris_step::kit::time::time(&shown(now)), wall);
        assert_eq!(at_moment(std::slice::from_ref(&daily), now).people, [who]);
    }
    // The first turn too.
    let first = rotation("1d", "2026-10-25T02:30");
    let people = |now| at_moment(std::slice::from_ref(&first), utc(now)).people;
    assert_eq!(people("2026-10-25T00:29"), [""; 0]);
    assert_eq!(people("2026-10-25T01:10"), ["U1"]);
}

#[test]
fn an_hour_that_is_missing_begins_its_turn_afterwards() {
    let daily = rotation("1d", "2026-03-28T02:30");
    for (now, who) in [
        ("2026-03-29T01:59", "U1"),
        ("2026-03-29T03:29", "U1"),
        ("2026-03-29T03:30", "U2"),
        ("2026-03-30T02:29", "U2"),
        ("2026-03-30T02:30", "U3"),
    ] {
        assert_eq!(at(&daily, now), [who], "{now}");
    }
}

#[test]
fn who_stands_in_wins_while_it_lasts() {
    let stands_in = |who: &str, from: &str, to: &str| Override {
        who: who.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let mut weekly = rotation("7d", "2026-01-05T09:00");
    weekly.overrides = vec![
        stands_in("U8", "2026-01-07T18:00", "2026-01-08T09:00"),
        stands_in("U9", "2026-01-08T08:00", "2026-01-08T10:00"),
        // Before the first turn as well.
        stands_in("@leads", "2026-01-01T00:00", "2026-01-02T00:00"),
    ];
    for (now, who) in [
        ("2026-01-01T12:00", "@leads"),
        ("2026-01-07T17:59:59", "U1"),
        ("2026-01-07T18:00", "U8"),
        ("2026-01-08T08:30", "U8"),
        ("2026-01-08T09:00", "U9"),
        ("2026-01-08T10:00", "U1"),
    ] {
        assert_eq!(at(&weekly, now), [who], "{now}");
    }
}

#[test]
fn rotations_are_of_a_product_and_severities_or_of_all() {
    let now = moment(&parse("2026-01-06T12:00").unwrap()).unwrap();
    let of = |product: Option<&str>, severity: Option<&[&str]>, who: &str| Rotation {
        product: product.map(str::to_owned),
        severity: severity.map(|all| all.iter().map(ToString::to_string).collect()),
        people: vec![who.to_owned()],
        ..rotation("7d", "2026-01-05T09:00")
    };
    let schedule = [
        of(Some("payments"), None, "U1"),
        of(Some("payments"), Some(&["sev1", "sev2"]), "U2"),
        of(Some("search"), None, "U3"),
        of(None, Some(&["sev2"]), "U4"),
        of(None, None, "U5"),
        of(None, None, "U1"),
    ];
    let clock = Clock {
        now,
        wall: shown(now),
        moment: &moment,
    };
    let called = |product, severity| on_duty(&schedule, product, severity, &clock).people;
    assert_eq!(called(Some("payments"), Some("sev1")), ["U1", "U2", "U5"]);
    assert_eq!(
        called(Some("search"), Some("sev2")),
        ["U3", "U4", "U5", "U1"]
    );
    assert_eq!(called(None, None), ["U5", "U1"]);
}

#[test]
fn a_slip_is_named_and_the_rest_counts() {
    let good = rotation("7d", "2026-01-05T09:00");
    let mut stands_in = good.clone();
    stands_in.people = vec!["U4".to_owned()];
    stands_in.overrides = [("2026-01-06T09:00", "2026-01-06T09:00"), ("x", "y")]
        .map(|(from, to)| Override {
            who: "U9".to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        })
        .into();
    let schedule = [
        rotation("7d", "2026-02-30T09:00"),
        rotation("soon", "2026-01-05T09:00"),
        stands_in,
        good,
    ];
    let found = at_moment(
        &schedule,
        moment(&parse("2026-01-06T12:00").unwrap()).unwrap(),
    );
    assert_eq!(found.people, ["U4", "U1"]);
    assert_eq!(
        found.mistakes,
        [
            "schedule[0].from: `2026-02-30T09:00` is no date: write one that exists, such as \
             2026-01-05T09:00.",
            "schedule[1].every: `soon` is no time: write 12h, 7d or 2w.",
            "schedule[2].overrides[0].to: `2026-01-06T09:00` is not after `2026-01-06T09:00`: \
             write when it ends.",
            "schedule[2].overrides[1].from: `x` is no date: write one that exists, such as \
             2026-01-05T09:00.",
        ]
    );
}

#[test]
fn turns_are_hours_days_or_weeks() {
    assert_eq!(length("12h"), Some(12 * HOUR));
    assert_eq!(length("7d"), length("1w"));
    for wrong in ["", "d", "0d", "-1d", "7", "7 d", "1m", "7日"] {
        assert_eq!(length(wrong), None, "{wrong}");
    }
}
