//! One incident as a file, in both languages and for programs.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test")]

use std::collections::BTreeMap;

use iris::{
    clock::Moment,
    config::parse,
    export::{Export, markdown},
    ids::{MessageId, Owner, TeamId, UserId},
    incident::{Entry, Incident, Milestone, Status},
    store::Resource,
    team::Team,
};
use serde_json::{Value, json};

const AYA: &str = "U0AYA";
const KEN: &str = "U0KEN";
const YUI: &str = "U0YUI";
const EN: &str = include_str!("INC-42.en.md");
const JA: &str = include_str!("INC-42.ja.md");

/// In December 2026, in Tokyo.
fn at(day: u64, hour: u64, minute: u64) -> Moment {
    const FIRST: u64 = 1_796_050_800_000;
    Moment(FIRST + ((day - 1) * 1440 + hour * 60 + minute) * 60_000)
}

fn entries(of: Vec<(Moment, &str, &str, &str, Value)>) -> Vec<Entry> {
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

fn feedback(response: u8, iris: &str, change: &str) -> Value {
    json!({ "response": response, "iris": iris, "change": change })
}

fn todo(
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

fn incident(title: &str, situation: &str) -> Incident {
    let time = |status, at| Milestone { status, at };
    Incident {
        number: 42,
        title: title.to_owned(),
        situation: situation.to_owned(),
        product: Some("payments".to_owned()),
        severity: Some("sev1".to_owned()),
        status: Status::Closed,
        declared_by: AYA.into(),
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

fn team(locale: &str, product: &str) -> Team {
    let text = format!(
        "locale = \"{locale}\"\ntimezone = \"Asia/Tokyo\"\n\
         [[product]]\nid = \"payments\"\nname = \"{product}\"\n"
    );
    parse("team.toml", "T0ACME", &text).0.unwrap().team
}

/// The room, and the message of the update that is entry `update`.
fn resources(update: u32) -> Vec<Resource> {
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

fn english() -> Export {
    let room = "inc-20261201-payments-checkout-fails-with-500";
    let role = |role: &str, now: &str| json!({ "role": role, "was": null, "now": now });
    let status = |was: &str, now: &str| json!({ "was": was, "now": now });
    let due = Some(at(4, 23, 59));
    let renew = "Renew the certificate of pay-gw";
    let entries = entries(vec![
        (
            at(1, 14, 5),
            "declared",
            AYA,
            "Checkout fails with 500",
            json!({ "severity": "sev2", "product": "payments" }),
        ),
        (
            at(1, 14, 5),
            "room",
            "",
            room,
            json!({ "channel": "C0ROOM42", "name": room }),
        ),
        (
            at(1, 14, 5),
            "called",
            "",
            "",
            json!({ "people": [KEN, YUI] }),
        ),
        (
            at(1, 14, 5),
            "not-called",
            "",
            "",
            json!({ "missing": [{ "who": "lead@acme.example", "code": "not-found" }] }),
        ),
        (at(1, 14, 6), "role", AYA, "", role("commander", AYA)),
        (at(1, 14, 8), "role", KEN, "", role("operation-lead", KEN)),
        (
            at(1, 14, 10),
            "severity",
            AYA,
            "Every third payment is lost",
            json!({ "was": "sev2", "now": "sev1" }),
        ),
        (
            at(1, 14, 15),
            "note",
            YUI,
            "Support has 12 tickets.\nTwo of them are from *big* customers.",
            Value::Null,
        ),
        (
            at(1, 14, 12),
            "message",
            KEN,
            "1.42 went out at 13:58",
            Value::Null,
        ),
        (
            at(1, 14, 20),
            "update",
            AYA,
            "Rolled back to 1.41. Errors are falling.",
            Value::Null,
        ),
        (
            at(1, 14, 41),
            "todo",
            KEN,
            renew,
            todo(1, "added", Some(KEN), due, None),
        ),
        (
            at(1, 15, 12),
            "status",
            KEN,
            "Rolled back to 1.41 and cleared the queue.",
            status("declared", "resolved"),
        ),
        (
            at(1, 16, 0),
            "feedback",
            AYA,
            "The roles were clear from the first minute.",
            feedback(4, "yes", "The roles were clear from the first minute."),
        ),
        (at(1, 16, 1), "feedback", KEN, "", feedback(5, "partly", "")),
        (at(1, 16, 2), "feedback", YUI, "", feedback(4, "yes", "")),
        (
            at(2, 10, 28),
            "todo",
            KEN,
            renew,
            todo(1, "done", Some(KEN), due, Some(at(2, 10, 28))),
        ),
        (
            at(2, 10, 30),
            "status",
            AYA,
            "",
            status("resolved", "closed"),
        ),
    ]);
    let situation = "Since about 14:00 one payment in three ends in an error page.\nDashboard: https://grafana.acme.example/d/pay";
    Export::new(incident("Checkout fails with 500", situation), entries, &[])
}

#[test]
fn the_report_is_the_same_to_the_byte() {
    let names = BTreeMap::from([(AYA, "Aya Sato"), (KEN, "Ken Mori"), (YUI, "Yui Tanaka")]);
    let names = names
        .into_iter()
        .map(|(id, name)| (id.into(), name.to_owned()))
        .collect();
    let mut export = english();
    // A todo of the day after, which the example lists at the end only.
    let open = todo(2, "added", None, None, None);
    let added = entries(vec![(
        at(2, 11, 0),
        "todo",
        YUI,
        "Add an alert on the error rate of checkout",
        open,
    )]);
    let all: Vec<Entry> = export.entries.iter().cloned().chain(added).collect();
    let report = markdown(
        &Export::new(export.incident.clone(), all, &[]),
        &team("en", "Payments"),
        &names,
        &resources(10),
    );
    let line = "- **11:00** Todo: Add an alert on the error rate of checkout (nobody, no date)\n";
    assert!(report.contains(line), "{report}");
    pretty(&report.replace(line, ""), EN);
    // Whoever reads it again gets the same.
    export = english();
    let again = || markdown(&export, &team("en", "Payments"), &BTreeMap::new(), &[]);
    assert_eq!(again(), again());
}

#[test]
fn in_japanese_too() {
    let names = BTreeMap::from([(AYA, "佐藤 彩"), (KEN, "森 健"), (YUI, "田中 結衣")]);
    let names = names
        .into_iter()
        .map(|(id, name)| (id.into(), name.to_owned()))
        .collect();
    let room = "inc-20261201-決済-決済画面で500エラー";
    let due = Some(at(4, 23, 59));
    let words = "最初から役割がはっきりしていて動きやすかった";
    let entries = entries(vec![
        (
            at(1, 14, 5),
            "declared",
            AYA,
            "",
            json!({ "severity": "sev2", "product": "payments" }),
        ),
        (
            at(1, 14, 6),
            "role",
            AYA,
            "",
            json!({ "role": "commander", "was": null, "now": AYA }),
        ),
        (
            at(1, 14, 10),
            "severity",
            AYA,
            "決済の3分の1が失われている",
            json!({ "was": "sev2", "now": "sev1" }),
        ),
        (
            at(1, 14, 12),
            "message",
            KEN,
            "13:58に1.42をリリースしています",
            Value::Null,
        ),
        (
            at(1, 14, 20),
            "update",
            AYA,
            "1.41に切り戻し、エラーは減少中です。",
            Value::Null,
        ),
        (
            at(1, 15, 12),
            "status",
            KEN,
            "1.41に切り戻し、滞留分を処理しました。",
            json!({ "was": "declared", "now": "resolved" }),
        ),
        (
            at(2, 10, 0),
            "feedback",
            AYA,
            words,
            feedback(4, "yes", words),
        ),
        (at(2, 10, 1), "feedback", KEN, "", feedback(5, "partly", "")),
        (at(2, 10, 2), "feedback", YUI, "", feedback(4, "yes", "")),
        // What the example leaves out of its timeline.
        (
            at(3, 9, 0),
            "room",
            "",
            room,
            json!({ "channel": "C0ROOM42", "name": room }),
        ),
        (
            at(3, 9, 0),
            "role",
            KEN,
            "",
            json!({ "role": "operation-lead", "was": null, "now": KEN }),
        ),
        (at(3, 9, 0), "called", "", "", json!({ "people": [YUI] })),
        (
            at(3, 9, 0),
            "todo",
            KEN,
            "pay-gwの証明書を更新する",
            todo(1, "done", Some(KEN), due, Some(at(2, 10, 28))),
        ),
        (
            at(3, 9, 0),
            "todo",
            KEN,
            "決済のエラー率アラートを追加する",
            todo(2, "added", None, None, None),
        ),
        (
            at(3, 9, 0),
            "status",
            AYA,
            "",
            json!({ "was": "resolved", "now": "closed" }),
        ),
    ]);
    let situation = "14時ごろから、決済の3回に1回ほどでエラー画面になります。";
    let export = Export::new(incident("決済画面で500エラー", situation), entries, &[]);
    let report = markdown(&export, &team("ja", "決済"), &names, &resources(5));
    let (head, rest) = report.split_once("### 2026-12-03（木）").unwrap();
    let (left_out, end) = rest.split_once("## Todo").unwrap();
    assert!(
        left_out.contains("- **09:00** 招集：田中 結衣\n"),
        "{left_out}"
    );
    let report = format!("{head}## Todo{end}")
        // Of these two the example has other times.
        .replace(
            "| クローズ | 2026-12-03 09:00",
            "| クローズ | 2026-12-02 10:30",
        )
        .replace("（2026-12-03 09:00〜15:12）", "（14:08〜15:12）");
    pretty(&report, JA);
}

#[test]
fn json_has_everything_but_who_gave_which_feedback() {
    let mut export = serde_json::to_value(english()).unwrap();
    let keys: Vec<&String> = export.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["effects", "entries", "feedback", "incident", "todos"]
    );
    assert_eq!(export["incident"]["number"], 42);
    assert_eq!(export["entries"].as_array().unwrap().len(), 17);
    assert_eq!(
        export["feedback"][2],
        feedback(4, "yes", "The roles were clear from the first minute.")
    );
    let todos = json!([{
        "n": 1, "text": "Renew the certificate of pay-gw", "owner": KEN, "due": at(4, 23, 59),
        "due_has_time": false, "done_at": at(2, 10, 28), "done_by": KEN,
    }]);
    assert_eq!(export["todos"], todos);
    let entries = export["entries"].as_array_mut().unwrap();
    entries.retain(|entry| entry["kind"] == "feedback");
    assert!(
        entries
            .iter()
            .all(|entry| entry["by"].is_null() && entry["key"].is_null())
    );
    assert!(!serde_json::to_string(entries).unwrap().contains("U0"));
}

/// Line by line, so that a difference can be seen.
fn pretty(report: &str, expected: &str) {
    for (n, (is, should)) in report.lines().zip(expected.lines()).enumerate() {
        assert_eq!(is, should, "line {}", n + 1);
    }
    assert_eq!(report, expected);
}
