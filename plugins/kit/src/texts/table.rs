//! A speaker's sentences as its program holds them; made by [`speaker!`](crate::speaker).

/// All sentences of one speaker.
#[derive(Debug)]
pub struct Speaker {
    /// In English, sorted by key.
    pub en: &'static [Message],
    /// In Japanese, likewise.
    pub ja: &'static [Message],
}

/// One sentence.
#[derive(Debug)]
pub struct Message {
    /// Its name.
    pub key: &'static str,
    /// What it is made of, in order.
    pub pieces: &'static [Piece],
}

/// A piece of a sentence.
#[derive(Debug)]
pub enum Piece {
    /// The sentence's own.
    Words(&'static str),
    /// The argument of this name.
    Arg(&'static str),
    /// The sentence of this key.
    Say(&'static str),
    /// What fits an argument.
    Choose {
        /// The argument's name.
        by: &'static str,
        /// The first that fits is said,
        variants: &'static [(When, &'static [Piece])],
        /// or, where none does, this.
        otherwise: &'static [Piece],
    },
}

/// What an argument is to be for a variant to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// This number.
    Number(u64),
    /// This word; of a number, `one` is exactly 1.
    Word(&'static str),
}

/// The sentences in a folder of this crate, in `en.ftl` and `ja.ftl`: read when
/// the crate is compiled, which what is wrong with them stops.
///
/// ```ignore
/// static TEXTS: Speaker = speaker!("texts");
/// ```
#[macro_export]
macro_rules! speaker {
    ($folder:tt) => {
        $crate::texts::compiled!($crate $folder)
    };
}
