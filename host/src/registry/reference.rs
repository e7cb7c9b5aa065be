//! How a step in a registry is written: `oci://ghcr.io/acme/on-call:1.2`, and with a digest
//! `oci://ghcr.io/acme/on-call@sha256:…`.

use std::{fmt, str::FromStr};

use oci_client::Reference as Image;

use super::kept::is_digest;

/// Begins each reference.
const SCHEME: &str = "oci://";

/// A place in a registry: a tag, or what a digest names for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    registry: String,
    /// What it is called there.
    repository: String,
    at: At,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum At {
    Tag(String),
    /// SHA-256 of the manifest, in hex.
    Digest(String),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write `oci://<registry>/<name>:<tag>`, or `oci://<registry>/<name>@sha256:<digest>`")]
pub struct BadReference;

impl Reference {
    /// The registry's host, with its port where one is written.
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// Registry and name, without tag and digest.
    pub fn name(&self) -> String {
        format!("{}/{}", self.registry, self.repository)
    }

    /// The last part of its name: what a step is called that has not said its own yet.
    pub fn short(&self) -> &str {
        let name = self.repository.rsplit('/').next();
        name.unwrap_or(&self.repository)
    }

    /// In hex.
    pub fn digest(&self) -> Option<&str> {
        match &self.at {
            At::Digest(digest) => Some(digest),
            At::Tag(_) => None,
        }
    }

    /// The same name at that digest, which is in hex.
    #[must_use]
    pub fn pinned(&self, digest: &str) -> Self {
        Self {
            at: At::Digest(digest.to_owned()),
            ..self.clone()
        }
    }

    pub(super) fn image(&self) -> Image {
        let (registry, repository) = (self.registry.clone(), self.repository.clone());
        match &self.at {
            At::Tag(tag) => Image::with_tag(registry, repository, tag.clone()),
            At::Digest(digest) => {
                Image::with_digest(registry, repository, format!("sha256:{digest}"))
            }
        }
    }
}

impl FromStr for Reference {
    type Err = BadReference;

    /// The registry must be written: nobody should have to know where a short name leads.
    fn from_str(text: &str) -> Result<Self, BadReference> {
        let name = text.strip_prefix(SCHEME).ok_or(BadReference)?;
        let (host, _) = name.split_once('/').ok_or(BadReference)?;
        if host != "localhost" && !host.contains(['.', ':']) {
            return Err(BadReference);
        }
        let image = Image::from_str(name).map_err(|_| BadReference)?;
        let at = match (image.digest(), image.tag()) {
            (Some(digest), _) => {
                let hex = digest.strip_prefix("sha256:");
                let hex = hex.filter(|hex| is_digest(hex)).ok_or(BadReference)?;
                At::Digest(hex.to_owned())
            }
            (None, tag) => At::Tag(tag.unwrap_or("latest").to_owned()),
        };
        Ok(Self {
            registry: image.registry().to_owned(),
            repository: image.repository().to_owned(),
            at,
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}", self.name())?;
        match &self.at {
            At::Digest(digest) => write!(f, "@sha256:{digest}"),
            At::Tag(tag) => write!(f, ":{tag}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_written_again() {
        let digest = "a".repeat(64);
        for text in [
            "oci://ghcr.io/acme/on-call:1.2".to_owned(),
            "oci://localhost:5000/on-call:latest".to_owned(),
            format!("oci://registry.acme.example/steps/on-call@sha256:{digest}"),
        ] {
            let read: Reference = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
            assert_eq!(read.digest().is_some(), text.contains('@'));
        }
        let tagged: Reference = "oci://ghcr.io/acme/on-call:1.2".parse().unwrap();
        let pinned = tagged.pinned(&digest);
        assert_eq!(
            pinned.to_string(),
            format!("oci://ghcr.io/acme/on-call@sha256:{digest}")
        );
        assert_eq!(tagged.name(), pinned.name());
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in [
            "ghcr.io/acme/on-call:1.2",
            "oci://on-call",
            "oci://acme/on-call:1.2",
            "oci://ghcr.io/Acme/on-call",
            "oci://ghcr.io/acme/on-call@sha256:abc",
            "oci://ghcr.io/acme/on-call@sha512:abc",
            "oci://ghcr.io/../../etc/passwd",
        ] {
            assert_eq!(text.parse::<Reference>(), Err(BadReference), "{text}");
        }
    }
}
