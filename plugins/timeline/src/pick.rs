//! A message outside of any room is to be kept: for which incident, the person says in a form.

use iris_step::blocks::{Modal, input};
use iris_step::facts::{self, Incident, incident_menu};
use iris_step::kit::words::inc;
use iris_step::{
    Answers, Content, Failure, Place, Scope, Submitted, Texts, args, forms, messages, state,
};

use crate::TEXTS;
use crate::capture::{self, Kept};

/// The form, and its one field: Iris takes the answer to the chosen incident.
pub(crate) const FORM: &str = "pick";
const INCIDENT: &str = "incident";

/// Asks which incident is meant. The message's words wait in the team's state, as a form must not
/// carry them.
pub(crate) fn ask(by: &str, id: &str, kept: &Kept) -> Result<(), Failure> {
    let texts = iris_step::texts(&TEXTS);
    let open = facts::open_incidents(by);
    if open.is_empty() {
        return Err(Failure::refuse(texts.say("pick-none", &[])));
    }
    state::put(Scope::Team, &waiting(by), &(id, kept))?;
    Ok(forms::open(FORM, &view(&texts, &open), id)?)
}

/// It was sent: the message is kept in the chosen incident.
pub(crate) fn sent(by: &str, sent: &Submitted) -> Result<(), Failure> {
    let texts = iris_step::texts(&TEXTS);
    let gone = || Failure::field(INCIDENT, texts.say("pick-none", &[]));
    if facts::incident().is_none() || sent.answers.value(INCIDENT).is_none() {
        return Err(gone());
    }
    let waits: Option<(String, Kept)> = state::get(Scope::Team, &waiting(by))?;
    let (id, kept) = waits
        .filter(|(id, _)| *id == sent.form.memo)
        .ok_or_else(gone)?;
    state::remove(Scope::Team, &waiting(by));
    capture::by_hand(by, &id, kept, true)
}

/// Iris could not put its receipt on the message: this says so instead.
pub(crate) fn kept(texts: &Texts, by: &str) -> Result<(), Failure> {
    let Some(incident) = facts::incident() else {
        return Ok(());
    };
    let said = texts.mrkdwn("kept-in", args![inc = inc(incident.number)]);
    messages::say(Place::Person(by.to_owned()), Content::new(said))?;
    Ok(())
}

fn view(texts: &Texts, open: &[Incident]) -> Modal {
    let say = |key: &str| texts.say(key, &[]);
    let menu = incident_menu(texts.locale(), open);
    let field = input(INCIDENT, &say("pick-field"), menu);
    Modal::new(&say("pick-title"), vec![field.into()])
        .submit(&say("pick-submit"))
        .close(&say("pick-cancel"))
}

fn waiting(by: &str) -> String {
    format!("pick:{by}")
}
