//! What people type after a command, as steps read it.

/// What Slack sends, as it was typed: `&<>` are themselves again, mentions lose their names.
pub(super) fn text(sent: &str) -> String {
    let mut text = String::with_capacity(sent.len());
    for piece in pieces(sent) {
        match piece {
            Piece::Plain(plain) => text.push_str(&unescape(plain)),
            Piece::Link(link) => {
                let target = link.split_once('|').map_or(link, |(target, _)| target);
                text.push('<');
                text.push_str(&unescape(target));
                text.push('>');
            }
        }
    }
    text.trim().to_owned()
}

/// The words of [`text`]: cut at blanks, with what was quoted kept together, and mentions of people
/// and groups as their ids.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![];
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let inside = &rest[first.len_utf8()..];
        let quoted = closing(first).and_then(|close| inside.split_once(close));
        let (word, after) = quoted
            .unwrap_or_else(|| rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())));
        words.push(mentioned(word).unwrap_or(word).to_owned());
        rest = after.trim_start();
    }
    words
}

/// The id in `<@U…>` or `<!subteam^S…>`.
pub(super) fn mentioned(word: &str) -> Option<&str> {
    let inside = word.strip_prefix('<')?.strip_suffix('>')?;
    let id = inside
        .strip_prefix('@')
        .or_else(|| inside.strip_prefix("!subteam^"))?;
    Some(id.split_once('|').map_or(id, |(id, _)| id))
}

fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        _ => None,
    }
}

enum Piece<'a> {
    Plain(&'a str),
    /// What stands between `<` and `>`, which Slack writes around mentions and links only.
    Link(&'a str),
}

fn pieces(mut sent: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    while let Some((plain, link, rest)) = sent.split_once('<').and_then(|(plain, rest)| {
        let (link, rest) = rest.split_once('>')?;
        Some((plain, link, rest))
    }) {
        pieces.push(Piece::Plain(plain));
        pieces.push(Piece::Link(link));
        sent = rest;
    }
    pieces.push(Piece::Plain(sent));
    pieces
}

/// `&amp;` last, so that `&amp;lt;` becomes `&lt;`.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::{text, words};

    #[test]
    fn what_was_typed_comes_back() {
        let sent = "fix a &lt; b &amp;&amp; c <@U024BE7LH|alice> <https://x.example/?a=1&amp;b=2>";
        assert_eq!(
            text(sent),
            "fix a < b && c <@U024BE7LH> <https://x.example/?a=1&b=2>"
        );
        assert_eq!(
            text(" an open < is typed as it is"),
            "an open < is typed as it is"
        );
    }

    #[test]
    fn words_keep_quotes_together_and_name_people() {
        let text =
            "\"call the bank\" <@U024BE7LH>\u{3000}<!subteam^S0614TZR7> “at once” it's \"open";
        let words = words(text);
        assert_eq!(
            words,
            [
                "call the bank",
                "U024BE7LH",
                "S0614TZR7",
                "at once",
                "it's",
                "\"open"
            ]
        );
    }
}
