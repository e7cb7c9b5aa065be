//! What the reports of the example are made of.

use std::collections::BTreeMap;

use iris::{
    clock::Moment,
    config::parse,
    ids::{MessageId, Owner, TeamId, UserId},
    incident::{Entry, Incident, Milestone, Status},
    store::Resource,
    team::Team,
};
use serde_json::{Value, json};

pub(crate) const AYA: &str = "U0AYA";
pub(crate) const KEN: &str = "U0KEN";
pub(crate) const YUI: &str = "U0YUI";

/// In December 2026, in Tokyo.
pub(crate) fn at(day: u64, hour: u64, minute: u64) -> Moment {
    const FIRST: u64 = 1_796_050_800_000;
    Moment(FIRST + ((day - 1) * 1440 + hour * 60 + minute) * 60_000)
}

pub(crate) fn entries(of: Vec<(Moment, &str, &str, &str, Value)>) -> Vec<Entry> {
    let entry =
        |(seq, (at, kind, by, text, data)): (u32, (Moment, &str, &str, &str, Value))| Entry {
            seq,
            at,
            kind: kind.to_owned(),
            owner: Owner::core(),
            by: (!by.is_empty()).then(|| by.into()),
            text: text.to_owned(),
            data: (!data.is_null()).then_some(data),
            message: (kind == "message").then(|| MessageId {
                channel: "C0ROOM42".into(),
                ts: "1796101920.000200".to_owned(),
            }),
            key: None,
        };
    (1..).zip(of).map(entry).collect()
}

pub(crate) fn feedback(response: u8, iris: &str, change: &str) -> Value {
    json!({ "response": response, "iris": iris, "change": change })
}

pub(crate) fn todo(
    n: u32,
    act: &str,
    owner: Option<&str>,
    due: Option<Moment>,
    done: Option<Moment>,
) -> Value {
    json!({
        "n": n, "act": act, "owner": owner, "due": due, "due_has_time": false,
        "done_at": done, "done_by": done.and(owner),
    })
}

pub(crate) fn incident(title: &str, situation: &str) -> Incident {
    let time = |status, at| Milestone { status, at };
    Incident {
        number: 42,
        title: title.to_owned(),
        situation: situation.to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        status: Status::Closed,
        declared_by: AYA.into(),
        through: None,
        times: vec![
            time(Status::Declared, at(1, 14, 5)),
            time(Status::Resolved, at(1, 15, 12)),
            time(Status::Closed, at(2, 10, 30)),
        ],
        roles: BTreeMap::new(),
        room: None,
        origin: None,
        drill: false,
        private: false,
        also: vec![],
        people: [AYA, KEN].map(UserId::from).into(),
        lines: BTreeMap::new(),
        latest: None,
        entries: 16,
    }
}

pub(crate) fn team(locale: &str, product: &str) -> Team {
    let text = format!(
        "locale = \"{locale}\"\ntimezone = \"Asia/Tokyo\"\n\
         [[product]]\nid = \"payments\"\nname = \"{product}\"\n"
    );
    parse("team.toml", "T0ACME", &text).0.unwrap().team
}

/// The room, and the message of the update that is entry `update`.
pub(crate) fn resources(update: u32) -> Vec<Resource> {
    let resource = |name: String, ts: &str| {
        let id = MessageId {
            channel: "C0ROOM42".into(),
            ts: ts.to_owned(),
        };
        Resource {
            team: TeamId::from("T0ACME"),
            incident: Some(42),
            owner: Owner::core(),
            name,
            permalink: Some(id.permalink("https://acme.slack.com/")),
            id,
        }
    };
    vec![
        resource("room".to_owned(), ""),
        resource(format!("update-{update}"), "1796102400.000300"),
    ]
}

/// Line by line, so that a difference can be seen.
pub(crate) fn same(report: &str, expected: &str) {
    for (n, (is, should)) in report.lines().zip(expected.lines()).enumerate() {
        assert_eq!(is, should, "line {}", n + 1);
    }
    assert_eq!(report, expected);
}
