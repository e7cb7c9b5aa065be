//! What a person does with channels: join, leave, invite, create, rename, archive.

use super::{Person, Refused, channel_to_write_in, seen_channel};
use crate::api::channel_name;
use crate::state::State;
use crate::state::channel::{Channel, ChannelKind};

impl Person {
    pub fn join(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = seen_channel(state, user, channel)?;
            if channel.archived {
                return Err(Refused::Archived(channel.name));
            }
            state.join(&channel.id, user, None);
            Ok(())
        })
    }

    pub fn leave(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            if channel.is_general() {
                return Err(Refused::Slack("cant_leave_general".into()));
            }
            state.leave(&channel.id, user);
            Ok(())
        })
    }

    /// Brings people, or the app, into a channel.
    pub fn invite(&self, channel: &str, people: &[&str]) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            let invited = people
                .iter()
                .map(|named| {
                    let found = state.find_user(named).filter(|user| !user.deleted);
                    let found = found.ok_or_else(|| Refused::NoSuchPerson((*named).to_owned()))?;
                    Ok(found.id.clone())
                })
                .collect::<Result<Vec<_>, Refused>>()?;
            for id in invited {
                state.join(&channel.id, &id, Some(user));
            }
            Ok(())
        })
    }

    /// Takes somebody, or the app, out of a channel.
    pub fn remove(&self, channel: &str, person: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            let removed = state.find_user(person).map(|user| user.id.clone());
            let removed = removed.ok_or_else(|| Refused::NoSuchPerson(person.to_owned()))?;
            state.leave(&channel.id, &removed);
            Ok(())
        })
    }

    pub fn create_channel(&self, name: &str, private: bool) -> Result<Channel, Refused> {
        self.act(|state, user| {
            let name = free_name(state, name)?;
            let kind = if private {
                ChannelKind::Private
            } else {
                ChannelKind::Public
            };
            let channel = state.new_channel("C", name, kind, user);
            let id = channel.id.clone();
            state.channels.push(channel);
            state.join(&id, user, None);
            state
                .channel(&id)
                .cloned()
                .ok_or(Refused::NoSuchChannel(id))
        })
    }

    pub fn rename_channel(&self, channel: &str, name: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            let name = free_name(state, name)?;
            state.rename(&channel.id, user, &name);
            Ok(())
        })
    }

    pub fn archive_channel(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            if channel.is_general() {
                return Err(Refused::Slack("cant_archive_general".into()));
            }
            state.set_archived(&channel.id, user, true);
            Ok(())
        })
    }

    pub fn unarchive_channel(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = seen_channel(state, user, channel)?;
            if channel.archived {
                state.set_archived(&channel.id, user, false);
            }
            Ok(())
        })
    }
}

fn free_name(state: &State, name: &str) -> Result<String, Refused> {
    let name = channel_name(name, state.settings.kana_channel_names)
        .map_err(|refusal| Refused::Slack(refusal.code().to_owned()))?;
    if state.find_channel(&name).is_some() {
        return Err(Refused::Slack("name_taken".into()));
    }
    Ok(name)
}
