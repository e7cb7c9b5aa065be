//! A todo in one line: `<text> [@owner] [by <date>]`, `<内容> [@担当] [<日付>まで]`.

use super::{Now, When, Wrong, fold, read};

/// What was typed after `todo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// What is left, as Slack delivered it; empty when nothing is.
    pub(crate) text: String,
    /// `U…` or `W…`.
    pub(crate) owner: Option<String>,
    pub(crate) when: Option<When>,
}

/// Takes owner and date off the end, in either order.
pub(crate) fn read_line(typed: &str, now: Now) -> Result<Line, Wrong> {
    let mut line = Line::default();
    let mut text = typed.trim_end();
    loop {
        if line.owner.is_none()
            && let Some((rest, owner)) = owner_at_end(text)
        {
            line.owner = Some(owner.to_owned());
            text = rest.trim_end();
        } else if line.when.is_none()
            && let Some((rest, when)) = date_at_end(text, now)
        {
            line.when = Some(when?);
            text = rest.trim_end();
        } else {
            text.trim().clone_into(&mut line.text);
            return Ok(line);
        }
    }
}

/// `<@U024BE7LH>` or `<@U024BE7LH|ken>`, also with さん after it.
fn owner_at_end(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_suffix("さん").map_or(text, str::trim_end);
    let start = text.rfind("<@")?;
    let inside = text[start + 2..].strip_suffix('>')?;
    let id = inside.split('|').next()?;
    let is_id = id.starts_with(['U', 'W']) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_id && !inside.contains(['<', '>'])).then_some((&text[..start], id))
}

/// The text before the date, and the date. A blank stands between them.
fn date_at_end(text: &str, now: Now) -> Option<(&str, Result<When, Wrong>)> {
    after(text, "期限", now)
        .or_else(|| date_until(text, now))
        .or_else(|| after(text, "by", now))
}

/// The date after the last `by` or `期限`.
fn after<'a>(text: &'a str, mark: &str, now: Now) -> Option<(&'a str, Result<When, Wrong>)> {
    let (blank, end) = blanks(text).rev().find_map(|(blank, next)| {
        let word = text.get(next..next + mark.len())?;
        word.eq_ignore_ascii_case(mark)
            .then_some((blank, next + mark.len()))
    })?;
    let rest = &text[end..];
    let date = rest.trim_start_matches([' ', '\u{3000}', ':', '：']);
    let date = without_until(date).unwrap_or(date);
    let found = (date.len() < rest.len()).then(|| read(date, now))??;
    Some((&text[..blank], found))
}

/// The date before a final まで: as much of the line as reads as one.
fn date_until(text: &str, now: Now) -> Option<(&str, Result<When, Wrong>)> {
    let before = without_until(text)?;
    blanks(before).find_map(|(blank, next)| Some((&before[..blank], read(&before[next..], now)?)))
}

fn without_until(text: &str) -> Option<&str> {
    text.strip_suffix("まで")
        .or_else(|| text.strip_suffix("までに"))
}

/// Where each blank begins and ends.
fn blanks(text: &str) -> impl DoubleEndedIterator<Item = (usize, usize)> {
    text.char_indices()
        .filter(|(_, c)| fold(*c).is_whitespace())
        .map(|(at, c)| (at, at + c.len_utf8()))
}
