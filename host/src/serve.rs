//! `iris serve`: runs until Ctrl-C or SIGTERM.

use std::{fmt::Display, process::ExitCode};

use tokio::net::TcpListener;
use tracing::info;

use crate::{
    app::{App, Options, StartError},
    config::Settings,
    logging::Lines,
    traces,
};

/// Serves Slack. Whatever keeps it from starting is said before anything listens.
pub fn serve(settings: Settings, lines: Lines) -> ExitCode {
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    else {
        return failed("this machine gives no threads");
    };
    match runtime.block_on(run(settings, lines)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(StartError::Config(problems)) => {
            for problem in &problems {
                failed(problem);
            }
            ExitCode::FAILURE
        }
        Err(error) => failed(error),
    }
}

async fn run(settings: Settings, lines: Lines) -> Result<(), StartError> {
    let secrets = settings.slack.secrets().map_err(StartError::Config)?;
    let app = App::build(&settings, secrets, Options::default()).await?;
    app.keep_lines(lines);
    if let Some(collector) = &settings.otlp {
        traces::start(collector).map_err(StartError::Traces)?;
    }
    let address = settings.listen;
    let listen = |error| StartError::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    // Before anybody is told that it listens: whoever reads that may stop it at once.
    let told = told_to_stop();
    info!(%address, "Iris listens on http://{address}");
    let served = app.serve(listener, told).await.map_err(listen);
    traces::stop();
    served
}

/// Resolves at Ctrl-C or SIGTERM; from the call on, a signal is kept for whoever awaits it.
pub(crate) fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        [SignalKind::interrupt(), SignalKind::terminate()].map(signal)
    };
    async move {
        #[cfg(unix)]
        if let [Ok(mut interrupt), Ok(mut terminate)] = signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "the operator reads why Iris does not start"
)]
fn failed(why: impl Display) -> ExitCode {
    eprintln!("iris: {why}");
    ExitCode::FAILURE
}
