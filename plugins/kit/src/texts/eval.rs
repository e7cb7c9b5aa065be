//! Says one message.

use super::sink::Sink;
use super::table::{Piece, When};
use super::{Arg, Texts};

/// One message about to be said.
pub(super) struct Sentence<'a> {
    pub(super) texts: &'a Texts,
    pub(super) args: &'a [(&'a str, Arg<'a>)],
}

impl Sentence<'_> {
    pub(super) fn write(&self, key: &str, sink: &mut impl Sink) -> Result<(), String> {
        let pieces = self
            .texts
            .find(key)
            .ok_or_else(|| format!("there is no text `{key}`"))?;
        self.pieces(pieces, sink)
    }

    fn pieces(&self, pieces: &[Piece], sink: &mut impl Sink) -> Result<(), String> {
        for piece in pieces {
            match piece {
                Piece::Words(words) => sink.literal(words),
                Piece::Arg(name) => sink.arg(self.arg(name)?),
                // No message refers to itself: the build would have stopped.
                Piece::Say(key) => self.write(key, sink)?,
                Piece::Choose {
                    by,
                    variants,
                    otherwise,
                } => {
                    let arg = self.arg(by)?;
                    let fitting = variants.iter().find(|(when, _)| fits(*when, arg));
                    self.pieces(fitting.map_or(*otherwise, |(_, pieces)| *pieces), sink)?;
                }
            }
        }
        Ok(())
    }

    fn arg(&self, name: &str) -> Result<&Arg<'_>, String> {
        let found = self.args.iter().find(|(key, _)| *key == name);
        found
            .map(|(_, arg)| arg)
            .ok_or_else(|| format!("`{name}` is missing"))
    }
}

/// The same number or word, or the plural rule that both languages share here: exactly one.
fn fits(when: When, arg: &Arg<'_>) -> bool {
    match (when, arg) {
        (When::Number(number), Arg::Number(n)) => number == *n,
        (When::Word(word), Arg::Number(n)) => word == "one" && *n == 1,
        (When::Word(word), Arg::Text(text)) => word == text,
        (_, Arg::Text(_) | Arg::People(_) | Arg::Elements(_)) => false,
    }
}
