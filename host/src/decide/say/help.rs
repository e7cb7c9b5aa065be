//! S17: what can be typed.

use iris_kit::{
    args,
    blocks::{Block, Button, actions, button, context, mrkdwn},
    limits::cut,
    rich::{Element, RichText, bold, code, text},
};

use super::content;
use crate::{
    decide::{
        asked::Asked,
        known::{StepOffer, WordOffer},
        vocabulary::{CoreWord, Word},
    },
    effect::Content,
};

/// What is shown of a step's own line.
const STEP_LINE: usize = 80;

/// The page as a message.
pub(in crate::decide) fn help(asked: &Asked<'_>) -> Content {
    let command: &str = &asked.known.team.command;
    let fallback = asked.texts.mrkdwn("core-help-text", args![command]);
    content(&fallback, &help_page(asked))
}

/// The page; in a war room the room's words come first, with buttons.
pub(in crate::decide) fn help_page(asked: &Asked<'_>) -> Vec<Block> {
    use CoreWord::{Close, Drill, Help, List, Reopen, Resolve, Severity, Status, Update};
    let title = code(asked.line(&asked.say("core-help-title-word")));
    let declare = vec![
        vec![title, text(format!(" {}", asked.say("core-help-title")))],
        core_row(asked, Drill),
    ];
    let words = |words: &[CoreWord]| words.iter().map(|word| core_row(asked, *word)).collect();
    let steps = asked.known.steps.iter().filter(|step| step.applies);
    let steps = steps.flat_map(|step| {
        step.words
            .iter()
            .map(move |word| step_row(asked, step, word))
    });
    let mut groups: [(&str, Vec<Vec<Element>>); 4] = [
        ("core-help-declare", declare),
        ("core-help-anywhere", words(&[List, Help])),
        (
            "core-help-room",
            words(&[Status, Update, Severity, Resolve, Reopen, Close]),
        ),
        ("core-help-steps", steps.collect()),
    ];
    if asked.known.incident.is_some() {
        groups.rotate_left(2);
    }
    let page = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    let page = page.fold(RichText::new("help"), |page, (heading, rows)| {
        page.section(vec![bold(asked.say(heading))]).bullets(rows)
    });
    let mut blocks: Vec<Block> = vec![page.into()];
    let buttons = buttons(asked);
    if !buttons.is_empty() {
        blocks.push(actions("do", buttons));
    }
    let other = asked.texts.mrkdwn("core-help-other", &[]);
    blocks.push(context("lang", [mrkdwn(other)]));
    blocks
}

/// The lines of one word.
pub(in crate::decide) fn help_word(asked: &Asked<'_>, word: Word<'_>) -> Content {
    let row = match word {
        Word::Core(CoreWord::Declare) => {
            let typed = format!("{} …", word.shown(asked.locale()));
            vec![
                code(asked.line(&typed)),
                text(format!(" {}", asked.say("core-help-title"))),
            ]
        }
        Word::Core(core) => core_row(asked, core),
        Word::Step(step, offer) => step_row(asked, step, offer),
    };
    let command: &str = &asked.known.team.command;
    let fallback = asked.texts.mrkdwn("core-help-text", args![command]);
    content(
        &fallback,
        &[RichText::new("help").bullets(vec![row]).into()],
    )
}

fn core_row(asked: &Asked<'_>, word: CoreWord) -> Vec<Element> {
    let gravest = || asked.known.team.severities.first().map(|s| s.id.clone());
    let (key, usage) = match word {
        CoreWord::Declare => ("core-help-title", Some("…".to_owned())),
        CoreWord::Drill => ("core-help-drill", None),
        CoreWord::Help => ("core-help-help", None),
        CoreWord::List => ("core-help-list", None),
        CoreWord::Status => ("core-help-status", None),
        CoreWord::Severity => ("core-help-severity", gravest()),
        CoreWord::Update => ("core-help-update", Some("…".to_owned())),
        CoreWord::Resolve => ("core-help-resolve", Some("…".to_owned())),
        CoreWord::Reopen => ("core-help-reopen", Some(asked.say("core-word-closed-why"))),
        CoreWord::Close => ("core-help-close", None),
    };
    row(asked, Word::Core(word), usage.as_deref(), &asked.say(key))
}

fn step_row(asked: &Asked<'_>, step: &StepOffer, word: &WordOffer) -> Vec<Element> {
    let usage = Some(word.usage.trim()).filter(|usage| !usage.is_empty());
    row(
        asked,
        Word::Step(step, word),
        usage,
        &cut(&word.help, STEP_LINE),
    )
}

fn row(asked: &Asked<'_>, word: Word<'_>, usage: Option<&str>, does: &str) -> Vec<Element> {
    let shown = word.shown(asked.locale());
    let typed = usage.map_or_else(|| shown.to_owned(), |usage| format!("{shown} {usage}"));
    vec![code(asked.line(&typed)), text(format!(" {does}"))]
}

/// In a war room: what is pressed rather than typed.
fn buttons(asked: &Asked<'_>) -> Vec<Button> {
    let Some(incident) = asked.known.incident else {
        return vec![];
    };
    let number = incident.number.to_string();
    let mut buttons = vec![
        button("core:status", &asked.say("core-help-status-button")).value(&number),
        button("core:update", &asked.say("core-status-update")).value(&number),
    ];
    if asked.has_step("todo") {
        buttons.push(button("todo:add", &asked.say("core-help-todo-button")).value(&number));
    }
    buttons
}
