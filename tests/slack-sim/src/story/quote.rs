//! How people's words stand in a line of a story, and how they are read from it again.

/// Words to the end of the line: only line breaks and backslashes are written differently.
pub(super) fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('\n', "\\n")
}

/// Words between quotation marks.
pub(super) fn quoted(words: &str) -> String {
    format!("\"{}\"", escaped(words).replace('"', "\\\""))
}

/// As they are where they cannot be misread, else between quotation marks.
pub(super) fn bare(words: &str, end: &str) -> String {
    let clear = !words.contains(end)
        && !words.starts_with('"')
        && !words.ends_with(')')
        && !words.contains(['\\', '\n'])
        && words.trim() == words;
    if clear {
        words.to_owned()
    } else {
        quoted(words)
    }
}

/// What is filled into a field.
pub(super) fn value(words: &str) -> String {
    escaped(words).replace('|', "\\|")
}

/// Undoes [`escaped`] and [`value`]. A backslash before anything else is itself.
pub(super) fn plain(written: &str) -> String {
    let mut plain = String::new();
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str().chars().next();
        match (c, after) {
            ('\\', Some('n')) => plain.push('\n'),
            ('\\', Some(mark @ ('\\' | '"' | '|'))) => plain.push(mark),
            _ => {
                plain.push(c);
                continue;
            }
        }
        rest.next();
    }
    plain
}

/// What stands between the first quotation marks, and what follows them.
pub(super) fn unquoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some((plain(&inside[..end]), &inside[end + 1..]))
}

/// Words up to `end`, between quotation marks or not, and what follows `end`, if it is there.
pub(super) fn until<'a>(text: &'a str, end: &str) -> (String, Option<&'a str>) {
    if let Some((words, rest)) = unquoted(text) {
        if rest.is_empty() {
            return (words, None);
        }
        if let Some(rest) = rest.strip_prefix(end) {
            return (words, Some(rest));
        }
    }
    match text.split_once(end) {
        Some((words, rest)) => (words.to_owned(), Some(rest)),
        None => (text.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::{bare, escaped, plain, quoted, unquoted, until, value};

    #[test]
    fn what_is_written_is_read_again() {
        for words in [
            "plain",
            "two\nlines",
            r"C:\new",
            r#"she said "no""#,
            "a | b",
            r"\\n",
        ] {
            assert_eq!(plain(&escaped(words)), words);
            assert_eq!(plain(&value(words)), words);
            assert!(!value(words).contains(" | "));
            let written = format!("{} to the end", quoted(words));
            assert_eq!(unquoted(&written), Some((words.to_owned(), " to the end")));
            let written = format!("{} at home", bare(words, " at "));
            assert_eq!(until(&written, " at "), (words.to_owned(), Some("home")));
        }
    }
}
