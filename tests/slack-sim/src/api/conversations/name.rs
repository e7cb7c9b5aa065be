//! What a channel may be called.

use crate::api::Refusal;

/// The most characters of a channel's name.
const MOST: usize = 80;

/// Lower case, digits, `-` and `_`; with `kana` also the letters of other scripts.
pub(crate) fn channel_name(given: &str, kana: bool) -> Result<String, Refusal> {
    let name = given.strip_prefix('#').unwrap_or(given);
    let mark = |c: char| c == '-' || c == '_';
    let fits = |c: char| {
        c.is_ascii_lowercase()
            || c.is_ascii_digit()
            || mark(c)
            || (kana && !c.is_ascii() && c.is_alphanumeric() && c.to_lowercase().eq([c]))
    };
    if name.is_empty() {
        return Err("invalid_name_required".into());
    }
    if name.chars().count() > MOST {
        return Err("invalid_name_maxlength".into());
    }
    if name.chars().all(|c| mark(c) || c.is_ascii_punctuation()) {
        return Err("invalid_name_punctuation".into());
    }
    if !name.chars().all(fits) {
        return Err("invalid_name_specials".into());
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::channel_name;

    #[test]
    fn names_follow_slacks_rules() {
        let refused = |name: &str, kana| channel_name(name, kana).unwrap_err().code().to_owned();
        assert_eq!(
            channel_name("inc-20261201-payments_1", false).unwrap(),
            "inc-20261201-payments_1"
        );
        assert_eq!(
            channel_name("inc-決済エラー", true).unwrap(),
            "inc-決済エラー"
        );
        assert_eq!(refused("inc-決済エラー", false), "invalid_name_specials");
        assert_eq!(refused("Inc", true), "invalid_name_specials");
        assert_eq!(refused("inc 1", true), "invalid_name_specials");
        assert_eq!(refused("inc.1", true), "invalid_name_specials");
        assert_eq!(refused("inc・1", true), "invalid_name_specials");
        assert_eq!(refused("ＩＮＣ", true), "invalid_name_specials");
        assert_eq!(refused("---", true), "invalid_name_punctuation");
        assert_eq!(refused("", true), "invalid_name_required");
        assert_eq!(refused(&"a".repeat(81), true), "invalid_name_maxlength");
    }
}
