//! Compiled steps on disk: compiling takes from 30 ms (Rust) to seconds (JavaScript, Python),
//! reading what was compiled takes one.
//!
//! Files are named by what they were made from and for. Whoever can write to the folder can make
//! Iris run anything: it must belong to Iris alone.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sha2::{Digest, Sha256};
use wasmtime::component::Component;

use super::{engine::Engine, load::LoadError};

/// Length of the digest at the head of each file.
const HEAD: usize = 32;

/// Where compiled steps are kept; without a folder, nowhere.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

pub(super) struct Compiled {
    pub(super) component: Component,
    /// SHA-256 of what was compiled, in hex.
    pub(super) digest: String,
}

impl Cache {
    /// The folder is made when something is first kept in it.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// Compiles aside, so that events are handled meanwhile.
    pub(super) async fn compile(
        &self,
        engine: &Arc<Engine>,
        bytes: Arc<[u8]>,
    ) -> Result<Compiled, LoadError> {
        let (cache, engine) = (self.clone(), engine.clone());
        let compiling = tokio::task::spawn_blocking(move || cache.compile_now(&engine, &bytes));
        match compiling.await {
            Ok(compiled) => compiled,
            Err(error) => Err(LoadError::NotComponent(format!(
                "compiling it failed: {error}"
            ))),
        }
    }

    fn compile_now(&self, engine: &Engine, bytes: &[u8]) -> Result<Compiled, LoadError> {
        let digest = hex::encode(Sha256::digest(bytes));
        let file = self
            .folder
            .as_ref()
            .map(|folder| folder.join(file_name(engine, &digest)));
        if let Some(component) = file.as_deref().and_then(|file| read(engine, file)) {
            return Ok(Compiled { component, digest });
        }
        // Also takes WebAssembly in its text form, which no file of a step is.
        let component = Component::from_binary(&engine.wasm, bytes)
            .map_err(|error| LoadError::NotComponent(format!("{error:#}")))?;
        if let Some(file) = file
            && let Err(error) = write(&component, &file)
        {
            // It works without, only later.
            tracing::warn!(file = %file.display(), %error, "A compiled step cannot be kept");
        }
        Ok(Compiled { component, digest })
    }
}

/// Names the component and the engine it was compiled for.
fn file_name(engine: &Engine, digest: &str) -> String {
    let mut hasher = DefaultHasher::new();
    engine
        .wasm
        .precompile_compatibility_hash()
        .hash(&mut hasher);
    format!("{digest}-{:016x}.cwasm", hasher.finish())
}

/// `None` when there is no such file, or it is damaged: it is made anew then.
fn read(engine: &Engine, file: &Path) -> Option<Component> {
    let kept = fs::read(file).ok()?;
    let (head, code) = kept.split_at_checked(HEAD)?;
    if Sha256::digest(code).as_slice() != head {
        tracing::warn!(file = %file.display(), "A compiled step is damaged and is compiled again");
        return None;
    }
    #[expect(
        unsafe_code,
        reason = "wasmtime maps what it is given; the digest shows that these are the bytes that \
                  `write` had from it, and the name that they were for this engine"
    )]
    // SAFETY: made by `Component::serialize` of a compatible engine, unchanged.
    let component = unsafe { Component::deserialize(&engine.wasm, code) };
    component
        .inspect_err(|error| tracing::warn!(file = %file.display(), %error, "Compiling again"))
        .ok()
}

/// Written aside and renamed, so that nobody ever reads half a file.
fn write(component: &Component, file: &Path) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let code = component.serialize().map_err(io::Error::other)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let unique = (std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let aside = folder.join(format!(".{}-{}.tmp", unique.0, unique.1));
    let mut bytes = Sha256::digest(&code).to_vec();
    bytes.extend_from_slice(&code);
    fs::write(&aside, bytes)
        .and_then(|()| fs::rename(&aside, file))
        .inspect_err(|_| {
            // What is left over is only in the way.
            drop(fs::remove_file(&aside));
        })
}
