//! Whether a request is from whom its hook is for: it shows the hook's secret, or is signed with it.

use axum::http::{HeaderMap, HeaderName, header::AUTHORIZATION};
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::{
    clock::Moment,
    team::{Hook, Sender},
};

/// PagerDuty: "Verifying Signatures". Several while a secret is being changed.
const PAGERDUTY: HeaderName = HeaderName::from_static("x-pagerduty-signature");
/// Grafana's documentation says the first, its code the second.
const GRAFANA: [HeaderName; 2] = [
    HeaderName::from_static("x-grafana-alerting-signature"),
    HeaderName::from_static("x-grafana-alert-signature"),
];
/// How many seconds a signed time may be away from now, in either direction.
const FRESH: u64 = 300;
/// So many signatures are looked at.
const SIGNATURES: usize = 8;

/// What a request says about itself.
#[derive(Debug)]
pub(super) enum Claim {
    /// It has shown the secret.
    Shown,
    /// One of these is over the body, with the time before it where there is one.
    Signed {
        digests: Vec<Vec<u8>>,
        timestamp: Option<String>,
    },
}

/// Why a request is not believed: for the log, never for the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unproven {
    #[error("it neither shows a secret nor is signed")]
    Nothing,
    #[error("the secret that it shows is another one")]
    Wrong,
    #[error("its signature or its time is missing or malformed")]
    Headers,
    #[error("it was signed more than five minutes off: captured before, or a clock is wrong")]
    Stale,
    #[error("the signature does not fit: it was made with another secret")]
    Mismatch,
}

impl Claim {
    /// From the headers. A secret that is shown is compared at once, in constant time.
    pub(super) fn read(
        hook: &Hook,
        headers: &HeaderMap,
        secret: &SecretString,
    ) -> Result<Self, Unproven> {
        match hook.kind {
            Sender::PagerDuty => signatures(headers, &PAGERDUTY, "v1="),
            Sender::Grafana => match GRAFANA.iter().find(|name| headers.contains_key(*name)) {
                Some(name) => {
                    let claim = signatures(headers, name, "")?;
                    timed(claim, hook.timestamp_header.as_deref(), headers)
                }
                None => shown(headers, secret),
            },
            Sender::Alertmanager | Sender::Datadog | Sender::Json => shown(headers, secret),
        }
    }

    /// Compares in constant time, with the body exactly as it came.
    pub(super) fn check(
        &self,
        secret: &SecretString,
        body: &[u8],
        now: Moment,
    ) -> Result<(), Unproven> {
        let Self::Signed { digests, timestamp } = self else {
            return Ok(());
        };
        let mut over = mac(secret);
        if let Some(timestamp) = timestamp {
            let seconds: u64 = timestamp.parse().map_err(|_| Unproven::Headers)?;
            if now.seconds().abs_diff(seconds) > FRESH {
                return Err(Unproven::Stale);
            }
            over.update(timestamp.as_bytes());
            over.update(b":");
        }
        over.update(body);
        let fits = |digest: &Vec<u8>| over.clone().verify_slice(digest).is_ok();
        if digests.iter().any(fits) {
            Ok(())
        } else {
            Err(Unproven::Mismatch)
        }
    }
}

/// `Bearer <secret>`, or `Basic` with the secret as the password, whoever the user is.
fn shown(headers: &HeaderMap, secret: &SecretString) -> Result<Claim, Unproven> {
    let value = headers.get(AUTHORIZATION).ok_or(Unproven::Nothing)?;
    let value = value.to_str().map_err(|_| Unproven::Headers)?;
    let (scheme, rest) = value.split_once(' ').ok_or(Unproven::Headers)?;
    let given = if scheme.eq_ignore_ascii_case("bearer") {
        rest.trim().as_bytes().to_vec()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let pair = BASE64_STANDARD.decode(rest.trim());
        let pair = pair.map_err(|_| Unproven::Headers)?;
        let colon = pair.iter().position(|byte| *byte == b':');
        pair[colon.ok_or(Unproven::Headers)? + 1..].to_vec()
    } else {
        return Err(Unproven::Nothing);
    };
    // Of the two only the hashes are compared, so that no length and no prefix shows in the time.
    let mut theirs = mac(secret);
    theirs.update(&given);
    let mut ours = mac(secret);
    ours.update(secret.expose_secret().as_bytes());
    match theirs.verify(&ours.finalize().into_bytes()) {
        Ok(()) => Ok(Claim::Shown),
        Err(_) => Err(Unproven::Wrong),
    }
}

/// A list of signatures, of which those of other versions are passed over.
fn signatures(headers: &HeaderMap, name: &HeaderName, prefix: &str) -> Result<Claim, Unproven> {
    let value = headers.get(name).ok_or(Unproven::Nothing)?;
    let value = value.to_str().map_err(|_| Unproven::Headers)?;
    let each = value.split(',').map(str::trim);
    let digests = each.filter_map(|one| hex::decode(one.strip_prefix(prefix)?).ok());
    let digests: Vec<_> = digests.take(SIGNATURES).collect();
    if digests.is_empty() {
        return Err(Unproven::Headers);
    }
    Ok(Claim::Signed {
        digests,
        timestamp: None,
    })
}

/// A time that is to be signed must be there.
fn timed(claim: Claim, header: Option<&str>, headers: &HeaderMap) -> Result<Claim, Unproven> {
    let (Claim::Signed { digests, .. }, Some(header)) = (&claim, header) else {
        return Ok(claim);
    };
    let value = headers.get(header).and_then(|value| value.to_str().ok());
    let digits = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let timestamp = value.filter(digits).ok_or(Unproven::Headers)?;
    Ok(Claim::Signed {
        digests: digests.clone(),
        timestamp: Some(timestamp.to_owned()),
    })
}

fn mac(secret: &SecretString) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("HMAC takes keys of any length")
}
