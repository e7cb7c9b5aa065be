//! A team's severities and roles.

use super::{At, Fields, Reader, defaults, has_errors, id, label};
use crate::team::{Locale, Role, Severity};

/// Stands for "not sure yet" in forms, and in a product's responders.
pub(super) const UNSURE: &str = "unsure";

/// The severities, and the ids by which other parts of the file may name them: also those of
/// broken ones, as one mistake is enough.
pub(super) fn severities(
    reader: &mut Reader,
    file: &mut Fields<'_>,
    locale: Locale,
) -> (Vec<Severity>, Vec<String>) {
    let mut taken = vec![];
    let start = file.span.clone();
    let read = file.tables("severity", "a [[severity]]", reader, |reader, fields| {
        let id = id(reader, fields, &mut taken);
        if id.as_deref() == Some(UNSURE) {
            let sentence = "`unsure` stands for \"not sure yet\": give the severity another id.";
            reader.error(fields.span.clone(), sentence);
        }
        let label = label(reader, fields, "label");
        let meaning = text(reader, fields, "meaning");
        Some(Severity {
            id: id?,
            label: label?,
            meaning,
        })
    });
    match read {
        None => {
            let severities = defaults::severities(locale);
            let ids = severities
                .iter()
                .map(|severity| severity.id.clone())
                .collect();
            (severities, ids)
        }
        Some(severities) => {
            if severities.is_empty() && taken.is_empty() && !has_errors(&reader.problems) {
                let sentence =
                    "There is no severity: write a [[severity]], or leave `severity` out.";
                reader.error(start.start..start.start, sentence);
            }
            taken.retain(|id| id != UNSURE);
            (severities, taken)
        }
    }
}

pub(super) fn roles(reader: &mut Reader, file: &mut Fields<'_>, locale: Locale) -> Vec<Role> {
    let mut taken = vec![];
    let read = file.tables("role", "a [[role]]", reader, |reader, fields| {
        let id = id(reader, fields, &mut taken);
        let label = label(reader, fields, "label");
        let duties = text(reader, fields, "duties");
        Some(Role {
            id: id?,
            label: label?,
            duties,
        })
    });
    read.unwrap_or_else(|| defaults::roles(locale))
}

/// Longer ones are cut where they are shown.
fn text(reader: &mut Reader, fields: &mut Fields<'_>, name: &'static str) -> String {
    fields
        .string(name, reader)
        .map_or_else(String::new, |At { value, .. }| value)
}
