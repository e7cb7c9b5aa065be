//! For tests: an incident in Tokyo, told by its entries.

use super::scene::texts;
use super::{Data, Entry, Incident, Label, Scene, World};
use crate::Locale;
use crate::time::Wall;

/// 2026-12-01 00:00 in Tokyo, a Tuesday.
const MIDNIGHT: u64 = 1_796_050_800_000;
const DAY: u64 = 24 * 60;

/// On 1 December, in milliseconds.
pub(super) fn at(hour: u64, minute: u64) -> u64 {
    MIDNIGHT + (hour * 60 + minute) * 60_000
}

pub(super) fn scene(locale: Locale) -> Scene<'static> {
    let label = |id: &str, label: &str, meaning: &str| Label {
        id: id.to_owned(),
        label: label.to_owned(),
        meaning: meaning.to_owned(),
    };
    Scene {
        texts: texts(locale),
        now: at(16, 0),
        zone: "Asia/Tokyo".to_owned(),
        command: "/incident".to_owned(),
        severities: vec![label("sev1", "SEV1", "Customers cannot use it | at all")],
        roles: vec![
            label("commander", "Incident commander", ""),
            label("lead", "Operation lead", ""),
        ],
        products: vec![label("pay", "Payments", "")],
        world: &Tokyo,
    }
}

pub(super) fn incident() -> Incident {
    let milestone = |status: &str, at| (status.to_owned(), at);
    Incident {
        number: 42,
        title: "Checkout fails with *500*".to_owned(),
        situation: "Since 14:00\none in three fails".to_owned(),
        product: Some("Payments".to_owned()),
        severity: Some("sev1".to_owned()),
        status: "resolved".to_owned(),
        declared_by: "U0AYASATO".to_owned(),
        times: vec![
            milestone("declared", at(14, 5)),
            milestone("resolved", at(15, 12)),
        ],
        drill: false,
        private: false,
    }
}

pub(super) fn entry(at: u64, kind: &str, by: &str, text: &str, data: &str) -> Entry {
    Entry {
        seq: 1,
        at,
        kind: kind.to_owned(),
        by: (!by.is_empty()).then(|| by.to_owned()),
        text: text.to_owned(),
        data: Data::parse(Some(data)),
        message: None,
    }
}

/// One of each kind, on two days.
pub(super) fn entries() -> Vec<Entry> {
    let (aya, ken) = ("U0AYASATO", "U0KENMORI");
    let captured = Entry {
        message: Some("C0ROOM42:1796101920.000200".to_owned()),
        ..entry(
            at(14, 12),
            "message",
            ken,
            "1.42 went out at 13:58",
            r#"{"edited": 1796102400000}"#,
        )
    };
    let todo = |act: &str| {
        format!(
            r#"{{"n": 1, "act": "{act}", "owner": "{ken}", "due": {}, "due_has_time": false,
                "done_at": {}}}"#,
            at(3 * 24 + 23, 59),
            if act == "done" {
                at(24 + 10, 28).to_string()
            } else {
                "null".to_owned()
            },
        )
    };
    vec![
        entry(
            at(14, 5),
            "declared",
            aya,
            "Checkout fails",
            r#"{"severity": null, "product": "pay"}"#,
        ),
        entry(
            at(14, 5),
            "room",
            "",
            "inc-1",
            r#"{"channel": "C0ROOM42", "name": "inc-1"}"#,
        ),
        entry(
            at(14, 5),
            "called",
            "",
            "",
            r#"{"people": ["U0KENMORI", "U9"]}"#,
        ),
        entry(
            at(14, 5),
            "not-called",
            "",
            "",
            r#"{"missing": [{"who": "lead@acme.example", "code": "not-found"}]}"#,
        ),
        entry(
            at(14, 6),
            "role",
            aya,
            "",
            r#"{"role": "commander", "was": null, "now": "U0AYASATO"}"#,
        ),
        entry(
            at(14, 8),
            "role",
            aya,
            "",
            r#"{"role": "lead", "was": null, "now": "U0KENMORI"}"#,
        ),
        entry(
            at(14, 9),
            "person",
            aya,
            "",
            r#"{"user": "U9", "how": "invited"}"#,
        ),
        entry(
            at(14, 10),
            "severity",
            aya,
            "Every *third* is lost",
            r#"{"was": null, "now": "sev1"}"#,
        ),
        captured,
        entry(at(14, 15), "note", ken, "12 tickets.\n- two are <big>", ""),
        entry(at(14, 20), "update", aya, "Rolled back.", ""),
        entry(at(14, 41), "todo", ken, "Renew it", &todo("added")),
        entry(at(14, 50), "status-page", "", "Page set to red", ""),
        entry(
            at(15, 0),
            "role",
            aya,
            "see notes",
            r#"{"role": "lead", "was": "U0KENMORI", "now": "U0AYASATO"}"#,
        ),
        entry(
            at(15, 12),
            "status",
            ken,
            "Cleared the queue.",
            r#"{"was": "declared", "now": "resolved"}"#,
        ),
        entry(
            at(DAY / 60 + 10, 28),
            "todo",
            ken,
            "Renew it",
            &todo("done"),
        ),
    ]
}

struct Tokyo;

impl World for Tokyo {
    fn wall(&self, at: u64) -> Wall {
        let minutes = (at - MIDNIGHT) / 60_000;
        let small = |n: u64| u8::try_from(n).unwrap_or(u8::MAX);
        Wall {
            year: 2026,
            month: 12,
            day: small(1 + minutes / DAY),
            hour: small(minutes % DAY / 60),
            minute: small(minutes % 60),
            second: 0,
            weekday: small((1 + minutes / DAY) % 7 + 1),
            offset: 540,
        }
    }

    fn zone_label(&self, _: u64) -> String {
        "JST".to_owned()
    }

    fn name(&self, user: &str) -> Option<String> {
        Some(match user {
            "U0AYASATO" => "Aya Sato".to_owned(),
            "U0KENMORI" => "Ken Mori".to_owned(),
            _ => return None,
        })
    }

    fn link(&self, message: &str) -> Option<String> {
        const ROOM: &str = "https://acme.slack.com/archives/C0ROOM42";
        match message.split_once(':') {
            Some((_, ts)) => Some(format!("{ROOM}/p{}", ts.replace('.', ""))),
            None => (message == "core/room").then(|| ROOM.to_owned()),
        }
    }
}
