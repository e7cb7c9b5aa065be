//! The team of the scenarios, in both languages, and what breaks there.

use crate::team::{Allow, Locale, Origin, Product, Role, Severity, StepUse, Team, When};
use serde_json::json;

/// Who is there. Aya declares.
pub const AYA: &str = "U0AYA";
pub const KEN: &str = "U0KEN";
pub const YUI: &str = "U0YUI";

pub fn team(locale: Locale) -> Team {
    let said = |english: &str, japanese: &str| match locale {
        Locale::En => english.to_owned(),
        Locale::Ja => japanese.to_owned(),
    };
    let severity = |id: &str, meaning: String| Severity {
        id: id.to_owned(),
        label: id.to_uppercase(),
        meaning,
    };
    let role = |id: &str, label: String, duties: String| Role {
        id: id.to_owned(),
        label,
        duties,
    };
    let step = |name: &str| StepUse {
        name: name.to_owned(),
        origin: Origin::file(name),
        digest: None,
        when: When::default(),
        allow: Allow::default(),
        config: json!({}),
    };
    let responders = [
        (
            "sev1",
            vec!["@payments-oncall", "U0CTO", "lead@acme.example"],
        ),
        ("sev2", vec!["@payments-oncall"]),
    ];
    let responders = responders.map(|(severity, people)| {
        let people = people.into_iter().map(str::to_owned).collect();
        (severity.to_owned(), people)
    });
    let product = |id: &str, name: String, table: Option<&str>| Product {
        id: id.to_owned(),
        name,
        table: table.map(str::to_owned),
        responders: [].into(),
    };
    Team {
        name: "Acme".to_owned(),
        locale,
        zone: "Asia/Tokyo".to_owned(),
        command: "/incident".to_owned(),
        severities: vec![
            severity("sev1", said("Customers cannot pay", "決済できない")),
            severity("sev2", said("Some customers are hit", "一部に影響")),
        ],
        roles: vec![
            role(
                "commander",
                said("Incident commander", "インシデントコマンダー"),
                said("Decides and delegates", "判断し、任せる"),
            ),
            role(
                "operation-lead",
                said("Operations lead", "オペレーションリーダー"),
                said("Leads the repair", "復旧作業を率いる"),
            ),
        ],
        products: vec![
            Product {
                responders: responders.into(),
                ..product(
                    "payments",
                    said("Payments", "決済"),
                    Some("https://wiki.acme.example/payments"),
                )
            },
            product("search", said("Search", "検索"), None),
        ],
        steps: [
            "war-room", "invite", "guide", "todo", "timeline", "feedback",
        ]
        .map(step)
        .into(),
        hooks: vec![],
        shared_channels: false,
    }
}

pub fn title(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Checkout fails with 500",
        Locale::Ja => "決済画面で500エラー",
    }
}

pub fn situation(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Since 14:00 every card is refused.\nSee https://status.acme.example",
        Locale::Ja => "14:00からすべてのカードが拒否されています。",
    }
}
