//! What people do in Slack, as the edge tells it.

use iris::{
    effect::view::Memo,
    event::{
        Answer, Missing, Outcome, Presence, Pressed, PressedMessage, Reacted, Reply, SeenMessage,
        Shortcut, Submitted, Trouble, View, What, WishFailed,
    },
    ids::MessageId,
};
use serde_json::Value;

use crate::world::{KEN, World};

impl World {
    /// A button or a menu in a message.
    pub(crate) async fn presses(&mut self, by: &str, action: &str, value: &str) {
        let what = What::Pressed(Pressed {
            action: action.to_owned(),
            block: "do".to_owned(),
            values: vec![value.to_owned()],
            answers: vec![],
            channel: Some("C0ROOM".into()),
            message: Some(PressedMessage {
                id: id("1796101600.000100"),
                ephemeral: false,
                thread: None,
            }),
            view: None,
            reply: Reply::default(),
        });
        self.tell(&format!("{by} presses {action} ({value})"), Some(by), what)
            .await;
    }

    /// A form, as it was filled in.
    pub(crate) async fn submits(
        &mut self,
        by: &str,
        form: &str,
        memo: &str,
        filled: &[(&str, &str)],
    ) {
        let answer = |(field, value): &(&str, &str)| Answer {
            field: (*field).to_owned(),
            values: (!value.is_empty())
                .then(|| (*value).to_owned())
                .into_iter()
                .collect(),
        };
        let memo = Memo {
            v: 1,
            incident: Some(42),
            memo: memo.to_owned(),
        };
        let what = What::Submitted(Submitted {
            view: View {
                callback: form.to_owned(),
                memo: serde_json::to_string(&memo).unwrap(),
                ..View::default()
            },
            answers: filled.iter().map(answer).collect(),
            reply: Reply::default(),
        });
        let filled = filled
            .iter()
            .map(|(field, value)| format!("{field}: {value}"));
        let filled = filled.collect::<Vec<_>>().join(", ");
        self.tell(&format!("{by} submits {form} ({filled})"), Some(by), what)
            .await;
    }

    /// An entry of a message's menu.
    pub(crate) async fn chooses(&mut self, by: &str, shortcut: &str, message: SeenMessage) {
        let caption = format!("{by} chooses {shortcut} on \"{}\"", message.text);
        let what = What::Shortcut(Shortcut {
            callback: shortcut.to_owned(),
            message: Some(message),
            reply: Reply::default(),
        });
        self.tell(&caption, Some(by), what).await;
    }

    /// An emoji on a message, or off it.
    pub(crate) async fn reacts(&mut self, by: &str, emoji: &str, added: bool, ts: &str) {
        let what = What::Reacted(Reacted {
            emoji: emoji.to_owned(),
            added,
            message: id(ts),
            author: Some(KEN.into()),
        });
        let act = if added { "puts" } else { "takes off" };
        self.tell(&format!("{by} {act} :{emoji}:"), Some(by), what)
            .await;
    }

    /// Somebody comes into the room.
    pub(crate) async fn joins(&mut self, who: &str) {
        let what = What::Joined(Presence {
            channel: "C0ROOM".into(),
            user: who.into(),
            inviter: None,
        });
        self.tell(&format!("{who} joins"), Some(who), what).await;
    }

    /// What came of the step's invitation.
    pub(crate) async fn invited(&mut self, came: &[&str], missing: &[(&str, &str)]) {
        let what = What::Invited {
            owner: self.me(),
            came: came.iter().map(|user| (*user).into()).collect(),
            missing: missing
                .iter()
                .map(|(who, code)| Missing {
                    who: (*who).to_owned(),
                    code: (*code).to_owned(),
                })
                .collect(),
        };
        let caption = format!("{} came, {missing:?} did not", came.len());
        self.tell(&caption, None, what).await;
    }

    /// Slack refused a wish of the step's.
    pub(crate) async fn refuses(&mut self, wish: &str, name: Option<&str>, code: &str) {
        let what = What::WishFailed(WishFailed {
            owner: self.me(),
            wish: wish.to_owned(),
            name: name.map(str::to_owned),
            trouble: Trouble {
                code: code.to_owned(),
                sentence: format!("Slack said {code}."),
                scope: None,
            },
            effect: String::new(),
            reply: iris::event::Reply::default(),
        });
        let name = name.unwrap_or("-");
        self.tell(
            &format!("Slack refuses {wish} of {name}: {code}"),
            None,
            what,
        )
        .await;
    }

    /// Slack's answer to a call of the step's.
    pub(crate) async fn answers(&mut self, key: &str, answer: Value) {
        let caption = format!("Slack answers {key}: {answer}");
        let what = What::Answered {
            owner: self.me(),
            key: key.to_owned(),
            outcome: Outcome::Slack(Box::new(answer)),
        };
        self.tell(&caption, None, what).await;
    }
}

/// A message that Ken wrote in the room.
pub(crate) fn message(ts: &str, text: &str) -> SeenMessage {
    SeenMessage {
        id: id(ts),
        thread: None,
        author: Some(KEN.into()),
        at: iris::clock::Moment(1_796_101_440_000),
        text: text.to_owned(),
        files: vec![],
    }
}

/// The message on which emoji are put.
pub(crate) fn pinned(ts: &str) -> SeenMessage {
    message(
        ts,
        "Rolled back to <https://ci.acme.example/481|build 481>, <@U0AYA> please look",
    )
}

pub(crate) fn id(ts: &str) -> MessageId {
    MessageId {
        channel: "C0ROOM".into(),
        ts: ts.to_owned(),
    }
}
