//! Asks registries, as the OCI distribution specification has it.
//!
//! <https://github.com/opencontainers/distribution-spec/blob/main/spec.md>

use std::time::Duration;

use docker_credential::DockerCredential;
use futures_util::TryStreamExt;
use oci_client::{
    Client,
    client::{ClientConfig, ClientProtocol},
    errors::{OciDistributionError as Failure, OciErrorCode as Code},
    manifest::{OCI_IMAGE_MEDIA_TYPE, OciDescriptor},
    secrets::RegistryAuth,
};

use super::{FetchError, MANIFEST, Reference};
use crate::slack;

/// Without an answer for so long, a registry is not reachable.
const CONNECT: Duration = Duration::from_secs(10);
const READ: Duration = Duration::from_secs(30);

/// Registries on this machine speak plain HTTP, as Docker takes them.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// As the registry has it, byte for byte.
pub(super) async fn manifest(reference: &Reference) -> Result<Vec<u8>, FetchError> {
    let client = client(reference);
    let image = reference.image();
    let pulled = client
        .pull_manifest_raw(&image, &login(reference), &[OCI_IMAGE_MEDIA_TYPE])
        .await;
    let (manifest, _) = pulled.map_err(|error| failure(reference, &error))?;
    if manifest.len() > MANIFEST {
        return Err(FetchError::TooLarge { limit: MANIFEST });
    }
    Ok(manifest.to_vec())
}

/// At most `limit` bytes, whatever the registry said before.
pub(super) async fn blob(
    reference: &Reference,
    component: &OciDescriptor,
    limit: usize,
) -> Result<Vec<u8>, FetchError> {
    let client = client(reference);
    let image = reference.image();
    let registry = image.resolve_registry();
    client
        .store_auth_if_needed(registry, &login(reference))
        .await;
    let opened = client.pull_blob_stream(&image, component).await;
    let mut stream = opened.map_err(|error| failure(reference, &error))?.stream;
    let mut bytes = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(Some(some)) if bytes.len() + some.len() <= limit => {
                bytes.extend_from_slice(&some);
            }
            Ok(Some(_)) => return Err(FetchError::TooLarge { limit }),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(failure(reference, &Failure::IoError(error))),
        }
    }
}

/// One for each question: they are rare, and a login may have changed meanwhile.
fn client(reference: &Reference) -> Client {
    slack::provide_tls();
    let registry = reference.registry();
    let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host);
    let protocol = if LOOPBACK.contains(&host) {
        ClientProtocol::Http
    } else {
        ClientProtocol::Https
    };
    Client::new(ClientConfig {
        protocol,
        connect_timeout: Some(CONNECT),
        read_timeout: Some(READ),
        user_agent: concat!("iris/", env!("CARGO_PKG_VERSION")),
        platform_resolver: None,
        ..ClientConfig::default()
    })
}

/// What `docker login` left, else nobody.
fn login(reference: &Reference) -> RegistryAuth {
    match docker_credential::get_credential(reference.registry()) {
        Ok(DockerCredential::UsernamePassword(name, password)) => {
            RegistryAuth::Basic(name, password)
        }
        Ok(DockerCredential::IdentityToken(token)) => RegistryAuth::Bearer(token),
        Err(_) => RegistryAuth::Anonymous,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of another crate: what it will say besides is a registry that does not do as it should"
)]
fn failure(reference: &Reference, failure: &Failure) -> FetchError {
    let registry = reference.registry().to_owned();
    match failure {
        Failure::RegistryError { envelope, .. } => {
            let said = |codes: &[Code]| {
                let mut errors = envelope.errors.iter();
                errors.any(|error| codes.contains(&error.code))
            };
            if said(&[Code::ManifestUnknown, Code::NameUnknown, Code::BlobUnknown]) {
                FetchError::NotFound { registry }
            } else if said(&[Code::Unauthorized, Code::Denied]) {
                FetchError::Denied { registry }
            } else {
                let why = envelope.to_string();
                FetchError::Unreachable { registry, why }
            }
        }
        Failure::ImageManifestNotFoundError(_) | Failure::ServerError { code: 404, .. } => {
            FetchError::NotFound { registry }
        }
        Failure::UnauthorizedError { .. } | Failure::AuthenticationFailure(_) => {
            FetchError::Denied { registry }
        }
        Failure::DigestError(_) => FetchError::OtherBytes {
            digest: reference.digest().unwrap_or_default().to_owned(),
        },
        other => {
            let why = because(other);
            FetchError::Unreachable { registry, why }
        }
    }
}

/// With its causes: what reqwest says alone names no reason.
fn because(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !said.contains(&text) {
            said = format!("{said}: {text}");
        }
        cause = next.source();
    }
    said
}
