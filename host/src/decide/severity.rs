//! `severity` (S9): how bad it is.

use iris_kit::{args, blocks::button, rich::one_line, texts::Arg, words::inc};

use super::{
    answers::Answers,
    asked::Asked,
    command::{open, reply},
    known::{Decision, Route},
    line::{normalise, split},
    resolve,
    say::{self, forms::UNSURE},
    vocabulary::CoreWord,
};
use crate::{
    effect::{Place, Wish},
    incident::{Change, Incident},
    team::Team,
};

/// Without an argument the form; what follows the severity is the reason.
pub(super) fn typed(asked: &Asked<'_>, incident: &Incident, rest: &str) -> Decision {
    if rest.is_empty() {
        return form(asked, incident);
    }
    let (first, after) = split(rest);
    let whole = read(asked.known.team, rest).map(|severity| (severity, ""));
    let read = whole.or_else(|_| read(asked.known.team, first).map(|severity| (severity, after)));
    let Ok((severity, why)) = read else {
        let labels: Vec<_> = asked
            .known
            .team
            .severities
            .iter()
            .map(|s| s.label.as_str())
            .collect();
        let text = one_line(&asked.plain(first));
        let args = args![text = Arg::people(&text), list = labels.join(asked.comma())];
        return reply(say::sentence(asked, "core-sev-bad", args));
    };
    if severity.as_deref() == incident.severity.as_deref() {
        let sev = asked.severity(severity.as_deref());
        return reply(say::sentence(asked, "core-sev-same", args![sev]));
    }
    change(severity, &asked.plain(why))
}

pub(super) fn form(asked: &Asked<'_>, incident: &Incident) -> Decision {
    let again =
        button("core:severity", &asked.say("core-word-open")).value(incident.number.to_string());
    open(
        asked,
        "severity",
        &say::forms::severity(asked, incident),
        (CoreWord::Severity, again),
    )
}

pub(super) fn submitted(asked: &Asked<'_>, incident: &Incident, answers: Answers<'_>) -> Decision {
    let chosen = answers.one("severity").filter(|id| *id != UNSURE);
    if let Some(id) = chosen.filter(|id| asked.known.team.severity(id).is_none()) {
        let gone = asked.texts.say("core-form-error-gone", args![what = id]);
        return Decision::refuse("severity", gone);
    }
    if chosen == incident.severity.as_deref() {
        return Decision::default();
    }
    change(
        chosen.map(str::to_owned),
        answers.one("why").unwrap_or_default(),
    )
}

fn change(severity: Option<String>, why: &str) -> Decision {
    Decision::of(Wish::Change(Change::Severity {
        severity,
        why: why.trim().to_owned(),
    }))
}

/// An id, a label, a label without its letters when that is unique, or a word for "not sure yet".
/// `None` is "not sure yet".
fn read(team: &Team, typed: &str) -> Result<Option<String>, NoSuchSeverity> {
    let typed = normalise(typed);
    if ["unsure", "unknown", "?", "不明", "未定"].contains(&typed.as_str()) {
        return Ok(None);
    }
    let known = &team.severities;
    let whole = known
        .iter()
        .find(|s| normalise(&s.id) == typed || normalise(&s.label) == typed);
    let mut short = known.iter().filter(|s| without_letters(&s.label) == typed);
    let found = whole.or_else(|| short.next().filter(|_| short.next().is_none()));
    found
        .map(|found| Some(found.id.clone()))
        .ok_or(NoSuchSeverity)
}

/// What was typed names no severity of the team.
#[derive(Debug, PartialEq, Eq)]
struct NoSuchSeverity;

fn without_letters(label: &str) -> String {
    normalise(label)
        .chars()
        .filter(|c| !c.is_alphabetic() && !c.is_whitespace())
        .collect()
}

/// Whoever changed it: one line for the room.
pub(super) fn changed(
    asked: &Asked<'_>,
    was: Option<&str>,
    now: Option<&str>,
    why: &str,
) -> Decision {
    let mut decision = resolve::redrawn(asked);
    decision.route = Route::All;
    let Some(incident) = asked.known.incident else {
        return decision;
    };
    let team = asked.known.team;
    let labels = (asked.severity(was), asked.severity(now));
    let meaning = now
        .and_then(|id| team.severity(id))
        .map(|s| s.meaning.trim_end_matches(['.', '。']));
    let detail = match meaning.filter(|meaning| !meaning.is_empty()) {
        Some(meaning) => asked.texts.say("core-sev-detail", args![meaning]),
        None => String::new(),
    };
    let key = if was.is_some() {
        "core-sev-changed"
    } else {
        "core-sev-set"
    };
    let args = args![was = &labels.0, now = &labels.1, detail, who = asked.by()];
    let said = asked.texts.parts(key, args);
    let args = args![inc = inc(incident.number), was = &labels.0, now = &labels.1];
    let short = asked.texts.mrkdwn("core-sev-text", args);
    let content = say::line(asked, incident, said, why, &short);
    decision.and(Wish::Say {
        place: Place::Room,
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::{NoSuchSeverity, read};
    use crate::decide::tests::example::team;
    use iris_kit::Locale;

    #[test]
    fn severities_are_read_as_people_type_them() {
        let team = team(Locale::En);
        for (typed, id) in [
            ("sev1", Some("sev1")),
            ("SEV2", Some("sev2")),
            ("ＳＥＶ２", Some("sev2")),
            ("1", Some("sev1")),
            ("unsure", None),
            ("?", None),
            ("？", None),
            ("未定", None),
        ] {
            assert_eq!(read(&team, typed), Ok(id.map(str::to_owned)), "{typed}");
        }
        assert_eq!(read(&team, "9"), Err(NoSuchSeverity));
        assert_eq!(read(&team, "sev"), Err(NoSuchSeverity));
    }

    #[test]
    fn a_digit_that_two_labels_share_names_neither() {
        let mut team = team(Locale::En);
        team.severities[1].label = "Prio 1".to_owned();
        assert_eq!(read(&team, "1"), Err(NoSuchSeverity));
        assert_eq!(read(&team, "prio 1"), Ok(Some("sev2".to_owned())));
    }
}
