//! What a team has that does not say otherwise.

use crate::team::{Allow, Locale, Origin, Role, Severity, StepUse, When};

/// The six standard steps, in the order people think of them.
pub(super) const STEPS: [&str; 6] = [
    "war-room", "invite", "guide", "todo", "timeline", "feedback",
];

pub(super) fn severities(locale: Locale) -> Vec<Severity> {
    let [sev1, sev2, sev3] = match locale {
        Locale::En => [
            "Customers cannot use it, or data is at risk",
            "An important feature is degraded",
            "Little or no effect on customers yet",
        ],
        Locale::Ja => [
            "お客様が利用できない、またはデータに影響がある",
            "主要な機能に支障がある",
            "お客様への影響はほぼない",
        ],
    };
    let severity = |id: &str, label: &str, meaning: &str| Severity {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning: meaning.to_owned(),
    };
    vec![
        severity("sev1", "SEV1", sev1),
        severity("sev2", "SEV2", sev2),
        severity("sev3", "SEV3", sev3),
    ]
}

pub(super) fn roles(locale: Locale) -> Vec<Role> {
    let [commander, lead] = match locale {
        Locale::En => [
            (
                "Incident commander",
                "Decides, delegates, keeps the room calm",
            ),
            ("Operation lead", "Leads the technical work"),
        ],
        Locale::Ja => [
            (
                "インシデントコマンダー",
                "判断し、任せ、場を落ち着かせる。手は動かさない",
            ),
            ("オペレーションリーダー", "調査と暫定対応を指揮する"),
        ],
    };
    let role = |id: &str, (label, duties): (&str, &str)| Role {
        id: id.to_owned(),
        label: label.to_owned(),
        duties: duties.to_owned(),
    };
    vec![role("commander", commander), role("operation-lead", lead)]
}

/// A standard step, used for all incidents and with its own settings.
pub(super) fn step(name: &str) -> StepUse {
    StepUse {
        name: name.to_owned(),
        origin: Origin::file(name),
        digest: None,
        when: When::default(),
        allow: Allow::default(),
        config: serde_json::Value::Object(serde_json::Map::new()),
    }
}
