//! A story's lines.

use std::time::Duration;

use super::act::Act;

/// One line of a story, continuation lines of `<` included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Kept as it is: a comment, an empty line.
    Note(String),
    /// What a person does.
    Act(Act),
    /// Time passes.
    Pass(Duration),
    /// What people see.
    See(String),
}

/// A line that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Malformed {
    pub line: usize,
    pub why: String,
}

/// Reads a story.
pub fn parse(story: &str) -> Result<Vec<Line>, Malformed> {
    story
        .lines()
        .enumerate()
        .map(|(n, line)| read(line).map_err(|why| Malformed { line: n + 1, why }))
        .collect()
}

fn read(line: &str) -> Result<Line, String> {
    if let Some(act) = line.strip_prefix("> ") {
        return Act::read(act).map(Line::Act);
    }
    if let Some(time) = line.strip_prefix("@ ") {
        return duration(time)
            .map(Line::Pass)
            .ok_or_else(|| format!("`{time}` is no duration"));
    }
    if let Some(seen) = line
        .strip_prefix("< ")
        .or_else(|| (line == "<").then_some(""))
    {
        return Ok(Line::See(seen.to_owned()));
    }
    if line.is_empty() || line.starts_with('#') {
        return Ok(Line::Note(line.to_owned()));
    }
    Err("a line begins with `>`, `<`, `@` or `#`".to_owned())
}

/// How [`duration`] reads it: `1d 2h`.
pub(super) fn written_duration(time: Duration) -> String {
    let mut left = time.as_millis();
    let units = [
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
        ("ms", 1),
    ];
    let parts = units.iter().filter_map(|(unit, long)| {
        let many = left / long;
        left %= long;
        (many > 0).then(|| format!("{many}{unit}"))
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// `90s`, `30m`, `2h`, `3d`, and several of them: `1d 2h`.
fn duration(text: &str) -> Option<Duration> {
    text.split_whitespace()
        .map(|part| {
            let (number, unit) = part.split_at(part.find(|c: char| !c.is_ascii_digit())?);
            let number: u64 = number.parse().ok()?;
            Some(match unit {
                "ms" => Duration::from_millis(number),
                "s" => Duration::from_secs(number),
                "m" => Duration::from_secs(number * 60),
                "h" => Duration::from_secs(number * 60 * 60),
                "d" => Duration::from_secs(number * 24 * 60 * 60),
                _ => return None,
            })
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Duration, Line, duration, parse, written_duration};

    #[test]
    fn time_passes_in_people_s_units() {
        assert_eq!(duration("30m"), Some(Duration::from_mins(30)));
        assert_eq!(duration("1d 2h"), Some(Duration::from_hours(26)));
        assert_eq!(duration("soon"), None);
        for time in ["30m", "1d 2h", "1m 30s", "1s 500ms"] {
            assert_eq!(written_duration(duration(time).unwrap()), time);
        }
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        assert_eq!(parse("# fine\n").unwrap(), [Line::Note("# fine".into())]);
        assert_eq!(parse("# fine\nwhat?").unwrap_err().line, 2);
    }
}
