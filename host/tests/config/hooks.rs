//! Hooks in a team's file: what they mean, and every mistake with its place.

use iris::{
    config::{Problem, parse},
    team::{Grave, Sender, Template},
};

const TEAM: &str = r#"
[[severity]]
id = "sev1"
label = "SEV1"
meaning = "Customers cannot pay"
[[product]]
id = "payments"
name = "Payments"
responders = { sev1 = ["U0CTO"] }
[[product]]
id = "search"
name = "Search"
responders = { sev1 = ["U0CTO"] }
"#;

const HOOK: &str = r#"
[[hook]]
name = "alerts"
kind = "alertmanager"
channel = "C0GENERAL"
[[hook.rule]]
when = { labels.service = ["checkout", "cart"], "labels.env" = "production" }
product = "payments"
severity = { by = "labels.severity", map = { critical = "sev1" } }
title = "{labels.alertname} on {labels.instance}"
"#;

fn said(hook: &str) -> Vec<String> {
    let (_, problems) = parse("team.toml", "T0ACME", &format!("{TEAM}{hook}"));
    problems.iter().map(Problem::to_string).collect()
}

#[test]
fn a_hook_says_who_sends_and_what_becomes_of_it() {
    let (file, problems) = parse("team.toml", "T0ACME", &format!("{TEAM}{HOOK}"));
    assert!(problems.is_empty(), "{problems:?}");
    let team = file.unwrap().team;
    let hook = &team.hooks[0];
    assert_eq!((&*hook.name, hook.kind), ("alerts", Sender::Alertmanager));
    assert_eq!((&*hook.label, hook.per_hour), ("Alertmanager", 20));
    let rule = &hook.rules[0];
    assert_eq!(rule.when["labels.service"], ["checkout", "cart"]);
    assert_eq!(rule.when["labels.env"], ["production"]);
    assert_eq!(rule.product.as_deref(), Some("payments"));
    let Grave::By { field, map, .. } = &rule.severity else {
        panic!("{:?}", rule.severity);
    };
    assert_eq!((&**field, &*map["critical"]), ("labels.severity", "sev1"));
    let fields: Vec<_> = rule.title.iter().flat_map(Template::fields).collect();
    assert_eq!(fields, ["labels.alertname", "labels.instance"]);
}

#[test]
fn every_mistake_is_said_with_its_place() {
    for (was, is, sentence) in [
        (
            "\"alerts\"",
            "\"Alerts!\"",
            "16:8: `Alerts!` is no hook's name",
        ),
        (
            "\"alertmanager\"",
            "\"alertmanger\"",
            "17:8: There is no kind `alertmanger` of hook; did you mean `alertmanager`?",
        ),
        (
            "\"C0GENERAL\"",
            "\"#general\"",
            "18:11: `#general` is no channel's id",
        ),
        (
            "labels.service",
            "label.service",
            "`alertmanager` has no field `label.service`; did you mean `labels`?",
        ),
        (
            "product = \"payments\"",
            "product = \"payment\"",
            "21:11: There is no product `payment`",
        ),
        (
            "critical = \"sev1\"",
            "critical = \"sev9\"",
            "There is no severity `sev9`",
        ),
        (
            "{labels.instance}\"",
            "{labels.instance\"",
            "23:9: `title` cannot be filled in: `{labels.instance` is not closed by `}`.",
        ),
        (
            "on {labels.instance}",
            "on {instance}",
            "23:9: `alertmanager` has no field `instance`",
        ),
        (
            "kind =",
            "per_hour = 0\nkind =",
            "17:12: `per_hour` is a number from 1 to 1000.",
        ),
        ("kind =", "kin =", "`kin`"),
    ] {
        let problems = said(&HOOK.replace(was, is));
        assert!(
            problems.iter().any(|problem| problem.contains(sentence)),
            "{sentence}\n{problems:#?}"
        );
    }
}

#[test]
fn a_hook_without_rules_or_a_name_of_its_own_is_refused() {
    let bare = &HOOK[..HOOK.find("[[hook.rule]]").unwrap()];
    let problems = said(bare);
    assert!(problems[0].contains("has no rule"), "{problems:?}");
    let twice = said(&format!("{HOOK}{HOOK}"));
    assert!(twice[0].contains("`alerts`"), "{twice:?}");
}

#[test]
fn what_iris_cannot_know_of_anybodys_json_must_be_said() {
    let json = "[[hook]]\nname = \"cron\"\nkind = \"json\"\nchannel = \"C0GENERAL\"\n\
        [[hook.rule]]\nproduct = \"search\"\n";
    let problems = said(json).join("\n");
    assert!(problems.contains("`key`"), "{problems}");
    assert!(
        problems.contains("add `title`, the path to it"),
        "{problems}"
    );
    let whole = json.replace("kind", "key = \"/job/name\"\ntitle = \"/job/title\"\nkind");
    assert_eq!(said(&whole), Vec::<String>::new());
}

#[test]
fn a_rule_that_calls_nobody_is_a_warning() {
    let nobody = HOOK.replace("product = \"payments\"\n", "");
    let problems = said(&nobody);
    assert!(
        problems[0].contains("so that nobody is called"),
        "{problems:?}"
    );
}
