//! The small forms: severity (S9), update and note (S11, S12), resolve and reopen (S14).

use iris_kit::{
    args,
    blocks::{
        Block, Choice, Control, Modal, RadioButtons, Select, TextInput, context, input, mrkdwn,
        plain,
    },
    limits::{DESCRIPTION_SHOWN, cut},
    rich::{channel, clean},
    texts::Arg,
};

use crate::{
    decide::{asked::Asked, known::StepOffer},
    ids::ChannelId,
    incident::Incident,
};

/// "Not sure yet", as the value of a choice.
pub(in crate::decide) const UNSURE: &str = "unsure";
/// What an update, a note and a resolve text may hold.
const WORDS: u16 = 1500;
const REASON: u16 = 500;
/// Slack's limit of radio buttons.
const RADIO: usize = 10;

/// The severities with their meanings, and "not sure yet".
pub(super) fn severity_menu(asked: &Asked<'_>, chosen: &str) -> Control {
    let known = asked.known.team.severities.iter();
    let choice = |id: &str, label: &str, meaning: &str| Choice::new(id, label).description(meaning);
    let mut choices: Vec<_> = known.map(|s| choice(&s.id, &s.label, &s.meaning)).collect();
    let (unsure, hint) = (
        asked.say("core-form-unsure"),
        asked.say("core-form-unsure-hint"),
    );
    choices.push(choice(UNSURE, &unsure, &hint));
    if choices.len() <= RADIO {
        RadioButtons::new("v", choices).initial(chosen).into()
    } else {
        Select::new("v", choices).initial(chosen).into()
    }
}

pub(in crate::decide) fn severity(asked: &Asked<'_>, incident: &Incident) -> Modal {
    let chosen = incident.severity.as_deref().unwrap_or(UNSURE);
    let label = asked.say("core-form-field-severity");
    let why = TextInput::new("v").multiline().max_length(REASON);
    let blocks = vec![
        input("severity", &label, severity_menu(asked, chosen)).into(),
        input("why", &asked.say("core-sev-why"), why)
            .optional()
            .into(),
    ];
    modal(asked, "core-sev-title", "core-sev-submit", blocks)
}

/// `minutes` is when the next update is expected; `None` when nobody reminds of it.
pub(in crate::decide) fn update(
    asked: &Asked<'_>,
    incident: &Incident,
    words: &str,
    minutes: Option<u32>,
) -> Modal {
    let last = match &incident.latest {
        Some(latest) => {
            let shown = cut(&latest.text, DESCRIPTION_SHOWN).into_owned();
            let text = Arg::people(&shown);
            asked.texts.say(
                "core-update-last",
                args![time = asked.time(latest.at), text],
            )
        }
        None => asked.say("core-update-first"),
    };
    let field = TextInput::new("v")
        .initial(cut(words, WORDS.into()))
        .multiline()
        .max_length(WORDS)
        .focus()
        .placeholder(&asked.say("core-update-placeholder"));
    let mut blocks = vec![
        context("last", [plain(clean(&last))]),
        input("text", &asked.say("core-update-field"), field).into(),
    ];
    blocks.extend(minutes.map(|minutes| next_update(asked, minutes)));
    blocks.push(context(
        "note",
        [mrkdwn(match announced(incident) {
            Some(origin) => asked.texts.mrkdwn(
                "core-update-note",
                args![channel = channel(origin.as_str())],
            ),
            None => asked.say("core-update-note-room"),
        })],
    ));
    modal(asked, "core-update-title", "core-update-submit", blocks)
}

fn next_update(asked: &Asked<'_>, minutes: u32) -> Block {
    let usual = [15, 30, 60, 120];
    let mut choices: Vec<u32> = usual
        .into_iter()
        .chain((minutes > 0).then_some(minutes))
        .collect();
    choices.sort_unstable();
    choices.dedup();
    let label = |n: u32| match n {
        n if n > 60 && n.is_multiple_of(60) => {
            asked.texts.say("core-update-hours", args![n = n / 60])
        }
        n => asked.texts.say("core-update-minutes", args![n]),
    };
    let choices = choices
        .into_iter()
        .map(|n| Choice::new(n.to_string(), &label(n)));
    let choices = choices
        .chain([Choice::new("0", &asked.say("core-update-never"))])
        .collect();
    let menu = Select::new("v", choices).initial(&minutes.to_string());
    input("next", &asked.say("core-update-in"), menu).into()
}

pub(in crate::decide) fn note(asked: &Asked<'_>, words: &str) -> Modal {
    let field = TextInput::new("v")
        .initial(cut(words, WORDS.into()))
        .multiline()
        .max_length(WORDS)
        .focus();
    let blocks = vec![input("text", &asked.say("core-note-field"), field).into()];
    modal(asked, "core-note-title", "core-note-submit", blocks)
}

pub(in crate::decide) fn resolve(asked: &Asked<'_>, incident: &Incident) -> Modal {
    let field = TextInput::new("v").multiline().max_length(WORDS).focus();
    let note = match announced(incident) {
        Some(origin) => asked.texts.mrkdwn(
            "core-resolve-note",
            args![channel = channel(origin.as_str())],
        ),
        None => asked.say("core-resolve-note-quiet"),
    };
    let blocks = vec![
        input("text", &asked.say("core-resolve-field"), field)
            .optional()
            .into(),
        context("note", [mrkdwn(note)]),
    ];
    modal(asked, "core-resolve-title", "core-resolve-submit", blocks)
}

pub(in crate::decide) fn reopen(asked: &Asked<'_>) -> Modal {
    let field = TextInput::new("v").multiline().max_length(REASON).focus();
    let blocks = vec![input("why", &asked.say("core-reopen-field"), field).into()];
    modal(asked, "core-reopen-title", "core-reopen-submit", blocks)
}

/// The step that keeps notes, if the team has one.
pub(in crate::decide) fn note_step<'k>(asked: &Asked<'k>) -> Option<&'k StepOffer> {
    let keeps = |step: &&StepOffer| step.applies && step.words.iter().any(|w| w.word == "note");
    asked.known.steps.iter().find(keeps)
}

/// Where an incident is announced: a private one nowhere.
pub(in crate::decide) fn announced(incident: &Incident) -> Option<&ChannelId> {
    incident.origin.as_ref().filter(|_| !incident.private)
}

fn modal(asked: &Asked<'_>, title: &str, submit: &str, blocks: Vec<Block>) -> Modal {
    Modal::new(&asked.say(title), blocks)
        .submit(&asked.say(submit))
        .close(&asked.say("core-form-cancel"))
}
