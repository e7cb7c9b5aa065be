//! What a button carries: the incident's number, or `number/argument`.

/// A button's value: `42`, or `42/commander`. Never people's words.
///
/// ```
/// use iris_step::press;
/// assert_eq!(press::value(42, None), "42");
/// assert_eq!(press::read("42/commander"), Some((42, Some("commander"))));
/// assert_eq!(press::read("line"), None);
/// ```
pub fn value(incident: u32, argument: Option<&str>) -> String {
    match argument {
        Some(argument) => format!("{incident}/{argument}"),
        None => incident.to_string(),
    }
}

/// The number and the argument of such a value; none when it is no such value.
pub fn read(value: &str) -> Option<(u32, Option<&str>)> {
    match value.split_once('/') {
        Some((number, argument)) => Some((number.parse().ok()?, Some(argument))),
        None => Some((value.parse().ok()?, None)),
    }
}
