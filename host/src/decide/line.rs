//! What was typed after the command: a word, a word mistyped, or a title.

use unicode_normalization::UnicodeNormalization;

use super::{
    known::StepOffer,
    vocabulary::{self, Word},
};

/// What a line means. Where it was typed is for the caller to judge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line<'k, 't> {
    /// A word and what follows it, as typed.
    Word(Word<'k>, &'t str),
    /// One token that is probably this word, mistyped.
    Near(Word<'k>),
    /// Anything else; may be empty.
    Title(&'t str),
}

/// Reads a line. Words of both languages count in every team; a word counts only as a whole token.
pub fn parse<'k, 't>(line: &'t str, steps: &'k [StepOffer]) -> Line<'k, 't> {
    let line = line.trim();
    let (token, rest) = split(line);
    let normal = normalise(token);
    if let Some(found) = vocabulary::find(&normal, steps) {
        return Line::Word(found.word, rest);
    }
    // 「メモ：切り戻し開始」
    if let Some((before, after)) = line.split_once(['：', ':'])
        && let Some(found) = vocabulary::find(&normalise(before), steps).filter(|f| f.japanese)
    {
        return Line::Word(found.word, after.trim_start());
    }
    match vocabulary::near(&normal, steps) {
        Some(word) if rest.is_empty() && !token.is_empty() => Line::Near(word),
        _ => Line::Title(line),
    }
}

/// The first token of a line, and the rest.
pub fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    match line.find(char::is_whitespace) {
        Some(at) => (&line[..at], line[at..].trim_start()),
        None => (line, ""),
    }
}

/// As words and arguments are compared: full-width and half-width are the same, and so are cases.
pub fn normalise(token: &str) -> String {
    token.trim().nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Line, parse};
    use crate::decide::known::{Reach, StepOffer, WordOffer};

    fn steps() -> Vec<StepOffer> {
        let offer = |step: &str, words: &[&str]| StepOffer {
            name: step.into(),
            words: words
                .iter()
                .map(|word| WordOffer {
                    word: (*word).to_owned(),
                    usage: String::new(),
                    help: String::new(),
                    reach: Reach::Room,
                })
                .collect(),
            fields: vec![],
            applies: true,
        };
        vec![
            offer("guide", &["role"]),
            offer("todo", &["todo", "todos"]),
            offer("timeline", &["note"]),
            offer("status-page", &["page", "publish"]),
        ]
    }

    /// `word|rest`, `~word` for a mistyped one, `=title`.
    fn read(line: &str) -> String {
        match parse(line, &steps()) {
            Line::Word(word, rest) => format!("{}|{rest}", word.name()),
            Line::Near(word) => format!("~{}", word.name()),
            Line::Title(title) => format!("={title}"),
        }
    }

    #[test]
    fn lines_are_read_as_designed() {
        for (line, meant) in [
            ("", "="),
            ("Checkout fails with 500", "=Checkout fails with 500"),
            ("決済画面で500エラー", "=決済画面で500エラー"),
            // Words and their aliases, in any width and case.
            ("declare status is down", "declare|status is down"),
            ("NEW x", "declare|x"),
            ("報告 決済", "declare|決済"),
            ("drill", "drill|"),
            ("訓練 決済", "drill|決済"),
            ("?", "help|"),
            ("--help todo", "help|todo"),
            ("ls", "list|"),
            ("ｌｉｓｔ", "list|"),
            ("ﾍﾙﾌﾟ", "help|"),
            ("Sev 1", "severity|1"),
            ("重大度　SEV1", "severity|SEV1"),
            ("  update\trolled back ", "update|rolled back"),
            ("状況更新 切り戻し", "update|切り戻し"),
            ("resolved", "resolve|"),
            ("roles", "role|"),
            ("課題 証明書を更新 金曜まで", "todo|証明書を更新 金曜まで"),
            ("TODO一覧", "todos|"),
            ("publish now", "publish|now"),
            // A Japanese word may be followed by a colon, an English one may not.
            ("メモ：切り戻し開始", "note|切り戻し開始"),
            ("メモ:切り戻し 開始", "note|切り戻し 開始"),
            ("メモ ： 切り戻し", "note|： 切り戻し"),
            ("note:切り戻し", "=note:切り戻し"),
            // A word counts only as a whole token.
            ("復旧しない", "=復旧しない"),
            ("一覧画面が遅い", "=一覧画面が遅い"),
            // One token near a word.
            ("stauts", "~status"),
            ("xtatus", "~status"),
            ("hlep", "~help"),
            ("totos", "~todos"),
            ("pubish", "~publish"),
            ("ステタス", "~status"),
            ("クローヅ", "~close"),
            ("やるこど", "~todo"),
            ("ヘルフ", "=ヘルフ"),
            ("メヌ", "=メヌ"),
            // Short aliases do not compete, and two tokens are a title.
            ("lz", "=lz"),
            ("sex", "=sex"),
            ("stauts page", "=stauts page"),
            ("outage", "=outage"),
            // A standard word that no step offers.
            ("timeline", "=timeline"),
            ("感想", "=感想"),
        ] {
            assert_eq!(read(line), meant, "{line}");
        }
    }

    #[test]
    fn ties_go_to_the_order_of_the_table() {
        // One edit from both `todo` and `todos`.
        assert_eq!(read("todoz"), "~todo");
    }
}
