//! Whether a request is from Slack, and fresh: its `v0` signature.

use axum::http::{HeaderMap, HeaderName};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::clock::Moment;

const SIGNATURE: HeaderName = HeaderName::from_static("x-slack-signature");
const TIMESTAMP: HeaderName = HeaderName::from_static("x-slack-request-timestamp");
/// How many seconds a request may be away from now, in either direction.
const FRESH: u64 = 300;

/// What a request says about itself, before it is believed.
pub struct Claim {
    timestamp: String,
    seconds: u64,
    digest: Vec<u8>,
}

/// Why a request is not believed: for the log, never for the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    #[error("there is no signing secret to check requests with: Slack is listened to over sockets")]
    NoSecret,
    #[error("the signature or its timestamp is missing, doubled or malformed")]
    Headers,
    #[error("the timestamp is more than five minutes off: captured before, or a clock is wrong")]
    Stale,
    #[error("the signature does not fit: it was made with another signing secret")]
    Mismatch,
}

impl Claim {
    /// From the two headers that Slack sends. Slack: "Verifying requests from Slack".
    pub fn read(headers: &HeaderMap) -> Result<Self, Unsigned> {
        let timestamp = only(headers, &TIMESTAMP)?;
        if !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Unsigned::Headers);
        }
        let seconds = timestamp.parse().map_err(|_| Unsigned::Headers)?;
        let digest = only(headers, &SIGNATURE)?
            .strip_prefix("v0=")
            .ok_or(Unsigned::Headers)?;
        let digest = hex::decode(digest).map_err(|_| Unsigned::Headers)?;
        Ok(Self {
            timestamp: timestamp.to_owned(),
            seconds,
            digest,
        })
    }

    /// Compares in constant time, with the body exactly as it came.
    pub fn check(&self, secret: &SecretString, body: &[u8], now: Moment) -> Result<(), Unsigned> {
        if now.seconds().abs_diff(self.seconds) > FRESH {
            return Err(Unsigned::Stale);
        }
        let mac = mac(secret, &self.timestamp, body);
        mac.verify_slice(&self.digest)
            .map_err(|_| Unsigned::Mismatch)
    }
}

/// The signature of a body, as Slack writes it into `X-Slack-Signature`.
pub fn sign(secret: &SecretString, timestamp: &str, body: &[u8]) -> String {
    format!(
        "v0={}",
        hex::encode(mac(secret, timestamp, body).finalize().into_bytes())
    )
}

fn mac(secret: &SecretString, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("HMAC takes keys of any length");
    for part in [b"v0:", timestamp.as_bytes(), b":", body] {
        mac.update(part);
    }
    mac
}

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, Unsigned> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().map_err(|_| Unsigned::Headers),
        (None | Some(_), _) => Err(Unsigned::Headers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"token=x&team_id=T1";

    fn secret() -> SecretString {
        SecretString::from("8f742231b10e8888abcd99yyyzzz85a5")
    }

    fn headers(of: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in of {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn verdict(of: &[(&'static str, &str)], now: u64) -> Result<(), Unsigned> {
        Claim::read(&headers(of))?.check(&secret(), BODY, Moment(now * 1000))
    }

    #[test]
    fn slacks_own_example_is_believed() {
        let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow\
            &channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner\
            &command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F\
            commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=\
            398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        assert_eq!(
            sign(&secret(), "1531420618", body.as_bytes()),
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        );
    }

    #[test]
    fn a_request_is_fresh_for_five_minutes_either_way() {
        let signature = sign(&secret(), "10000", BODY);
        let of = [
            ("x-slack-signature", &*signature),
            ("x-slack-request-timestamp", "10000"),
        ];
        for (now, verdict_then) in [
            (10_000, Ok(())),
            (10_300, Ok(())),
            (9_700, Ok(())),
            (10_301, Err(Unsigned::Stale)),
            (9_699, Err(Unsigned::Stale)),
        ] {
            assert_eq!(verdict(&of, now), verdict_then, "at {now}");
        }
    }

    #[test]
    fn whatever_is_not_slacks_is_refused() {
        let good = sign(&secret(), "10000", BODY);
        let other = sign(&SecretString::from("another"), "10000", BODY);
        let (sig, ts) = ("x-slack-signature", "x-slack-request-timestamp");
        for (of, why) in [
            (vec![], Unsigned::Headers),
            (vec![(ts, "10000")], Unsigned::Headers),
            (vec![(sig, &*good)], Unsigned::Headers),
            (
                vec![(sig, &*good), (sig, &*good), (ts, "10000")],
                Unsigned::Headers,
            ),
            (
                vec![(sig, &*good), (ts, "10000"), (ts, "10000")],
                Unsigned::Headers,
            ),
            (vec![(sig, &*good), (ts, "10000.5")], Unsigned::Headers),
            (vec![(sig, &*good), (ts, "+10000")], Unsigned::Headers),
            (vec![(sig, &*good), (ts, "")], Unsigned::Headers),
            (vec![(sig, &good[3..]), (ts, "10000")], Unsigned::Headers),
            (vec![(sig, "v0=zz"), (ts, "10000")], Unsigned::Headers),
            (vec![(sig, "v0="), (ts, "10000")], Unsigned::Mismatch),
            (vec![(sig, &good[..60]), (ts, "10000")], Unsigned::Headers),
            (vec![(sig, &*other), (ts, "10000")], Unsigned::Mismatch),
            (vec![(sig, &*good), (ts, "10001")], Unsigned::Mismatch),
        ] {
            assert_eq!(verdict(&of, 10_000), Err(why), "{of:?}");
        }
    }
}
