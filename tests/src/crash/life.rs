//! One life of Iris, in a runtime of its own: when that is gone, all of it is gone, as after a kill.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use iris::{
    app::{App, Options},
    clock::Clock,
    demo::clock::WorkspaceClock,
    failpoint::Failpoints,
    perform::PerformSettings,
};
use slack_sim::Sim;
use tokio::{net::TcpListener, runtime::Runtime, sync::watch};

use crate::{
    door::Door,
    setup::{settings_of, shared_cache},
};

/// A run of the program.
pub(super) struct Life {
    pub(super) app: Arc<App>,
    dead: watch::Receiver<bool>,
    runtime: Runtime,
}

impl Life {
    /// Starts Iris on the store in `folder`, listening already.
    pub(super) async fn begin(
        (sim, door): (&Sim, Door),
        folder: &Path,
        (listener, address): (std::net::TcpListener, SocketAddr),
        failpoints: Failpoints,
        dead: watch::Receiver<bool>,
    ) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let mut settings = settings_of(sim, folder);
        settings.public_url = Some(format!("http://{address}/").parse()?);
        let secrets = door.secrets(sim);
        let clock: Arc<dyn Clock> = Arc::new(WorkspaceClock(sim.clock().clone()));
        let options = Options {
            clock,
            perform: PerformSettings::default(),
            cache: Some(shared_cache()),
            failpoints,
            ..Options::default()
        };
        let started = runtime.spawn(async move {
            let app = App::build(&settings, secrets, options).await?;
            let router = app.router();
            let listener = TcpListener::from_std(listener)?;
            #[expect(
                clippy::disallowed_methods,
                reason = "ends with the runtime that it runs in"
            )]
            tokio::spawn(async move { axum::serve(listener, router).await });
            anyhow::Ok(Arc::new(app))
        });
        let started = tokio::select! {
            started = started => Some(started?.context("Iris does not start")?),
            () = death(dead.clone()) => None,
        };
        let Some(app) = started else {
            bury(runtime).await?;
            anyhow::bail!("killed while it started");
        };
        Ok(Self { app, dead, runtime })
    }

    /// Resolves when it is killed.
    pub(super) async fn dies(&self) {
        death(self.dead.clone()).await;
    }

    /// Nothing of it is left when this returns.
    pub(super) async fn end(self) -> anyhow::Result<()> {
        let Self { app, runtime, .. } = self;
        drop(app);
        bury(runtime).await
    }
}

async fn death(mut dead: watch::Receiver<bool>) {
    // The sender lives as long as whoever plans the kills.
    let _ = dead.wait_for(|dead| *dead).await;
}

/// Ends all tasks where they stand.
async fn bury(runtime: Runtime) -> anyhow::Result<()> {
    let ended =
        tokio::task::spawn_blocking(move || runtime.shutdown_timeout(Duration::from_secs(5)));
    Ok(ended.await?)
}
