//! Requests to other services.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host as UrlHost, Url};

use super::check::{self, too_large};
use crate::{
    effect::{Request, Wish},
    incident::{Refusal, RefusalKind},
    step::{
        bindings::iris::step::{
            http::{Host, Request as WitRequest},
            types::Header,
        },
        grants::Permission::Http,
        json::malformed,
        running::{Answer, Running},
    },
};

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Headers that are Iris's own, in lower case.
const RESERVED: [&str; 10] = [
    "host",
    "content-length",
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "te",
    "trailer",
    "upgrade",
    "idempotency-key",
];

impl Host for Running {
    fn fetch(&mut self, key: String, request: WitRequest, repeatable: bool) -> Answer {
        self.wish(Http, |call| {
            check::key(&key)?;
            let host = host(&request.url)?;
            call.call.grants.may_reach(&host)?;
            call.may_cause()?;
            call.headers(&request.headers)?;
            let request = checked(request, call.limits.http_body)?;
            Ok(Wish::Fetch {
                key,
                request,
                repeatable,
            })
        })
    }
}

impl Running {
    fn headers(&self, headers: &[Header]) -> Result<(), Refusal> {
        let bytes: usize = headers.iter().map(|h| h.name.len() + h.value.len()).sum();
        if headers.len() > 64 || bytes > 16 << 10 {
            return Err(too_large(
                "headers",
                "At most 64 headers and 16 KiB.".to_owned(),
            ));
        }
        for Header { name, value } in headers {
            let token = !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&b));
            if !token || value.chars().any(|c| c.is_control() && c != '\t') {
                let why = format!("The header `{}` is none.", check::short(name));
                return Err(malformed("header", why));
            }
            let lower = name.to_ascii_lowercase();
            if RESERVED.contains(&lower.as_str()) {
                return Err(malformed(
                    "header-reserved",
                    format!("`{name}` is Iris's own."),
                ));
            }
            for secret in secrets(value) {
                self.call.grants.may_use(secret)?;
            }
        }
        Ok(())
    }
}

/// The host, in lower case; never one of the operator's network.
fn host(url: &str) -> Result<String, Refusal> {
    let bad = |why: &str| malformed("url", format!("`{}` {why}", check::short(url)));
    let url = Url::parse(url).map_err(|error| bad(&format!("is no address: {error}.")))?;
    if url.scheme() != "https" {
        return Err(bad("is not `https://`."));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("names a user: put secrets into a header."));
    }
    let host = url.host().ok_or_else(|| bad("names no host."))?;
    let inside = match &host {
        UrlHost::Domain(name) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost") || name.ends_with(".internal")
        }
        UrlHost::Ipv4(address) => not_public(*address),
        UrlHost::Ipv6(address) => not_public_6(*address),
    };
    if inside {
        let sentence = format!("`{host}` is inside the operator's network.");
        return Err(Refusal::new(
            RefusalKind::NotGranted,
            "allow.http",
            sentence,
        ));
    }
    Ok(host.to_string().to_lowercase())
}

/// An address that no public service has. What names resolve to is looked at when it is sent.
fn not_public(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        // Between providers and their customers, and for benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
}

fn not_public_6(address: Ipv6Addr) -> bool {
    address.to_ipv4_mapped().is_some_and(not_public)
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
}

fn checked(request: WitRequest, most: usize) -> Result<Request, Refusal> {
    if !METHODS.contains(&request.method.as_str()) {
        let why = format!(
            "`{}` is none of {}.",
            check::short(&request.method),
            METHODS.join(", ")
        );
        return Err(malformed("method", why));
    }
    if !(1..=60).contains(&request.timeout_seconds) {
        return Err(malformed(
            "timeout",
            "`timeout-seconds` is not 1 to 60.".to_owned(),
        ));
    }
    if request.body.as_ref().is_some_and(|body| body.len() > most) {
        let why = format!("`body` is larger than {} KiB.", most >> 10);
        return Err(too_large("body", why));
    }
    Ok(Request {
        method: request.method,
        url: request.url,
        headers: request
            .headers
            .into_iter()
            .map(|h| (h.name, h.value))
            .collect(),
        body: request.body,
        timeout_seconds: request.timeout_seconds,
    })
}

/// The names in `{secret:NAME}`.
fn secrets(value: &str) -> impl Iterator<Item = &str> {
    value
        .split("{secret:")
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::{host, secrets};

    #[test]
    fn only_public_hosts_by_https() {
        assert_eq!(
            host("https://API.statuspage.example/v1?x=1").as_deref(),
            Ok("api.statuspage.example")
        );
        for (url, code) in [
            ("http://api.statuspage.example", "url"),
            ("https://u:p@api.statuspage.example", "url"),
            ("ftp", "url"),
            ("https://localhost/", "allow.http"),
            ("https://127.1/", "allow.http"),
            ("https://0x7f000001/", "allow.http"),
            ("https://10.0.0.8/", "allow.http"),
            ("https://169.254.169.254/latest", "allow.http"),
            ("https://metadata.google.internal/", "allow.http"),
            ("https://[::1]/", "allow.http"),
            ("https://[::ffff:10.0.0.8]/", "allow.http"),
            ("https://[fd00::1]/", "allow.http"),
        ] {
            assert_eq!(host(url).unwrap_err().code, code, "{url}");
        }
    }

    #[test]
    fn secrets_are_found_in_a_value() {
        let names: Vec<_> = secrets("Basic {secret:USER}:{secret:PASSWORD} {secret:").collect();
        assert_eq!(names, ["USER", "PASSWORD"]);
    }
}
