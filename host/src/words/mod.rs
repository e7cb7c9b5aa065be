//! What Iris itself says, in two languages, and how its clock reads. Sentences live in the `.ftl`
//! files beside this one and nowhere else.

mod wall;

use std::sync::LazyLock;

use iris_kit::{Locale, Texts};

pub use wall::{wall, zone_label};

const EN: &str = include_str!("en.ftl");
const JA: &str = include_str!("ja.ftl");

/// The sentences of Iris in this language.
pub fn texts(locale: Locale) -> &'static Texts {
    static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::En, EN, JA));
    static JAPANESE: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::Ja, EN, JA));
    match locale {
        Locale::En => &ENGLISH,
        Locale::Ja => &JAPANESE,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_languages_say_the_same() {
        assert_eq!(
            iris_kit::texts::check(super::EN, super::JA),
            Vec::<String>::new()
        );
    }
}
