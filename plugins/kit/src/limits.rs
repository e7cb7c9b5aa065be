//! How long things may be, and what gives way first.
//!
//! Lengths are counted in UTF-16 units, the most careful reading of Slack's
//! limits.

use crate::blocks::Block;
use crate::rich::{Element, Piece};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// A title, as stored.
pub const TITLE: usize = 150;
/// A title in a header.
pub const TITLE_IN_HEADER: usize = 100;
/// A title in a row of a list.
pub const TITLE_IN_ROW: usize = 60;
/// A description in the form.
pub const DESCRIPTION: usize = 2000;
/// A description in the guide.
pub const DESCRIPTION_SHOWN: usize = 1500;
/// An update, a note, a reason, where it is shown.
pub const WORDS_SHOWN: usize = 1500;
/// A todo, as kept.
pub const TODO: usize = 500;
/// A todo, where it is shown.
pub const TODO_SHOWN: usize = 200;
/// A person's name.
pub const NAME: usize = 40;
/// A fallback text.
pub const FALLBACK: usize = 300;
/// A channel's topic and purpose (Slack's limit).
pub const TOPIC: usize = 250;
/// A channel's name (Slack's limit).
pub const CHANNEL_NAME: usize = 80;
/// Mentions in one message.
pub const MENTIONS: usize = 30;
/// Blocks of a message.
pub const BLOCKS: usize = 45;
/// Text of all blocks of a message.
pub const BLOCKS_TEXT: usize = 9000;

/// The length of a text in UTF-16 units.
pub fn utf16_len(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The text, or as much of it as leaves room for `…` within `limit` UTF-16
/// units, cut between graphemes.
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit || utf16_len(text) <= limit {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!(
        "{}…",
        head(text, limit.saturating_sub(1)).trim_end()
    ))
}

/// As much of the text as `limit` UTF-16 units hold, cut between graphemes.
pub fn head(text: &str, limit: usize) -> &str {
    let mut units = 0;
    let mut end = 0;
    for grapheme in text.graphemes(true) {
        units += utf16_len(grapheme);
        if units > limit {
            break;
        }
        end += grapheme.len();
    }
    &text[..end]
}

/// How much a message may show; each step of [`fit`] allows less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// UTF-16 units of each quote.
    pub quote: usize,
    /// Rows of each list.
    pub rows: usize,
    /// Whether context blocks are shown.
    pub context: bool,
}

/// Draws a message with as much in it as Slack takes: first with whole quotes,
/// then with quotes of 300, then with lists of 10 rows, then without context
/// blocks. Buttons, states and names of roles never give way.
pub fn fit(draw: impl Fn(Room) -> Vec<Block>) -> Vec<Block> {
    const QUOTES: Room = Room {
        quote: 300,
        rows: usize::MAX,
        context: true,
    };
    const ROWS: Room = Room { rows: 10, ..QUOTES };
    let mut blocks = draw(Room {
        quote: WORDS_SHOWN,
        ..QUOTES
    });
    for room in [
        QUOTES,
        ROWS,
        Room {
            context: false,
            ..ROWS
        },
    ] {
        if blocks.len() <= BLOCKS && text_len(&blocks) <= BLOCKS_TEXT {
            break;
        }
        blocks = draw(room);
    }
    blocks
}

/// The length of all that the blocks show, in UTF-16 units.
pub fn text_len(blocks: &[Block]) -> usize {
    let len = |block: &Block| match block {
        Block::Header(header) => utf16_len(&header.text.0),
        Block::Context(context) => context.elements.iter().map(|t| utf16_len(t.as_str())).sum(),
        Block::Section(section) => utf16_len(section.text.as_str()),
        Block::Input(input) => utf16_len(&input.label.0),
        Block::RichText(rich) => rich.pieces.iter().map(piece_len).sum(),
        Block::Actions(_) | Block::Divider(_) => 0,
    };
    blocks.iter().map(len).sum()
}

fn piece_len(piece: &Piece) -> usize {
    let sum = |elements: &[Element]| elements.iter().map(Element::len).sum::<usize>();
    match piece {
        Piece::Section { elements } | Piece::Quote { elements } => sum(elements),
        Piece::List { elements, .. } => elements.iter().map(|row| sum(&row.elements)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS_TEXT, cut, fit, text_len, utf16_len};
    use crate::blocks::{context, mrkdwn};
    use crate::rich::{RichText, text};

    #[test]
    fn a_text_is_cut_between_graphemes() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("longer", 5), "long…");
        assert_eq!(cut("決済画面で500エラー", 7), "決済画面で5…");
        // A family of four is eleven units and one grapheme.
        assert_eq!(cut("a👨‍👩‍👧‍👦bc", 12), "a…");
        assert_eq!(utf16_len("🔴"), 2);
    }

    #[test]
    fn quotes_give_way_before_rows_and_rows_before_context() {
        let draw = |rows: usize| {
            fit(|room| {
                let quote = cut(&"q".repeat(1500), room.quote).into_owned();
                let row = || vec![text("r".repeat(100))];
                let list = RichText::new("l").quote(vec![text(quote)]);
                let rows = (0..rows.min(room.rows)).map(|_| row()).collect();
                let mut blocks = vec![list.bullets(rows).into()];
                blocks.extend(room.context.then(|| context("c", [mrkdwn("x")])));
                blocks
            })
        };
        assert_eq!(text_len(&draw(10)), 1500 + 1000 + 1);
        assert_eq!(text_len(&draw(80)), 300 + 8000 + 1);
        assert_eq!(text_len(&draw(100)), 300 + 1000 + 1);
        assert!(text_len(&draw(1000)) <= BLOCKS_TEXT);
    }
}
