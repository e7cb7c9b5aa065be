//! `iris step check`: what somebody would say who reviews a step before it is used.

use std::process::ExitCode;

use iris_kit::Locale;

use super::super::{Config, load, say};
use super::inspect;
use crate::step::{Descriptor, Permission, Step};

pub(super) fn check(name: &str, config: &Config) -> anyhow::Result<ExitCode> {
    let settings = load::checked(config)?;
    let (step, _) = load::block_on(inspect::loaded(name, &settings))?;
    let remarks = remarks(&step);
    for remark in &remarks {
        say::out(remark)?;
    }
    if remarks.is_empty() {
        say::out(format_args!("{}: nothing to say against it.", step.name()))?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn remarks(step: &Step) -> Vec<String> {
    let (english, japanese) = (step.descriptor(Locale::En), step.descriptor(Locale::Ja));
    let mut remarks = vec![];
    let mut say = |remark: String| remarks.push(remark);
    for event in step.unknown_events() {
        say(format!(
            "It asks for the event `{event}`, which does not exist."
        ));
    }
    for (text, same) in untranslated(english, japanese) {
        if same {
            say(format!(
                "Its {text} is the same in Japanese: translate it in `describe`."
            ));
        }
    }
    let object = english.settings.as_object();
    if object.is_none_or(|schema| schema.get("additionalProperties") != Some(&false.into())) {
        say(
            "Its settings take any field, so a misspelt one is not noticed: \
             add `\"additionalProperties\": false` to the schema."
                .to_owned(),
        );
    }
    let asks = |permission| english.capabilities.contains(&permission);
    if asks(Permission::Slack) == english.slack_methods.is_empty() {
        say("`slack` in `capabilities` and the methods in `slack-methods` go together.".to_owned());
    }
    if asks(Permission::Http) == english.http_hosts.is_empty() {
        say("`http` in `capabilities` and the hosts in `http-hosts` go together.".to_owned());
    }
    if english.events.is_empty() && english.words.is_empty() && english.shortcuts.is_empty() {
        say("It hears of nothing: it has no events, words or shortcuts.".to_owned());
    }
    remarks
}

/// Texts for people, and whether they were left as they are in English.
fn untranslated(english: &Descriptor, japanese: &Descriptor) -> Vec<(String, bool)> {
    let mut texts = vec![("sentence".to_owned(), english.sentence == japanese.sentence)];
    let words = english.words.iter().zip(&japanese.words);
    texts.extend(words.map(|(en, ja)| (format!("help of `{}`", en.word), en.help == ja.help)));
    let menus = english.shortcuts.iter().zip(&japanese.shortcuts);
    texts.extend(menus.map(|(en, ja)| (format!("title of `{}`", en.name), en.title == ja.title)));
    texts
}
