//! What the core shows and wishes, compared with the design's examples in both languages.

pub(in crate::decide) mod example;
mod world;
mod declaration;
mod home;
mod rooms;
mod surfaces;
mod trouble;
mod words;

/// Compares with a stored value in each language.
macro_rules! in_both_languages {
    ($name:literal, $locale:ident => $shown:expr) => {
        for $locale in [iris_kit::Locale::En, iris_kit::Locale::Ja] {
            let name = format!("{}.{}", $name, $locale.tag());
            insta::assert_json_snapshot!(name, $shown);
        }
    };
}
use in_both_languages;
