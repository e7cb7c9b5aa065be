//! Nobody leads: the room hears of it twice, then no more.

use iris_step::{
    Content, Failure, Place, Scope, Texts, args,
    blocks::{Block, actions, button, plain, section},
    facts::{self, Card},
    messages, press, state, timers,
};

use crate::panel;

/// The role whose lack is told.
pub(crate) const LEAD: &str = "commander";
/// The timers, which are the messages' names too, and after how many seconds they fire.
const NUDGES: [(&str, u32); 2] = [("vacant-1", 5 * 60), ("vacant-2", 15 * 60)];
/// The message that stands last.
const SAID: &str = "vacant";

/// An incident begins.
pub(crate) fn watch() -> Result<(), Failure> {
    for (name, seconds) in NUDGES {
        timers::after(Scope::Incident, name, seconds)?;
    }
    Ok(())
}

/// Says that nobody leads yet, if it is so.
pub(crate) fn fired(texts: &Texts, card: &Card, name: &str) -> Result<(), Failure> {
    let is_known = facts::roles().iter().any(|role| role.id == LEAD);
    let ongoing = card.incident.status == "declared";
    if !is_known || !ongoing || panel::holder(card, LEAD).is_some() {
        return Ok(());
    }
    if let Some(before) = state::get::<String>(Scope::Incident, SAID)? {
        messages::update(&before, content(texts, card, false))?;
    }
    messages::post(name, Place::Room, content(texts, card, true))?;
    state::put(Scope::Incident, SAID, &name)?;
    Ok(())
}

/// The message in whose place is said that somebody has taken the role, if it stands.
pub(crate) fn ended(role: &str) -> Result<Option<String>, Failure> {
    if role != LEAD {
        return Ok(None);
    }
    let said = state::get(Scope::Incident, SAID)?;
    state::remove(Scope::Incident, SAID);
    Ok(said)
}

fn content(texts: &Texts, card: &Card, with_button: bool) -> Content {
    let label = facts::role_label(LEAD);
    let mark = if card.incident.drill { "🧯 " } else { "" };
    let said = texts.say("vacant", args![role = &label]);
    let mut blocks: Vec<Block> = vec![section("vacant", plain(format!("{mark}{said}"))).into()];
    if with_button {
        let take = button(format!("take:{LEAD}"), &texts.say("take", args![]))
            .value(press::value(card.incident.number, Some(LEAD)))
            .primary()
            .accessibility_label(&texts.say("take-label", args![role = &label]));
        blocks.push(actions("do", [take]));
    }
    let text = texts.mrkdwn("vacant", args![role = label]);
    Content::new(format!("{}{text}", card.brief().mark(texts))).blocks(&blocks)
}
