//! The incident of the design's examples, for tests: INC-42 of a team that speaks either language.

use std::collections::BTreeMap;

use iris_kit::Locale;
use serde_json::{Value, json};

use crate::{
    clock::Moment,
    decide::{Reach, StepOffer, WordOffer},
    ids::UserId,
    incident::{Assignment, Declaration, Entry, Incident, Latest, Line, Milestone, Room, Status},
    team::{Allow, Origin, Product, Role, Severity, StepUse, Team, When},
};

/// 2026-12-01 14:05 in Tokyo.
const DECLARED: u64 = 1_796_101_500_000;

/// That many minutes after INC-42 was declared.
pub(in crate::decide) fn minute(n: u64) -> Moment {
    Moment(DECLARED + n * 60_000)
}

pub(super) fn pick<'a>(locale: Locale, en: &'a str, ja: &'a str) -> &'a str {
    match locale {
        Locale::En => en,
        Locale::Ja => ja,
    }
}

pub(in crate::decide) fn team(locale: Locale) -> Team {
    let t = |en: &str, ja: &str| pick(locale, en, ja).to_owned();
    let severity = |id: &str, label: &str, meaning: String| Severity {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning,
    };
    let role = |id: &str, label: String| Role {
        id: id.to_owned(),
        label,
        duties: String::new(),
    };
    let people = ["U0KENMORI", "U0YUI", "U0CTO", "U0A", "U0B"]
        .map(str::to_owned)
        .to_vec();
    let product = |id: &str, name: String| Product {
        id: id.to_owned(),
        name,
        table: None,
        responders: BTreeMap::from([("sev1".to_owned(), people.clone())]),
    };
    let used = |name: &str| StepUse {
        name: name.to_owned(),
        origin: Origin::file(name),
        digest: None,
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
            severity(
                "sev1",
                "SEV1",
                t("Customers cannot pay", "お客様が決済できない"),
            ),
            severity(
                "sev2",
                "SEV2",
                t("A feature is degraded", "一部の機能が使いにくい"),
            ),
        ],
        roles: vec![
            role(
                "commander",
                t("Incident commander", "インシデントコマンダー"),
            ),
            role(
                "operation-lead",
                t("Operation lead", "オペレーションリーダー"),
            ),
        ],
        products: vec![
            product("payments", t("Payments", "決済")),
            product("search", t("Search", "検索")),
        ],
        steps: vec![
            used("war-room"),
            used("invite"),
            used("guide"),
            used("todo"),
        ],
        hooks: vec![],
        shared_channels: false,
    }
}

/// The standard steps with their words.
pub(in crate::decide) fn steps(locale: Locale) -> Vec<StepOffer> {
    let words: [(&str, &[[&str; 5]]); 6] = [
        ("war-room", &[]),
        ("invite", &[]),
        (
            "guide",
            &[[
                "role",
                "commander @who",
                "take or give a role",
                "コマンダー @担当",
                "役割を引き受ける・指名する",
            ]],
        ),
        (
            "todo",
            &[
                [
                    "todo",
                    "… @who by fri",
                    "write down a todo",
                    "… @担当 金曜まで",
                    "Todoを追加",
                ],
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
                [
                    "timeline",
                    "",
                    "what happened, in order",
                    "",
                    "時系列の記録",
                ],
            ],
        ),
        (
            "feedback",
            &[[
                "feedback",
                "",
                "say how it went",
                "",
                "フィードバックを送る",
            ]],
        ),
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

pub(in crate::decide) fn incident(locale: Locale) -> Incident {
    let t = |en: &str, ja: &str| pick(locale, en, ja).to_owned();
    let held = Assignment {
        user: "U0AYASATO".into(),
        since: minute(1),
    };
    Incident {
        number: 42,
        title: t("Checkout fails with 500", "決済画面で500エラー"),
        situation: String::new(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        status: Status::Declared,
        declared_by: "U0AYASATO".into(),
        through: None,
        times: vec![Milestone {
            status: Status::Declared,
            at: minute(0),
        }],
        roles: [("commander".to_owned(), held)].into(),
        room: Some(Room {
            channel: "C0ROOM42".into(),
            name: "inc-20261201-payments".to_owned(),
        }),
        origin: Some("C0GENERAL".into()),
        drill: false,
        private: false,
        also: vec![],
        people: [
            "U0AYASATO",
            "U0KENMORI",
            "U0YUI",
            "U0CTO",
            "U0A",
            "U0B",
            "U0C",
        ]
        .map(UserId::from)
        .into(),
        lines: [].into(),
        latest: Some(Latest {
            at: minute(15),
            by: Some("U0AYASATO".into()),
            text: t(
                "Rolled back to 1.41. Errors are falling.",
                "1.41に切り戻し、エラーは減少中です。",
            ),
        }),
        entries: 0,
    }
}

/// With the line that the todo step adds to the status card.
pub(in crate::decide) fn with_todos(locale: Locale, mut incident: Incident) -> Incident {
    let line = Line {
        label: pick(locale, "Open todos", "未完了のTodo").to_owned(),
        value: pick(locale, "2 (1 overdue)", "2件（期限切れ1件）").to_owned(),
    };
    incident.lines.insert("todo".into(), vec![line]);
    incident
}

/// Another incident that is open, as it stands in the list above the form.
pub(in crate::decide) fn other(locale: Locale, number: u32) -> Incident {
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
        times: vec![Milestone {
            status: Status::Declared,
            at,
        }],
        roles: [].into(),
        room: Some(Room {
            channel: channel.into(),
            name: format!("inc-{number}"),
        }),
        latest: None,
        ..incident(locale)
    }
}

pub(in crate::decide) fn entry(
    seq: u32,
    kind: &str,
    at: Moment,
    by: &str,
    text: &str,
    data: Value,
) -> Entry {
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

/// What the form of the examples comes to.
pub(in crate::decide) fn declaration(locale: Locale) -> Declaration {
    Declaration {
        title: pick(locale, "Checkout fails with 500", "決済画面で500エラー").to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        origin: Some("C0GENERAL".into()),
        ..Declaration::default()
    }
}
