//! Turns wishes into effects: what is to be sent, where, after what.
//!
//! A plan never says *when*: an effect goes out as soon as what it needs stands and nothing of the
//! same order is before it. So the shortest way through Slack is found by itself.

mod answer;
mod sending;

use std::collections::BTreeSet;

pub use self::answer::NextView;
use self::sending::{Sending, label, message_need, needs_of, on_message};
use super::{
    Act, Content, Effect, MessageRef, Place, Scope, State, Target, Wish, channel_name, latin_name,
    view,
};
use crate::{
    clock::Moment,
    event::Event,
    ids::Owner,
    incident::Incident,
    store::{StatePlace, Timer, TimerChange},
};

/// How long Slack takes what is sent to a `response_url`.
const REPLY_MS: u64 = 30 * 60 * 1000;

/// What a plan is made from.
pub struct Planner<'a> {
    pub event: &'a Event,
    pub incident: Option<&'a Incident>,
    /// Messages that stand or are planned, by owner and name.
    pub messages: &'a BTreeSet<(Owner, String)>,
    pub now: Moment,
    /// Whether the team lets Iris post where other organisations read it too.
    pub outside: bool,
    /// Gives a new key, unique and unguessable.
    pub key: fn() -> String,
    /// The name of a form that is open already and says to wait: it is filled instead of opening
    /// another.
    pub prepared: Option<&'a str>,
}

/// What wishes come to.
#[derive(Debug, Default)]
pub struct Plan {
    pub effects: Vec<Effect>,
    pub timers: Vec<TimerChange>,
    /// Messages that stand or are planned from now on.
    pub named: Vec<(Owner, String)>,
    /// Messages that are to be deleted: their names are free.
    pub removed: Vec<(Owner, String)>,
    /// What the acknowledgement of a form shall show: the whole view, and whether on top.
    pub form: Option<NextView>,
}

impl Planner<'_> {
    /// Plans the wishes of one owner, in order. What is not planned but applied, as changes of the
    /// incident and declarations are, is passed over.
    pub fn plan(&mut self, owner: &Owner, wishes: &[Wish], plan: &mut Plan) {
        for wish in wishes {
            self.one(owner, wish, plan);
        }
    }

    fn one(&mut self, owner: &Owner, wish: &Wish, plan: &mut Plan) {
        match wish {
            Wish::Change(_) | Wish::Declare(_) | Wish::RedrawHome => {}

            Wish::OpenRoom { name, hidden } => {
                let act = Act::CreateRoom {
                    name: channel_name(name),
                    latin: latin_name(name),
                    hidden: *hidden,
                };
                self.push(owner, wish, act, Sending::default().slot("room"), plan);
            }
            Wish::Invite { people } => {
                let act = Act::Invite {
                    people: people.clone(),
                };
                self.push(owner, wish, act, Sending::default().in_room(), plan);
            }
            Wish::Topic { text } => {
                let act = Act::SetTopic { text: text.clone() };
                let how = Sending::default().in_room().order("topic").slot("topic");
                self.push(owner, wish, act, how, plan);
            }
            Wish::Bookmark { title, link, emoji } => {
                let act = Act::Bookmark {
                    title: title.clone(),
                    link: link.clone(),
                    emoji: emoji.clone(),
                };
                self.push(
                    owner,
                    wish,
                    act,
                    Sending::default().in_room().order("bookmark"),
                    plan,
                );
            }
            Wish::Rename { name } => {
                let act = Act::RenameRoom {
                    name: channel_name(name),
                };
                self.push(
                    owner,
                    wish,
                    act,
                    Sending::default().in_room().order("room-name"),
                    plan,
                );
            }
            Wish::Archive => {
                let how = Sending::default().in_room().order("room");
                self.push(owner, wish, Act::ArchiveRoom, how, plan);
            }

            Wish::Post {
                name,
                place,
                content,
            } => self.post(owner, wish, name, place, content, plan),
            Wish::Update { name, content } => self.update(owner, wish, name, content, plan),
            Wish::Say { place, content } => {
                let Some((to, how)) = self.target(place) else {
                    return;
                };
                let act = Act::Post {
                    name: None,
                    to,
                    content: content.clone(),
                };
                self.push(owner, wish, act, how, plan);
            }
            Wish::Remove { name } => {
                let message = named(owner, name);
                let how = on_message(&message);
                self.push(owner, wish, Act::Delete { message }, how, plan);
                plan.removed.push((owner.clone(), name.clone()));
                plan.named.retain(|(o, n)| (o, n) != (owner, name));
            }
            Wish::Pin { message } => {
                let act = Act::Pin {
                    message: message.clone(),
                };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::Unpin { message } => {
                let act = Act::Unpin {
                    message: message.clone(),
                };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::React { message, emoji } => {
                let act = Act::React {
                    message: message.clone(),
                    emoji: emoji.clone(),
                };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::Unreact { message, emoji } => {
                let act = Act::Unreact {
                    message: message.clone(),
                    emoji: emoji.clone(),
                };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::Reply { content } => self.reply(owner, wish, content, false, plan),
            Wish::ReplyInstead { content } => self.reply(owner, wish, content, true, plan),
            Wish::Whisper {
                to: user,
                place,
                content,
            } => {
                let Some((to, how)) = self.target(place) else {
                    return;
                };
                let act = Act::Whisper {
                    user: user.clone(),
                    to,
                    content: content.clone(),
                };
                self.push(
                    owner,
                    wish,
                    act,
                    how.unordered().until(self.now.0 + REPLY_MS),
                    plan,
                );
            }
            Wish::Upload { name, place, file } => {
                let Some((to, how)) = self.target(place) else {
                    return;
                };
                let act = Act::Upload {
                    name: name.clone(),
                    to,
                    file: file.clone(),
                };
                self.push(owner, wish, act, how, plan);
            }

            Wish::OpenForm { form, view, memo } => {
                self.open_form(owner, wish, form, view, memo, plan);
            }
            Wish::PrepareForm { name, view } => self.prepare_form(owner, wish, name, view, plan),
            Wish::ReopenForm { view } => self.show_form(owner, wish, view.clone(), plan),
            Wish::NextForm { form, view, memo } => {
                self.next_form(owner, wish, form, view, memo, plan);
            }
            Wish::UpdateView {
                view_id,
                form,
                view,
                memo,
            } => {
                let view = view::complete(view, owner, form, self.number(), memo);
                self.update_view(owner, wish, view_id, view, plan);
            }
            Wish::PublishHome { user, view } => {
                let slot = format!("home:{user}");
                let act = Act::PublishHome {
                    user: user.clone(),
                    view: view.clone(),
                };
                let how = Sending::default().order(&slot).slot(&slot);
                self.push(owner, wish, act, how, plan);
            }

            Wish::SetTimer { scope, name, at } => {
                let timer = Timer {
                    place: self.place(owner, *scope),
                    name: name.clone(),
                    due: *at,
                };
                plan.timers.push(TimerChange::Set(timer));
            }
            Wish::CancelTimer { scope, name } => {
                let place = self.place(owner, *scope);
                plan.timers.push(TimerChange::Cancel {
                    place,
                    name: name.clone(),
                });
            }

            Wish::Call {
                key,
                method,
                arguments,
                repeatable,
            } => {
                let act = Act::Call {
                    key: key.clone(),
                    method: method.clone(),
                    arguments: arguments.clone(),
                    repeatable: *repeatable,
                };
                let how = Sending {
                    needs: needs_of(owner, arguments),
                    ..Sending::default()
                };
                self.push(owner, wish, act, how, plan);
            }
            Wish::Fetch {
                key,
                request,
                repeatable,
            } => {
                let act = Act::Fetch {
                    key: key.clone(),
                    request: request.clone(),
                    repeatable: *repeatable,
                };
                self.push(owner, wish, act, Sending::default(), plan);
            }
        }
    }

    /// The first time a name is posted; afterwards its message is changed in place.
    fn post(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        name: &str,
        place: &Place,
        content: &Content,
        plan: &mut Plan,
    ) {
        let id = (owner.clone(), name.to_owned());
        let stands = self.messages.contains(&id) && !plan.removed.contains(&id);
        if stands || plan.named.contains(&id) {
            return self.update(owner, wish, name, content, plan);
        }
        let Some((to, how)) = self.target(place) else {
            return;
        };
        let act = Act::Post {
            name: Some(name.to_owned()),
            to,
            content: content.clone(),
        };
        self.push(owner, wish, act, how, plan);
        plan.named.push(id);
    }

    fn update(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        name: &str,
        content: &Content,
        plan: &mut Plan,
    ) {
        let message = named(owner, name);
        let how = on_message(&message).slot(&format!("update:{owner}/{name}"));
        let act = Act::Update {
            message,
            content: content.clone(),
        };
        self.push(owner, wish, act, how, plan);
    }

    /// Where a place is, and how what goes there is sent. `None`: the incident has no such place.
    fn target(&self, place: &Place) -> Option<(Target, Sending)> {
        let how = Sending::default();
        Some(match place {
            Place::Room => (Target::Room, how.in_room().order("room")),
            Place::Origin => {
                let channel = self.incident?.origin.clone()?;
                let order = format!("channel:{channel}");
                (Target::Channel(channel), how.order(&order))
            }
            Place::Channel(channel) => {
                let order = format!("channel:{channel}");
                (Target::Channel(channel.clone()), how.order(&order))
            }
            Place::Person(user) => {
                let order = format!("person:{user}");
                (Target::Person(user.clone()), how.order(&order))
            }
            Place::Thread(message) => {
                let order = format!("thread:{}", label(message));
                let how = Sending {
                    needs: message_need(message),
                    ..how
                }
                .order(&order);
                (Target::Thread(message.clone()), how)
            }
        })
    }

    fn push(&mut self, owner: &Owner, wish: &Wish, act: Act, how: Sending, plan: &mut Plan) {
        plan.effects.push(Effect {
            key: (self.key)(),
            team: self.event.team.clone(),
            incident: self.number(),
            by: self.event.by.clone(),
            owner: owner.clone(),
            wish: wish.name().to_owned(),
            chain: self.event.chain,
            lineage: Some(self.event.leads()),
            act,
            outside: self.outside,
            needs: how.needs,
            order: how.order,
            slot: how.slot,
            state: State::Planned,
            attempts: 0,
            not_before: self.now,
            planned_at: self.now,
            until: how.until,
        });
    }

    fn number(&self) -> Option<u32> {
        self.incident.map(|incident| incident.number)
    }

    fn place(&self, owner: &Owner, scope: Scope) -> StatePlace {
        StatePlace {
            team: self.event.team.clone(),
            owner: owner.clone(),
            incident: match scope {
                Scope::Incident => self.number(),
                Scope::Team => None,
            },
        }
    }
}

fn named(owner: &Owner, name: &str) -> MessageRef {
    MessageRef::Named {
        owner: owner.clone(),
        name: name.to_owned(),
    }
}
