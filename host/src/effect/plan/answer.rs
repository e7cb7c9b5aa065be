//! What goes back to the person who asked: words, a form.

use super::{Plan, Planner, REPLY_MS, sending::Sending};
use crate::{
    effect::{
        Act, Content, MessageRef, Need, Target, Wish,
        view::{self, is_home},
    },
    event::{Event, Pressed, View, What},
    ids::{MessageId, Owner, UserId},
};

/// How long Slack takes a form after the act that asked for it.
const TRIGGER_MS: u64 = 3_000;

/// A form that is shown by acknowledging the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextView {
    pub view: String,
    /// On top of the present one, instead of in its place.
    pub push: bool,
}

impl Planner<'_> {
    /// Answers where the person asked; where Slack gave no way to answer, in the room or in their
    /// direct messages.
    pub(super) fn reply(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        content: &Content,
        replace: bool,
        plan: &mut Plan,
    ) {
        let Some(by) = &self.event.by else { return };
        let until = self.event.at.0.max(self.now.0) + REPLY_MS;
        let act = match (
            self.event.what.reply().and_then(|r| r.response_url.clone()),
            pressed(self.event),
        ) {
            (Some(url), _) => Act::Respond {
                url,
                content: content.clone(),
                replace,
            },
            // A message without a response_url is in a form's stead: the person sees a new one.
            (
                None,
                Some(Pressed {
                    message: Some(message),
                    ..
                }),
            ) if !message.ephemeral && replace => Act::Update {
                message: MessageRef::Seen(message.id.clone()),
                content: content.clone(),
            },
            (None, _) => match self.asked_in(by) {
                Some(to) => Act::Whisper {
                    user: by.clone(),
                    to,
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

    /// Where only this person can be told something.
    fn asked_in(&self, by: &UserId) -> Option<Target> {
        let room = self
            .incident
            .and_then(|i| i.room.as_ref().filter(|_| i.people.contains(by)));
        if let What::Command(command) = &self.event.what {
            return Some(Target::Channel(command.channel.clone()));
        }
        if let What::Mentioned(seen) = &self.event.what {
            let channel = seen.id.channel.clone();
            return Some(match seen.thread.clone() {
                Some(ts) => Target::Thread(MessageRef::Seen(MessageId { channel, ts })),
                None => Target::Channel(channel),
            });
        }
        let pressed_in = pressed(self.event).and_then(|pressed| pressed.channel.clone());
        let channel = pressed_in.or_else(|| room.map(|room| room.channel.clone()));
        channel.map(Target::Channel)
    }

    pub(super) fn open_form(
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
        self.show_form(owner, wish, view, plan);
    }

    /// Shows a whole view to who has just acted.
    pub(super) fn show_form(&mut self, owner: &Owner, wish: &Wish, view: String, plan: &mut Plan) {
        let Some(reply) = self.event.what.reply() else {
            return;
        };
        let Some(trigger) = reply.trigger.clone() else {
            return;
        };
        let inside = open_form(self.event).is_some();
        if let Some(name) = self.prepared.filter(|_| !inside) {
            let name = name.to_owned();
            let reply = reply.response_url.clone();
            let how = Sending {
                needs: vec![prepared(owner, &name)],
                ..Sending::default().until(self.now.0 + REPLY_MS)
            };
            return self.push(owner, wish, Act::FillView { name, view, reply }, how, plan);
        }
        let act = if inside {
            Act::PushView { trigger, view }
        } else {
            Act::OpenView {
                trigger,
                view,
                reply: reply.response_url.clone(),
                name: None,
            }
        };
        let until = self.event.at.0 + TRIGGER_MS;
        self.push(owner, wish, act, Sending::default().until(until), plan);
    }

    /// Opens a form that says to wait, to be filled under this name.
    pub(super) fn prepare_form(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        name: &str,
        view: &str,
        plan: &mut Plan,
    ) {
        let Some(trigger) = self.event.what.reply().and_then(|r| r.trigger.clone()) else {
            return;
        };
        let act = Act::OpenView {
            trigger,
            view: view.to_owned(),
            reply: None,
            name: Some(name.to_owned()),
        };
        let until = self.event.at.0 + TRIGGER_MS;
        self.push(owner, wish, act, Sending::default().until(until), plan);
    }

    pub(super) fn next_form(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        form: &str,
        view: &str,
        memo: &str,
        plan: &mut Plan,
    ) {
        let view = view::complete(view, owner, form, self.number(), memo);
        if let What::Submitted(_) = &self.event.what {
            plan.form = Some(NextView { view, push: false });
        } else if let Some(shown) = open_form(self.event) {
            let id = shown.id.clone();
            self.update_view(owner, wish, &id, view, plan);
        }
    }

    pub(super) fn update_view(
        &mut self,
        owner: &Owner,
        wish: &Wish,
        id: &str,
        view: String,
        plan: &mut Plan,
    ) {
        let slot = format!("view:{id}");
        let act = Act::UpdateView {
            view_id: id.to_owned(),
            view,
        };
        let how = Sending::default()
            .order(&slot)
            .slot(&slot)
            .until(self.now.0 + REPLY_MS);
        self.push(owner, wish, act, how, plan);
    }
}

/// What a form that is to be filled needs.
fn prepared(owner: &Owner, name: &str) -> Need {
    Need::Message {
        owner: owner.clone(),
        name: name.to_owned(),
    }
}

/// The form in which somebody pressed a button.
fn open_form(event: &Event) -> Option<&View> {
    let view = pressed(event)?.view.as_ref()?;
    (!is_home(view)).then_some(view)
}

fn pressed(event: &Event) -> Option<&Pressed> {
    if let What::Pressed(pressed) = &event.what {
        Some(pressed)
    } else {
        None
    }
}
