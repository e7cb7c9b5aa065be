//! Serves a workspace until Ctrl-C is pressed.
//!
//!     cargo run -p slack-sim --example serve -- sim.toml
//!
//! Prints what an app must know as `NAME=value`, a line each.

use std::{
    env,
    io::{self, Write},
    path::Path,
};

use slack_sim::{Settings, Sim};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = match env::args().nth(1) {
        Some(file) => Settings::read(Path::new(&file))?,
        None => Settings::default(),
    };
    let sim = Sim::start(settings).await?;
    let mut out = io::stdout();
    writeln!(out, "PAGE={}", sim.page_url())?;
    writeln!(out, "SLACK_API_URL={}", sim.api_url())?;
    writeln!(out, "SLACK_BOT_TOKEN={}", sim.settings().bot_token)?;
    let secret = &sim.settings().signing_secret;
    writeln!(out, "SLACK_SIGNING_SECRET={secret}")?;
    if sim.settings().socket_mode {
        writeln!(out, "SLACK_APP_TOKEN={}", sim.settings().app_token)?;
    }
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    sim.stop().await;
    Ok(())
}
