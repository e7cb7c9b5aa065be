//! The incident of the design's examples, for tests: INC-42 of a team that speaks either language.

use std::collections::BTreeMap;

use iris_kit::Locale;
use serde_json::{Value, json};

use super::{Decision, Known, Reach, StepOffer, WordOffer, decide};
use crate::{
    clock::Moment,
    effect::{Content, Wish},
    event::{Answer, Command, Event, Pressed, PressedMessage, Reply, Submitted, View, What},
    ids::{MessageId, UserId},
    incident::{Assignment, Declaration, Entry, Incident, Latest, Line, Milestone, Room, Status},
    team::{Allow, Product, Role, Severity, StepUse, Team, When},
};

/// 2026-12-01 14:05 in Tokyo.
const DECLARED: u64 = 1_796_101_500_000;

/// That many minutes after INC-42 was declared.
pub(super) fn minute(n: u64) -> Moment {
    Moment(DECLARED + n * 60_000)
}

fn pick<'a>(locale: Locale, en: &'a str, ja: &'a str) -> &'a str {
    match locale {
        Locale::En => en,
        Locale::Ja => ja,
    }
}

pub(super) fn team(locale: Locale) -> Team {
    let t = |en: &str, ja: &str| pick(locale, en, ja).to_owned();
    let severity = |id: &str, label: &str, meaning: String| Severity {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning,
    };
    let role = |id: &str, label: String| Role { id: id.to_owned(), label, duties: String::new() };
    let people = ["U0KENMORI", "U0YUI", "U0CTO", "U0A", "U0B"].map(str::to_owned).to_vec();
    let product = |id: &str, name: String| Product {
        id: id.to_owned(),
        name,
        table: None,
        responders: BTreeMap::from([("sev1".to_owned(), people.clone())]),
    };
    let used = |name: &str| StepUse {
        name: name.to_owned(),
        from: None,
        when: When::default(),
        allow: Allow::default(),
        config: json!({}),
    };
    Team {
        name: "Acme".to_owned(),
        locale,
        zone: "Asia/Tokyo".to_owned(),
        command: "/incident".to_owned(),
        severities: vec![
            severity("sev1", "SEV1", t("Customers cannot pay", "お客様が決済できない")),
            severity("sev2", "SEV2", t("A feature is degraded", "一部の機能が使いにくい")),
        ],
        roles: vec![
            role("commander", t("Incident commander", "インシデントコマンダー")),
            role("operation-lead", t("Operation lead", "オペレーションリーダー")),
        ],
        products: vec![
            product("payments", t("Payments", "決済")),
            product("search", t("Search", "検索")),
        ],
        steps: vec![used("war-room"), used("invite"), used("guide"), used("todo")],
    }
}

/// The standard steps with their words.
pub(super) fn steps(locale: Locale) -> Vec<StepOffer> {
    let words: [(&str, &[[&str; 5]]); 6] = [
        ("war-room", &[]),
        ("invite", &[]),
        (
            "guide",
            &[["role", "commander @who", "take or give a role", "コマンダー @担当", "役割を引き受ける・指名する"]],
        ),
        (
            "todo",
            &[
                ["todo", "… @who by fri", "write down a todo", "… @担当 金曜まで", "Todoを追加"],
                ["todos", "", "the todos, to tick off", "", "Todo一覧と完了"],
            ],
        ),
        (
            "timeline",
            &[
                [
                    "note",
                    "…",
                    "keep it in the timeline (or 📌 a message)",
                    "…",
                    "タイムラインに記録（投稿に 📌 でも可）",
                ],
                ["timeline", "", "what happened, in order", "", "時系列の記録"],
            ],
        ),
        ("feedback", &[["feedback", "", "say how it went", "", "フィードバックを送る"]]),
    ];
    let word = |[word, usage, help, usage_ja, help_ja]: [&str; 5]| WordOffer {
        word: word.to_owned(),
        usage: pick(locale, usage, usage_ja).to_owned(),
        help: pick(locale, help, help_ja).to_owned(),
        reach: Reach::Room,
    };
    let step = |(name, words): (&str, &[[&str; 5]])| StepOffer {
        name: name.into(),
        words: words.iter().copied().map(word).collect(),
        fields: vec![],
        applies: true,
    };
    words.map(step).to_vec()
}

pub(super) fn incident(locale: Locale) -> Incident {
    let t = |en: &str, ja: &str| pick(locale, en, ja).to_owned();
    let held = Assignment { user: "U0AYASATO".into(), since: minute(1) };
    Incident {
        number: 42,
        title: t("Checkout fails with 500", "決済画面で500エラー"),
        situation: String::new(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        status: Status::Declared,
        declared_by: "U0AYASATO".into(),
        times: vec![Milestone { status: Status::Declared, at: minute(0) }],
        roles: [("commander".to_owned(), held)].into(),
        room: Some(Room { channel: "C0ROOM42".into(), name: "inc-20261201-payments".to_owned() }),
        origin: Some("C0GENERAL".into()),
        drill: false,
        private: false,
        also: vec![],
        people: ["U0AYASATO", "U0KENMORI", "U0YUI", "U0CTO", "U0A", "U0B", "U0C"]
            .map(UserId::from)
            .into(),
        lines: [].into(),
        latest: Some(Latest {
            at: minute(15),
            by: Some("U0AYASATO".into()),
            text: t("Rolled back to 1.41. Errors are falling.", "1.41に切り戻し、エラーは減少中です。"),
        }),
        entries: 0,
    }
}

/// With the line that the todo step adds to the status card.
pub(super) fn with_todos(locale: Locale, mut incident: Incident) -> Incident {
    let line = Line {
        label: pick(locale, "Open todos", "未完了のTodo").to_owned(),
        value: pick(locale, "2 (1 overdue)", "2件（期限切れ1件）").to_owned(),
    };
    incident.lines.insert("todo".into(), vec![line]);
    incident
}

/// Another incident that is open, as it stands in the list above the form.
pub(super) fn other(locale: Locale, number: u32) -> Incident {
    let (en, ja, severity, ago) = match number {
        41 => ("Search is slow", "検索が遅い", Some("sev2"), 18),
        _ => ("Mails arrive late", "メールの遅延", None, 200),
    };
    let at = Moment(minute(0).0 - ago * 60_000);
    let channel = format!("C0ROOM{number}");
    Incident {
        number,
        title: pick(locale, en, ja).to_owned(),
        severity: severity.map(str::to_owned),
        times: vec![Milestone { status: Status::Declared, at }],
        roles: [].into(),
        room: Some(Room { channel: channel.into(), name: format!("inc-{number}") }),
        latest: None,
        ..incident(locale)
    }
}

pub(super) fn entry(seq: u32, kind: &str, at: Moment, by: &str, text: &str, data: Value) -> Entry {
    Entry {
        seq,
        at,
        kind: kind.to_owned(),
        owner: "core".into(),
        by: Some(by.into()),
        text: text.to_owned(),
        data: Some(data),
        message: None,
        key: None,
    }
}

/// A world in which something happens.
pub(super) struct World {
    pub(super) now: Moment,
    pub(super) team: Team,
    pub(super) steps: Vec<StepOffer>,
    pub(super) incident: Option<Incident>,
    pub(super) open: Vec<Incident>,
    pub(super) entries: Vec<Entry>,
    pub(super) memory: BTreeMap<String, String>,
}

impl World {
    /// The moment of the declaration, with two other incidents open.
    pub(super) fn new(locale: Locale) -> Self {
        Self {
            now: minute(0),
            team: team(locale),
            steps: steps(locale),
            incident: None,
            open: vec![other(locale, 40), other(locale, 41)],
            entries: vec![],
            memory: BTreeMap::new(),
        }
    }

    /// In the room of INC-42.
    pub(super) fn in_room(locale: Locale, now: Moment) -> Self {
        Self { now, incident: Some(incident(locale)), ..Self::new(locale) }
    }

    pub(super) fn decide(&self, by: Option<&str>, what: What) -> Decision {
        let locale = self.team.locale;
        let event = Event {
            id: "E1".to_owned(),
            team: "T0ACME".into(),
            at: self.now,
            by: by.map(UserId::from),
            incident: self.incident.as_ref().map(|incident| incident.number),
            chain: 0,
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
                open: &self.open,
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
                waiting: 0,
            },
        )
    }

    /// Aya types a line: in the room of the incident, else in #general.
    pub(super) fn types(&self, line: &str) -> Decision {
        let room = self.incident.as_ref().and_then(|incident| incident.room.as_ref());
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
    pub(super) fn presses(&self, by: &str, action: &str, value: &str) -> Decision {
        let channel = "C0ELSEWHERE";
        let id = MessageId { channel: channel.into(), ts: "1.2".to_owned() };
        self.decide(
            Some(by),
            What::Pressed(Pressed {
                action: action.to_owned(),
                block: "do".to_owned(),
                values: vec![value.to_owned()],
                answers: vec![],
                channel: Some(channel.into()),
                message: Some(PressedMessage { id, ephemeral: true, thread: None }),
                view: None,
                reply: reply(),
            }),
        )
    }

    /// Aya presses a button of a form that holds these answers.
    pub(super) fn presses_in(&self, view: View, action: &str, answers: &[(&str, &str)]) -> Decision {
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
    pub(super) fn sends(&self, view: View, answers: &[(&str, &str)]) -> Decision {
        let submitted =
            Submitted { view, answers: self::answers(answers), reply: Reply::default() };
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
        values: values.split(',').filter(|v| !v.is_empty()).map(str::to_owned).collect(),
    };
    answers.iter().map(answer).collect()
}

/// A form as it comes back.
pub(super) fn view(form: &str, memo: &str) -> View {
    View {
        id: "V1".to_owned(),
        hash: "h".to_owned(),
        callback: format!("core:{form}"),
        memo: json!({ "v": 1, "memo": memo }).to_string(),
    }
}

/// A message or a view as Slack gets it.
pub(super) fn shown(wish: &Wish) -> Value {
    let message = |content: &Content| {
        let blocks: Value = serde_json::from_str(content.blocks.as_deref().unwrap()).unwrap();
        json!({ "text": content.text, "blocks": blocks })
    };
    match wish {
        Wish::Reply { content }
        | Wish::ReplyInstead { content }
        | Wish::Say { content, .. }
        | Wish::Post { content, .. }
        | Wish::Update { content, .. } => message(content),
        Wish::OpenForm { view, .. } | Wish::NextForm { view, .. } | Wish::UpdateView { view, .. } => {
            serde_json::from_str(view).unwrap()
        }
        other => panic!("{} shows nothing", other.name()),
    }
}

/// What the form of the examples comes to.
pub(super) fn declaration(locale: Locale) -> Declaration {
    Declaration {
        title: pick(locale, "Checkout fails with 500", "決済画面で500エラー").to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        origin: Some("C0GENERAL".into()),
        ..Declaration::default()
    }
}
