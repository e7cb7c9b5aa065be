//! What happened, in order: what every view of the timeline is made of.

use iris_step::facts::{self, Entry};

/// Entries that are shown, by the time of the happening, then by when they were written down.
pub(crate) fn read() -> Vec<Entry> {
    in_order(facts::entries())
}

/// What people answered afterwards is no part of what happened.
fn in_order(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.retain(|entry| entry.kind != "feedback");
    entries.sort_by_key(|entry| (entry.at, entry.seq));
    entries
}

#[cfg(test)]
pub(crate) mod tests {
    //! An incident in Tokyo, told by its entries.

    use iris_step::facts::{Card, Entry, Incident, Milestone, Product, Role, Severity};
    use iris_step::kit::time::Wall;
    use iris_step::{Locale, Texts};

    use super::in_order;
    use crate::scene::{Ask, EN, JA, Scene};

    /// 2026-12-01 00:00 in Tokyo, a Tuesday.
    const MIDNIGHT: u64 = 1_796_050_800_000;
    const DAY: u64 = 24 * 60;

    /// On 1 December, in milliseconds.
    pub(crate) fn at(hour: u64, minute: u64) -> u64 {
        MIDNIGHT + (hour * 60 + minute) * 60_000
    }

    pub(crate) fn scene(locale: Locale) -> Scene {
        let (id, label) = ("sev1".to_owned(), "SEV1".to_owned());
        let meaning = "Customers cannot use it | at all".to_owned();
        let role = |id: &str, label: &str| Role {
            id: id.to_owned(),
            label: label.to_owned(),
            duties: String::new(),
        };
        Scene {
            texts: Texts::new(locale, EN, JA),
            now: at(16, 0),
            zone: "Asia/Tokyo".to_owned(),
            command: "/incident".to_owned(),
            severities: vec![Severity { id, label, meaning }],
            roles: vec![
                role("commander", "Incident commander"),
                role("lead", "Operation lead"),
            ],
            products: vec![Product {
                id: "pay".to_owned(),
                name: "Payments".to_owned(),
                table: None,
            }],
            ask: Ask {
                wall,
                zone: |_| "JST".to_owned(),
                name,
                link,
            },
        }
    }

    pub(crate) fn card() -> Card {
        let milestone = |status: &str, at| Milestone {
            status: status.to_owned(),
            at,
        };
        let incident = Incident {
            number: 42,
            title: "Checkout fails with *500*".to_owned(),
            situation: "Since 14:00\none in three fails".to_owned(),
            product: Some("pay".to_owned()),
            severity: Some("sev1".to_owned()),
            status: "resolved".to_owned(),
            declared_by: "U0AYASATO".to_owned(),
            times: vec![
                milestone("declared", at(14, 5)),
                milestone("resolved", at(15, 12)),
            ],
            roles: vec![],
            room: Some("C0ROOM42".to_owned()),
            origin: None,
            drill: false,
            private: false,
        };
        Card::new(
            incident,
            Some("Payments".to_owned()),
            Some("SEV1".to_owned()),
        )
    }

    pub(crate) fn entry(at: u64, kind: &str, by: &str, text: &str, data: &str) -> Entry {
        Entry {
            seq: 1,
            at,
            kind: kind.to_owned(),
            step: None,
            by: (!by.is_empty()).then(|| by.to_owned()),
            text: text.to_owned(),
            data: (!data.is_empty()).then(|| data.to_owned()),
            message: None,
        }
    }

    /// One of each kind, on two days.
    pub(crate) fn entries() -> Vec<Entry> {
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

    pub(crate) fn name(id: &str) -> Option<String> {
        Some(match id {
            "U0AYASATO" => "Aya Sato".to_owned(),
            "U0KENMORI" => "Ken Mori".to_owned(),
            _ => return None,
        })
    }

    fn link(message: &str) -> Option<String> {
        let (channel, ts) = message.split_once(':')?;
        Some(format!(
            "https://acme.slack.com/archives/{channel}/p{}",
            ts.replace('.', "")
        ))
    }

    fn wall(at: u64) -> Wall {
        let minutes = (at - MIDNIGHT) / 60_000;
        let small = |n: u64| u8::try_from(n).unwrap();
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

    #[test]
    fn what_happened_first_is_told_first() {
        let entry = |seq, at, kind: &str| Entry {
            seq,
            ..entry(at, kind, "", "", "")
        };
        let told = in_order(vec![
            entry(1, 5, "note"),
            entry(2, 3, "message"),
            entry(3, 3, "note"),
            entry(4, 1, "feedback"),
        ]);
        assert_eq!(
            told.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
            [2, 3, 1]
        );
    }

    #[test]
    fn both_languages_say_the_same() {
        assert_eq!(iris_step::kit::texts::check(EN, JA), Vec::<String>::new());
    }
}
