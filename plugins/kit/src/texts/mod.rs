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
//! What Fluent offers beyond variables, selectors by number or word, string
//! literals and references to other messages is refused by [`check`].

mod arg;
mod check;
mod eval;
mod sink;
mod source;
mod uses;

pub use arg::Arg;
pub use check::check;
pub use uses::check_uses;

use crate::Locale;
use crate::rich::{Element, merged};
use sink::Sink;
use source::Source;

/// The sentences of one speaker in one language.
///
/// Making one costs nothing, and a sentence is parsed only when it is said, so
/// that a step can make one for each event. Keys that the speaker's own file
/// does not have are looked up in Iris's shared texts.
#[derive(Debug)]
pub struct Texts {
    locale: Locale,
    own: Source,
    shared: Source,
}

impl Texts {
    /// The sentences in `locale`, of an English and a Japanese file.
    pub fn new(locale: Locale, en: &'static str, ja: &'static str) -> Self {
        Self {
            locale,
            own: Source::new(match locale {
                Locale::En => en,
                Locale::Ja => ja,
            }),
            shared: Source::new(shared(locale)),
        }
    }

    /// Only what all speakers share.
    pub fn shared(locale: Locale) -> Self {
        Self::new(locale, "", "")
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

    fn find(&self, key: &str) -> Option<&'static str> {
        self.own.find(key).or_else(|| self.shared.find(key))
    }
}

fn shared(locale: Locale) -> &'static str {
    match locale {
        Locale::En => include_str!("../../texts/en.ftl"),
        Locale::Ja => include_str!("../../texts/ja.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::rich::{bold, channel, link, text, user};
    use crate::texts::Arg;
    use crate::{Locale, args};

    const EN: &str = "\
# A comment.
room = *War room *{ $room }
called = { $n ->
    [one] { $n } person
   *[other] { $n } people
  } called by { $who }
lines =
    First, { room }
    then { $n }
status = { $status ->
    [closed] Closed
   *[other] Open
}
";
    const JA: &str = "\
room = *War room *{ $room }
called = { $who } さんが{ $n }人を招集
lines = { room }、{ $n }
status = { $status }
";

    fn en() -> Texts {
        Texts::new(Locale::En, EN, JA)
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
        let ja = Texts::new(Locale::Ja, EN, JA);
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
