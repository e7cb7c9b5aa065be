//! Roles are taken, given, handed over and left; the room sees one line each time.

use iris_step::{
    Content, Failure, Place, Pressed, RoleChanged, Scope, Texts, args,
    blocks::{actions, button, plain, section},
    facts::{self, Card},
    incident, messages, press,
    rich::{self, RichText, people_words},
    state,
};

use crate::{config::Config, duties, hand, panel, remind, vacancy};

/// A button of the panel or of what only one person sees.
pub(crate) fn pressed(texts: &Texts, by: Option<&str>, pressed: &Pressed) -> Result<(), Failure> {
    let (Some(by), Some(card)) = (by, Card::read()) else {
        return Ok(());
    };
    let (action, role) = pressed.action();
    if matches!(action, "snooze" | "stop") {
        return remind::pressed(texts, &card, pressed);
    }
    let Some(role) = role else { return Ok(()) };
    match action {
        "take" => take(texts, &card, role, by),
        "over" => {
            incident::set_role(role, Some(by))?;
            Ok(())
        }
        "handover" => hand::open(texts, &card, role),
        _ => Ok(()),
    }
}

/// Takes a role for oneself; somebody else's is offered to be taken over.
pub(crate) fn take(texts: &Texts, card: &Card, role: &str, by: &str) -> Result<(), Failure> {
    match panel::holder(card, role) {
        Some(held) if held.user == by => {
            let role = facts::role_label(role);
            Err(Failure::refuse(texts.say("yours", args![role])))
        }
        Some(held) => {
            let time = panel::since(&facts::entries_of("role"), role, &held.user);
            let who = facts::name_of(&held.user).unwrap_or_else(|| held.user.clone());
            let said = texts.say("taken-already", args![who = &who, time = &time]);
            let over = button(format!("over:{role}"), &texts.say("take-over", args![]))
                .value(press::value(card.incident.number, Some(role)));
            let blocks = [
                section("held", plain(said.as_str())).into(),
                actions("do", [over]),
            ];
            let text = texts.mrkdwn("taken-already", args![who, time]);
            messages::reply(Content::new(text).blocks(&blocks))?;
            Ok(())
        }
        None => {
            incident::set_role(role, Some(by))?;
            Ok(())
        }
    }
}

/// What was agreed is shown: the panel, one line in the room, the duties to the holder.
pub(crate) fn changed(
    texts: &Texts,
    card: &Card,
    by: Option<&str>,
    change: &RoleChanged,
) -> Result<(), Failure> {
    let config = Config::read()?;
    panel::redraw(texts, card, &config)?;
    let mark = if card.incident.drill { "🧯 " } else { "" };
    let note_key = hand::note_key(&change.role);
    let note: Option<String> = state::get(Scope::Incident, &note_key)?;
    state::remove(Scope::Incident, &note_key);

    let label = facts::role_label(&change.role);
    let (role, given) = (label.as_str(), change.now.as_deref() != by);
    let (key, args) = match (&change.was, &change.now) {
        (None, None) => return Ok(()),
        (None, Some(now)) if !given => (
            "line-taken",
            vec![("who", rich::user(now).into()), ("role", role.into())],
        ),
        (None, Some(now)) => (
            "line-given",
            vec![
                ("who", facts::who(now)),
                ("role", role.into()),
                ("by", by.map_or_else(|| "Iris".into(), facts::who)),
            ],
        ),
        (Some(was), Some(now)) => (
            "line-moved",
            vec![
                ("role", role.into()),
                ("from", facts::who(was)),
                ("who", facts::who(now)),
            ],
        ),
        (Some(was), None) => (
            "line-left",
            vec![("role", role.into()), ("from", facts::who(was))],
        ),
    };
    let mut line = if mark.is_empty() {
        vec![]
    } else {
        vec![rich::text(mark)]
    };
    line.extend(texts.parts(key, &args));
    let mut block = RichText::new("line").section(line);
    if let Some(note) = &note {
        block = block.quote(people_words(note));
    }
    let text = format!("{mark}{}", texts.mrkdwn(key, &args));
    let content = Content::new(text).blocks(&[block.into()]);
    // What said that nobody leads says who does.
    match vacancy::ended(&change.role)? {
        Some(said) if change.was.is_none() => messages::update(&said, content)?,
        _ => messages::say(Place::Room, content)?,
    }

    let role = facts::roles()
        .into_iter()
        .find(|role| role.id == change.role);
    if let (Some(now), Some(role)) = (&change.now, role) {
        duties::tell((texts, &config), card, &role, now, by.filter(|_| given))?;
    }
    Ok(())
}
