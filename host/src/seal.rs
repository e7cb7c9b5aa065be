//! Seals what must not be read where it is kept: the tokens in the store.
//!
//! XChaCha20-Poly1305 with a random nonce for each. The workspace is part of what is sealed, so that
//! one workspace's tokens cannot be put into another's row.

use std::{fmt, sync::Arc};

use base64::{
    Engine as _,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};

use crate::ids::TeamId;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce, which stands before what is sealed with it.
const NONCE: usize = 24;

/// The key that seals, and the one before it, which still opens.
#[derive(Clone, Debug)]
pub struct Keys {
    now: Key,
    before: Option<Key>,
}

/// One key. Clones share it.
#[derive(Clone)]
pub struct Key {
    id: String,
    secret: Arc<SecretSlice<u8>>,
}

/// What was sealed, and with which key.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// [`Key::id`]
    pub key: String,
    /// The nonce, then the ciphertext.
    pub bytes: Vec<u8>,
}

/// Why nothing was opened: for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    #[error("it was sealed with another key ({0}): give Iris that one by $IRIS_TOKEN_KEY_OLD")]
    Key(String),
    #[error("it was changed, or is another workspace's")]
    Changed,
}

/// Not 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not 32 bytes in base64 or hex: make a key by `openssl rand -base64 32`")]
pub struct NoKey;

impl Keys {
    pub fn new(now: Key, before: Option<Key>) -> Self {
        Self { now, before }
    }

    /// The id of the key that seals.
    pub fn id(&self) -> &str {
        &self.now.id
    }

    /// Whether what was sealed with the key of this id can be opened.
    pub fn has(&self, id: &str) -> bool {
        self.key(id).is_some()
    }

    fn key(&self, id: &str) -> Option<&Key> {
        let keys = [Some(&self.now), self.before.as_ref()];
        keys.into_iter().flatten().find(|key| key.id == id)
    }

    /// Seals for one workspace.
    pub fn seal(&self, team: &TeamId, plain: &[u8]) -> Sealed {
        self.now.seal(team, plain)
    }

    /// Opens what was sealed for this workspace.
    pub fn open(&self, team: &TeamId, sealed: &Sealed) -> Result<SecretSlice<u8>, Unopened> {
        let key = self
            .key(&sealed.key)
            .ok_or_else(|| Unopened::Key(sealed.key.clone()))?;
        key.open(team, &sealed.bytes)
    }

    /// A tag over the parts, made with a key of its own that follows from the one that seals.
    pub fn tag(&self, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
        self.mac(purpose, parts).finalize().into_bytes().to_vec()
    }

    /// Whether [`Keys::tag`] gave this tag. In constant time.
    pub fn tagged(&self, purpose: &str, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.mac(purpose, parts).verify_slice(tag).is_ok()
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut own = hmac(self.now.secret.expose_secret());
        own.update(purpose.as_bytes());
        let mut mac = hmac(&own.finalize().into_bytes());
        for part in parts {
            // The length too: no two lists of parts are the same bytes.
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl Key {
    /// Reads 32 bytes in base64 (either alphabet, padded or not) or hex.
    pub fn parse(text: &str) -> Result<Self, NoKey> {
        let text = text.trim();
        let in_hex = hex::decode(text).ok();
        let lenient =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let in_base64 = || {
            [STANDARD, URL_SAFE]
                .iter()
                .find_map(|letters| GeneralPurpose::new(letters, lenient).decode(text).ok())
        };
        let bytes = in_hex.filter(|bytes| bytes.len() == KEY).or_else(in_base64);
        let bytes = bytes.filter(|bytes| bytes.len() == KEY).ok_or(NoKey)?;
        let mut digest = Sha256::new();
        digest.update("iris token key");
        digest.update(&bytes);
        Ok(Self {
            id: hex::encode(&digest.finalize()[..4]),
            secret: Arc::new(SecretSlice::from(bytes)),
        })
    }

    /// Names the key, and says nothing about it.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn seal(&self, team: &TeamId, plain: &[u8]) -> Sealed {
        let nonce: [u8; NONCE] = rand::rng().random();
        let payload = Payload {
            msg: plain,
            aad: team.as_str().as_bytes(),
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.expect("tokens are far shorter than what one nonce can seal");
        Sealed {
            key: self.id.clone(),
            bytes: [&nonce[..], &sealed].concat(),
        }
    }

    fn open(&self, team: &TeamId, bytes: &[u8]) -> Result<SecretSlice<u8>, Unopened> {
        let (nonce, sealed) = bytes
            .split_first_chunk::<NONCE>()
            .ok_or(Unopened::Changed)?;
        let payload = Payload {
            msg: sealed,
            aad: team.as_str().as_bytes(),
        };
        let plain = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        plain.map(SecretSlice::from).map_err(|_| Unopened::Changed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new_from_slice(self.secret.expose_secret())
            .expect("a key has 32 bytes, see `parse`")
    }
}

fn hmac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length")
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed(with {}, {} bytes)", self.key, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const ONES: &str = "1111111111111111111111111111111111111111111111111111111111111111";

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn a_key_is_32_bytes_however_they_are_written() {
        let same = [ZERO, ZERO.trim_end_matches('='), &"0".repeat(64)];
        let ids: Vec<_> = same.iter().map(|text| key(text).id).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_ne!(key(ONES).id, ids[0]);
        for none in ["", "secret", &ONES[2..], "=", &ZERO[4..]] {
            assert_eq!(Key::parse(none).unwrap_err(), NoKey, "{none}");
        }
        assert!(!format!("{:?}", key(ONES)).contains("1111"));
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_for_its_workspace_alone() {
        let keys = Keys::new(key(ZERO), None);
        let sealed = keys.seal(&"T1".into(), b"xoxb-1");
        assert!(!String::from_utf8_lossy(&sealed.bytes).contains("xoxb"));
        assert_ne!(sealed, keys.seal(&"T1".into(), b"xoxb-1"), "a nonce twice");
        let opened = keys.open(&"T1".into(), &sealed).unwrap();
        assert_eq!(opened.expose_secret(), b"xoxb-1");
        let other = keys.open(&"T2".into(), &sealed).unwrap_err();
        assert_eq!(other, Unopened::Changed);
        let mut changed = sealed.clone();
        changed.bytes[NONCE] ^= 1;
        let changed = keys.open(&"T1".into(), &changed).unwrap_err();
        assert_eq!(changed, Unopened::Changed);

        let newer = Keys::new(key(ONES), None);
        let wrong = newer.open(&"T1".into(), &sealed).unwrap_err();
        assert_eq!(wrong, Unopened::Key(keys.id().to_owned()));
        let both = Keys::new(key(ONES), Some(key(ZERO)));
        assert!(both.open(&"T1".into(), &sealed).is_ok());
        assert_eq!(both.seal(&"T1".into(), b"").key, newer.id());
    }

    #[test]
    fn a_tag_is_for_one_purpose_and_these_parts() {
        let keys = Keys::new(key(ZERO), None);
        let tag = keys.tag("state", &[b"ab", b"c"]);
        assert!(keys.tagged("state", &[b"ab", b"c"], &tag));
        assert!(!keys.tagged("state", &[b"a", b"bc"], &tag));
        assert!(!keys.tagged("other", &[b"ab", b"c"], &tag));
        assert!(!Keys::new(key(ONES), None).tagged("state", &[b"ab", b"c"], &tag));
    }
}
