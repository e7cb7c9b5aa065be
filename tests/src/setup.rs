//! How the worlds of tests are set up, and asked.

use std::{
    net::SocketAddr,
    num::NonZeroU8,
    path::{Path, PathBuf},
    time::Duration,
};

use iris::{
    config::{OAuth, Settings, Slack},
    slack::SlackSettings,
    step::Limits,
};
use slack_sim::Sim;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How many sockets are open where the workspace is in Socket Mode.
pub(crate) const SOCKETS: NonZeroU8 = NonZeroU8::new(2).unwrap();

/// For one call of Slack's.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The whole answer, with its head.
pub(crate) async fn get(address: SocketAddr, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.0\r\nhost: iris\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Iris's way to a further workspace.
pub(crate) fn slack_of(sim: &Sim) -> SlackSettings {
    SlackSettings {
        api_url: sim.api_url().parse().expect("the simulator gives a URL"),
        timeout: TIMEOUT,
        token: sim.settings().bot_token.clone().into(),
    }
}

pub(crate) fn settings_of(sim: &Sim, folder: &Path) -> Settings {
    let over_sockets = sim.settings().socket_mode;
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        store: folder.join("iris.db"),
        teams: folder.join("teams"),
        steps: folder.join("steps"),
        public_url: None,
        slack: Slack {
            api_url: sim.api_url().parse().expect("the simulator gives a URL"),
            timeout: TIMEOUT,
            bot_token: None,
            signing_secret: None,
            app_token: over_sockets.then(|| sim.settings().app_token.clone().into()),
            sockets: SOCKETS,
            oauth: OAuth::default(),
        },
        limits: Limits::default(),
        log: "info".to_owned(),
        otlp: None,
    }
}

/// Compiled steps are the same for all tests.
pub(crate) fn shared_cache() -> PathBuf {
    std::env::temp_dir().join("iris-tests-steps")
}
