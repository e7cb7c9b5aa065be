//! What people do in Slack, as the edge tells it.

use crate::{
    clock::Moment,
    effect::view::Memo,
    event::{
        Answer, Missing, Outcome, Presence, Pressed, PressedMessage, Reacted, Reply, SeenMessage,
        Shortcut, Submitted, Trouble, View, What, WishFailed,
    },
    ids::MessageId,
};
use serde_json::{Value, json};

use super::{KEN, Stage, Unplayable};

impl Stage {
    /// A button or a menu in a message.
    pub async fn presses(&mut self, by: &str, action: &str, value: &str) -> Result<(), Unplayable> {
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
            .await
    }

    /// A form, as it was filled in.
    pub async fn submits(
        &mut self,
        by: &str,
        form: &str,
        memo: &str,
        filled: &[(&str, &str)],
    ) -> Result<(), Unplayable> {
        let answer = |(field, value): &(&str, &str)| Answer {
            field: (*field).to_owned(),
            values: (!value.is_empty())
                .then(|| (*value).to_owned())
                .into_iter()
                .collect(),
        };
        let memo = Memo {
            v: 1,
            incident: self.incident.as_ref().map(|incident| incident.number),
            memo: memo.to_owned(),
        };
        let what = What::Submitted(Submitted {
            view: View {
                callback: form.to_owned(),
                memo: json!(memo).to_string(),
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
            .await
    }

    /// An entry of a message's menu.
    pub async fn chooses(
        &mut self,
        by: &str,
        shortcut: &str,
        message: SeenMessage,
    ) -> Result<(), Unplayable> {
        let caption = format!("{by} chooses {shortcut} on \"{}\"", message.text);
        let what = What::Shortcut(Shortcut {
            callback: shortcut.to_owned(),
            message: Some(message),
            reply: Reply::default(),
        });
        self.tell(&caption, Some(by), what).await
    }

    /// An emoji on a message, or off it.
    pub async fn reacts(
        &mut self,
        by: &str,
        emoji: &str,
        added: bool,
        ts: &str,
    ) -> Result<(), Unplayable> {
        let what = What::Reacted(Reacted {
            emoji: emoji.to_owned(),
            added,
            message: id(ts),
            author: Some(KEN.into()),
        });
        let act = if added { "puts" } else { "takes off" };
        self.tell(&format!("{by} {act} :{emoji}:"), Some(by), what)
            .await
    }

    /// Somebody comes into the room.
    pub async fn joins(&mut self, who: &str) -> Result<(), Unplayable> {
        let what = What::Joined(Presence {
            channel: "C0ROOM".into(),
            user: who.into(),
            inviter: None,
        });
        self.tell(&format!("{who} joins"), Some(who), what).await
    }

    /// What came of the step's invitation.
    pub async fn invited(
        &mut self,
        came: &[&str],
        missing: &[(&str, &str)],
    ) -> Result<(), Unplayable> {
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
        self.tell(&caption, None, what).await
    }

    /// Slack refused a wish of the step's.
    pub async fn refuses(
        &mut self,
        wish: &str,
        name: Option<&str>,
        code: &str,
    ) -> Result<(), Unplayable> {
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
            reply: Reply::default(),
        });
        let name = name.unwrap_or("-");
        self.tell(
            &format!("Slack refuses {wish} of {name}: {code}"),
            None,
            what,
        )
        .await
    }

    /// Slack's answer to a call of the step's.
    pub async fn answers(&mut self, key: &str, answer: Value) -> Result<(), Unplayable> {
        let caption = format!("Slack answers {key}: {answer}");
        let what = What::Answered {
            owner: self.me(),
            key: key.to_owned(),
            outcome: Outcome::Slack(Box::new(answer)),
        };
        self.tell(&caption, None, what).await
    }
}

/// A message that Ken wrote in the room.
pub fn message(ts: &str, text: &str) -> SeenMessage {
    SeenMessage {
        id: id(ts),
        thread: None,
        author: Some(KEN.into()),
        at: Moment(1_796_101_440_000),
        text: text.to_owned(),
        files: vec![],
    }
}

/// The message on which emoji are put, where a scenario has no other.
pub fn pinned(ts: &str) -> SeenMessage {
    message(
        ts,
        "Rolled back to <https://ci.acme.example/481|build 481>, <@U0AYA> please look",
    )
}

pub fn id(ts: &str) -> MessageId {
    MessageId {
        channel: "C0ROOM".into(),
        ts: ts.to_owned(),
    }
}
