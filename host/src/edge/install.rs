//! A browser on its way to Slack and back: it is sent there, and told what came of it, in its language.
//!
//! What Slack gave stands in the address of the way back, so nothing keeps that page and nothing is
//! loaded by it.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use iris_kit::{Locale, args};
use maud::{DOCTYPE, html};

use super::{EdgeDeps, page::STYLE};
use crate::{
    installer::{Arrived, Back, Refused},
    words::texts,
};

const COOKIE: &str = "iris-install";
/// Seconds that a browser keeps it: as long as the way to Slack and back may take.
const KEPT: u32 = 600;

/// `GET /slack/install`
pub(super) async fn begin(State(deps): State<Arc<EdgeDeps>>, headers: HeaderMap) -> Response {
    let Some(begun) = deps.installer.begin(browser(&headers).as_deref()) else {
        return refused(&Refused::Closed, language(&headers));
    };
    let secure = if begun.secure { "; Secure" } else { "" };
    // Lax: Slack's page leads back here, and that is to count.
    let cookie = format!(
        "{COOKIE}={}; Path=/slack; Max-Age={KEPT}; HttpOnly; SameSite=Lax{secure}",
        begun.browser
    );
    let headers = [
        (header::LOCATION, begun.url),
        (header::SET_COOKIE, cookie),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::FOUND, headers).into_response()
}

/// `GET /slack/oauth_redirect`
pub(super) async fn back(
    State(deps): State<Arc<EdgeDeps>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
    // What is said twice is not believed.
    let field = |wanted: &str| {
        let mut all = fields.iter().filter(|(name, _)| name == wanted);
        let (_, value) = all.next()?;
        all.next().is_none().then(|| value.clone())
    };
    let back = Back {
        code: field("code"),
        state: field("state"),
        error: field("error"),
        browser: browser(&headers),
    };
    let language = language(&headers);
    match deps.installer.finish(back).await {
        Ok(arrived) => done(&arrived, language),
        Err(why) => refused(&why, language),
    }
}

fn done(arrived: &Arrived, language: Locale) -> Response {
    let texts = texts(language);
    let key = if arrived.whole_org {
        "install-done-org"
    } else {
        "install-done"
    };
    let said = texts.say(key, args![name = &*arrived.name]);
    let door = texts.say("install-open", &[]);
    let door = (!arrived.url.is_empty()).then_some((&*arrived.url, &*door));
    page(StatusCode::OK, language, &said, door)
}

fn refused(why: &Refused, language: Locale) -> Response {
    let texts = texts(language);
    let say = |key: &str| texts.say(key, &[]);
    let (status, said) = match why {
        Refused::Closed => (StatusCode::NOT_FOUND, say("install-closed")),
        Refused::Denied => (StatusCode::OK, say("install-denied")),
        Refused::Stale => (StatusCode::BAD_REQUEST, say("install-stale")),
        Refused::Foreign => (StatusCode::BAD_REQUEST, say("install-foreign")),
        Refused::Code => (StatusCode::BAD_REQUEST, say("install-code")),
        Refused::Lacking(scopes) => {
            let scopes = &*scopes.join(", ");
            (
                StatusCode::FORBIDDEN,
                texts.say("install-lacking", args![scopes]),
            )
        }
        Refused::Other => (StatusCode::FORBIDDEN, say("install-other")),
        Refused::Unknown(team) => {
            let args = args![team = team.as_str()];
            (StatusCode::FORBIDDEN, texts.say("install-unknown", args))
        }
        Refused::Silent => (StatusCode::SERVICE_UNAVAILABLE, say("install-silent")),
        Refused::Unable => (StatusCode::INTERNAL_SERVER_ERROR, say("install-unable")),
    };
    let again = say("install-again");
    let may_begin = !matches!(why, Refused::Closed);
    let door = may_begin.then_some(("/slack/install", &*again));
    page(status, language, &said, door)
}

fn page(status: StatusCode, language: Locale, said: &str, door: Option<(&str, &str)>) -> Response {
    let lang = match language {
        Locale::En => "en",
        Locale::Ja => "ja",
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (texts(language).say("install-title", &[])) }
                style { (STYLE) }
            }
            body {
                h1 { "Iris" }
                p { (said) }
                @if let Some((href, name)) = door { p { a href=(href) { (name) } } }
            }
        }
    };
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    ];
    (status, headers, Html(page.into_string())).into_response()
}

/// What the browser was told when it left.
fn browser(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter();
    let mut pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == COOKIE)?;
    Some(value.to_owned())
}

/// Of the two languages the one that the browser prefers: `Accept-Language` is in order, but for
/// what it says of weights.
fn language(headers: &HeaderMap) -> Locale {
    let wanted = headers.get(header::ACCEPT_LANGUAGE);
    let wanted = wanted
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let weight = |language: &str| {
        let mut ranges = wanted.split(',').filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let tag = tag.trim().split('-').next()?;
            let weight = weight.trim().strip_prefix("q=")?.parse::<f32>().ok()?;
            tag.eq_ignore_ascii_case(language).then_some(weight)
        });
        ranges.next().unwrap_or_default()
    };
    let (english, japanese) = (weight("en"), weight("ja"));
    let first = wanted.trim_start().to_ascii_lowercase();
    if japanese > english || (japanese > 0.0 && first.starts_with("ja")) {
        Locale::Ja
    } else {
        Locale::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_reads_its_own_language() {
        for (wanted, locale) in [
            ("", Locale::En),
            ("ja", Locale::Ja),
            ("ja-JP,en;q=0.8", Locale::Ja),
            ("en-US,en;q=0.9,ja;q=0.8", Locale::En),
            ("en;q=0.5, ja;q=0.9", Locale::Ja),
            ("fr-FR,ja;q=0.3", Locale::Ja),
            ("de", Locale::En),
            ("ja;q=x", Locale::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, wanted.parse().unwrap());
            assert_eq!(language(&headers), locale, "{wanted}");
        }
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(browser(&headers), None);
        headers.insert(
            header::COOKIE,
            "a=1; iris-install=x=y; b=2".parse().unwrap(),
        );
        assert_eq!(browser(&headers).as_deref(), Some("x=y"));
    }
}
