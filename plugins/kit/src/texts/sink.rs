//! Where a sentence goes: plain text, mrkdwn or `rich_text`.

use super::Arg;
use crate::escape::escape;
use crate::rich::{Element, Style, clean, people_words};
use crate::time::number;

/// Takes a sentence piece by piece.
pub(super) trait Sink {
    /// The sentence's own words.
    fn literal(&mut self, text: &str);
    /// What was put into it.
    fn arg(&mut self, arg: &Arg<'_>);
}

pub(super) struct Plain(pub(super) String);

impl Sink for Plain {
    fn literal(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn arg(&mut self, arg: &Arg<'_>) {
        match arg {
            Arg::Text(text) => self.0.push_str(text),
            Arg::Number(n) => self.0.push_str(&number(*n)),
            Arg::People(words) => self.0.push_str(&clean(words)),
            Arg::Elements(elements) => elements.iter().for_each(|e| e.write_plain(&mut self.0)),
        }
    }
}

pub(super) struct Mrkdwn(pub(super) String);

impl Sink for Mrkdwn {
    fn literal(&mut self, text: &str) {
        self.0.push_str(&escape(text));
    }

    fn arg(&mut self, arg: &Arg<'_>) {
        match arg {
            Arg::Text(text) => self.0.push_str(&escape(text)),
            Arg::Number(n) => self.0.push_str(&number(*n)),
            Arg::People(words) => self.0.push_str(&escape(&clean(words))),
            Arg::Elements(elements) => elements.iter().for_each(|e| e.write_mrkdwn(&mut self.0)),
        }
    }
}

#[derive(Default)]
pub(super) struct Rich {
    pub(super) elements: Vec<Element>,
    style: Style,
}

impl Rich {
    fn text(&mut self, text: &str) {
        let (text, style) = (text.to_owned(), self.style);
        self.elements.push(Element::Text { text, style });
    }
}

impl Sink for Rich {
    fn literal(&mut self, mut text: &str) {
        while let Some(at) = text.find(['*', '`']) {
            self.text(&text[..at]);
            match text.as_bytes()[at] {
                b'*' => self.style.bold = !self.style.bold,
                _ => self.style.code = !self.style.code,
            }
            text = &text[at + 1..];
        }
        self.text(text);
    }

    fn arg(&mut self, arg: &Arg<'_>) {
        match arg {
            Arg::Text(text) => self.text(text),
            Arg::Number(n) => self.text(&number(*n)),
            Arg::People(words) => self.elements.extend(people_words(words)),
            Arg::Elements(elements) => self.elements.extend_from_slice(elements),
        }
    }
}
