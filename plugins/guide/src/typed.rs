//! `/incident role …`: the same as the buttons, by typing.

use iris_step::{
    Command, Content, Failure, Texts, args,
    facts::{self, Card, Role},
    incident,
    kit::{time, words},
    messages, room,
};

use crate::{panel, roles};

/// Alone: the panel, for the asker only. With a role: taken, or given to whoever is mentioned.
pub(crate) fn role(texts: &Texts, by: Option<&str>, command: &Command) -> Result<(), Failure> {
    let (Some(by), Some(card)) = (by, Card::read()) else {
        return Ok(());
    };
    let known = facts::roles();
    if known.is_empty() {
        return Err(Failure::refuse(texts.say("typed-none", args![])));
    }
    let holder = command.words.iter().find(|word| is_person(word));
    let typed: Vec<&str> = command
        .words
        .iter()
        .filter(|word| !is_person(word))
        .map(String::as_str)
        .collect();
    let typed = typed.join(" ");
    if typed.is_empty() {
        return show(texts, &card, &known);
    }
    let Some(role) = find(&known, &typed) else {
        let labels: Vec<&str> = known.iter().map(|role| role.label.as_str()).collect();
        let roles = time::names(texts.locale(), &labels);
        return Err(Failure::refuse(
            texts.say("typed-unknown", args![text = typed, roles]),
        ));
    };
    match holder {
        None => roles::take(texts, &card, &role.id, by),
        Some(user) => {
            incident::set_role(&role.id, Some(user))?;
            room::invite(std::slice::from_ref(user))?;
            Ok(())
        }
    }
}

fn show(texts: &Texts, card: &Card, known: &[Role]) -> Result<(), Failure> {
    let inc = words::inc(card.incident.number);
    let text = texts.mrkdwn("panel-text", args![inc]);
    // Without the divider that parts the roles from the rest of the panel.
    let rows: Vec<_> = panel::role_rows(texts, card, known)
        .into_iter()
        .skip(1)
        .collect();
    messages::reply(Content::new(text).blocks(&rows))?;
    Ok(())
}

/// By id, by label, or by a part of either that only one role has.
fn find<'a>(roles: &'a [Role], typed: &str) -> Option<&'a Role> {
    let typed = typed.to_lowercase();
    let is = |role: &&Role| role.id == typed || role.label.to_lowercase() == typed;
    let holds =
        |role: &&Role| role.id.contains(&typed) || role.label.to_lowercase().contains(&typed);
    if let Some(role) = roles.iter().find(is) {
        return Some(role);
    }
    let mut holding = roles.iter().filter(holds);
    let first = holding.next().filter(|_| typed.chars().count() >= 2);
    first.filter(|_| holding.next().is_none())
}

fn is_person(word: &str) -> bool {
    let id = word.strip_prefix(['U', 'W']);
    id.is_some_and(|id| {
        id.len() >= 2
            && id
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::{Role, find, is_person};

    #[test]
    fn a_role_is_found_by_any_part_that_only_it_has() {
        let role = |id: &str, label: &str| Role {
            id: id.into(),
            label: label.into(),
            duties: String::new(),
        };
        let roles = [
            role("commander", "インシデントコマンダー"),
            role("operation-lead", "オペレーションリーダー"),
        ];
        let found = |typed| find(&roles, typed).map(|role| role.id.as_str());
        for (typed, id) in [
            ("commander", Some("commander")),
            ("com", Some("commander")),
            ("コマンダー", Some("commander")),
            ("オペ", Some("operation-lead")),
            ("Operation-Lead", Some("operation-lead")),
            ("ー", None),
            ("ション", Some("operation-lead")),
            ("c", None),
            ("scribe", None),
        ] {
            assert_eq!(found(typed), id, "{typed}");
        }
    }

    #[test]
    fn people_arrive_as_ids() {
        assert!(is_person("U0AYASATO"));
        assert!(!is_person("Update"));
        assert!(!is_person("commander"));
    }
}
