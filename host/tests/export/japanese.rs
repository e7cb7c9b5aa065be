//! The report in Japanese.

use std::collections::BTreeMap;

use iris::export::{Export, markdown};
use serde_json::{Value, json};

use crate::example::{AYA, KEN, YUI, at, entries, feedback, incident, resources, same, team, todo};

const JA: &str = include_str!("INC-42.ja.md");

#[test]
fn the_report_is_the_same_to_the_byte() {
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
    same(&report, JA);
}
