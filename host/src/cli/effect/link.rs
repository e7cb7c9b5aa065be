//! A link that Slack gave: where a message or a channel stands.

use crate::ids::MessageId;

/// `https://acme.slack.com/archives/C0ROOM/p1700000000000100`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Link {
    pub(super) id: MessageId,
    pub(super) url: String,
}

pub(super) fn parse(text: &str) -> Result<Link, String> {
    let read = || {
        let url = url::Url::parse(text).ok()?;
        let mut parts = url.path_segments()?;
        if parts.next() != Some("archives") {
            return None;
        }
        let channel = parts.next().filter(|id| id.starts_with(['C', 'D', 'G']))?;
        let ts = match parts.next().filter(|part| !part.is_empty()) {
            None => String::new(),
            Some(part) => stamp(part)?,
        };
        let mut plain = url.clone();
        plain.set_query(None);
        Some(Link {
            id: MessageId {
                channel: channel.into(),
                ts,
            },
            url: plain.to_string(),
        })
    };
    read().ok_or_else(|| {
        "give the link that Slack's \"Copy link\" gives, such as \
         https://acme.slack.com/archives/C0ROOM/p1700000000000100"
            .to_owned()
    })
}

/// `p1700000000000100` is `1700000000.000100`.
fn stamp(part: &str) -> Option<String> {
    let digits = part.strip_prefix('p')?;
    if digits.len() < 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (seconds, micros) = digits.split_at(digits.len() - 6);
    Some(format!("{seconds}.{micros}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_slack_writes_them() {
        let of = |text: &str| parse(text).map(|link| (link.id.channel.0, link.id.ts)).ok();
        let id = |channel: &str, ts: &str| Some((channel.to_owned(), ts.to_owned()));
        let host = "https://acme.slack.com";
        for (link, expected) in [
            (
                "/archives/C0ROOM/p1700000000000100",
                id("C0ROOM", "1700000000.000100"),
            ),
            (
                "/archives/C0ROOM/p1700000000000100?thread_ts=1.2&cid=C0ROOM",
                id("C0ROOM", "1700000000.000100"),
            ),
            ("/archives/C0ROOM", id("C0ROOM", "")),
            ("/archives/C0ROOM/", id("C0ROOM", "")),
            ("/archives/C0ROOM/1700000000000100", None),
            ("/archives/p12", None),
            ("/team/U0AYA", None),
        ] {
            assert_eq!(of(&format!("{host}{link}")), expected, "{link}");
        }
        assert_eq!(of("C0ROOM"), None);
    }
}
