//! What Iris itself says, in two languages, and how its clock reads. Sentences live in the `.ftl`
//! files beside this one and nowhere else.

mod wall;

use iris_kit::{Locale, Texts, speaker, texts::Speaker};

pub use wall::{wall, zone_label};

static TEXTS: Speaker = speaker!("src/words");

/// The sentences of Iris in this language.
pub fn texts(locale: Locale) -> &'static Texts {
    static ENGLISH: Texts = Texts::new(Locale::En, &TEXTS);
    static JAPANESE: Texts = Texts::new(Locale::Ja, &TEXTS);
    match locale {
        Locale::En => &ENGLISH,
        Locale::Ja => &JAPANESE,
    }
}
