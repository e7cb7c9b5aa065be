//! `conversations.*` that change a channel.

use serde_json::json;

use super::{Answer, Call, Refusal};
use crate::state::channel::{Channel, ChannelKind};

pub(super) mod invite;
pub(super) mod kick;
pub(super) mod name;
pub(super) mod open;
pub(super) mod read;

use name::channel_name;

/// The most characters of a topic or purpose.
const NOTE: usize = 250;

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let kana = call.state.settings.kana_channel_names;
    let name = channel_name(call.args.get("name").unwrap_or_default(), kana)?;
    if call.state.find_channel(&name).is_some() {
        return Err("name_taken".into());
    }
    let private = call.args.is_true("is_private");
    let (kind, scope) = if private {
        (ChannelKind::Private, "groups:write")
    } else {
        (ChannelKind::Public, "channels:manage")
    };
    call.require_scope(scope)?;
    let bot = call.state.bot_user_id().to_owned();
    let channel = call.state.new_channel("C", name, kind, &bot);
    let id = channel.id.clone();
    let created = json!({
        "type": "channel_created",
        "channel": {
            "id": channel.id,
            "name": channel.name,
            "name_normalized": channel.name,
            "created": channel.created,
            "creator": channel.creator,
            "is_channel": true,
            "context_team_id": call.state.settings.team.id,
        },
        "event_ts": call.state.next_ts(),
    });
    call.state.add_channel(channel);
    if !private {
        call.state.emit("channel_created", Some(&id), &created);
    }
    call.state.join(&id, &bot, None);
    call.channel_answer(&id)
}

pub(super) fn join(call: &mut Call<'_>) -> Answer {
    let channel = call.seen_channel()?;
    if !channel.is_public() {
        return Err("method_not_supported_for_channel_type".into());
    }
    if channel.archived {
        return Err("is_archived".into());
    }
    let (id, bot) = (channel.id.clone(), call.state.bot_user_id().to_owned());
    let already = channel.has(&bot);
    call.state.join(&id, &bot, None);
    let mut answer = call.channel_answer(&id)?;
    if already {
        answer["warning"] = json!("already_in_channel");
        answer["response_metadata"] = json!({ "warnings": ["already_in_channel"] });
    }
    Ok(answer)
}

pub(super) fn set_topic(call: &mut Call<'_>) -> Answer {
    let (channel, topic) = note(call, "topic")?;
    let bot = call.state.bot_user_id().to_owned();
    call.state.set_topic(&channel, &bot, &topic);
    call.channel_answer(&channel)
}

pub(super) fn set_purpose(call: &mut Call<'_>) -> Answer {
    let (channel, purpose) = note(call, "purpose")?;
    let bot = call.state.bot_user_id().to_owned();
    call.state.set_purpose(&channel, &bot, &purpose);
    call.channel_answer(&channel)
}

pub(super) fn rename(call: &mut Call<'_>) -> Answer {
    let channel = call.open_channel()?;
    let (id, creator) = (channel.id.clone(), channel.creator.clone());
    let kana = call.state.settings.kana_channel_names;
    let name = channel_name(call.args.get("name").unwrap_or_default(), kana)?;
    let bot = call.state.bot_user_id().to_owned();
    if creator != bot {
        return Err("not_authorized".into());
    }
    if call
        .state
        .find_channel(&name)
        .is_some_and(|taken| taken.id != id)
    {
        return Err("name_taken".into());
    }
    call.state.rename(&id, &bot, &name);
    call.channel_answer(&id)
}

pub(super) fn archive(call: &mut Call<'_>) -> Answer {
    let channel = call.member_channel()?;
    if matches!(channel.kind, ChannelKind::Direct(_)) {
        return Err("method_not_supported_for_channel_type".into());
    }
    if channel.is_general() {
        return Err("cant_archive_general".into());
    }
    if channel.archived {
        return Err("already_archived".into());
    }
    let (id, bot) = (channel.id.clone(), call.state.bot_user_id().to_owned());
    call.state.set_archived(&id, &bot, true);
    Ok(json!({}))
}

fn note(call: &Call<'_>, field: &str) -> Result<(String, String), Refusal> {
    let channel = call.open_channel()?;
    if matches!(channel.kind, ChannelKind::Direct(_)) {
        return Err("method_not_supported_for_channel_type".into());
    }
    if !call.args.has(field) {
        return Err(Refusal::missing(field));
    }
    let value = call.args.get(field).unwrap_or_default();
    if value.chars().count() > NOTE {
        return Err("too_long".into());
    }
    Ok((channel.id.clone(), value.to_owned()))
}

impl Call<'_> {
    /// `channel`, if the app can see it: public, or one it is in.
    pub(super) fn seen_channel(&self) -> Result<&Channel, Refusal> {
        self.seen_channel_named("channel")
    }

    /// `channel`, if the app is in it.
    pub(super) fn member_channel(&self) -> Result<&Channel, Refusal> {
        self.member_channel_named("channel")
    }

    pub(super) fn member_channel_named(&self, argument: &str) -> Result<&Channel, Refusal> {
        let channel = self.seen_channel_named(argument)?;
        if !channel.has(self.state.bot_user_id()) {
            return Err("not_in_channel".into());
        }
        Ok(channel)
    }

    /// `channel`, if the app is in it and it is not archived.
    pub(super) fn open_channel(&self) -> Result<&Channel, Refusal> {
        let channel = self.member_channel()?;
        if channel.archived {
            return Err("is_archived".into());
        }
        Ok(channel)
    }

    pub(super) fn channel_answer(&self, id: &str) -> Answer {
        let channel = self.state.channel(id).ok_or("channel_not_found")?;
        Ok(json!({ "channel": self.state.channel_json(channel) }))
    }

    pub(super) fn require_scope(&self, scope: &str) -> Result<(), Refusal> {
        if self.state.has_scope(scope) {
            return Ok(());
        }
        Err(Refusal::new("missing_scope")
            .with("needed", json!(scope))
            .with("provided", json!(self.state.settings.scopes.join(","))))
    }

    fn seen_channel_named(&self, argument: &str) -> Result<&Channel, Refusal> {
        let channel = self.state.channel(self.args.required(argument)?);
        let bot = self.state.bot_user_id();
        Ok(channel
            .filter(|channel| channel.is_public() || channel.has(bot))
            .ok_or("channel_not_found")?)
    }
}
