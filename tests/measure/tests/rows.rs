//! What a row says, and when a goal counts as reached.

use iris_measure::{Goal, HEAD, Measure, median, percentile};

#[test]
fn a_row_has_both_sides_with_their_spread() {
    let row = Measure::new("durable events", "a CPU second")
        .iris(&[12_345.6, 11_000.0, 13_000.0])
        .beside("Bolt JS", &[1_000.0, 1_100.0, 1_000.0])
        .goal(Goal::TimesAtLeast(10.0));
    let said = "| durable events | a CPU second | 12,346 (11,000–13,000) | Bolt JS | \
                1,000 (1,000–1,100) | 12.3 (10–13) | ≥ 10 × | yes |";
    assert_eq!(row.to_string(), said);
    let cells = |line: &str| line.matches('|').count();
    for line in HEAD.lines() {
        assert_eq!(cells(line), cells(said), "{line}");
    }
}

#[test]
fn what_falls_short_stays_with_its_reason() {
    let row = Measure::new("memory", "MiB").iris(&[50.0]);
    assert_eq!(row.to_string(), "| memory | MiB | 50 |  |  |  |  |  |");
    let row = row.goal(Goal::AtMost(40.0)).because("code | data");
    assert_eq!(row.reached(), Some(false));
    assert!(
        row.to_string()
            .ends_with("| ≤ 40 | **no**: code \\| data |")
    );
}

#[test]
fn each_goal_is_judged_by_the_median() {
    let runs = Measure::new("", "").iris(&[1.0, 2.0, 9.0]);
    let beside = runs.clone().beside("floor", &[4.0]);
    let reached = |row: &Measure, goal| row.clone().goal(goal).reached();
    assert_eq!(reached(&runs, Goal::AtMost(2.0)), Some(true));
    assert_eq!(reached(&runs, Goal::AtLeast(2.1)), Some(false));
    assert_eq!(reached(&beside, Goal::TimesAtMost(0.5)), Some(true));
    assert_eq!(reached(&beside, Goal::TimesAtLeast(0.6)), Some(false));
    assert_eq!(
        reached(&runs, Goal::TimesAtMost(1.0)),
        None,
        "nothing beside"
    );
}

#[test]
fn percentiles_are_figures_that_were_measured() {
    let figures: Vec<f64> = (1..=100).rev().map(f64::from).collect();
    assert_eq!(percentile(&figures, 99), Some(100.0));
    assert_eq!(median(&figures), Some(51.0));
    assert_eq!(percentile(&[], 50), None);
}
