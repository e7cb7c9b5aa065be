//! A team's file: what it means, and what can be wrong with it.

use iris::{
    config::{Problem, parse},
    team::{Locale, StepUse, Team},
};
use serde_json::json;

fn read(text: &str) -> Team {
    let (file, problems) = parse("team.toml", "T0ACME", text);
    assert!(file.is_some(), "{problems:?}");
    file.unwrap().team
}

fn said(text: &str) -> String {
    let (_, problems) = parse("team.toml", "T0ACME", text);
    problems
        .iter()
        .map(Problem::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// As in the contract.
const WHOLE: &str = r#"
name    = "Acme"
locale  = "en"
timezone = "Asia/Tokyo"
command = "/incident"

[[severity]]
id = "sev1"
label = "SEV1"
meaning = "Customers cannot pay"
[[severity]]
id = "sev2"
label = "SEV2"
meaning = "A feature is degraded"

[[role]]
id = "commander"
label = "Incident commander"
duties = "Decides, delegates, keeps the room calm"

[[product]]
id = "payments"
name = "Payments"
table = "https://wiki.acme.example/payments/incidents"
[product.responders]
sev1 = ["@payments-oncall", "U0CTO", "lead@acme.example"]
sev2 = ["@payments-oncall"]

[[step]]
use = "war-room"
config = { channel = "inc-{date}-{product}-{title}" }
[[step]]
use = "feedback"
when = { severity = ["sev1", "sev2"], drill = false }
[[step]]
use = "status-page"
allow = { wishes = ["messages", "timers"], slack = ["users.info"], http = ["api.statuspage.example"], secrets = ["STATUSPAGE_TOKEN"] }
config = { page = "abc", every = 5, ratio = 0.5, on = [true, 2026-12-01] }
"#;

#[test]
fn a_whole_file_means_what_it_says() {
    insta::assert_debug_snapshot!(read(WHOLE));
    assert_eq!(said(WHOLE), "");
}

#[test]
fn a_file_may_leave_everything_out() {
    let team = read("");
    assert_eq!(
        (&*team.name, team.locale, &*team.zone, &*team.command),
        ("T0ACME", Locale::En, "UTC", "/incident")
    );
    assert_eq!(team.severities.len(), 3);
    assert_eq!(
        team.severities[0].meaning,
        "Customers cannot use it, or data is at risk"
    );
    assert_eq!(team.roles[1].label, "Operation lead");
    assert_eq!(team.steps.len(), 6);
    let japanese = read("locale = \"ja\"");
    assert_eq!(japanese.severities[2].meaning, "お客様への影響はほぼない");
    assert_eq!(japanese.roles[0].label, "インシデントコマンダー");
    assert!(said("locale = \"ja\"").contains("warning: Without `timezone`"));
}

/// All of them at once: whoever writes a file wants to put it right in one go.
#[test]
fn every_mistake_is_said_with_line_column_and_remedy() {
    let broken = include_str!("broken.toml");
    insta::assert_snapshot!(said(broken));
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    assert!(
        said("name = \"Acme\"\n[[severity]\n").starts_with("team.toml:2:"),
        "{}",
        said("name = \"Acme\"\n[[severity]\n")
    );
}

#[test]
fn no_severity_at_all_is_a_mistake() {
    assert!(said("severity = []").contains("There is no severity"));
}

#[test]
fn config_is_checked_against_the_steps_schema() {
    let text = "[[step]]\nuse = \"guide\"\nconfig = { flow = [\"a\", 2] }\n[[step]]\nuse = \"todo\"\nconfig = { no = 1 }\n[[step]]\nuse = \"free\"\nconfig = { any = 1 }\n";
    let schema = |line: &StepUse| match &*line.name {
        "guide" => Some(json!({ "properties": { "flow": { "items": { "type": "string" } } } })),
        "todo" => Some(json!({ "additionalProperties": false })),
        _ => None,
    };
    let file = parse("team.toml", "T0ACME", text).0.unwrap();
    let said: Vec<String> = file
        .check_config(schema)
        .iter()
        .map(Problem::to_string)
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}
