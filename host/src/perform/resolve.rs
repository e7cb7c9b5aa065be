//! Names to Slack's ids: rooms, messages, places.

use serde_json::json;

use super::{errand::Errand, queue::provides, stop::Stop};
use crate::{
    effect::{Act, Effect, MessageRef, Need, State, Target},
    ids::{ChannelId, MessageId, Owner, UserId},
    store::Resource,
};

/// The name of an incident's room among its resources.
pub(super) const ROOM: &str = "room";

/// A place in Slack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// For a person, the person's id.
    pub(super) channel: ChannelId,
    pub(super) thread: Option<String>,
}

impl Errand<'_> {
    pub(super) async fn room(&self) -> Result<ChannelId, Stop> {
        self.resource(&Owner::core(), ROOM)
            .await?
            .map(|room| room.id.channel)
            .ok_or(Stop::Missing(Need::Room))
    }

    pub(super) async fn message(&self, message: &MessageRef) -> Result<MessageId, Stop> {
        let (owner, name) = match message {
            MessageRef::Seen(id) => return Ok(id.clone()),
            MessageRef::Named { owner, name } => (owner, name),
        };
        if let Some(resource) = self.resource(owner, name).await? {
            return Ok(resource.id);
        }
        let need = Need::Message {
            owner: owner.clone(),
            name: name.clone(),
        };
        // A name that was given up still means the message it last stood for.
        let before = self.before(&need).await?;
        before
            .iter()
            .rev()
            .find_map(posted_as)
            .ok_or(Stop::Missing(need))
    }

    pub(super) async fn spot(&self, target: &Target) -> Result<Spot, Stop> {
        Ok(match target {
            Target::Room => Spot {
                channel: self.room().await?,
                thread: None,
            },
            Target::Channel(channel) => Spot {
                channel: channel.clone(),
                thread: None,
            },
            Target::Person(user) => Spot {
                channel: user.as_str().into(),
                thread: None,
            },
            Target::Thread(message) => {
                let id = self.message(message).await?;
                Spot {
                    channel: id.channel,
                    thread: Some(id.ts),
                }
            }
        })
    }

    /// The same place with the conversation's own id, as methods other than posting need it.
    pub(super) async fn channel(&self, target: &Target, spot: Spot) -> Result<Spot, Stop> {
        match target {
            Target::Person(user) => Ok(Spot {
                channel: self.conversation_with(user).await?,
                ..spot
            }),
            Target::Room | Target::Channel(_) | Target::Thread(_) => Ok(spot),
        }
    }

    /// Where a message that is known by name was meant to stand.
    pub(super) async fn place_of(&self, message: &MessageRef) -> Result<Option<Target>, Stop> {
        let MessageRef::Named { owner, name } = message else {
            return Ok(None);
        };
        let need = Need::Message {
            owner: owner.clone(),
            name: name.clone(),
        };
        let before = self.before(&need).await?;
        Ok(before.into_iter().rev().find_map(|effect| {
            let Act::Post { to, .. } = effect.act else {
                return None;
            };
            Some(to)
        }))
    }

    pub(super) async fn resource(
        &self,
        owner: &Owner,
        name: &str,
    ) -> Result<Option<Resource>, Stop> {
        let Effect { team, incident, .. } = self.effect;
        Ok(self
            .world
            .store
            .resource(team, *incident, owner, name)
            .await?)
    }

    /// What this effect makes stand in Slack.
    pub(super) fn stands(&self, owner: &Owner, name: &str, id: MessageId) -> Resource {
        let us = self.world.workspaces.identity(&self.effect.team);
        let permalink = us.map(|us| id.permalink(&us.url));
        Resource {
            team: self.effect.team.clone(),
            incident: self.effect.incident,
            owner: owner.clone(),
            name: name.to_owned(),
            id,
            permalink,
        }
    }

    /// Effects of the same incident that were planned before this one and provide `need`.
    async fn before(&self, need: &Need) -> Result<Vec<Effect>, Stop> {
        let Some(incident) = self.effect.incident else {
            return Ok(Vec::new());
        };
        let effects = self
            .world
            .store
            .effects(&self.effect.team, incident)
            .await?;
        let before = effects
            .into_iter()
            .take_while(|effect| effect.key != self.effect.key);
        Ok(before
            .filter(|effect| provides(effect).as_ref() == Some(need))
            .collect())
    }

    async fn conversation_with(&self, user: &UserId) -> Result<ChannelId, Stop> {
        let answer = self
            .look("conversations.open", json!({ "users": user }))
            .await?;
        answer
            .text("/channel/id")
            .map(ChannelId::from)
            .ok_or_else(|| Stop::Park("conversations.open gave no conversation".to_owned()))
    }
}

/// The message that an applied post became.
fn posted_as(effect: &Effect) -> Option<MessageId> {
    let State::Applied { answer } = &effect.state else {
        return None;
    };
    let text = |name: &str| answer.get(name)?.as_str();
    Some(MessageId {
        channel: text("channel")?.into(),
        ts: text("ts")?.to_owned(),
    })
}
