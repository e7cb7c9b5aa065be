//! A world in which something happens, as tests tell it.

use std::collections::{BTreeMap, BTreeSet};

use iris_kit::Locale;
use serde_json::{Value, json};

use super::example::{incident, minute, other, pick, steps, team};
use crate::{
    clock::Moment,
    decide::{Decision, Known, StepOffer, WithheldStep, decide},
    effect::{Content, Wish},
    event::{Answer, Command, Event, Pressed, PressedMessage, Reply, Submitted, View, What},
    ids::{MessageId, UserId},
    incident::{Entry, Incident},
    team::Team,
};

/// A world in which something happens.
pub(in crate::decide) struct World {
    pub(in crate::decide) now: Moment,
    pub(in crate::decide) team: Team,
    pub(in crate::decide) steps: Vec<StepOffer>,
    pub(in crate::decide) incident: Option<Incident>,
    pub(in crate::decide) open: Vec<Incident>,
    pub(in crate::decide) entries: Vec<Entry>,
    pub(in crate::decide) memory: BTreeMap<String, String>,
    pub(in crate::decide) todos: Vec<(Incident, Entry)>,
    pub(in crate::decide) form: Option<String>,
    pub(in crate::decide) deactivated: BTreeSet<UserId>,
    pub(in crate::decide) bots: BTreeSet<UserId>,
    pub(in crate::decide) withheld: Vec<WithheldStep>,
}

impl World {
    /// The moment of the declaration, with two other incidents open.
    pub(in crate::decide) fn new(locale: Locale) -> Self {
        Self {
            now: minute(0),
            team: team(locale),
            steps: steps(locale),
            incident: None,
            open: vec![other(locale, 40), other(locale, 41)],
            entries: vec![],
            memory: BTreeMap::new(),
            todos: vec![],
            form: None,
            deactivated: BTreeSet::new(),
            bots: BTreeSet::new(),
            withheld: vec![],
        }
    }

    /// In the room of INC-42.
    pub(in crate::decide) fn in_room(locale: Locale, now: Moment) -> Self {
        Self {
            now,
            incident: Some(incident(locale)),
            ..Self::new(locale)
        }
    }

    pub(in crate::decide) fn decide(&self, by: Option<&str>, what: What) -> Decision {
        let locale = self.team.locale;
        let event = Event {
            id: "E1".to_owned(),
            team: "T0ACME".into(),
            at: self.now,
            by: by.map(UserId::from),
            incident: self.incident.as_ref().map(|incident| incident.number),
            chain: 0,
            lineage: None,
            what,
        };
        let names = |id: &UserId| match id.as_str() {
            "U0AYASATO" => Some(pick(locale, "Aya Sato", "佐藤 彩").to_owned()),
            "U0KENMORI" => Some(pick(locale, "Ken Mori", "森 健").to_owned()),
            _ => None,
        };
        decide(
            &event,
            &Known {
                now: self.now,
                team_id: &"T0ACME".into(),
                team: &self.team,
                incident: self.incident.as_ref(),
                open: &|query| query.of(&self.open),
                next_number: 42,
                names: &names,
                steps: &self.steps,
                workspace_url: Some("https://acme.slack.com/"),
                bot: Some(&"U0IRIS".into()),
                entries: &|kind| {
                    let of = |entry: &&Entry| kind.is_none_or(|kind| entry.kind == kind);
                    self.entries.iter().filter(of).cloned().collect()
                },
                memory: &|key| self.memory.get(key).cloned(),
                todos: &self.todos,
                waiting: 0,
                form: self.form.as_deref(),
                deactivated: &self.deactivated,
                bots: &self.bots,
                withheld: &self.withheld,
            },
        )
    }

    /// Aya types a line: in the room of the incident, else in #general.
    pub(in crate::decide) fn types(&self, line: &str) -> Decision {
        let room = self
            .incident
            .as_ref()
            .and_then(|incident| incident.room.as_ref());
        let channel = room.map_or_else(|| "C0GENERAL".into(), |room| room.channel.clone());
        self.decide(
            Some("U0AYASATO"),
            What::Command(Command {
                text: line.to_owned(),
                channel,
                channel_name: "general".to_owned(),
                reply: reply(),
            }),
        )
    }

    /// Somebody presses a button of a message.
    pub(in crate::decide) fn presses(&self, by: &str, action: &str, value: &str) -> Decision {
        let channel = "C0ELSEWHERE";
        let id = MessageId {
            channel: channel.into(),
            ts: "1.2".to_owned(),
        };
        self.decide(
            Some(by),
            What::Pressed(Pressed {
                action: action.to_owned(),
                block: "do".to_owned(),
                values: vec![value.to_owned()],
                answers: vec![],
                channel: Some(channel.into()),
                message: Some(PressedMessage {
                    id,
                    ephemeral: true,
                    thread: None,
                }),
                view: None,
                reply: reply(),
            }),
        )
    }

    /// Aya presses a button of a form that holds these answers.
    pub(in crate::decide) fn presses_in(
        &self,
        view: View,
        action: &str,
        answers: &[(&str, &str)],
    ) -> Decision {
        self.decide(
            Some("U0AYASATO"),
            What::Pressed(Pressed {
                action: action.to_owned(),
                block: "do".to_owned(),
                values: vec![],
                answers: self::answers(answers),
                channel: None,
                message: None,
                view: Some(view),
                reply: reply(),
            }),
        )
    }

    /// Aya sends a form.
    pub(in crate::decide) fn sends(&self, view: View, answers: &[(&str, &str)]) -> Decision {
        let submitted = Submitted {
            view,
            answers: self::answers(answers),
            reply: Reply::default(),
        };
        self.decide(Some("U0AYASATO"), What::Submitted(submitted))
    }
}

fn reply() -> Reply {
    Reply {
        trigger: Some("1.trigger".to_owned()),
        response_url: Some("https://hooks.slack.com/1".to_owned()),
    }
}

/// `("also", "U1,U2")` are two values.
fn answers(answers: &[(&str, &str)]) -> Vec<Answer> {
    let answer = |(field, values): &(&str, &str)| Answer {
        field: (*field).to_owned(),
        values: values
            .split(',')
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    answers.iter().map(answer).collect()
}

/// A form as it comes back.
pub(in crate::decide) fn view(form: &str, memo: &str) -> View {
    View {
        id: "V1".to_owned(),
        hash: "h".to_owned(),
        callback: format!("core:{form}"),
        memo: json!({ "v": 1, "memo": memo }).to_string(),
    }
}

/// A message or a view as Slack gets it.
pub(in crate::decide) fn shown(wish: &Wish) -> Value {
    let message = |content: &Content| {
        let blocks: Value = serde_json::from_str(content.blocks.as_deref().unwrap()).unwrap();
        json!({ "text": content.text, "blocks": blocks })
    };
    if let Wish::Reply { content }
    | Wish::ReplyInstead { content }
    | Wish::Say { content, .. }
    | Wish::Post { content, .. }
    | Wish::Update { content, .. } = wish
    {
        return message(content);
    }
    let (Wish::OpenForm { view, .. }
    | Wish::NextForm { view, .. }
    | Wish::UpdateView { view, .. }
    | Wish::PublishHome { view, .. }) = wish
    else {
        panic!("{} shows nothing", wish.name());
    };
    serde_json::from_str(view).unwrap()
}
