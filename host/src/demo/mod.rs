//! `iris demo`: a whole simulated Slack, and one incident played in it as people would.

use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    path::Path,
    process::ExitCode,
    time::Duration,
};

use anyhow::Context;
use slack_sim::{
    Sim,
    story::{Line, Player, Stuck, parse},
};
use tokio::net::TcpListener;

mod check;

use crate::{
    app::{App, Options},
    cli::{DemoArgs, SimArgs},
    config::{Secrets, Settings, Slack},
    logging,
    main_loop::MainLoop,
    serve::told_to_stop,
};

const STORY: &str = include_str!("story.txt");
const TEAM: &str = include_str!("../../../examples/teams/default.toml");
/// Where the two are found when nobody else is there; else on a free port.
const SLACK_AT: u16 = 4390;
const IRIS_AT: u16 = 3000;
/// How often a person looks for something that is not there yet: for about twenty seconds.
const LOOKS: u32 = 80;

/// Plays the incident; then, unless it is to end, serves until Ctrl-C.
pub fn demo(args: DemoArgs) -> ExitCode {
    run(async move {
        if let Ok(filter) = logging::filter("warn") {
            logging::start(filter);
        }
        let folder = tempfile::tempdir().context("no place for the demo's files")?;
        let sim = start_sim().await?;
        let app = build(&sim, folder.path()).await?;
        let main = app.main.clone();
        let listener = listen(IRIS_AT).await?;
        let iris = format!("http://{}", listener.local_addr()?);
        sim.connect_app(&format!("{iris}/slack/events"));
        say(&format!("The simulated Slack: {}", sim.page_url()))?;
        say(&format!("Iris:                {iris}"))?;

        let once = args.once;
        let played = async {
            let missing = play(&sim, &main).await?;
            for step in &missing {
                say(&format!("✗ {step} did not do its work"))?;
            }
            if missing.is_empty() {
                say("\n✓ Every step did its work.")?;
            }
            if !once {
                say(
                    "\nNow it is yours: open the simulated Slack and type /incident. Ctrl-C ends it.",
                )?;
                told_to_stop().await;
            }
            anyhow::Ok(missing.is_empty())
        };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let serving = app.serve(listener, async {
            let _ = stopped.await;
        });
        let ending = async {
            let done = played.await;
            let _ = stop.send(());
            done
        };
        let (done, served) = tokio::join!(ending, serving);
        served?;
        sim.stop().await;
        done
    })
}

/// `iris sim`: the simulated Slack alone.
pub fn sim(args: SimArgs) -> ExitCode {
    run(async move {
        let settings = match &args.config {
            Some(file) => slack_sim::Settings::read(file)?,
            None => slack_sim::Settings {
                listen: SocketAddr::from(([127, 0, 0, 1], SLACK_AT)),
                ..slack_sim::Settings::default()
            },
        };
        let sim = Sim::start(settings).await?;
        say(&format!("The simulated Slack: {}", sim.page_url()))?;
        say(&format!("SLACK_API_URL={}", sim.api_url()))?;
        say(&format!("SLACK_BOT_TOKEN={}", sim.settings().bot_token))?;
        say(&format!(
            "SLACK_SIGNING_SECRET={}",
            sim.settings().signing_secret
        ))?;
        told_to_stop().await;
        sim.stop().await;
        Ok(true)
    })
}

/// Plays the story and prints each act with what people see. Names the steps that did not do their
/// work.
async fn play(sim: &Sim, main: &MainLoop) -> anyhow::Result<Vec<&'static str>> {
    settle(sim, main).await;
    let mut player = Player::new(sim, Box::new(|_| Box::pin(settle(sim, main))));
    for (line, text) in parse(STORY)?.iter().zip(STORY.lines()) {
        say(text)?;
        if matches!(line, Line::Note(_)) {
            continue;
        }
        for seen in patiently(&mut player, line).await? {
            say(&format!("    {seen}"))?;
        }
    }
    let mut missing = check::missing(sim);
    for _ in 0..LOOKS {
        if missing.is_empty() {
            break;
        }
        look_again().await;
        missing = check::missing(sim);
    }
    for seen in player.look().await {
        say(&format!("    {seen}"))?;
    }
    Ok(missing)
}

/// What a person needs may take a moment to appear: Slack lets an app post about once a second.
async fn patiently(player: &mut Player<'_>, line: &Line) -> anyhow::Result<Vec<String>> {
    for _ in 0..LOOKS {
        match player.play(line).await {
            Err(Stuck::Unseen { .. }) => look_again().await,
            done => return Ok(done?),
        }
    }
    Ok(player.play(line).await?)
}

async fn look_again() {
    tokio::time::sleep(Duration::from_millis(250)).await;
}

/// Until nothing is on its way in either direction.
async fn settle(sim: &Sim, main: &MainLoop) {
    let done = || (sim.calls().len(), sim.deliveries().len());
    loop {
        let before = done();
        sim.quiet().await;
        main.idle().await;
        sim.quiet().await;
        if done() == before && main.is_idle() {
            return;
        }
    }
}

async fn build(sim: &Sim, folder: &Path) -> anyhow::Result<App> {
    let teams = folder.join("teams");
    fs::create_dir(&teams)?;
    fs::write(teams.join("default.toml"), TEAM)?;
    let settings = Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], IRIS_AT)),
        store: folder.join("iris.db"),
        teams,
        steps: folder.join("steps"),
        public_url: None,
        slack: Slack {
            api_url: sim.api_url().parse()?,
            timeout: Duration::from_secs(10),
            bot_token: None,
            signing_secret: None,
            app_token: None,
        },
        log: "warn".to_owned(),
    };
    let secrets = Secrets {
        bot_token: sim.settings().bot_token.clone().into(),
        signing_secret: sim.settings().signing_secret.clone().into(),
    };
    Ok(App::build(&settings, secrets, Options::default()).await?)
}

async fn start_sim() -> anyhow::Result<Sim> {
    let at = |port| slack_sim::Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], port)),
        ..slack_sim::Settings::default()
    };
    match Sim::start(at(SLACK_AT)).await {
        Ok(sim) => Ok(sim),
        Err(_) => Sim::start(at(0)).await,
    }
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    match TcpListener::bind(("127.0.0.1", port)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await,
    }
}

fn run(work: impl Future<Output = anyhow::Result<bool>>) -> ExitCode {
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(work));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // The terminal is gone when this fails, too.
            let _ = writeln!(io::stderr(), "iris: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A line for whoever watches. Nobody watching any more is no failure.
fn say(line: &str) -> io::Result<()> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
