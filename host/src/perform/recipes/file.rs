//! Uploads a file in Slack's three steps: an address for the bytes, the bytes, the file's sharing.
//! Nobody sees anything before the last, so until then it is simply begun again.

use bytes::Bytes;
use serde_json::{Value, json};

use super::inside;
use crate::{
    effect::{File, State, Target},
    ids::{MessageId, Owner},
    perform::{errand::Errand, memory::Prepared, outcome::Done, resolve::Spot, stop::Stop},
    store::{Resource, Settlement},
};

/// Slack's code for a file that is not there, or that was shared already.
const GONE: &str = "file_not_found";
/// How often the message of a shared file is looked for.
const LOOKS: u32 = 3;

/// Puts the bytes into Slack. The file's id.
pub(super) async fn store(errand: &Errand<'_>, file: &File) -> Result<String, Stop> {
    let (world, team) = (errand.world, &errand.effect.team);
    let arguments = json!({ "filename": file.filename, "length": file.bytes.len() });
    let place = errand.look("files.getUploadURLExternal", arguments).await?;
    let (Some(url), Some(id)) = (place.text("/upload_url"), place.text("/file_id")) else {
        return Err(Stop::Again {
            why: "Slack gave no place".to_owned(),
            answered: true,
        });
    };
    match errand
        .slack()?
        .upload(url, Bytes::copy_from_slice(&file.bytes))
        .await
    {
        Ok(()) => Ok(id.to_owned()),
        Err(error) => Err(world.failed(team, None, error).await.harmless()),
    }
}

/// Shares the file, and waits until Slack shows its message.
pub(super) async fn share(
    errand: &mut Errand<'_>,
    name: &str,
    to: &Target,
    file: &File,
) -> Result<Done, Stop> {
    let spot = errand.spot(to).await?;
    let spot = errand.channel(to, spot).await?;
    if errand.unknown()
        && let Some(done) = look(errand, name, &spot).await?
    {
        return Ok(done);
    }
    if errand.unknown()
        && errand.memory.prepared.is_none()
        && let Some(id) = remembered(errand).await?
    {
        // The same file once more: Slack shares it once, whichever of the two calls comes first.
        errand.memory.prepared = Some(Prepared::File(id));
    }
    inside::stays(errand, &spot.channel).await?;
    super::prepare(errand).await?;
    let Some(Prepared::File(id)) = errand.memory.prepared.clone() else {
        return Err(Stop::Park("the file could not be uploaded".to_owned()));
    };
    let method = "files.completeUploadExternal";
    errand.begin(method, Some(&spot.channel)).await?;
    remember(errand, &id, &spot).await?;
    let comment = Some(file.comment.as_str()).filter(|comment| !comment.is_empty());
    let arguments = json!({
        "files": [{ "id": id, "title": file.title }],
        "channel_id": spot.channel,
        "thread_ts": spot.thread,
        "initial_comment": comment,
    });
    match errand.send(method, arguments).await {
        Ok(_) => {}
        Err(Stop::Rejected(refused)) if errand.unknown() && refused.code == GONE => {
            return shared_or_anew(errand, name, &spot, file).await;
        }
        Err(stop) => return Err(stop),
    }
    errand.memory.taken = true;
    errand.memory.looks = 0;
    match look(errand, name, &spot).await {
        Err(Stop::Later(at)) => Err(Stop::LookAt(at)),
        Err(Stop::Again { .. }) => Err(Stop::LookAt(errand.world.now())),
        shared => shared?.ok_or_else(|| Stop::Park("Slack lost the file".to_owned())),
    }
}

/// Slack does not let the file be shared again: the call of before has just done it, or Slack has
/// forgotten the bytes, which are uploaded anew then.
async fn shared_or_anew(
    errand: &mut Errand<'_>,
    name: &str,
    spot: &Spot,
    file: &File,
) -> Result<Done, Stop> {
    if let Some(done) = look(errand, name, spot).await? {
        return Ok(done);
    }
    errand.memory.looks += 1;
    if errand.memory.looks < LOOKS {
        let wait = errand.world.settings.backoff;
        return Err(Stop::Later(errand.world.now().plus(wait)));
    }
    let id = store(errand, file).await?;
    remember(errand, &id, spot).await?;
    errand.memory.prepared = Some(Prepared::File(id));
    Err(Stop::Again {
        why: "Slack had forgotten the file".to_owned(),
        answered: true,
    })
}

/// Finds the file's message. `None`: Slack knows of no sharing.
async fn look(errand: &mut Errand<'_>, name: &str, spot: &Spot) -> Result<Option<Done>, Stop> {
    let Some(id) = remembered(errand).await? else {
        return Ok(None);
    };
    let info = match errand.look("files.info", json!({ "file": id })).await {
        Ok(answer) => answer.body,
        Err(Stop::Rejected(_)) if errand.memory.taken => Value::Null,
        Err(Stop::Rejected(refused)) if refused.code == GONE => return Ok(None),
        Err(Stop::Rejected(refused)) => {
            return Err(Stop::Park(format!(
                "the file may have been shared, and Iris cannot look: {refused}"
            )));
        }
        Err(stop) => return Err(stop),
    };
    if let Some(ts) = shared_as(&info, spot) {
        let at = MessageId {
            channel: spot.channel.clone(),
            ts,
        };
        return Ok(Some(done(errand, name, &id, Some(at))));
    }
    errand.memory.looks += 1;
    if errand.memory.looks < LOOKS && !info.is_null() {
        let wait = errand.world.settings.backoff;
        return Err(Stop::Later(errand.world.now().plus(wait)));
    }
    // Slack took it: it is shared, though its message has no place that we know of.
    Ok(errand.memory.taken.then(|| done(errand, name, &id, None)))
}

fn shared_as(info: &Value, spot: &Spot) -> Option<String> {
    let shares = ["public", "private"].into_iter();
    let mut shares = shares.filter_map(|kind| {
        info.pointer("/file/shares")?
            .get(kind)?
            .get(spot.channel.as_str())?
            .get(0)
    });
    Some(shares.next()?["ts"].as_str()?.to_owned())
}

fn done(errand: &Errand<'_>, name: &str, file: &str, at: Option<MessageId>) -> Done {
    let mut answer = json!({ "file": file });
    if let Some(at) = &at {
        answer["channel"] = json!(at.channel);
        answer["ts"] = json!(at.ts);
    }
    let owner = &errand.effect.owner;
    let resources = at
        .map(|at| errand.stands(owner, name, at))
        .into_iter()
        .collect();
    Done {
        answer,
        resources,
        what: None,
    }
}

/// The file's id is kept before it is shared, so that a restart can look for it.
async fn remember(errand: &Errand<'_>, id: &str, spot: &Spot) -> Result<(), Stop> {
    let effect = errand.effect;
    let place = MessageId {
        channel: spot.channel.clone(),
        ts: id.to_owned(),
    };
    let resource: Resource = errand.stands(&Owner::core(), &memo(&effect.key), place);
    let settlement = Settlement {
        team: effect.team.clone(),
        key: effect.key.clone(),
        state: State::Sending,
        attempts: effect.attempts,
        not_before: effect.not_before,
        resources: vec![resource],
        forgotten: Vec::new(),
        events: Vec::new(),
        deeds: Vec::new(),
    };
    Ok(errand.world.store.settle(settlement).await?)
}

async fn remembered(errand: &Errand<'_>) -> Result<Option<String>, Stop> {
    let memo = errand
        .resource(&Owner::core(), &memo(&errand.effect.key))
        .await?;
    Ok(memo.map(|resource| resource.id.ts))
}

/// No message can have this name: names have no `:`.
fn memo(key: &str) -> String {
    format!("file:{key}")
}
