//! Turns wishes into effects: what is to be sent, where, after what.
//!
//! A plan never says *when*: an effect goes out as soon as what it needs stands and nothing of the
//! same order is before it. So the shortest way through Slack is found by itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Act, Content, Effect, MessageRef, Need, Place, Scope, State, Target, Wish, channel_name,
    latin_name, view,
};
use crate::{
    clock::Moment,
    event::{Event, Pressed, Reply, What},
    ids::{ChannelId, MessageId, Owner, UserId},
    incident::Incident,
    store::{StatePlace, Timer, TimerChange},
};

/// How long Slack takes a form after the act that asked for it, and a `response_url`.
const TRIGGER_MS: u64 = 3_000;
const REPLY_MS: u64 = 30 * 60 * 1000;

/// What a plan is made from.
pub struct Planner<'a> {
    pub event: &'a Event,
    pub incident: Option<&'a Incident>,
    /// Messages that stand or are planned, by owner and name.
    pub messages: &'a BTreeSet<(Owner, String)>,
    pub now: Moment,
    /// Gives a new key, unique and unguessable.
    pub key: fn() -> String,
}

/// What wishes come to.
#[derive(Debug, Default)]
pub struct Plan {
    pub effects: Vec<Effect>,
    pub timers: Vec<TimerChange>,
    /// Messages that stand or are planned from now on.
    pub named: Vec<(Owner, String)>,
    pub forgotten: Vec<(Option<u32>, Owner, String)>,
    /// What the acknowledgement of a form shall show: the whole view, and whether on top.
    pub form: Option<NextView>,
}

/// A form that is shown by acknowledging the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextView {
    pub view: String,
    /// On top of the present one, instead of in its place.
    pub push: bool,
}

impl Planner<'_> {
    /// Plans the wishes of one owner, in order. Changes of the incident and declarations are not
    /// planned but applied: they are passed over.
    pub fn plan(&mut self, owner: &Owner, wishes: &[Wish], plan: &mut Plan) {
        for wish in wishes {
            self.one(owner, wish, plan);
        }
    }

    fn one(&mut self, owner: &Owner, wish: &Wish, plan: &mut Plan) {
        match wish {
            Wish::Change(_) | Wish::Declare(_) => {}

            Wish::OpenRoom { name, hidden } => {
                let act = Act::CreateRoom {
                    name: channel_name(name),
                    latin: latin_name(name),
                    hidden: *hidden,
                };
                self.push(owner, wish, act, Sending::default().slot("room"), plan);
            }
            Wish::Invite { people } => {
                let act = Act::Invite { people: people.clone() };
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
                self.push(owner, wish, act, Sending::default().in_room().order("bookmark"), plan);
            }
            Wish::Rename { name } => {
                let act = Act::RenameRoom { name: channel_name(name) };
                self.push(owner, wish, act, Sending::default().in_room().order("room-name"), plan);
            }
            Wish::Archive => {
                let how = Sending::default().in_room().order("room");
                self.push(owner, wish, Act::ArchiveRoom, how, plan);
            }

            Wish::Post { name, place, content } => self.post(owner, wish, name, place, content, plan),
            Wish::Update { name, content } => self.update(owner, wish, name, content, plan),
            Wish::Say { place, content } => {
                let Some((to, how)) = self.target(place) else { return };
                let act = Act::Post { name: None, to, content: content.clone() };
                self.push(owner, wish, act, how, plan);
            }
            Wish::Remove { name } => {
                let message = named(owner, name);
                let how = on_message(&message);
                self.push(owner, wish, Act::Delete { message }, how, plan);
                plan.forgotten.push((self.number(), owner.clone(), name.clone()));
                plan.named.retain(|(o, n)| (o, n) != (owner, name));
            }
            Wish::Pin { message } => {
                let act = Act::Pin { message: message.clone() };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::Unpin { message } => {
                let act = Act::Unpin { message: message.clone() };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::React { message, emoji } => {
                let act = Act::React { message: message.clone(), emoji: emoji.clone() };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::Unreact { message, emoji } => {
                let act = Act::Unreact { message: message.clone(), emoji: emoji.clone() };
                self.push(owner, wish, act, on_message(message), plan);
            }
            Wish::Reply { content } => self.reply(owner, wish, content, false, plan),
            Wish::ReplyInstead { content } => self.reply(owner, wish, content, true, plan),
            Wish::Whisper { to: user, place, content } => {
                let Some((to, how)) = self.target(place) else { return };
                let act = Act::Whisper { user: user.clone(), to, content: content.clone() };
                self.push(owner, wish, act, how.unordered().until(self.now.0 + REPLY_MS), plan);
            }
            Wish::Upload { name, place, file } => {
                let Some((to, how)) = self.target(place) else { return };
                let act = Act::Upload { name: name.clone(), to, file: file.clone() };
                self.push(owner, wish, act, how, plan);
            }

            Wish::OpenForm { form, view, memo } => self.open_form(owner, wish, form, view, memo, plan),
            Wish::NextForm { form, view, memo } => self.next_form(owner, wish, form, view, memo, plan),
            Wish::UpdateView { view_id, form, view, memo } => {
                let view = view::complete(view, owner, form, self.number(), memo);
                self.update_view(owner, wish, view_id, view, plan);
            }
            Wish::PublishHome { user, view } => {
                let slot = format!("home:{user}");
                let act = Act::PublishHome { user: user.clone(), view: view.clone() };
                let how = Sending::default().order(&slot).slot(&slot);
                self.push(owner, wish, act, how, plan);
            }

            Wish::SetTimer { scope, name, at } => {
                let timer = Timer { place: self.place(owner, *scope), name: name.clone(), due: *at };
                plan.timers.push(TimerChange::Set(timer));
            }
            Wish::CancelTimer { scope, name } => {
                let place = self.place(owner, *scope);
                plan.timers.push(TimerChange::Cancel { place, name: name.clone() });
            }

            Wish::Call { key, method, arguments, repeatable } => {
                let act = Act::Call {
                    key: key.clone(),
                    method: method.clone(),
                    arguments: arguments.clone(),
                    repeatable: *repeatable,
                };
                let how = Sending { needs: needs_of(owner, arguments), ..Sending::default() };
                self.push(owner, wish, act, how, plan);
            }
            Wish::Fetch { key, request, repeatable } => {
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
        if self.messages.contains(&id) || plan.named.contains(&id) {
            return self.update(owner, wish, name, content, plan);
        }
        let Some((to, how)) = self.target(place) else { return };
        let act = Act::Post { name: Some(name.to_owned()), to, content: content.clone() };
        self.push(owner, wish, act, how, plan);
        plan.named.push(id);
    }

    fn update(&mut self, owner: &Owner, wish: &Wish, name: &str, content: &Content, plan: &mut Plan) {
        let message = named(owner, name);
        let how = on_message(&message).slot(&format!("update:{owner}/{name}"));
        let act = Act::Update { message, content: content.clone() };
        self.push(owner, wish, act, how, plan);
    }

    /// Answers where the person asked; where Slack gave no way to answer, in the room or in their
    /// direct messages.
    fn reply(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        content: &Content,
        replace: bool,
        plan: &mut Plan,
    ) {
        let Some(by) = &self.event.by else { return };
        let until = self.event.at.0.max(self.now.0) + REPLY_MS;
        let act = match (reply_of(self.event).and_then(|r| r.response_url.clone()), pressed(self.event)) {
            (Some(url), _) => Act::Respond { url, content: content.clone(), replace },
            // A message without a response_url is in a form's stead: the person sees a new one.
            (None, Some(Pressed { message: Some(message), .. })) if !message.ephemeral && replace => {
                Act::Update {
                    message: MessageRef::Seen(message.id.clone()),
                    content: content.clone(),
                }
            }
            (None, _) => match self.asked_in(by) {
                Some(channel) => Act::Whisper {
                    user: by.clone(),
                    to: Target::Channel(channel),
                    content: content.clone(),
                },
                None => Act::Post {
                    name: None,
                    to: Target::Person(by.clone()),
                    content: content.clone(),
                },
            },
        };
        self.push(owner, wish, act, Sending::default().until(until), plan);
    }

    /// The channel in which only this person can be told something.
    fn asked_in(&self, by: &UserId) -> Option<ChannelId> {
        let room = self.incident.and_then(|i| i.room.as_ref().filter(|_| i.people.contains(by)));
        match &self.event.what {
            What::Command(command) => Some(command.channel.clone()),
            What::Pressed(Pressed { channel: Some(channel), .. }) => Some(channel.clone()),
            What::Mentioned(seen) => Some(seen.id.channel.clone()),
            _ => room.map(|room| room.channel.clone()),
        }
    }

    fn open_form(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        form: &str,
        view: &str,
        memo: &str,
        plan: &mut Plan,
    ) {
        let view = view::complete(view, owner, form, self.number(), memo);
        if let What::Submitted(_) = self.event.what {
            plan.form = Some(NextView { view, push: true });
            return;
        }
        let Some(trigger) = reply_of(self.event).and_then(|reply| reply.trigger.clone()) else {
            return;
        };
        let inside = pressed(self.event).is_some_and(|pressed| pressed.view.is_some());
        let act = if inside {
            Act::PushView { trigger, view }
        } else {
            Act::OpenView { trigger, view }
        };
        let until = self.event.at.0 + TRIGGER_MS;
        self.push(owner, wish, act, Sending::default().until(until), plan);
    }

    fn next_form(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        form: &str,
        view: &str,
        memo: &str,
        plan: &mut Plan,
    ) {
        let view = view::complete(view, owner, form, self.number(), memo);
        match &self.event.what {
            What::Submitted(_) => plan.form = Some(NextView { view, push: false }),
            What::Pressed(Pressed { view: Some(shown), .. }) => {
                let id = shown.id.clone();
                self.update_view(owner, wish, &id, view, plan);
            }
            _ => {}
        }
    }

    fn update_view(&mut self, owner: &Owner, wish: &Wish, id: &str, view: String, plan: &mut Plan) {
        let slot = format!("view:{id}");
        let act = Act::UpdateView { view_id: id.to_owned(), view };
        let how = Sending::default().order(&slot).slot(&slot).until(self.now.0 + REPLY_MS);
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
                let how = Sending { needs: message_need(message), ..how }.order(&order);
                (Target::Thread(message.clone()), how)
            }
        })
    }

    fn push(&mut self, owner: &Owner, wish: &Wish, act: Act, how: Sending, plan: &mut Plan) {
        plan.effects.push(Effect {
            key: (self.key)(),
            team: self.event.team.clone(),
            incident: self.number(),
            owner: owner.clone(),
            wish: wish.name().to_owned(),
            chain: self.event.chain,
            act,
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

/// How an effect is sent.
#[derive(Default)]
struct Sending {
    needs: Vec<Need>,
    order: Option<String>,
    slot: Option<String>,
    until: Option<Moment>,
}

impl Sending {
    fn in_room(mut self) -> Self {
        self.needs.push(Need::Room);
        self
    }

    fn order(mut self, order: &str) -> Self {
        self.order = Some(order.to_owned());
        self
    }

    fn slot(mut self, slot: &str) -> Self {
        self.slot = Some(slot.to_owned());
        self
    }

    fn unordered(mut self) -> Self {
        self.order = None;
        self
    }

    fn until(mut self, ms: u64) -> Self {
        self.until = Some(Moment(ms));
        self
    }
}

fn named(owner: &Owner, name: &str) -> MessageRef {
    MessageRef::Named { owner: owner.clone(), name: name.to_owned() }
}

/// What happens to one message happens in order.
fn on_message(message: &MessageRef) -> Sending {
    let order = format!("message:{}", label(message));
    Sending { needs: message_need(message), ..Sending::default() }.order(&order)
}

fn message_need(message: &MessageRef) -> Vec<Need> {
    match message {
        MessageRef::Named { owner, name } => {
            vec![Need::Message { owner: owner.clone(), name: name.clone() }]
        }
        MessageRef::Seen(_) => vec![],
    }
}

fn label(message: &MessageRef) -> String {
    match message {
        MessageRef::Named { owner, name } => format!("{owner}/{name}"),
        MessageRef::Seen(MessageId { channel, ts }) => format!("{channel}:{ts}"),
    }
}

/// What the placeholders in a call's arguments wait for: `{room}`, `{message:NAME}`.
fn needs_of(owner: &Owner, arguments: &str) -> Vec<Need> {
    let Ok(Value::Object(arguments)) = serde_json::from_str(arguments) else { return vec![] };
    let needs: BTreeSet<Need> = arguments
        .values()
        .filter_map(Value::as_str)
        .filter_map(|value| {
            if value == "{room}" {
                return Some(Need::Room);
            }
            let name = value.strip_prefix("{message:")?.strip_suffix('}')?;
            Some(Need::Message { owner: owner.clone(), name: name.to_owned() })
        })
        .collect();
    needs.into_iter().collect()
}

fn pressed(event: &Event) -> Option<&Pressed> {
    match &event.what {
        What::Pressed(pressed) => Some(pressed),
        _ => None,
    }
}

fn reply_of(event: &Event) -> Option<&Reply> {
    match &event.what {
        What::Command(command) => Some(&command.reply),
        What::Pressed(pressed) => Some(&pressed.reply),
        What::Submitted(submitted) => Some(&submitted.reply),
        What::Shortcut(shortcut) => Some(&shortcut.reply),
        _ => None,
    }
}
