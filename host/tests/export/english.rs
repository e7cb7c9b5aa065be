//! The report in English, and the same incident for programs.

use std::collections::BTreeMap;

use iris::{
    export::{Export, markdown},
    incident::Entry,
};
use serde_json::{Value, json};

use crate::example::{AYA, KEN, YUI, at, entries, feedback, incident, resources, same, team, todo};

const EN: &str = include_str!("INC-42.en.md");

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
    same(&report.replace(line, ""), EN);
    // Whoever reads it again gets the same.
    export = english();
    let again = || markdown(&export, &team("en", "Payments"), &BTreeMap::new(), &[]);
    assert_eq!(again(), again());
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
