//! The one message about who was called. It is drawn here from what is remembered, and changed in
//! place whenever that changes.

use crate::memory::{Memory, STRANGE};
use crate::people::is_person;
use crate::source::Trouble;
use iris_step::blocks::Block;
use iris_step::kit::limits::MENTIONS;
use iris_step::kit::reasons::reason;
use iris_step::kit::texts::Arg;
use iris_step::kit::words::Brief;
use iris_step::rich::{Element, RichText, text, user};
use iris_step::{Content, Locale, Texts, args};

/// How many names of those who could not be called are shown.
const MISSING: usize = 10;

/// The message; none while there is nothing to say.
pub(crate) fn draw(texts: &Texts, brief: &Brief<'_>, memory: &Memory) -> Option<Content> {
    let mut said = Said {
        texts,
        blocks: vec![],
        lines: vec![],
    };
    called(&mut said, brief, memory);
    if !memory.missing.is_empty() {
        let names = missing(texts, &memory.missing);
        said.line("failed", "failed", args![names]);
    }
    trouble(&mut said, brief, memory);
    if memory.mistakes > 0 {
        said.line("mistakes", "mistakes", args![n = memory.mistakes]);
    }
    let text = brief.mark(texts) + &said.lines.join("\n");
    (!said.blocks.is_empty()).then(|| Content::new(text).blocks(&said.blocks))
}

/// A line a block; the same words stand in the text for notifications.
struct Said<'a> {
    texts: &'a Texts,
    blocks: Vec<Block>,
    lines: Vec<String>,
}

impl Said<'_> {
    fn line(&mut self, block: &str, key: &str, args: &[(&str, Arg<'_>)]) {
        let parts = self.texts.parts(key, args);
        self.blocks.push(RichText::new(block).section(parts).into());
        self.lines.push(self.texts.mrkdwn(key, args));
    }

    /// The line before which a drill says what it is; the text has its mark already.
    fn first(&mut self, drill: bool, key: &str, args: &[(&str, Arg<'_>)]) {
        let mut parts = if drill {
            self.texts.parts("drill-call", &[])
        } else {
            vec![]
        };
        parts.extend(self.texts.parts(key, args));
        self.blocks
            .push(RichText::new("called").section(parts).into());
        self.lines.push(self.texts.mrkdwn(key, args));
    }
}

fn called(said: &mut Said<'_>, brief: &Brief<'_>, memory: &Memory) {
    let people = memory.people();
    if !people.is_empty() {
        let people = mentions(said.texts, &people);
        match brief.product {
            Some(product) => said.first(brief.drill, "called", args![product, people]),
            None => said.first(brief.drill, "called-alone", args![people]),
        }
    } else if memory.has_wished() && memory.missing.is_empty() {
        // Only groups and addresses were named, and Iris tells of nobody who came: all are here.
        said.first(brief.drill, "here", &[]);
    }
}

fn trouble(said: &mut Said<'_>, brief: &Brief<'_>, memory: &Memory) {
    if let Some(trouble) = &memory.trouble {
        let why = why(said.texts, trouble);
        if memory.by_schedule {
            said.line("trouble", "instead", args![why]);
        } else {
            said.line("trouble", "by-hand", args![why]);
        }
    } else if !memory.waiting && !memory.has_wished() {
        match brief.product {
            Some(product) => said.line("nobody", "nobody", args![product]),
            None => said.line("nobody", "nobody-alone", &[]),
        }
    }
}

fn why(texts: &Texts, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Status(status) => texts.say("why-status", args![status = status.to_string()]),
        Trouble::Unreadable => texts.say("why-unreadable", &[]),
        Trouble::Late => texts.say("why-late", &[]),
        Trouble::Unreachable => texts.say("why-unreachable", &[]),
        Trouble::Nobody => texts.say("why-nobody", &[]),
        Trouble::Code(code) => code.clone(),
    }
}

fn comma(texts: &Texts) -> &'static str {
    match texts.locale() {
        Locale::En => ", ",
        Locale::Ja => "、",
    }
}

fn mentions(texts: &Texts, people: &[&str]) -> Vec<Element> {
    let mut elements = Vec::with_capacity(2 * people.len());
    for person in people.iter().take(MENTIONS) {
        if !elements.is_empty() {
            elements.push(text(comma(texts)));
        }
        elements.push(user(*person));
    }
    if people.len() > MENTIONS {
        elements.push(text(comma(texts)));
        elements.extend(texts.parts("more-people", args![n = people.len() - MENTIONS]));
    }
    elements
}

/// Who could not be called, with reasons: a mention where there is an id, else as they were named.
fn missing(texts: &Texts, missing: &[(String, String)]) -> Vec<Element> {
    let mut names = Vec::new();
    for (who, code) in missing.iter().take(MISSING) {
        if !names.is_empty() {
            names.push(text(comma(texts)));
        }
        let reason = match &**code {
            STRANGE => texts.say("no-person", &[]),
            code => reason(texts, who, code),
        };
        let who = if is_person(who) {
            user(who).into()
        } else {
            Arg::from(who)
        };
        names.extend(texts.parts("failed-name", args![who, reason]));
    }
    if missing.len() > MISSING {
        names.extend(texts.parts("failed-more", args![n = missing.len() - MISSING]));
    }
    names
}

#[cfg(test)]
mod tests;
