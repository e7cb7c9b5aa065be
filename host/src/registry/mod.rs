//! Steps out of OCI registries: fetched once, kept by digest, never on the path of an event.
//!
//! What a team's file names is the digest of a manifest, which names the digest of the component:
//! so the same line is the same step for ever, whatever a registry answers. Both are kept in one
//! folder under their digests, and are believed only as far as these hold.

use std::path::PathBuf;

use oci_client::manifest::{OciDescriptor, OciImageManifest, WASM_LAYER_MEDIA_TYPE};

mod fetch;
mod kept;
mod reference;

pub use reference::{BadReference, Reference};

use kept::Kept;

/// How registries call a component: as the CNCF's guide has it, and as older tools do.
///
/// <https://tag-runtime.cncf.io/wgs/wasm/deliverables/wasm-oci-artifact/>
const COMPONENT: [&str; 2] = ["application/wasm", WASM_LAYER_MEDIA_TYPE];

/// Bytes of a manifest: registries take no larger ones.
const MANIFEST: usize = 4 << 20;

/// Registries, and what was fetched from them.
pub struct Registry {
    kept: Kept,
    /// Bytes of a component.
    limit: usize,
}

/// Why a step is not here. For operators.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("the registry {registry} has nothing under that name")]
    NotFound { registry: String },
    #[error(
        "the registry {registry} does not let Iris in: log in with `docker login {registry}` as \
         the user that Iris runs as"
    )]
    Denied { registry: String },
    #[error("the registry {registry} cannot be reached: {why}")]
    Unreachable { registry: String, why: String },
    #[error("what lies there is no step: {0}")]
    NotStep(String),
    #[error("it is larger than {} MiB", limit >> 20)]
    TooLarge { limit: usize },
    #[error("the registry sent something else than sha256:{digest}")]
    OtherBytes { digest: String },
    #[error("it cannot be kept in {}: {error}", folder.display())]
    NotKept {
        folder: PathBuf,
        error: std::io::Error,
    },
}

impl Registry {
    /// `folder` is made when something is first kept in it; `limit` is for the bytes of a step.
    pub fn new(folder: PathBuf, limit: usize) -> Self {
        Self {
            kept: Kept { folder },
            limit,
        }
    }

    /// Asks the registry which digest a tag stands for now. A reference with a digest is itself.
    pub async fn resolve(&self, reference: &Reference) -> Result<Reference, FetchError> {
        if reference.digest().is_some() {
            return Ok(reference.clone());
        }
        let manifest = fetch::manifest(reference).await?;
        Ok(reference.pinned(&kept::digest(&manifest)))
    }

    /// The component of a reference with a digest, out of what is kept; else it is fetched. A
    /// reference without one is found nowhere.
    pub async fn get(&self, reference: &Reference) -> Result<Vec<u8>, FetchError> {
        let digest = reference.digest().unwrap_or_default();
        let manifest = if let Some(manifest) = self.kept.get(digest, "json") {
            manifest
        } else {
            let manifest = fetch::manifest(reference).await?;
            self.kept.put(digest, "json", &manifest)?;
            manifest
        };
        let component = self.component(&manifest)?;
        let of_component = component.digest.trim_start_matches("sha256:");
        if let Some(bytes) = self.kept.get(of_component, "wasm") {
            return Ok(bytes);
        }
        let bytes = fetch::blob(reference, &component, self.limit).await?;
        self.kept.put(of_component, "wasm", &bytes)?;
        Ok(bytes)
    }

    /// Whether it is kept, whole.
    pub fn has(&self, reference: &Reference) -> bool {
        let manifest = self
            .kept
            .get(reference.digest().unwrap_or_default(), "json");
        let component = manifest.and_then(|manifest| self.component(&manifest).ok());
        component.is_some_and(|component| {
            let digest = component.digest.trim_start_matches("sha256:");
            self.kept.get(digest, "wasm").is_some()
        })
    }

    /// Forgets what is kept of it. False when nothing was.
    pub fn forget(&self, reference: &Reference) -> Result<bool, FetchError> {
        let digest = reference.digest().unwrap_or_default();
        let Some(manifest) = self.kept.get(digest, "json") else {
            return Ok(false);
        };
        if let Ok(component) = self.component(&manifest) {
            let of_component = component.digest.trim_start_matches("sha256:");
            self.kept.remove(of_component, "wasm")?;
        }
        self.kept.remove(digest, "json")?;
        Ok(true)
    }

    /// The one component that a manifest names.
    fn component(&self, manifest: &[u8]) -> Result<OciDescriptor, FetchError> {
        let not_step = |why: &str| FetchError::NotStep(why.to_owned());
        let manifest: OciImageManifest = serde_json::from_slice(manifest)
            .map_err(|_| not_step("its manifest is not that of one artifact"))?;
        let is_component = |layer: &OciDescriptor| COMPONENT.contains(&&*layer.media_type);
        let mut components = manifest.layers.into_iter().filter(is_component);
        let (Some(component), None) = (components.next(), components.next()) else {
            return Err(not_step(
                "it has not one layer of the type application/wasm",
            ));
        };
        if !kept::is_digest(component.digest.trim_start_matches("sha256:")) {
            return Err(not_step("its layer is not named by a sha256"));
        }
        let limit = self.limit;
        if usize::try_from(component.size).is_ok_and(|size| size <= limit) {
            Ok(component)
        } else {
            Err(FetchError::TooLarge { limit })
        }
    }
}
