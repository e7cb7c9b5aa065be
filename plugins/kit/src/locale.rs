//! The languages Iris speaks.

/// A language of Iris; a team speaks one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English, also for every language that Iris does not speak.
    #[default]
    En,
    /// Japanese.
    Ja,
}

impl Locale {
    /// The language of a tag such as `ja` or `ja-JP`.
    pub fn of(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some("ja") => Self::Ja,
            _ => Self::En,
        }
    }

    /// The tag, as in a team's file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn an_unknown_language_is_english() {
        assert_eq!(Locale::of("ja-JP"), Locale::Ja);
        assert_eq!(Locale::of("en"), Locale::En);
        assert_eq!(Locale::of("tlh"), Locale::En);
    }
}
