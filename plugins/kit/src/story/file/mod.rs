//! The timeline as a Markdown file: the same for the same entries, byte for byte.

mod feedback;
mod table;
mod todos;

use std::fmt::Write;

use crate::args;
use crate::markdown::escape;
use crate::time::{file_day, time, utc_offset};
use crate::words::inc;

use super::sentence::{Style, Teller};
use super::{Answer, Entry, Incident, Scene};

/// People's words are escaped, people named; lines end with LF. Without `answers`, there is nothing
/// about feedback.
pub fn file(
    scene: &Scene<'_>,
    incident: &Incident,
    entries: &[Entry],
    answers: &[Answer],
) -> String {
    let teller = Teller {
        scene,
        style: Style::Written,
    };
    let mut out = String::new();
    table::write(&mut out, teller, incident, entries);
    zone(&mut out, scene, declared_at(incident, entries));
    situation(&mut out, scene, incident);
    timeline(&mut out, teller, entries);
    todos::write(&mut out, teller, entries);
    feedback::write(&mut out, teller, answers);
    line(
        &mut out,
        format_args!("---\n{}", scene.texts.say("file-end", &[])),
    );
    out
}

/// `INC-42-timeline.md`
pub fn name(incident: &Incident) -> String {
    format!("INC-{}-timeline.md", incident.number)
}

/// What Slack shows above the file.
pub fn title(scene: &Scene<'_>, incident: &Incident) -> String {
    scene
        .texts
        .say("file-title", args![inc = inc(incident.number)])
}

/// The first time, however often it was reopened.
fn declared_at(incident: &Incident, entries: &[Entry]) -> u64 {
    let first = entries.iter().find(|entry| entry.kind == "declared");
    let entered = || incident.entered("declared").unwrap_or_default();
    first.map_or_else(entered, |entry| entry.at)
}

fn zone(out: &mut String, scene: &Scene<'_>, at: u64) {
    let (zone, offset) = (
        scene.world.zone_label(at),
        utc_offset(scene.wall(at).offset),
    );
    let said = scene
        .texts
        .say("file-zone", args![name = &scene.zone, zone, offset]);
    line(out, format_args!("{said}\n"));
}

fn situation(out: &mut String, scene: &Scene<'_>, incident: &Incident) {
    let words = incident.situation.trim();
    if words.is_empty() {
        return;
    }
    line(
        out,
        format_args!("## {}\n", scene.texts.say("file-situation", &[])),
    );
    for words in words.lines() {
        line(
            out,
            format_args!("{}", format!("> {}", escape(words)).trim_end()),
        );
    }
    out.push('\n');
}

fn timeline(out: &mut String, teller: Teller<'_>, entries: &[Entry]) {
    let scene = teller.scene;
    if entries.is_empty() {
        return;
    }
    line(
        out,
        format_args!("## {}\n", scene.texts.say("file-timeline", &[])),
    );
    let days = entries.chunk_by(|a, b| scene.wall(a.at).same_day(&scene.wall(b.at)));
    for day in days {
        let Some(first) = day.first() else { continue };
        let heading = file_day(scene.texts.locale(), &scene.wall(first.at));
        line(out, format_args!("### {heading}\n"));
        for entry in day {
            let link = entry.link(scene);
            let link = link.map(|link| scene.texts.say("file-open", args![link]));
            let (time, said) = (time(&scene.wall(entry.at)), teller.say(entry));
            line(
                out,
                format_args!("- **{time}** {said}{}", link.unwrap_or_default()),
            );
            for below in teller.below(entry) {
                line(
                    out,
                    format_args!("{}", format!("  > {}", escape(below)).trim_end()),
                );
            }
        }
        out.push('\n');
    }
}

fn line(out: &mut String, said: std::fmt::Arguments<'_>) {
    let written = writeln!(out, "{said}");
    debug_assert!(written.is_ok(), "a string takes all");
}

#[cfg(test)]
mod tests {
    use super::file;
    use crate::Locale;
    use crate::story::example::{entries, incident, scene};
    use crate::story::{Answer, Incident};

    const EN: &str = r"# INC-42 Checkout fails with \*500\*

| | |
| --- | --- |
| Status | Resolved |
| Severity | SEV1 (Customers cannot use it \| at all) |
| Product | Payments |
| Declared | 2026-12-01 14:05 by Aya Sato |
| Resolved | 2026-12-01 15:12 by Ken Mori |
| Time to resolve | 1 h 07 min |
| Incident commander | Aya Sato (14:06–15:12) |
| Operation lead | Ken Mori (14:08–15:00), Aya Sato (15:00–15:12) |
| Took part | Aya Sato, Ken Mori, U9 |
| Room | [#inc-1](https://acme.slack.com/archives/C0ROOM42) |

All times are Asia/Tokyo (JST, UTC+09:00).

## What was happening

> Since 14:00
> one in three fails

## Timeline

### Tue 2026-12-01

- **14:05** Aya Sato declared the incident: SEV?, Payments
- **14:05** Room #inc-1 made
- **14:05** Called: Ken Mori, U9
- **14:05** Not called: lead@acme.example (no such person in this workspace)
- **14:06** Aya Sato took Incident commander
- **14:08** Aya Sato gave Operation lead to Ken Mori
- **14:09** Aya Sato invited U9
- **14:10** Aya Sato changed the severity: SEV? → SEV1: “Every \*third\* is lost”
- **14:12** Ken Mori (edited 2026-12-01 14:20): “1.42 went out at 13:58” ([open](https://acme.slack.com/archives/C0ROOM42/p1796101920000200))
- **14:15** Note by Ken Mori:
  > 12 tickets.
  > \- two are \<big\>
- **14:20** Update by Aya Sato: “Rolled back.”
- **14:41** Todo: Renew it (Ken Mori, by 2026-12-04)
- **14:50** Page set to red
- **15:00** Operation lead: Ken Mori → Aya Sato: “see notes”
- **15:12** Ken Mori resolved the incident: “Cleared the queue.”

### Wed 2026-12-02

- **10:28** Done by Ken Mori: Renew it

## Todos

- [x] Renew it (Ken Mori, by 2026-12-04, done 2026-12-02)

---
Written by Iris from the incident's entries.
";

    #[test]
    fn the_file_is_the_same_to_the_byte() {
        assert_eq!(file(&scene(Locale::En), &incident(), &entries(), &[]), EN);
    }

    #[test]
    fn in_japanese_too() {
        let file = file(&scene(Locale::Ja), &incident(), &entries(), &[]);
        for said in [
            "| 報告 | 2026-12-01 14:05 Aya Sato |\n",
            "| 復旧までの時間 | 1時間7分 |\n",
            "| Incident commander | Aya Sato（14:06〜15:12） |\n",
            "| 参加者 | Aya Sato、Ken Mori、U9 |\n",
            "時刻はAsia/Tokyo（JST、UTC+09:00）です。\n",
            "### 2026-12-01（火）\n",
            "- **14:06** Aya SatoさんがIncident commanderに\n",
            "- **14:15** メモ Ken Moriさん：\n  > 12 tickets.\n",
            "（[開く](https://acme.slack.com/archives/C0ROOM42/p1796101920000200)）\n",
            "- [x] Renew it（Ken Mori、2026-12-04まで、2026-12-02完了）\n",
        ] {
            assert!(file.contains(said), "{said} in\n{file}");
        }
    }

    #[test]
    fn a_bare_incident_has_a_short_file() {
        let incident = Incident {
            situation: String::new(),
            drill: true,
            private: true,
            product: None,
            severity: None,
            status: "declared".to_owned(),
            ..incident()
        };
        let file = file(&scene(Locale::En), &incident, &[], &[]);
        assert!(file.starts_with("# DRILL INC-42 Checkout"), "{file}");
        assert!(file.contains("| Status | Ongoing · Private |\n| Severity | SEV? |\n| Declared"));
        assert!(!file.contains("##") && file.ends_with("entries.\n"));
    }

    #[test]
    fn feedback_is_figures_and_words_without_names() {
        let answer = |response, iris: &str, change: &str| Answer {
            response,
            iris: iris.to_owned(),
            change: change.to_owned(),
        };
        let mut answers = vec![
            answer(4, "yes", "1. More *calm*"),
            answer(5, "partly", ""),
            answer(4, "yes", "Good"),
        ];
        let tell = |locale, answers: &[Answer]| {
            let file = file(&scene(locale), &incident(), &entries(), answers);
            let from = file.find("## F").or_else(|| file.find("## フ"));
            from.map_or_else(String::new, |from| file[from..].to_owned())
        };
        assert_eq!(
            tell(Locale::En, &answers),
            "## Feedback\n\n3 answers. How did the response go: 4.3 of 5 (5: 1, 4: 2). Did Iris \
             help: yes 2, partly 1, no 0.\n\n- “1. More \\*calm\\*”\n- “Good”\n\n---\nWritten by \
             Iris from the incident's entries.\n"
        );
        assert!(tell(Locale::Ja, &answers).starts_with(
            "## フィードバック\n\n回答3件。今回の対応：5点満点で4.3（5：1件、4：2件）。Irisは\
             役に立ったか：役に立った2件、どちらともいえない1件、じゃまだった0件。\n\n- 「1. More"
        ));
        // Of two, everybody would know whose words they are.
        answers.pop();
        let few = tell(Locale::En, &answers);
        assert!(few.contains("2 answers.") && !few.contains("calm"), "{few}");
        assert_eq!(tell(Locale::En, &[]), "");
    }
}
