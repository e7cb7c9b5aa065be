//! Whom an invitation means: groups are expanded, e-mail addresses looked up.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    event::Missing,
    ids::UserId,
    perform::{errand::Errand, memory::Guests, stop::Stop},
};

/// Nobody is kept out because another cannot be found.
pub(super) async fn look_up(errand: &Errand<'_>, people: &[String]) -> Result<Guests, Stop> {
    let mut guests = Guests::default();
    let mut met = BTreeSet::new();
    let mut groups = None;
    for who in people {
        let found = match kind(who) {
            Kind::Person(id) => Ok(vec![UserId::from(id)]),
            Kind::Email(address) => person(errand, address).await?,
            Kind::Group(name) => {
                if groups.is_none() {
                    groups = Some(all_groups(errand).await?);
                }
                match &groups {
                    Some(Ok(groups)) => members(groups, name),
                    Some(Err(code)) => Err(code.clone()),
                    None => Ok(Vec::new()),
                }
            }
        };
        match found {
            Ok(users) => guests.people.extend(
                users
                    .into_iter()
                    .filter(|u| met.insert(u.clone()))
                    .map(|u| (u, who.clone())),
            ),
            Err(code) => guests.missing.push(Missing {
                who: who.clone(),
                code,
            }),
        }
    }
    Ok(guests)
}

enum Kind<'a> {
    Person(&'a str),
    /// By id, or by its handle with `@`.
    Group(&'a str),
    Email(&'a str),
}

fn kind(who: &str) -> Kind<'_> {
    let bare = who
        .strip_prefix('<')
        .and_then(|who| who.strip_suffix('>'))
        .unwrap_or(who);
    let bare = bare.split('|').next().unwrap_or(bare);
    if let Some(group) = bare.strip_prefix("!subteam^") {
        return Kind::Group(group);
    }
    if bare.len() < who.len()
        && let Some(person) = bare.strip_prefix('@')
    {
        return Kind::Person(person);
    }
    match bare.chars().next() {
        Some('@') => Kind::Group(bare),
        _ if bare.contains('@') => Kind::Email(bare),
        Some('S') => Kind::Group(bare),
        _ => Kind::Person(bare),
    }
}

/// `Err`: the code by which they are missing.
async fn person(errand: &Errand<'_>, address: &str) -> Result<Result<Vec<UserId>, String>, Stop> {
    let answer = errand
        .look("users.lookupByEmail", json!({ "email": address }))
        .await;
    Ok(match answer {
        Ok(answer) if answer.body["user"]["deleted"] == true => Err("deactivated".to_owned()),
        Ok(answer) => match answer.text("/user/id") {
            Some(id) => Ok(vec![id.into()]),
            None => Err("not-found".to_owned()),
        },
        Err(Stop::Rejected(refused)) => Err(match refused.code.as_str() {
            "users_not_found" | "user_not_found" => "not-found".to_owned(),
            _ => refused.code,
        }),
        Err(stop) => return Err(stop),
    })
}

/// All groups with their members. `Err`: the code by which every group is missing.
async fn all_groups(errand: &Errand<'_>) -> Result<Result<Vec<Value>, String>, Stop> {
    match errand
        .look("usergroups.list", json!({ "include_users": true }))
        .await
    {
        Ok(answer) => Ok(Ok(answer.list("/usergroups").to_vec())),
        Err(Stop::Rejected(refused)) => Ok(Err(refused.code)),
        Err(stop) => Err(stop),
    }
}

fn members(groups: &[Value], name: &str) -> Result<Vec<UserId>, String> {
    let handle = name.strip_prefix('@');
    let group = groups.iter().find(|group| match handle {
        Some(handle) => group["handle"] == handle,
        None => group["id"] == name,
    });
    let Some(group) = group.filter(|group| group["date_delete"].as_u64().unwrap_or(0) == 0) else {
        return Err("no_such_subteam".to_owned());
    };
    let users: Vec<UserId> = group["users"]
        .as_array()
        .map(|users| {
            users
                .iter()
                .filter_map(Value::as_str)
                .map(UserId::from)
                .collect()
        })
        .unwrap_or_default();
    if users.is_empty() {
        Err("empty-group".to_owned())
    } else {
        Ok(users)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_apart_as_they_are_written() {
        for (who, expected) in [
            ("U024BE7LH", "person U024BE7LH"),
            ("<@U024BE7LH>", "person U024BE7LH"),
            ("<@W012A3CDE|lena>", "person W012A3CDE"),
            ("S0614TZR7", "group S0614TZR7"),
            ("<!subteam^S0614TZR7|@oncall>", "group S0614TZR7"),
            ("@payments-oncall", "group @payments-oncall"),
            ("lead@acme.example", "email lead@acme.example"),
        ] {
            let found = match kind(who) {
                Kind::Person(id) => format!("person {id}"),
                Kind::Group(name) => format!("group {name}"),
                Kind::Email(address) => format!("email {address}"),
            };
            assert_eq!(found, expected);
        }
    }
}
