//! What a browser takes to Slack and brings back, so that nobody finishes what another has begun.
//!
//! The state says when it was made, and is signed together with a secret that only the browser
//! knows. Nothing is kept for who only begins; that each is taken once is the store's affair.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngExt;

use crate::{clock::Moment, seal::Keys};

/// How long somebody may take on Slack's page.
pub(super) const GOOD_FOR: Duration = Duration::from_mins(10);
/// Bytes of the time, of what makes each state another, of the tag.
const TIME: usize = 8;
const NONCE: usize = 16;
const TAG: usize = 32;
/// Bytes of a browser's secret.
const BROWSER: usize = 32;
const PURPOSE: &str = "iris install state";

/// Why a state is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is too old, or none at all.
    Stale,
    /// Another browser's, or made with another key.
    Foreign,
}

/// A new state for this browser.
pub(super) fn issue(keys: &Keys, browser: &str, now: Moment) -> String {
    let (time, nonce): (_, [u8; NONCE]) = (now.0.to_be_bytes(), rand::rng().random());
    let tag = keys.tag(PURPOSE, &[&time, &nonce, browser.as_bytes()]);
    URL_SAFE_NO_PAD.encode([&time[..], &nonce, &tag].concat())
}

/// Checks a state that came back; says until when it could be taken.
pub(super) fn check(
    keys: &Keys,
    browser: Option<&str>,
    state: &str,
    now: Moment,
) -> Result<Moment, Unfit> {
    let bytes = URL_SAFE_NO_PAD.decode(state).map_err(|_| Unfit::Stale)?;
    let (time, rest) = bytes.split_first_chunk::<TIME>().ok_or(Unfit::Stale)?;
    let (nonce, tag) = rest.split_at_checked(NONCE).ok_or(Unfit::Stale)?;
    if tag.len() != TAG {
        return Err(Unfit::Stale);
    }
    let browser = browser.ok_or(Unfit::Foreign)?;
    if !keys.tagged(PURPOSE, &[time, nonce, browser.as_bytes()], tag) {
        return Err(Unfit::Foreign);
    }
    let made = Moment(u64::from_be_bytes(*time));
    let until = made.plus(GOOD_FOR);
    if made > now || now >= until {
        return Err(Unfit::Stale);
    }
    Ok(until)
}

/// The secret that a browser keeps in a cookie. One that it has is good for several tabs.
pub(super) fn browser(known: Option<&str>) -> String {
    let good = |text: &&str| {
        let bytes = URL_SAFE_NO_PAD.decode(text);
        bytes.is_ok_and(|bytes| bytes.len() == BROWSER)
    };
    known.filter(good).map_or_else(
        || URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; BROWSER]>()),
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Key;

    const NOW: Moment = Moment(1_795_000_000_000);

    fn keys(digit: &str) -> Keys {
        Keys::new(Key::parse(&digit.repeat(64)).unwrap(), None)
    }

    #[test]
    fn a_state_comes_back_with_its_browser_in_time() {
        let (keys, browser) = (keys("0"), browser(None));
        let state = issue(&keys, &browser, NOW);
        let later = NOW.plus(GOOD_FOR);
        let until = check(&keys, Some(&browser), &state, NOW);
        assert_eq!(until, Ok(later));
        assert_ne!(state, issue(&keys, &browser, NOW), "each is another");
        let at = |now| check(&keys, Some(&browser), &state, now);
        assert_eq!(at(later), Err(Unfit::Stale));
        assert_eq!(at(NOW.before(Duration::from_secs(1))), Err(Unfit::Stale));
    }

    #[test]
    fn nothing_else_is_taken() {
        let (own, browser) = (keys("0"), browser(None));
        let state = issue(&own, &browser, NOW);
        let others = super::browser(None);
        for brought in [None, Some(""), Some(&*others)] {
            assert_eq!(check(&own, brought, &state, NOW), Err(Unfit::Foreign));
        }
        let elsewhere = issue(&keys("1"), &browser, NOW);
        let foreign = check(&own, Some(&browser), &elsewhere, NOW);
        assert_eq!(foreign, Err(Unfit::Foreign));
        let longer = format!("{state}AAAA");
        for none in ["", "x", "%", &state[2..], &longer] {
            let taken = check(&own, Some(&browser), none, NOW);
            assert_eq!(taken, Err(Unfit::Stale), "{none}");
        }
    }

    #[test]
    fn a_browser_keeps_its_secret_and_is_given_one_for_nonsense() {
        let known = browser(None);
        assert_eq!(browser(Some(&known)), known);
        assert_ne!(browser(Some("short")), "short");
    }
}
