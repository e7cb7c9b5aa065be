//! What people answered, at the end of the file: figures, and words without names.

use std::fmt::Display;

use crate::args;
use crate::rich::one_line;
use crate::story::Answer;
use crate::story::sentence::{Teller, inline};

use super::line;

/// From how many answers on words are shown: with fewer, everybody would know whose they are.
const ENOUGH: usize = 3;

pub(super) fn write(out: &mut String, teller: Teller<'_>, answers: &[Answer]) {
    if answers.is_empty() {
        return;
    }
    let texts = &teller.scene.texts;
    let iris = |value: &str| answers.iter().filter(|answer| answer.iris == value).count();
    let responses = (1..=5).rev().filter_map(|response| {
        let n = answers
            .iter()
            .filter(|answer| answer.response == response)
            .count();
        (n > 0).then(|| texts.say("file-response", args![response = u32::from(response), n]))
    });
    let responses = responses.collect::<Vec<_>>().join(teller.between());
    let figures = args![
        n = answers.len(),
        average = average(answers).to_string(),
        responses,
        yes = iris("yes"),
        partly = iris("partly"),
        no = iris("no"),
    ];
    line(
        out,
        format_args!("## {}\n", texts.say("file-feedback", &[])),
    );
    line(
        out,
        format_args!("{}\n", texts.say("file-answers", figures)),
    );
    let words = answers.iter().map(|answer| one_line(&answer.change));
    let words: Vec<_> = words.filter(|words| !words.is_empty()).collect();
    if answers.len() < ENOUGH || words.is_empty() {
        return;
    }
    for words in words {
        let text = inline(&words);
        line(
            out,
            format_args!("- {}", texts.say("file-quote", args![text])),
        );
    }
    out.push('\n');
}

/// With one decimal, rounded half up.
fn average(answers: &[Answer]) -> impl Display {
    let sum: usize = answers
        .iter()
        .map(|answer| usize::from(answer.response))
        .sum();
    let tenths = (sum * 100 / answers.len().max(1) + 5) / 10;
    format!("{}.{}", tenths / 10, tenths % 10)
}
