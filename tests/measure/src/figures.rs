//! Figures of several runs, and how they are written.

/// The middle one; `None` of none.
pub fn median(figures: &[f64]) -> Option<f64> {
    percentile(figures, 50)
}

/// The figure below which so many of a hundred lie; `None` of none.
pub fn percentile(figures: &[f64], percent: usize) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * percent / 100).min(sorted.len().checked_sub(1)?);
    sorted.get(at).copied()
}

/// The median, and from least to most where there are several.
pub(crate) fn spread(figures: &[f64]) -> String {
    let Some(middle) = median(figures) else {
        return String::new();
    };
    let middle = three(middle);
    if figures.len() == 1 {
        return middle;
    }
    let least = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let most = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{middle} ({}–{})", three(least), three(most))
}

/// Three digits that say something, all before the point, thousands parted; nothing at the end that
/// says nothing.
pub(crate) fn three(figure: f64) -> String {
    let size = figure.abs();
    let after = match size {
        _ if size >= 100.0 => 0,
        _ if size >= 10.0 => 1,
        _ if size >= 1.0 => 2,
        _ => 3,
    };
    let written = format!("{figure:.after$}");
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    let part = part.trim_end_matches('0');
    let whole = thousands(whole);
    if part.is_empty() {
        whole
    } else {
        format!("{whole}.{part}")
    }
}

fn thousands(digits: &str) -> String {
    let mut parted = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if left.is_multiple_of(3) && parted.ends_with(|last: char| last.is_ascii_digit()) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}
