//! What is said. It knows nothing of Iris, so that it is tested alone.

pub fn greeting(locale: &str, number: u32) -> String {
    match locale {
        "ja" => format!("INC-{number}の対応を始めます。"),
        _ => format!("INC-{number} begins here."),
    }
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn the_incident_is_named_in_the_teams_language() {
        assert_eq!(greeting("en", 7), "INC-7 begins here.");
        assert_eq!(greeting("ja", 7), "INC-7の対応を始めます。");
    }
}
