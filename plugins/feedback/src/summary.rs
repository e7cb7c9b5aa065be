//! The summary in the room: figures, and words without names.

use iris_step::{
    Content, Failure, Place, Scope, Texts, args,
    blocks::{Block, context, plain},
    facts::Card,
    kit::{
        limits::{cut, fit},
        words,
    },
    messages,
    rich::{Element, RichText, bold, one_line, people_words, text},
    state,
};

use crate::answers::Answer;

/// From how many answers on it is posted at once, and words are shown: with fewer, everybody would
/// know whose they are.
pub(crate) const ENOUGH: usize = 3;

const SUMMARY: &str = "summary";

/// Whether it has been posted.
pub(crate) fn stands() -> Result<bool, Failure> {
    Ok(state::get::<bool>(Scope::Incident, SUMMARY)?.is_some())
}

/// Posts it, or changes it in place.
pub(crate) fn post(texts: &Texts, card: &Card, answers: &[Answer]) -> Result<(), Failure> {
    state::put(Scope::Incident, SUMMARY, &true)?;
    let inc = words::inc(card.incident.number);
    let head = texts.say("sum-head", args![n = answers.len(), inc]);
    let mark = card.brief().mark(texts);
    let figures = figures(texts, answers);
    let blocks = fit(|room| {
        let mut block = RichText::new("summary").section(figures.clone());
        let words = to_change(answers, room.quote, room.rows);
        if !words.is_empty() {
            block = block
                .section(vec![bold(texts.say("sum-change", args![]))])
                .bullets(words);
        }
        let title = RichText::new("head").section(vec![bold(format!("{mark}{head}"))]);
        let mut blocks: Vec<Block> = vec![title.into(), block.into()];
        if room.context {
            blocks.push(context("next", [plain(texts.say("sum-next", args![]))]));
        }
        blocks
    });
    let fallback = format!(
        "{mark}{head}. {}{}",
        texts.say("sum-response", args![]).trim_end(),
        format_args!(" {}", average_said(texts, answers)),
    );
    messages::post(SUMMARY, Place::Room, Content::new(fallback).blocks(&blocks))?;
    Ok(())
}

fn figures(texts: &Texts, answers: &[Answer]) -> Vec<Element> {
    let count = |value: &str| answers.iter().filter(|answer| answer.iris == value).count();
    let (yes, partly, no) = (count("yes"), count("partly"), count("no"));
    vec![
        bold(texts.say("sum-response", args![])),
        text(average_said(texts, answers)),
        bold(format!("\n{}", texts.say("sum-iris", args![]))),
        text(texts.say("sum-helped", args![yes, partly, no])),
    ]
}

fn average_said(texts: &Texts, answers: &[Answer]) -> String {
    texts.say("sum-average", args![average = average(answers)])
}

/// With one decimal, rounded half up.
fn average(answers: &[Answer]) -> String {
    let sum: usize = answers
        .iter()
        .map(|answer| usize::from(answer.response))
        .sum();
    let tenths = (sum * 100 / answers.len().max(1) + 5) / 10;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn to_change(answers: &[Answer], most: usize, rows: usize) -> Vec<Vec<Element>> {
    if answers.len() < ENOUGH {
        return vec![];
    }
    let words = answers.iter().map(|answer| one_line(&answer.change));
    words
        .filter(|words| !words.is_empty())
        .take(rows)
        .map(|words| people_words(&cut(&words, most)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Answer, average, to_change};

    fn answer(response: u8, change: &str) -> Answer {
        Answer {
            response,
            iris: "yes".into(),
            change: change.into(),
        }
    }

    #[test]
    fn the_average_has_one_decimal() {
        let of = |responses: &[u8]| {
            average(&responses.iter().map(|r| answer(*r, "")).collect::<Vec<_>>())
        };
        assert_eq!(of(&[5, 4, 4]), "4.3");
        assert_eq!(of(&[5]), "5.0");
        assert_eq!(of(&[1, 2]), "1.5");
        assert_eq!(of(&[]), "0.0");
    }

    #[test]
    fn words_are_shown_only_when_nobody_can_guess_whose_they_are() {
        let mut answers = vec![answer(5, "more calm"), answer(3, "")];
        assert!(to_change(&answers, 100, 10).is_empty());
        answers.push(answer(4, "less noise"));
        assert_eq!(to_change(&answers, 100, 10).len(), 2);
    }
}
