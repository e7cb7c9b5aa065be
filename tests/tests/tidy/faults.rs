//! Each row of `tests/FAULTS.md` has a test that bears its number.

use std::collections::BTreeSet;

use crate::files::{below, file, none};

#[test]
fn every_row_has_a_test() {
    let table = file("tests/FAULTS.md");
    let mut tested = BTreeSet::new();
    for file in below("", &[".rs"]) {
        tested.extend(numbers(&file.text));
    }
    let mut faults = Vec::new();
    let mut rows = BTreeSet::new();
    for (index, line) in table.text.lines().enumerate() {
        let cell = line.split('|').nth(1).unwrap_or_default().trim();
        let Ok(row) = cell.parse::<u32>() else {
            continue;
        };
        rows.insert(row);
        if !tested.contains(&row) {
            faults.push(table.at(index + 1, &format!("no test is called `row_{row:02}_…`")));
        }
    }
    for row in tested.difference(&rows) {
        faults.push(table.at(
            1,
            &format!("a test is called `row_{row:02}_…` and there is no such row"),
        ));
    }
    none(&faults);
    assert!(rows.len() > 40, "the table was read");
}

/// The numbers in names such as `row_28_29_an_effect_is_one`.
fn numbers(text: &str) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for name in text.split("fn row_").skip(1) {
        let parts = name.split('_').map_while(|part| part.parse::<u32>().ok());
        found.extend(parts);
    }
    found
}

#[test]
fn numbers_are_read_out_of_names() {
    let text = concat!(
        "fn row",
        "_28_29_an_effect_is_one() {} fn rows() {} fn row",
        "_07_x()"
    );
    assert_eq!(numbers(text), BTreeSet::from([7, 28, 29]));
}
