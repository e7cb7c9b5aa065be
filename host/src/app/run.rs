//! Lets Slack in until it is told to stop, and ends in order.

use std::{future::Future, io, time::Duration};

use tokio::{net::TcpListener, sync::watch};
use tracing::info;

use super::App;
use crate::edge::{self, Part, Trouble};

/// Told to stop, Iris is gone within ten seconds: so long for what is being answered, so long for
/// what is being sent.
const HANG_UP: Duration = Duration::from_secs(4);

const FAREWELL: Duration = Duration::from_secs(5);

impl App {
    /// Serves HTTP, and listens over sockets, until `shutdown` resolves; then takes nothing new,
    /// finishes what is being sent, and returns.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let (stop, stopped) = watch::channel(false);
        let readiness = self.readiness.clone();
        let told = async move {
            shutdown.await;
            readiness.set(Part::Process, Trouble::Stopping);
            stop.send_replace(true);
        };
        self.open_sockets();
        let served = edge::serve(listener, self.router.clone(), &self.tasks, told);
        let closed = self.close_sockets(stopped.clone());
        let served = async { tokio::join!(served, closed) };
        let mut stopped = stopped;
        let hung_up = async {
            // The sender lives in the server's future, which is polled beside this one.
            let _ = stopped.wait_for(|stopped| *stopped).await;
            tokio::time::sleep(HANG_UP).await;
        };
        tokio::select! {
            ((), ()) = served => {}
            () = hung_up => {}
        }
        self.stop().await;
        Ok(())
    }

    async fn close_sockets(&self, mut told: watch::Receiver<bool>) {
        let _ = told.wait_for(|told| *told).await;
        if let Some(sockets) = &self.sockets {
            sockets.stop().await;
        }
    }

    /// Takes and sends nothing new, waits for what is being sent, and ends all tasks.
    pub async fn stop(self) {
        let farewell = async {
            if let Some(sockets) = &self.sockets {
                sockets.stop().await;
            }
            self.performer.stop().await;
            self.tasks.stop().await;
        };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            info!("Something was still being sent: the next start looks whether it arrived");
        }
    }
}
