//! `BENCHMARKS.md`: a section for each part, then what was learnt (`tests/benches/NOTES.md`).

use std::{fs, io::ErrorKind, path::PathBuf};

use anyhow::Context;

use super::{PARTS, Part};
use crate::sh;

const HEAD: &str = "\
# Benchmarks

`cargo xtask bench` writes this file; `cargo xtask bench <part>…` measures some parts again and replaces their sections.
A figure is the median of several runs, with the least and the most in brackets; both sides are measured in the same run, in turn, and the ratio is Iris's figure over the other's, run by run.
A figure that falls short of its goal stays, with the reason.
";

/// Replaces the section of a part; the others stay as they are.
pub(super) fn put(part: &Part, machine: &str, rows: &[String]) -> anyhow::Result<()> {
    let file = sh::root().join("BENCHMARKS.md");
    let before = match fs::read_to_string(&file) {
        Err(none) if none.kind() == ErrorKind::NotFound => String::new(),
        read => read.with_context(|| file.display().to_string())?,
    };
    let table = format!("{}\n{}", iris_measure::HEAD, rows.join("\n"));
    let section = format!("{}\n\n{machine}\n\n{table}\n", heading(part));
    let notes = fs::read_to_string(notes()).with_context(|| notes().display().to_string())?;
    let text = whole(&before, part, &section, &notes);
    fs::write(&file, text).with_context(|| file.display().to_string())
}

/// The file as it was, with one section replaced and the notes of today.
fn whole(before: &str, part: &Part, section: &str, notes: &str) -> String {
    let sections = PARTS.iter().filter_map(|one| {
        if one.name == part.name {
            return Some(section.to_owned());
        }
        old(before, one)
    });
    let all = [HEAD.to_owned()].into_iter().chain(sections);
    let all: Vec<String> = all.chain([notes.to_owned()]).collect();
    all.join("\n")
}

/// Written by hand.
fn notes() -> PathBuf {
    sh::root().join("tests/benches/NOTES.md")
}

fn heading(part: &Part) -> String {
    format!("## {} (`{}`)", part.title, part.name)
}

/// The section of a part as it stands, if it stands.
fn old(text: &str, part: &Part) -> Option<String> {
    let name = format!("(`{}`)", part.name);
    let mut lines = text.lines();
    let head = lines.find(|line| line.starts_with("## ") && line.ends_with(&name))?;
    let body = lines.take_while(|line| !line.starts_with("## "));
    let whole: Vec<&str> = [head].into_iter().chain(body).collect();
    Some(format!("{}\n", whole.join("\n").trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_the_others_stay() {
        let [first, second, ..] = &PARTS;
        let section = |part, rows: &str| format!("{}\n\n{rows}\n", heading(part));
        let once = whole("", second, &section(second, "| 2 |"), "## Notes\n");
        let both = whole(&once, first, &section(first, "| 1 |"), "## Notes\n");
        let again = whole(&both, second, &section(second, "| 3 |"), "## Other notes\n");
        let wanted = [
            HEAD,
            &section(first, "| 1 |"),
            &section(second, "| 3 |"),
            "## Other notes\n",
        ];
        assert_eq!(again, wanted.join("\n"));
    }
}
