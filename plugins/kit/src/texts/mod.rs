//! Sentences in two languages, in Fluent.
//!
//! A speaker keeps its sentences in two files, one a language:
//!
//! ```ftl
//! room-made = Room { $room } made
//! people = { $n ->
//!     [one] { $n } person
//!    *[other] { $n } people
//! }
//! ```
//!
//! The same sentence can be said in three ways, by where it will stand:
//! [`Texts::say`] for plain text, [`Texts::mrkdwn`] for Slack's markup and for
//! fallback texts, [`Texts::parts`] for `rich_text`. In the last two, `*bold*`
//! and `` `code` `` of the sentence itself (never of an argument) count.
//!
//! [`speaker!`](crate::speaker) puts both files into the program when it is
//! compiled. What Fluent offers beyond variables, selectors by number or word,
//! string literals and references to other messages stops the build, and so do
//! two files that do not say the same.

mod arg;
mod eval;
mod sink;
pub mod table;

pub use arg::Arg;
/// What [`speaker!`](crate::speaker) calls.
#[doc(hidden)]
pub use iris_texts_macro::compiled;
pub use table::Speaker;

use crate::Locale;
use crate::rich::{Element, merged};
use sink::Sink;
use table::{Message, Piece};

/// What several speakers say alike.
static SHARED: Speaker = crate::speaker!("texts");

/// The sentences of one speaker in one language.
///
/// Making one costs nothing. Keys that the speaker's own files do not have are
/// looked up in Iris's shared texts.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    locale: Locale,
    own: &'static [Message],
    shared: &'static [Message],
}

impl Texts {
    /// What the speaker says, in this language.
    pub const fn new(locale: Locale, speaker: &'static Speaker) -> Self {
        let (own, shared) = match locale {
            Locale::En => (speaker.en, SHARED.en),
            Locale::Ja => (speaker.ja, SHARED.ja),
        };
        Self {
            locale,
            own,
            shared,
        }
    }

    /// Only what all speakers share.
    pub fn shared(locale: Locale) -> Self {
        Self::new(locale, &SHARED)
    }

    /// The language spoken.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// As plain text: for `plain_text` objects, form titles, file names.
    pub fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut sink = sink::Plain(String::new());
        self.render(key, args, &mut sink);
        sink.0
    }

    /// As Slack's mrkdwn: for `mrkdwn` objects and fallback texts. Texts given
    /// as arguments are escaped; mentions read `<@U…>`.
    pub fn mrkdwn(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut sink = sink::Mrkdwn(String::new());
        self.render(key, args, &mut sink);
        sink.0
    }

    /// As elements of `rich_text`: split where an argument is an element
    /// itself, such as a mention.
    pub fn parts(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Vec<Element> {
        let mut sink = sink::Rich::default();
        self.render(key, args, &mut sink);
        merged(sink.elements)
    }

    fn render(&self, key: &str, args: &[(&str, Arg<'_>)], sink: &mut impl Sink) {
        if let Err(problem) = (eval::Sentence { texts: self, args }).write(key, sink) {
            debug_assert!(false, "text `{key}`: {problem}");
            // Unreachable where `check` is a test; a bare key still says more than nothing.
            sink.literal(key);
        }
    }

    fn find(&self, key: &str) -> Option<&'static [Piece]> {
        let of = |messages: &'static [Message]| {
            let at = messages
                .binary_search_by(|message| message.key.cmp(key))
                .ok()?;
            Some(messages[at].pieces)
        };
        of(self.own).or_else(|| of(self.shared))
    }
}

#[cfg(test)]
mod tests {
    use super::{Speaker, Texts};
    use crate::rich::{bold, channel, link, text, user};
    use crate::texts::Arg;
    use crate::{Locale, args};

    static EXAMPLE: Speaker = crate::speaker!("src/texts/example");

    fn en() -> Texts {
        Texts::new(Locale::En, &EXAMPLE)
    }

    #[test]
    fn numbers_choose_their_words() {
        let say = |n: u32| en().say("called", args![n, who = "Aya"]);
        assert_eq!(say(1), "1 person called by Aya");
        assert_eq!(say(0), "0 people called by Aya");
        assert_eq!(say(1204), "1,204 people called by Aya");
        assert_eq!(en().say("status", args![status = "closed"]), "Closed");
        assert_eq!(en().say("status", args![status = "declared"]), "Open");
    }

    #[test]
    fn a_sentence_is_split_at_a_mention() {
        assert_eq!(
            en().parts("lines", args![room = channel("C1"), n = 2_u32]),
            [
                text("First, "),
                bold("War room "),
                channel("C1"),
                text("\nthen 2")
            ]
        );
        let ja = Texts::new(Locale::Ja, &EXAMPLE);
        assert_eq!(
            ja.parts("called", args![who = user("U1"), n = 3_u32]),
            [user("U1"), text(" さんが3人を招集")]
        );
    }

    #[test]
    fn arguments_are_never_markup() {
        let args = args![n = 2_u32, who = "*<!channel>*"];
        assert_eq!(
            en().mrkdwn("called", args),
            "2 people called by *&lt;!channel&gt;*"
        );
        assert_eq!(
            en().parts("called", args),
            [text("2 people called by *<!channel>*")]
        );
        assert_eq!(
            en().mrkdwn("called", args![n = 2_u32, who = user("U1")]),
            "2 people called by <@U1>"
        );
    }

    #[test]
    fn peoples_words_keep_their_links() {
        let parts = en().parts(
            "called",
            args![n = 2_u32, who = Arg::people("see https://a.example/x")],
        );
        assert_eq!(
            parts,
            [
                text("2 people called by see "),
                link("https://a.example/x", "a.example/x")
            ]
        );
    }

    #[test]
    fn shared_texts_are_found_from_every_speaker() {
        assert_eq!(en().say("sev-unknown", &[]), "SEV?");
        assert_eq!(
            Texts::shared(Locale::Ja).say("sev-unknown", &[]),
            "重大度未定"
        );
    }
}
