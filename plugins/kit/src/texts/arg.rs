//! What is put into a sentence.

use crate::rich::Element;
use std::borrow::Cow;

/// One argument of a sentence; mostly made with [`args!`](crate::args).
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// A name, a label, a formatted time: shown as it is.
    Text(Cow<'a, str>),
    /// Shown with thousands separated; chooses among `[one]` and `[other]`.
    Number(u64),
    /// People's own words: links and emoji in them work in `rich_text`.
    People(Cow<'a, str>),
    /// Mentions, channels, links: the sentence is split there.
    Elements(Vec<Element>),
}

impl<'a> Arg<'a> {
    /// What a person wrote, such as a title, a note or a reason.
    pub fn people(words: &'a str) -> Self {
        Self::People(Cow::Borrowed(words))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u64> for Arg<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Element> for Arg<'_> {
    fn from(element: Element) -> Self {
        Self::Elements(vec![element])
    }
}

impl From<Vec<Element>> for Arg<'_> {
    fn from(elements: Vec<Element>) -> Self {
        Self::Elements(elements)
    }
}

/// The arguments of a sentence: `args![n, who = user(id)]`, where `n` alone
/// stands for `n = n`.
#[macro_export]
macro_rules! args {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($($name:ident $(= $value:expr)?),* $(,)?) => {
        &[$((stringify!($name), $crate::texts::Arg::from($crate::args!(@value $name $($value)?)))),*]
    };
}
