//! A registry of the test's own, which ends with it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use oci_client::{
    Client, Reference,
    client::{ClientConfig, ClientProtocol, Config, ImageLayer},
    secrets::RegistryAuth,
};
use tempfile::TempDir;

/// The one who may, where not everybody may; the line of htpasswd says `secret`.
const WHO: &str = "iris:$2y$05$LF/r59o7h0Qe1mCYIbH10.33eKHUEv1.N3x5baY1Zm0FONJ3mDbv2\n";

pub(crate) struct House {
    folder: TempDir,
    closed: bool,
    /// Port 0 at first, then the one that it was given.
    port: u16,
    running: Option<Child>,
}

impl House {
    pub(crate) fn open() -> Self {
        Self::new(false)
    }

    /// Only for `iris`, with the password `secret`.
    pub(crate) fn closed() -> Self {
        Self::new(true)
    }

    fn new(closed: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("htpasswd"), WHO).unwrap();
        let mut house = Self {
            folder,
            closed,
            port: 0,
            running: None,
        };
        house.start();
        house
    }

    /// On the same port as before, with what it holds.
    pub(crate) fn start(&mut self) {
        let folder = self.folder.path().display();
        let auth = if self.closed {
            format!("auth: {{ htpasswd: {{ realm: test, path: {folder}/htpasswd }} }}\n")
        } else {
            String::new()
        };
        let settings = format!(
            "version: 0.1\nlog: {{ level: info }}\nhttp: {{ addr: \"127.0.0.1:{}\" }}\n\
             storage: {{ filesystem: {{ rootdirectory: {folder}/held }} }}\n{auth}",
            self.port
        );
        let file = self.folder.path().join("config.yml");
        fs::write(&file, settings).unwrap();
        let mut child = Command::new("docker-registry")
            .arg("serve")
            .arg(&file)
            .env("OTEL_TRACES_EXPORTER", "none")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tests need Debian's package docker-registry");
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let listening = said
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, at) = line.split_once("listening on 127.0.0.1:")?;
                let port: String = at.chars().take_while(char::is_ascii_digit).collect();
                port.parse().ok()
            })
            .expect("the registry listens");
        self.port = listening;
        self.running = Some(child);
        // Whoever writes to a pipe that nobody reads stands still in the end.
        std::thread::spawn(move || said.for_each(drop));
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// `127.0.0.1:<port>`
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Puts something under this name and tag, as such a kind of layer.
    pub(crate) async fn push(&self, name: &str, bytes: Vec<u8>, kind: &str) {
        iris::slack::provide_tls();
        let client = Client::new(ClientConfig {
            protocol: ClientProtocol::Http,
            use_monolithic_push: true,
            ..ClientConfig::default()
        });
        let to: Reference = format!("{}/{name}", self.host()).parse().unwrap();
        let layer = ImageLayer::new(bytes, kind.to_owned(), None);
        let kind = "application/vnd.wasm.config.v0+json".to_owned();
        let config = Config::new(b"{}".as_slice(), kind, None);
        let auth = RegistryAuth::Basic("iris".to_owned(), "secret".to_owned());
        client
            .push(&to, &[layer], config, &auth, None)
            .await
            .unwrap();
    }

    /// Where it keeps the bytes of that digest.
    pub(crate) fn blob(&self, digest: &str) -> PathBuf {
        let blobs = Path::new("held/docker/registry/v2/blobs/sha256");
        let place = blobs.join(&digest[..2]).join(digest).join("data");
        self.folder.path().join(place)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}
