//! Reads single values out of Slack's JSON.

use serde_json::Value;

use crate::clock::Moment;

/// The text at a JSON pointer; `None` when there is none or it is empty.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value
        .pointer(pointer)?
        .as_str()
        .filter(|text| !text.is_empty())
}

/// The first of these pointers that leads to a text.
pub(super) fn first<'a>(value: &'a Value, pointers: &[&str]) -> Option<&'a str> {
    pointers.iter().find_map(|pointer| text(value, pointer))
}

/// An owned text; empty when there is none.
pub(super) fn owned(value: &Value, pointer: &str) -> String {
    text(value, pointer).unwrap_or_default().to_owned()
}

/// Slack's timestamps: seconds, and a fraction that also makes them unique.
pub(super) fn moment(ts: &str) -> Option<Moment> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, ""));
    let seconds: u64 = seconds.parse().ok()?;
    let millis = format!("{fraction:0<3}").get(..3)?.parse::<u64>().ok()?;
    Some(Moment(seconds.checked_mul(1000)?.checked_add(millis)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_seconds_with_a_fraction() {
        assert_eq!(moment("1796101920.000200"), Some(Moment(1_796_101_920_000)));
        assert_eq!(moment("1796101920.4"), Some(Moment(1_796_101_920_400)));
        assert_eq!(moment("1796101920"), Some(Moment(1_796_101_920_000)));
        for no in [
            "",
            "soon",
            "-1.5",
            "1.x",
            "99999999999999999999.0",
            "1.日本",
        ] {
            assert_eq!(moment(no), None, "{no}");
        }
    }
}
