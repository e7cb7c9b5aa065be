//! People's words: never markup, but their links and emoji work.

use super::{Element, emoji, link, text};
use std::borrow::Cow;

/// A person's words as elements: `http(s)://…` becomes a link shown without its
/// scheme, `:name:` an emoji; control characters and bidirectional overrides are
/// dropped. Nothing else is made clickable or drawn.
pub fn people_words(words: &str) -> Vec<Element> {
    let words = clean(words);
    let mut elements = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = words[at..].find(['h', 'H', ':']) {
        let start = at + found;
        let rest = &words[start..];
        let Some((element, len)) = link_at(rest).or_else(|| emoji_at(rest)) else {
            at = start + 1;
            continue;
        };
        if plain < start {
            elements.push(text(&words[plain..start]));
        }
        elements.push(element);
        at = start + len;
        plain = at;
    }
    if plain < words.len() {
        elements.push(text(&words[plain..]));
    }
    elements
}

/// A person's words in a place of one line: line breaks and runs of blanks
/// become one space, and what [`people_words`] drops is dropped.
pub fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let before = line.len();
        if before > 0 {
            line.push(' ');
        }
        let start = line.len();
        line.extend(word.chars().filter(|c| is_shown(*c)));
        if line.len() == start {
            line.truncate(before);
        }
    }
    line
}

/// A person's words without control characters (other than line breaks) and
/// bidirectional overrides.
pub fn clean(words: &str) -> Cow<'_, str> {
    if words.chars().all(is_shown) {
        return Cow::Borrowed(words);
    }
    let words = words.replace("\r\n", "\n").replace('\t', " ");
    Cow::Owned(words.chars().filter(|c| is_shown(*c)).collect())
}

fn is_shown(c: char) -> bool {
    let overrides = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c == '\n' || !(c.is_control() || overrides)
}

/// The link at the beginning of `rest`, and how many bytes it takes.
fn link_at(rest: &str) -> Option<(Element, usize)> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    // Japanese goes on after an address without a blank, so an address is ASCII only.
    let in_url = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\' | '^' | '{' | '}' | '|')
    };
    let end = rest.find(|c| !in_url(c)).unwrap_or(rest.len());
    let url = trim_end(&rest[..end]);
    let shown = &url[scheme.len().min(url.len())..];
    shown
        .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
        .then(|| (link(url, shown), url.len()))
}

/// An address without the punctuation of the sentence around it.
fn trim_end(mut url: &str) -> &str {
    while let Some(last) = url.chars().last() {
        let opening = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => None,
            ')' => Some('('),
            ']' => Some('['),
            _ => break,
        };
        if opening.is_some_and(|open| url.matches(open).count() >= url.matches(last).count()) {
            break;
        }
        url = &url[..url.len() - 1];
    }
    url
}

/// The emoji at the beginning of `rest`, and how many bytes it takes.
fn emoji_at(rest: &str) -> Option<(Element, usize)> {
    let name = rest.strip_prefix(':')?;
    let in_name = |c: char| {
        c.is_ascii_lowercase()
            || c.is_ascii_digit()
            || matches!(c, '_' | '-' | '+' | '\'')
            || (!c.is_ascii() && c.is_alphanumeric())
    };
    let end = name.find(|c| !in_name(c))?;
    let name = name[end..].starts_with(':').then(|| &name[..end])?;
    name.contains(char::is_alphabetic)
        .then(|| (emoji(name), end + 2))
}

#[cfg(test)]
mod tests {
    use super::super::{emoji, link, text};
    use super::{clean, one_line, people_words};

    #[test]
    fn addresses_are_links_without_their_scheme() {
        assert_eq!(
            people_words("Dashboard: https://grafana.acme.example/d/pay."),
            [
                text("Dashboard: "),
                link(
                    "https://grafana.acme.example/d/pay",
                    "grafana.acme.example/d/pay"
                ),
                text(".")
            ]
        );
        assert_eq!(
            people_words("（https://a.example/x_(y)）を見て"),
            [
                text("（"),
                link("https://a.example/x_(y)", "a.example/x_(y)"),
                text("）を見て")
            ]
        );
        assert_eq!(people_words("https://"), [text("https://")]);
        assert_eq!(people_words("hush"), [text("hush")]);
    }

    #[test]
    fn names_between_colons_are_emoji() {
        assert_eq!(people_words(":tada: ok"), [emoji("tada"), text(" ok")]);
        assert_eq!(people_words("14:05:30"), [text("14:05:30")]);
        assert_eq!(people_words("a:::b"), [text("a:::b")]);
    }

    #[test]
    fn markup_is_text() {
        let words = "<!channel> *bold* <@U1> & `x`";
        assert_eq!(people_words(words), [text(words)]);
        assert_eq!(people_words(""), []);
    }

    #[test]
    fn what_misleads_is_dropped() {
        assert_eq!(clean("a\u{202E}b\u{0}\nc\td"), "ab\nc d");
        assert_eq!(one_line("  a\n\n b\u{3000}\u{202E} c\u{7} "), "a b c");
        assert_eq!(one_line("\u{202E}"), "");
    }
}
