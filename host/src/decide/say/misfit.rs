//! S19: words that do not fit. The typed line is always there to be copied.

use iris_kit::{
    args,
    blocks::{Button, actions, button},
    limits::{TITLE_IN_ROW, cut},
    rich::{Element, RichText, channel, code, one_line, text},
    words::inc,
};

use super::{content, dotted};
use crate::{
    decide::{asked::Asked, vocabulary::Word},
    effect::Content,
    incident::{Incident, Which},
};

/// Rooms that are listed.
const ROOMS: usize = 5;
/// What a button carries of a line.
const CARRIED: usize = 300;
/// What a button shows of it.
const ON_BUTTON: usize = 40;

/// One token that is probably `word`. `typed` is plain text.
pub(in crate::decide) fn near(asked: &Asked<'_>, typed: &str, word: Word<'_>) -> Content {
    let typed = one_line(typed);
    let shown = word.shown(asked.locale());
    let said = asked.texts.parts(
        "core-word-unknown",
        args![text = code(&typed), word = code(shown)],
    );
    let said = RichText::new("say").section(said);
    let run = word.by_button().then(|| {
        let label = asked.texts.say("core-word-run", args![word = shown]);
        button(format!("core:word.run:{}", word.name()), &label)
            .value(word.name())
            .primary()
    });
    let help = button("core:help", &asked.say("core-word-help")).value("help");
    let buttons = run.into_iter().chain([declare(asked, &typed), help]);
    let typed: &str = &typed;
    let fallback = asked
        .texts
        .mrkdwn("core-word-unknown-text", args![text = typed, word = shown]);
    content(&fallback, &[said.into(), actions("do", buttons)])
}

/// A room's word, typed where there is none. `line` is plain text.
pub(in crate::decide) fn elsewhere(asked: &Asked<'_>, line: &str, word: Word<'_>) -> Content {
    let line = one_line(line);
    let rooms = asked.open(Which::Joined, ROOMS).incidents;
    let shown = word.shown(asked.locale());
    let key = if rooms.is_empty() {
        "core-word-room-none"
    } else {
        "core-word-room"
    };
    let mut said = asked.texts.parts(key, args![word = code(shown)]);
    let rows = rooms.iter().map(|incident| row(asked, incident)).collect();
    let typed = asked
        .texts
        .parts("core-word-typed", args![line = code(asked.line(&line))]);
    let said = if rooms.is_empty() {
        said.push(text("\n"));
        said.extend(typed);
        RichText::new("say").section(said)
    } else {
        RichText::new("say")
            .section(said)
            .bullets(rows)
            .section(typed)
    };
    let list = rooms
        .is_empty()
        .then(|| button("core:list", &asked.say("core-word-list")).value("list"));
    let buttons = [declare(asked, &line)].into_iter().chain(list);
    let fallback = asked.texts.mrkdwn(key, args![word = shown]);
    content(&fallback, &[said.into(), actions("do", buttons)])
}

/// Something that does not work in the room of a closed incident. `line` is what was typed, if
/// anything was.
pub(in crate::decide) fn closed(asked: &Asked<'_>, incident: &Incident, line: &str) -> Content {
    let reopen = Word::Core(crate::decide::vocabulary::CoreWord::Reopen).shown(asked.locale());
    let reopen = asked.line(&format!("{reopen} {}", asked.say("core-word-closed-why")));
    let inc = inc(incident.number);
    let mut said = asked
        .texts
        .parts("core-word-closed", args![inc = &inc, line = code(&reopen)]);
    let line = one_line(line);
    if !line.is_empty() {
        said.push(text("\n"));
        said.extend(
            asked
                .texts
                .parts("core-word-typed", args![line = code(asked.line(&line))]),
        );
    }
    let again =
        button("core:reopen", &asked.say("core-reopen-title")).value(incident.number.to_string());
    let fallback = asked
        .texts
        .mrkdwn("core-word-closed", args![inc, line = reopen]);
    content(
        &fallback,
        &[
            RichText::new("say").section(said).into(),
            actions("do", [again]),
        ],
    )
}

fn row(asked: &Asked<'_>, incident: &Incident) -> Vec<Element> {
    let title = one_line(&incident.title);
    let mut facts = vec![text(inc(incident.number)), text(cut(&title, TITLE_IN_ROW))];
    facts.extend(
        incident
            .room
            .as_ref()
            .map(|room| channel(room.channel.as_str())),
    );
    dotted(asked.locale(), facts)
}

/// Declares under the typed line all the same.
fn declare(asked: &Asked<'_>, line: &str) -> Button {
    let shown = cut(line, ON_BUTTON);
    let shown: &str = &shown;
    let label = asked.texts.say("core-word-declare", args![text = shown]);
    button("core:declare", &label).value(cut(line, CARRIED))
}
