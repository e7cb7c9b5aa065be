//! Somebody to be reached, as the contract writes it: `U…`, `S…`, `@handle`, an e-mail address.

/// No id, handle or address of anybody's is longer; what is remembered stays small.
const LONGEST: usize = 128;

/// As it is to be wished for; none when it names nobody. One such would make Iris refuse all who
/// are wished for with it.
pub(crate) fn people(text: &str) -> Option<&str> {
    let text = text.trim();
    let who = mentioned(text).unwrap_or(text);
    let handle = |handle: &str| !handle.is_empty() && !handle.contains(blank_or("@"));
    let part = |part: &str| !part.is_empty() && !part.contains(blank_or("@<>|,"));
    let address = |(name, domain): (&str, &str)| part(name) && part(domain) && domain.contains('.');
    let fits = is_id(who, &['U', 'W', 'S'])
        || who.strip_prefix('@').is_some_and(handle)
        || who.split_once('@').is_some_and(address);
    (fits && who.len() <= LONGEST).then_some(who)
}

/// Whether it is a person's id.
pub(crate) fn is_person(who: &str) -> bool {
    is_id(who, &['U', 'W'])
}

/// The id in `<@U…>` or `<!subteam^S…>`.
fn mentioned(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?.strip_suffix('>')?;
    let id = inside
        .strip_prefix('@')
        .or_else(|| inside.strip_prefix("!subteam^"))?;
    Some(id.split_once('|').map_or(id, |(id, _)| id))
}

fn is_id(text: &str, first: &[char]) -> bool {
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    (2..=32).contains(&text.len()) && text.starts_with(first) && text.bytes().all(plain)
}

fn blank_or(more: &str) -> impl Fn(char) -> bool {
    move |c| c.is_whitespace() || more.contains(c)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, is_person, people};

    #[test]
    fn people_groups_and_addresses_are_told_from_the_rest() {
        for (text, who) in [
            (" U024BE7LH ", Some("U024BE7LH")),
            ("<@W012A3CDE|alice>", Some("W012A3CDE")),
            ("<!subteam^S0614TZR7>", Some("S0614TZR7")),
            ("@payments-oncall", Some("@payments-oncall")),
            ("lead@acme.example", Some("lead@acme.example")),
            ("", None),
            ("Ken Mori", None),
            ("@", None),
            ("a@b", None),
            ("@a@b.example", None),
            ("<!channel>", None),
            ("C024BE7LH", None),
        ] {
            assert_eq!(people(text), who, "{text}");
        }
        assert_eq!(people(&format!("@{}", "x".repeat(LONGEST))), None);
        assert!(
            is_person("U1") && is_person("W1") && !is_person("S1") && !is_person("U1@x.example")
        );
    }
}
