//! The form: two taps, and words if one likes.

use iris_step::{
    Answers, Content, Failure, Submitted, Texts, args,
    blocks::{Choice, Modal, RadioButtons, TextInput, input, plain, section},
    facts::Card,
    forms,
    kit::words,
    messages,
    rich::one_line,
};

use crate::{
    answers::{self, Answer},
    offer, summary,
};

/// Longest words, in characters.
const LONGEST: u16 = 1000;

/// Opens it, with an earlier answer filled in.
pub(crate) fn open(texts: &Texts, card: &Card, by: &str) -> Result<(), Failure> {
    if offer::is_over()? {
        return Err(Failure::refuse(texts.say("over", args![])));
    }
    let before = answers::of(by)?;
    let (inc, title) = (
        words::inc(card.incident.number),
        one_line(&card.incident.title),
    );
    let intro = texts.say("form-intro", args![inc, title]);
    let intro = format!("{intro}\n{}", texts.say("form-intro-2", args![]));

    let choice = |prefix: &str, value: &str| {
        Choice::new(value, &texts.say(&format!("{prefix}-{value}"), args![]))
    };
    let responses = ["5", "4", "3", "2", "1"].map(|value| choice("response", value));
    let helped = ["yes", "partly", "no"].map(|value| choice("iris", value));
    let mut response = RadioButtons::new("v", responses.into());
    let mut iris = RadioButtons::new("v", helped.into());
    let mut change = TextInput::new("v").multiline().max_length(LONGEST);
    if let Some(before) = &before {
        response = response.initial(&before.response.to_string());
        iris = iris.initial(&before.iris);
        if !before.change.is_empty() {
            change = change.initial(&before.change);
        }
    }
    let blocks = vec![
        section("intro", plain(intro)).into(),
        input("response", &texts.say("form-response", args![]), response).into(),
        input("iris", &texts.say("form-iris", args![]), iris).into(),
        input("change", &texts.say("form-change", args![]), change)
            .optional()
            .hint(&texts.say("form-change-hint", args![]))
            .into(),
    ];
    let form = Modal::new(&texts.say("form-title", args![]), blocks)
        .submit(&texts.say("form-submit", args![]))
        .close(&texts.say("form-cancel", args![]));
    forms::open("form", &form, "")?;
    Ok(())
}

/// Keeps the answer; the counts and the summary follow in place.
pub(crate) fn submitted(
    texts: &Texts,
    card: &Card,
    by: &str,
    submitted: &Submitted,
) -> Result<(), Failure> {
    let fields = &submitted.answers;
    let response = fields
        .value("response")
        .and_then(|value| value.parse().ok());
    let (Some(response), Some(iris)) = (response, fields.value("iris")) else {
        return Err(Failure::bug(
            "Slack sent the form without its required fields",
        ));
    };
    let change = fields.value("change").unwrap_or_default().trim().to_owned();
    answers::keep(
        by,
        &Answer {
            response,
            iris: iris.to_owned(),
            change,
        },
    )?;
    let answers = answers::all()?;
    offer::redraw(texts, card, answers.len())?;
    if answers.len() >= summary::ENOUGH || summary::stands()? {
        summary::post(texts, card, &answers)?;
    }
    let kept = texts.say("kept", args![]);
    if offer::was_asked(by)? {
        messages::update(
            &offer::ask_name(by),
            offer::ask_content(texts, card, &kept, true),
        )?;
    } else {
        messages::reply(Content::new(kept))?;
    }
    Ok(())
}
