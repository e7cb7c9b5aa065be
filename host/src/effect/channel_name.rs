//! A channel's name from what a step wished: lower case, kana and kanji kept, at most 80 characters.

use unicode_normalization::UnicodeNormalization;

/// Slack's limit on the name of a channel, in characters.
const LONGEST: usize = 80;

/// As Slack takes it: lower case, letters and digits of any script, `-` and `_`; everything else
/// becomes a `-`. Empty when nothing is left.
pub fn channel_name(wish: &str) -> String {
    clean(wish, char::is_alphanumeric)
}

/// The same in Latin letters alone, for workspaces that take no others. Empty when nothing is left.
pub fn latin_name(wish: &str) -> String {
    clean(wish, |c| c.is_ascii_alphanumeric())
}

/// The name with a number behind it, within the limit: what is tried when it is taken.
pub fn with_suffix(name: &str, number: u32) -> String {
    let suffix = format!("-{number}");
    let room = LONGEST - suffix.len();
    let cut: String = name.chars().take(room).collect();
    format!("{}{suffix}", cut.trim_end_matches('-'))
}

fn clean(wish: &str, keep: impl Fn(char) -> bool) -> String {
    let mut name = String::with_capacity(wish.len());
    for c in wish.nfkc().flat_map(char::to_lowercase) {
        // The long-vowel mark and the iteration mark are letters of kana and kanji words.
        if keep(c) || c == '_' {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let cut: String = name.chars().take(LONGEST).collect();
    cut.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_slack_takes() {
        for (wish, name, latin) in [
            (
                "inc-20261123-Payments-Checkout fails!",
                "inc-20261123-payments-checkout-fails",
                "inc-20261123-payments-checkout-fails",
            ),
            (
                "inc-1-決済画面で５００エラー",
                "inc-1-決済画面で500エラー",
                "inc-1-500",
            ),
            ("inc-9-<!channel> 🔥🔥", "inc-9-channel", "inc-9-channel"),
            ("🔥🔥", "", ""),
            ("a__b--c", "a__b-c", "a__b-c"),
        ] {
            assert_eq!(channel_name(wish), name);
            assert_eq!(latin_name(wish), latin);
        }
    }

    #[test]
    fn is_never_too_long() {
        let long = "x".repeat(300);
        assert_eq!(channel_name(&long).chars().count(), 80);
        assert_eq!(with_suffix(&channel_name(&long), 12).chars().count(), 80);
    }
}
