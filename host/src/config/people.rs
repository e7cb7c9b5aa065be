//! How people are written in a team's file: `U…`, `S…`, `@handle`, or an e-mail address.

/// Whether Iris can look them up. Whether they exist is found out when they are called.
pub(super) fn is_someone(text: &str) -> bool {
    is_id(text) || is_handle(text) || is_address(text)
}

/// Slack's id of a person or of a user group.
fn is_id(text: &str) -> bool {
    text.len() >= 3
        && text.starts_with(['U', 'W', 'S'])
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_handle(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|handle| {
        !handle.is_empty()
            && handle
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.".contains(c))
    })
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let plain = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>,;\"".contains(c))
        };
        plain(local)
            && plain(domain)
            && domain.split('.').count() > 1
            && !domain.split('.').any(str::is_empty)
    })
}

#[cfg(test)]
mod tests {
    use super::is_someone;

    #[test]
    fn people_groups_handles_and_addresses_are_someone() {
        for yes in [
            "U0CTO",
            "W012A3CDE",
            "S0614TZR7",
            "@payments-oncall",
            "@決済当番",
            "lead@acme.example",
        ] {
            assert!(is_someone(yes), "{yes}");
        }
        for no in [
            "",
            "U",
            "u0cto",
            "Ken",
            "@",
            "@two words",
            "C0ROOM",
            "lead@acme",
            "a@b@c.example",
            "@here!",
            "<@U0CTO>",
        ] {
            assert!(!is_someone(no), "{no}");
        }
    }
}
