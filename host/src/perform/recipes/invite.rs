//! Brings people into the room. Never fails because of one of them.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::guests;
use crate::{
    event::{Missing, What},
    ids::{ChannelId, UserId},
    perform::{
        errand::{Admitted, Errand},
        memory::Prepared,
        outcome::Done,
        stop::Stop,
    },
    slack::{Meaning, Rejection, meaning},
};

const METHOD: &str = "conversations.invite";

/// As many Slack takes in one call.
const BATCH: usize = 100;

pub(super) async fn invite(errand: &mut Errand<'_>, people: &[String]) -> Result<Done, Stop> {
    super::prepare(errand).await?;
    let Some(Prepared::Guests(guests)) = errand.memory.prepared.clone() else {
        return Err(Stop::Park(format!(
            "nobody could be looked up of {people:?}"
        )));
    };
    let room = errand.room().await?;
    let mut turned_away = Vec::new();
    let mut stopped = None;
    for (batch, refused) in all_in(errand, &room, &guests.people).await? {
        let refused = match refused {
            Ok(refused) => refused,
            Err(stop) => {
                stopped = Some(stop);
                continue;
            }
        };
        for (user, who) in batch {
            match refused.iter().find(|(refused, _)| refused == user) {
                None => came(errand, user),
                Some((_, code)) if code == "already_in_channel" => {
                    // If an earlier try may have brought them, they came because of it.
                    if errand.unknown() || errand.effect.attempts > 0 {
                        came(errand, user);
                    }
                }
                Some((_, code)) if code == "cant_invite_self" => {}
                Some((_, code)) => turned_away.push((user, who, code.clone())),
            }
        }
    }
    if let Some(stop) = stopped {
        return Err(stop);
    }
    let me = &*errand;
    let reasons = turned_away.iter().map(async |(user, who, code)| {
        guests::doubt(me, who);
        Missing {
            who: (*who).clone(),
            code: reason(me, user, code).await,
        }
    });
    let mut missing = guests.missing.clone();
    missing.extend(join_all(reasons).await);
    let came = std::mem::take(&mut errand.memory.came);
    Ok(Done {
        answer: json!({ "came": came, "missing": missing }),
        resources: Vec::new(),
        what: Some(What::Invited {
            owner: errand.effect.owner.clone(),
            came,
            missing,
        }),
    })
}

fn came(errand: &mut Errand<'_>, user: &UserId) {
    if !errand.memory.came.contains(user) {
        errand.memory.came.push(user.clone());
    }
}

/// A guest, and how they were wished.
type Guest = (UserId, String);

/// Who was refused, with Slack's code.
type Refused = Result<Vec<(UserId, String)>, Stop>;

/// Invites all, as many at the same time as Slack's limit has room for: nobody waits for another
/// hundred.
async fn all_in<'a>(
    errand: &mut Errand<'_>,
    room: &ChannelId,
    people: &'a [Guest],
) -> Result<Vec<(&'a [Guest], Refused)>, Stop> {
    let batches: Vec<_> = people.chunks(BATCH).collect();
    if batches.is_empty() {
        return Ok(vec![]);
    }
    errand.slack()?;
    let mut first = Some(errand.admit(METHOD, Some(room))?);
    errand.begin(METHOD, Some(room)).await?;
    let me = &*errand;
    // In order, so that who is named first is called first where there is not room for all.
    let batches: Vec<_> = batches
        .into_iter()
        .map(|batch| {
            let first = first.take().map(Ok);
            (batch, first.unwrap_or_else(|| me.admit(METHOD, Some(room))))
        })
        .collect();
    let each = batches.into_iter().map(async |(batch, admitted)| {
        let refused = match admitted {
            Ok(admitted) => batch_in(me, room, batch, admitted).await,
            Err(later) => Err(later),
        };
        (batch, refused)
    });
    Ok(join_all(each).await)
}

/// Invites up to a hundred.
async fn batch_in(
    errand: &Errand<'_>,
    room: &ChannelId,
    batch: &[Guest],
    admitted: Admitted<'_>,
) -> Refused {
    let users: Vec<&str> = batch.iter().map(|(user, _)| user.as_str()).collect();
    let arguments = json!({ "channel": room, "users": users.join(","), "force": true });
    match errand.call(METHOD, &arguments, admitted).await {
        Ok(answer) => Ok(each(answer.list("/errors"))),
        Err(Stop::Rejected(refused)) => {
            let each = each(&refused.errors);
            if !each.is_empty() {
                return Ok(each);
            }
            if meaning(&refused.method, &refused.code) == Meaning::Unheard {
                return Err(Stop::Rejected(refused));
            }
            if batch.len() == 1 || about_the_room(&refused) {
                return Ok(batch
                    .iter()
                    .map(|(u, _)| (u.clone(), refused.code.clone()))
                    .collect());
            }
            // Slack did not say who is meant: one by one.
            let each = batch.iter().map(async |one| {
                let admitted = errand.admit(METHOD, Some(room))?;
                Box::pin(batch_in(errand, room, std::slice::from_ref(one), admitted)).await
            });
            // None is cut off in the middle because another fails.
            let each: Result<Vec<_>, Stop> = join_all(each).await.into_iter().collect();
            Ok(each?.concat())
        }
        Err(stop) => Err(stop),
    }
}

/// Whether a code would be the same for everybody.
fn about_the_room(refused: &Rejection) -> bool {
    matches!(
        refused.code.as_str(),
        "channel_not_found" | "is_archived" | "not_in_channel" | "missing_scope" | "no_permission"
    )
}

fn each(errors: &[Value]) -> Vec<(UserId, String)> {
    let one = |error: &Value| {
        Some((
            UserId::from(error["user"].as_str()?),
            error["error"].as_str()?.to_owned(),
        ))
    };
    errors.iter().filter_map(one).collect()
}

/// Why somebody could not come: Slack's code, unless who they are says more.
async fn reason(errand: &Errand<'_>, user: &UserId, code: &str) -> String {
    match code {
        "user_not_found" | "no_user" | "users_not_found" => return "not-found".to_owned(),
        "user_disabled" | "user_is_deactivated" => return "deactivated".to_owned(),
        _ => {}
    }
    let known = errand.look("users.info", json!({ "user": user })).await;
    match known {
        Ok(answer) if answer.body["user"]["deleted"] == true => "deactivated".to_owned(),
        Ok(answer) if answer.body["user"]["is_bot"] == true => "bot".to_owned(),
        Ok(_) | Err(_) => code.to_owned(),
    }
}
