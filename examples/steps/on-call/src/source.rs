//! The endpoint that knows who is on call: what is asked, and what is understood of its answer.

use crate::people::people;
use iris_step::http::Request;
use iris_step::kit::limits::{NAME, cut};
use iris_step::rich::one_line;
use iris_step::{Header, Outcome};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// As many as an answer may call: more is a mistake of the service, and a room full of people
/// who cannot help.
const MOST: usize = 50;

/// Why an answer is of no use.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) enum Trouble {
    /// The status, which is no success.
    Status(u16),
    /// It is not `{"on_call": ["…"]}`.
    Unreadable,
    /// It did not come in time.
    Late,
    /// Iris has tried for minutes.
    Unreachable,
    /// It is well-formed, but names nobody: nobody should be left alone with an incident.
    Nobody,
    /// Iris's code for why there is no answer.
    Code(String),
}

/// Whom an answer names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) people: Vec<String>,
    /// What is neither a person nor a group, as it may be shown in one line.
    pub(crate) strange: Vec<String>,
}

/// What the endpoint is asked. Title and number of the incident are none of its business.
pub(crate) fn request(url: &str, product: Option<&str>, severity: Option<&str>) -> Request {
    let mut url = url.to_owned();
    for (name, value) in [("product", product), ("severity", severity)] {
        let Some(value) = value else { continue };
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(name);
        url.push('=');
        encode(value, &mut url);
    }
    let header = |name: &str, value: &str| Header {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    Request {
        method: "GET".to_owned(),
        url,
        headers: vec![
            header("Authorization", "Bearer {secret:ONCALL_TOKEN}"),
            header("Accept", "application/json"),
        ],
        body: None,
        timeout_seconds: 10,
    }
}

/// What came back.
pub(crate) fn read(outcome: &Outcome) -> Result<Named, Trouble> {
    /// Other fields are the service's own.
    #[derive(Deserialize)]
    struct Answer {
        on_call: Vec<String>,
    }
    let response = match outcome {
        Outcome::Http(response) => response,
        Outcome::Failed(trouble) => return Err(because(&trouble.code)),
        Outcome::Slack(_) => return Err(Trouble::Unreadable),
    };
    if !(200..300).contains(&response.status) {
        return Err(Trouble::Status(response.status));
    }
    let answer: Answer = serde_json::from_slice(&response.body).map_err(|_| Trouble::Unreadable)?;
    let mut named = Named::default();
    for text in answer.on_call.iter().take(MOST) {
        let (list, who) = match people(text) {
            Some(who) => (&mut named.people, who.to_owned()),
            None => (&mut named.strange, cut(&one_line(text), NAME).into_owned()),
        };
        if !list.contains(&who) {
            list.push(who);
        }
    }
    match (named.people.is_empty(), named.strange.is_empty()) {
        (false, _) => Ok(named),
        (true, true) => Err(Trouble::Nobody),
        (true, false) => Err(Trouble::Unreadable),
    }
}

fn because(code: &str) -> Trouble {
    match code {
        "timeout" => Trouble::Late,
        "unreachable" | "given-up" => Trouble::Unreachable,
        _ => Trouble::Code(code.to_owned()),
    }
}

/// A value of a query.
fn encode(value: &str, url: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            url.push(byte.into());
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Named, Trouble, read, request};
    use iris_step::{Outcome, Response, Trouble as NoAnswer};

    const URL: &str = "https://oncall.acme.example/now";

    fn answer(status: u16, body: &str) -> Result<Named, Trouble> {
        read(&Outcome::Http(Response {
            status,
            headers: vec![],
            body: body.into(),
        }))
    }

    #[test]
    fn product_and_severity_are_in_the_query() {
        let url = |url, product, severity| request(url, product, severity).url;
        assert_eq!(
            url(URL, Some("payments"), Some("sev1")),
            "https://oncall.acme.example/now?product=payments&severity=sev1"
        );
        assert_eq!(url(URL, None, None), URL);
        assert_eq!(
            url("https://a.example/?x=1", Some("決 済&"), None),
            "https://a.example/?x=1&product=%E6%B1%BA%20%E6%B8%88%26"
        );
        let request = request(URL, None, None);
        assert_eq!(request.method, "GET");
        assert_eq!(request.headers[0].value, "Bearer {secret:ONCALL_TOKEN}");
    }

    #[test]
    fn people_are_read_each_once() {
        let body = r#"{"on_call": ["<@U1>", "U1", "lead@acme.example", "@group", "Ken", "Ken"],
            "until": "09:00"}"#;
        let named = answer(200, body).unwrap();
        assert_eq!(named.people, ["U1", "lead@acme.example", "@group"]);
        assert_eq!(named.strange, ["Ken"]);
        let long = format!(r#"{{"on_call": ["U1", "{}"]}}"#, "a b\\n".repeat(10_000));
        assert!(answer(200, &long).unwrap().strange[0].len() < 50);
        let many: Vec<String> = (0..500).map(|n| format!("\"U{n}\"")).collect();
        let body = format!(r#"{{"on_call": [{}]}}"#, many.join(","));
        assert_eq!(answer(200, &body).unwrap().people.len(), MOST);
    }

    #[test]
    fn every_other_shape_is_unreadable() {
        for body in [
            "",
            "<html>",
            "null",
            "[]",
            r#"["U1"]"#,
            "{}",
            r#"{"oncall": ["U1"]}"#,
            r#"{"on_call": null}"#,
            r#"{"on_call": "U1"}"#,
            r#"{"on_call": {"U1": true}}"#,
            r#"{"on_call": [["U1"]]}"#,
            r#"{"on_call": [{"id": "U1"}]}"#,
            r#"{"on_call": ["U1", 7]}"#,
            r#"{"on_call": ["U1", null]}"#,
            r#"{"on_call": ["U1"]"#,
            r#"{"on_call": ["U1"]} trailing"#,
            r#"{"on_call": ["Ken Mori", ""]}"#,
        ] {
            assert_eq!(answer(200, body), Err(Trouble::Unreadable), "{body}");
        }
        assert_eq!(
            read(&Outcome::Http(Response {
                status: 200,
                headers: vec![],
                body: vec![0xff, 0xfe],
            })),
            Err(Trouble::Unreadable)
        );
        assert_eq!(
            read(&Outcome::Slack("{}".to_owned())),
            Err(Trouble::Unreadable)
        );
    }

    #[test]
    fn what_failed_says_why() {
        let good = r#"{"on_call": ["U1"]}"#;
        for status in [302, 401, 404, 503] {
            assert_eq!(answer(status, good), Err(Trouble::Status(status)));
        }
        assert_eq!(answer(200, r#"{"on_call": []}"#), Err(Trouble::Nobody));
        let failed = |code: &str| {
            let (code, sentence) = (code.to_owned(), String::new());
            read(&Outcome::Failed(NoAnswer { code, sentence }))
        };
        assert_eq!(failed("timeout"), Err(Trouble::Late));
        assert_eq!(failed("given-up"), Err(Trouble::Unreachable));
        assert_eq!(failed("secret"), Err(Trouble::Code("secret".to_owned())));
    }
}
