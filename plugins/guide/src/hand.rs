//! Handing a role over: a form, and what was filled in.

use iris_step::{
    Answers, Failure, Scope, Submitted, Texts, args,
    blocks::{Modal, PeopleMenu, TextInput, input, plain, section},
    facts::{self, Card},
    forms, incident,
    kit::limits::WORDS_SHOWN,
    room, state,
};

use crate::panel;

/// Longest note, in characters.
const NOTE: u16 = 500;

/// Opens the form for one role.
pub(crate) fn open(texts: &Texts, card: &Card, role: &str) -> Result<(), Failure> {
    let label = facts::role_label(role);
    let now = match panel::holder(card, role) {
        Some(held) => {
            let who = facts::name_of(&held.user).unwrap_or_else(|| held.user.clone());
            texts.say("hand-role", args![role = label, who])
        }
        None => texts.say("hand-role-open", args![role = label]),
    };
    let to = input(
        "to",
        &texts.say("hand-to", args![]),
        PeopleMenu::new("v").one(),
    )
    .optional()
    .hint(&texts.say("hand-to-hint", args![]));
    let note = TextInput::new("v").multiline().max_length(NOTE);
    let note = input("note", &texts.say("hand-note", args![]), note).optional();
    let blocks = vec![section("role", plain(now)).into(), to.into(), note.into()];
    let form = Modal::new(&texts.say("hand-title", args![]), blocks)
        .submit(&texts.say("hand-submit", args![]))
        .close(&texts.say("hand-cancel", args![]));
    forms::open("hand", &form, role)?;
    Ok(())
}

/// The form was sent.
pub(crate) fn submitted(texts: &Texts, submitted: &Submitted) -> Result<(), Failure> {
    let role = submitted.form.memo.as_str();
    let to = submitted.answers.value("to");
    if let Some(person) = to.and_then(facts::person)
        && (person.deactivated || person.bot)
    {
        return Err(Failure::field(
            "to",
            texts.say("hand-not-a-person", args![]),
        ));
    }
    if let Some(note) = submitted.answers.value("note") {
        let note: String = note.chars().take(WORDS_SHOWN).collect();
        state::put(Scope::Incident, &note_key(role), &note)?;
    }
    incident::set_role(role, to)?;
    if let Some(to) = to {
        room::invite(&[to.to_owned()])?;
    }
    Ok(())
}

/// Where the note waits until the role has changed.
pub(crate) fn note_key(role: &str) -> String {
    format!("note:{role}")
}
