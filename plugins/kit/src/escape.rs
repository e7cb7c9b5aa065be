//! People's words where Slack reads markup, and Slack's markup back as words.

use std::borrow::Cow;

/// `&`, `<` and `>` as Slack wants them: for fallback texts, topics, bookmark
/// titles, and the words of the team's file in `mrkdwn`.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// What a person wrote, as Slack delivers it, in plain words: `<@U1|aya>` and
/// `<@U1>` become `@` and the name (`name_of` is asked where Slack gives none;
/// the id stands where nobody knows), `<#C1|general>` becomes `#general`, a
/// link its address after its label, and `&lt;` `&gt;` `&amp;` characters.
pub fn plain(mrkdwn: &str, name_of: impl Fn(&str) -> Option<String>) -> String {
    let mut words = String::with_capacity(mrkdwn.len());
    let mut rest = mrkdwn;
    while let Some(start) = rest.find('<') {
        unescape(&rest[..start], &mut words);
        rest = &rest[start + 1..];
        let Some(end) = rest.find('>') else {
            words.push('<');
            break;
        };
        token(&rest[..end], &name_of, &mut words);
        rest = &rest[end + 1..];
    }
    unescape(rest, &mut words);
    words
}

/// What stands between `<` and `>`.
fn token(token: &str, name_of: &impl Fn(&str) -> Option<String>, words: &mut String) {
    let (id, label) = match token.split_once('|') {
        Some((id, label)) => (id, Some(label).filter(|label| !label.is_empty())),
        None => (token, None),
    };
    if let Some(user) = id.strip_prefix('@') {
        words.push('@');
        match label.map(str::to_owned).or_else(|| name_of(user)) {
            Some(name) => unescape(name.trim_start_matches('@'), words),
            None => words.push_str(user),
        }
    } else if let Some(channel) = id.strip_prefix('#') {
        words.push('#');
        unescape(label.unwrap_or(channel), words);
    } else if let Some(special) = id.strip_prefix('!') {
        // `<!here>`, `<!subteam^S1|@payments>`, `<!date^…|1 December>`.
        if let Some(label) = label {
            unescape(label, words);
        } else {
            words.push('@');
            words.push_str(special.rsplit('^').next().unwrap_or(special));
        }
    } else {
        let bare = id
            .split_once("://")
            .map_or_else(|| id.trim_start_matches("mailto:"), |parts| parts.1);
        match label {
            Some(label)
                if label.trim_end_matches('/') != bare.trim_end_matches('/') && label != id =>
            {
                unescape(label, words);
                words.push_str(" (");
                unescape(id, words);
                words.push(')');
            }
            _ => unescape(id.trim_start_matches("mailto:"), words),
        }
    }
}

fn unescape(text: &str, words: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, len) = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&')]
            .into_iter()
            .find_map(|(entity, c)| rest.starts_with(entity).then_some((c, entity.len())))
            .unwrap_or(('&', 1));
        words.push(c);
        rest = &rest[len..];
    }
    words.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::{escape, plain};

    #[test]
    fn only_three_characters_are_escaped() {
        assert_eq!(escape("a < b && *c* > d"), "a &lt; b &amp;&amp; *c* &gt; d");
        assert!(matches!(escape("決済"), std::borrow::Cow::Borrowed("決済")));
    }

    #[test]
    fn what_slack_delivers_reads_as_it_was_typed() {
        let name_of = |id: &str| (id == "U2").then(|| "Ken".to_owned());
        for (slack, typed) in [
            ("<@U1|aya> and <@U2> and <@U3>", "@aya and @Ken and @U3"),
            ("<#C1|general> <#C2>", "#general #C2"),
            (
                "<!here> <!subteam^S1|@payments> <!subteam^S1>",
                "@here @payments @S1",
            ),
            ("<https://a.example/x>", "https://a.example/x"),
            (
                "<https://a.example/?a=1&amp;b=2|a.example/?a=1&amp;b=2>",
                "https://a.example/?a=1&b=2",
            ),
            (
                "<https://a.example|the page>",
                "the page (https://a.example)",
            ),
            ("<mailto:a@b.example|a@b.example>", "a@b.example"),
            (
                "1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;",
                "1 < 2 && 3 > 2 &lt;",
            ),
            ("open < end", "open < end"),
        ] {
            assert_eq!(plain(slack, name_of), typed);
        }
    }
}
