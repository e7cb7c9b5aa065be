//! What a person does with channels: join, leave, invite, create, rename, archive, delete.

use super::{Person, Refused, channel_to_write_in, seen_channel};
use crate::api::channel_name;
use crate::state::State;
use crate::state::channel::{Channel, ChannelKind, Pin};
use crate::story::{Deed, place_of, words_of};

impl Person {
    pub fn join(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = seen_channel(state, user, channel)?;
            if channel.archived {
                return Err(Refused::Archived(channel.name));
            }
            let place = place_of(state, &channel.id);
            state.tell(|_| Deed::Join { place });
            state.join(&channel.id, user, None);
            Ok(())
        })
    }

    /// Has seen everything that stands in the channel.
    pub fn reads(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = seen_channel(state, user, channel)?;
            state.mark_read(user, &channel.id);
            Ok(())
        })
    }

    pub fn leave(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            if channel.is_general() {
                return Err(Refused::Slack("cant_leave_general".into()));
            }
            let place = place_of(state, &channel.id);
            state.tell(|_| Deed::Leave { place });
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
            state.tell(|state| {
                let people: Vec<String> = invited.iter().map(|id| handle(state, id)).collect();
                Deed::Invite {
                    place: place_of(state, &channel.id),
                    whom: people.join(", "),
                }
            });
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
            let place = place_of(state, &channel.id);
            let whom = handle(state, &removed);
            state.tell(|_| Deed::Remove { place, whom });
            state.leave(&channel.id, &removed);
            Ok(())
        })
    }

    /// Pins a message of the channel, or takes the pin out.
    pub fn pin(&self, channel: &str, ts: &str, on: bool) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            if state.message(&channel.id, ts).is_none() {
                return Err(Refused::NoSuchMessage);
            }
            state.tell(|state| Deed::Pin {
                place: place_of(state, &channel.id),
                message: words_of(state, &channel.id, ts),
                on,
            });
            let created = state.clock.seconds();
            if let Some(channel) = state.channel_mut(&channel.id) {
                channel.pins.retain(|pin| pin.ts != ts);
                if on {
                    channel.pins.push(Pin {
                        ts: ts.to_owned(),
                        user: user.to_owned(),
                        created,
                    });
                }
            }
            state.touch_message(&channel.id, ts);
            Ok(())
        })
    }

    pub fn create_channel(&self, name: &str, private: bool) -> Result<Channel, Refused> {
        self.act(|state, user| {
            let name = free_name(state, name)?;
            state.tell(|_| Deed::Create {
                name: name.clone(),
                private,
            });
            let kind = if private {
                ChannelKind::Private
            } else {
                ChannelKind::Public
            };
            let channel = state.new_channel("C", name, kind, user);
            let id = channel.id.clone();
            state.add_channel(channel);
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
            state.tell(|state| Deed::Rename {
                place: place_of(state, &channel.id),
                name: name.clone(),
            });
            state.rename(&channel.id, user, &name);
            Ok(())
        })
    }

    /// Takes another organisation into the channel, by Slack Connect.
    pub fn connect_channel(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            let place = place_of(state, &channel.id);
            state.tell(|_| Deed::Connect { place });
            if let Some(channel) = state.channel_mut(&channel.id) {
                channel.external = true;
            }
            Ok(())
        })
    }

    pub fn archive_channel(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = channel_to_write_in(state, user, channel)?;
            if channel.is_general() {
                return Err(Refused::Slack("cant_archive_general".into()));
            }
            state.tell(|state| Deed::Archive {
                place: place_of(state, &channel.id),
                archived: true,
            });
            state.set_archived(&channel.id, user, true);
            Ok(())
        })
    }

    /// As admins can: nothing of it is left.
    pub fn delete_channel(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = seen_channel(state, user, channel)?;
            if channel.is_general() {
                return Err(Refused::Slack("cant_delete_general".into()));
            }
            state.delete_channel(&channel.id, user);
            Ok(())
        })
    }

    pub fn unarchive_channel(&self, channel: &str) -> Result<(), Refused> {
        self.act(|state, user| {
            let channel = seen_channel(state, user, channel)?;
            if channel.archived {
                state.tell(|state| Deed::Archive {
                    place: place_of(state, &channel.id),
                    archived: false,
                });
                state.set_archived(&channel.id, user, false);
            }
            Ok(())
        })
    }
}

fn handle(state: &State, user: &str) -> String {
    let found = state.user(user);
    found.map_or_else(String::new, |user| format!("@{}", user.name))
}

fn free_name(state: &State, name: &str) -> Result<String, Refused> {
    let name = channel_name(name, state.settings.kana_channel_names)
        .map_err(|refusal| Refused::Slack(refusal.code().to_owned()))?;
    if state.find_channel(&name).is_some() {
        return Err(Refused::Slack("name_taken".into()));
    }
    Ok(name)
}
