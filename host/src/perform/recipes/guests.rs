//! Whom an invitation means: groups are expanded, e-mail addresses looked up, all at the same time,
//! and what Slack says of them is kept for a while.

use std::{collections::BTreeSet, sync::Arc};

use futures_util::future::{join, join_all};
use iris_kit::responder::Responder;
use serde_json::{Value, json};

use crate::{
    event::Missing,
    ids::UserId,
    perform::{
        directory::{Groups, Said},
        errand::Errand,
        memory::{Found, Guests},
        people,
        stop::Stop,
    },
};

/// Nobody is kept out because another cannot be found.
pub(super) async fn look_up(errand: &mut Errand<'_>, people: &[String]) -> Result<Guests, Stop> {
    ask(errand, people).await?;
    let Found { groups, addresses } = &errand.memory.found;
    let mut guests = Guests::default();
    let mut met = BTreeSet::new();
    for who in people {
        let found = match (Responder::read(who), groups) {
            (Responder::Person(id), _) => Ok(vec![UserId::from(id)]),
            (Responder::Email(address), _) => addresses
                .get(address)
                .map_or(Ok(vec![]), |found| found.clone().map(|user| vec![user])),
            (Responder::Group(name), Some(Ok(groups))) => members(groups, name),
            (Responder::Group(_), Some(Err(code))) => Err(code.clone()),
            (Responder::Group(_), None) => Ok(vec![]),
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

/// Asks Slack for what is not known yet. Its answers are kept when a rate limit ends the try, so
/// that the next one only asks for the rest.
async fn ask(errand: &mut Errand<'_>, people: &[String]) -> Result<(), Stop> {
    let found = &errand.memory.found;
    let meant = || people.iter().map(|who| Responder::read(who));
    let wants_groups = found.groups.is_none() && meant().any(Responder::is_group);
    let addresses: BTreeSet<&str> = meant()
        .filter_map(|responder| match responder {
            Responder::Email(address) if !found.addresses.contains_key(address) => Some(address),
            Responder::Email(_) | Responder::Group(_) | Responder::Person(_) => None,
        })
        .collect();

    let me = &*errand;
    let (team, world) = (&me.effect.team, me.world);
    let (clock, settings) = (&*world.clock, &world.settings);
    let groups = async {
        if !wants_groups {
            return None;
        }
        let ask = all_groups(me);
        let said = world
            .directory
            .groups(team, clock, settings.group_age, ask)
            .await;
        Some(said)
    };
    let persons = addresses.into_iter().map(async |address| {
        let ask = person(me, address);
        let age = settings.address_age;
        let said = world
            .directory
            .address((team, address), clock, age, ask)
            .await;
        (address, said)
    });
    let (groups, persons) = join(groups, join_all(persons)).await;

    let found = &mut errand.memory.found;
    let mut stopped = None;
    match groups {
        Some(Ok(groups)) => found.groups = Some(groups),
        Some(Err(stop)) => stopped = Some(stop),
        None => {}
    }
    for (address, person) in persons {
        match person {
            Ok(person) => {
                found.addresses.insert(address.to_owned(), person);
            }
            Err(stop) => stopped = Some(stop),
        }
    }
    stopped.map_or(Ok(()), Err)
}

/// Slack refused somebody who was wished as `who`: what that means is asked for anew.
pub(super) fn doubt(errand: &Errand<'_>, who: &str) {
    let (team, directory) = (&errand.effect.team, &errand.world.directory);
    match Responder::read(who) {
        Responder::Person(_) => {}
        Responder::Group(_) => directory.forget_groups(team),
        Responder::Email(address) => directory.forget_address(team, address),
    }
}

async fn person(errand: &Errand<'_>, address: &str) -> Result<Said<UserId>, Stop> {
    let answer = errand
        .look("users.lookupByEmail", json!({ "email": address }))
        .await;
    Ok(match answer {
        Ok(answer) if answer.body["user"]["deleted"] == true => Err("deactivated".to_owned()),
        Ok(answer) => match answer.text("/user/id") {
            Some(id) => {
                let id = UserId::from(id);
                // Who they are need not be asked again for their names.
                people::keep(errand.world, &errand.effect.team, &id, &answer.body["user"]).await;
                Ok(id)
            }
            None => Err("not-found".to_owned()),
        },
        Err(Stop::Rejected(refused)) => Err(match refused.code.as_str() {
            "users_not_found" | "user_not_found" => "not-found".to_owned(),
            _ => refused.code,
        }),
        Err(stop) => return Err(stop),
    })
}

/// Every group is missing by the same code.
async fn all_groups(errand: &Errand<'_>) -> Result<Said<Groups>, Stop> {
    match errand
        .look("usergroups.list", json!({ "include_users": true }))
        .await
    {
        Ok(answer) => Ok(Ok(Arc::new(answer.list("/usergroups").to_vec()))),
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
