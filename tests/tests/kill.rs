//! Row 21 once more, with the real program: `iris serve` is killed (SIGKILL) at random moments while
//! a story is played, and started again; then the workspace must hold what it holds without a kill.
//!
//! A few kills by default; `cargo xtask crash` asks for more (`IRIS_KILLS`), `IRIS_CRASH_SEED` for
//! others.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use iris::store::{Store, sqlite::Sqlite};
use iris_tests::{Dice, Holdings, Team, repeat_lost};
use slack_sim::{
    Sim,
    story::{Line, Player, parse},
};
use tempfile::TempDir;

/// No time passes in it but what passes.
const STORY: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits
> @aya #room presses 🙋 I'll take it at Incident commander
> @ken #room: 1.42 went out at 13:58
> @yui #room reacts :pushpin: to \"1.42\"
> @aya #room: /incident update Rolled back to 1.41.
> @ken #room: /incident todo Renew the certificate @ken
> @ken #room: /incident severity sev1
> @aya #room: /incident note The bank is called
> @aya #room: /incident resolve Rolled back.
> @aya #room: /incident close";

/// Kills in one telling.
const KILLS: u64 = 6;
/// Kills come after so many milliseconds at most.
const APART: u64 = 1_500;
/// Longer than Iris looks for a message whose posting nobody saw the end of.
const SETTLED: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_21_the_program_is_killed_at_random_moments() {
    let seed = number("IRIS_CRASH_SEED").unwrap_or(1);
    let kills = number("IRIS_KILLS").unwrap_or(KILLS);
    let (right, none) = told(0, seed).await.expect("an unharmed telling");
    assert_eq!(none, 0);
    let tellings = [seed, seed + 1].map(|seed| told(kills, seed));
    let [first, second] = tellings;
    let (mut killed, mut lost, mut twice, mut other) = (0, vec![], vec![], vec![]);
    let (first, second) = tokio::join!(first, second);
    for telling in [first, second] {
        let (holdings, times) = telling.expect("a telling to its end");
        killed += times;
        let difference = holdings.differs_from(&right);
        lost.extend(difference.lost);
        twice.extend(difference.twice);
        other.extend(difference.other);
    }
    println!(
        "kill: seed {seed}, {killed} kills of the program: lost {}, twice {}, half done or otherwise {}",
        lost.len(),
        twice.len(),
        other.len()
    );
    assert!(killed > 0);
    assert_eq!((lost, twice, other), (vec![], vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn row_38_told_to_stop_under_load_it_finishes_and_exits_0() {
    stopped_under_load(slack_sim::Settings::default()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_38_the_same_over_sockets_which_it_closes() {
    let over_sockets = slack_sim::Settings {
        socket_mode: true,
        ..slack_sim::Settings::default()
    };
    let sim = stopped_under_load(over_sockets).await;
    let closed = sim.sockets().until(|seen| seen.open == 0);
    let closed = tokio::time::timeout(Duration::from_secs(1), closed).await;
    assert!(closed.is_ok(), "{:?}", sim.sockets().seen());
}

async fn stopped_under_load(settings: slack_sim::Settings) -> Sim {
    let sim = Sim::start(settings).await.expect("a workspace");
    let machine = Machine::new(&sim).expect("a folder");
    let mut running = Running(machine.serve().expect("the program"));
    machine.ready(&sim).await.expect("it serves");
    let typing = (0..40).map(|_| {
        let sim = sim.clone();
        async move {
            sim.person("@aya")
                .command("#general", "/incident list")
                .await
        }
    });
    let load = futures(typing);
    let pid = running.0.id().to_string();
    let stop = async {
        wait(20).await;
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.is_ok_and(|status| status.success()));
    };
    let ((), ()) = tokio::join!(load, stop);
    let began = std::time::Instant::now();
    let status = loop {
        if let Some(status) = running.0.try_wait().expect("a child") {
            break status;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "it does not end");
        wait(20).await;
    };
    assert_eq!(status.code(), Some(0));
    let store = Sqlite::open_reader(&machine.store()).expect("a store");
    let sending = store.waiting(None, true).await.expect("a list");
    let sending = sending
        .iter()
        .filter(|effect| effect.state.as_str() == "sending");
    assert_eq!(sending.count(), 0, "what was being sent was finished");
    sim
}

/// All of them at once.
async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T> + Send + 'static>)
where
    T: Send + 'static,
{
    let mut set = tokio::task::JoinSet::new();
    for one in all {
        set.spawn(one);
    }
    set.join_all().await;
}

/// What the workspace holds after the story, with up to so many kills; and how many there were.
async fn told(kills: u64, seed: u64) -> anyhow::Result<(Holdings, u64)> {
    let sim = Sim::start(slack_sim::Settings::default()).await?;
    let machine = Arc::new(Machine::new(&sim)?);
    let (over, count) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let (stop, killed, iris) = (over.clone(), count.clone(), machine.clone());
    let mut running = Running(machine.serve()?);
    machine.ready(&sim).await?;
    #[expect(
        clippy::disallowed_methods,
        reason = "awaited at the end of the telling"
    )]
    let reaper = tokio::spawn(async move {
        let mut dice = Dice::new(seed);
        while !stop.load(Ordering::SeqCst) {
            if killed.load(Ordering::SeqCst) >= kills {
                wait(50).await;
                continue;
            }
            wait(20 + dice.next() % APART).await;
            running.0.kill()?;
            running.0.wait()?;
            killed.fetch_add(1, Ordering::SeqCst);
            running = Running(iris.serve()?);
        }
        anyhow::Ok(running)
    });
    let told = tell(&sim, &machine).await;
    over.store(true, Ordering::SeqCst);
    let running = reaper.await??;
    told?;
    // In its last life it comes to rest.
    machine.rest(&sim).await?;
    drop(running);
    let holdings = Holdings::of(&sim);
    sim.stop().await;
    Ok((holdings, count.load(Ordering::SeqCst)))
}

async fn tell(sim: &Sim, machine: &Arc<Machine>) -> anyhow::Result<()> {
    let settle = |_| -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        let (sim, machine) = (sim.clone(), machine.clone());
        Box::pin(async move { machine.rest(&sim).await.expect("it comes to rest") })
    };
    let mut player = Player::new(sim, Box::new(settle));
    let lines: Vec<Line> = parse(STORY)?;
    for n in 0..lines.len() {
        repeat_lost(sim, &mut player, &lines[..=n]).await?;
    }
    Ok(())
}

/// A folder in which `iris serve` runs.
struct Machine {
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
    port: u16,
}

impl Machine {
    fn new(sim: &Sim) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("teams"))?;
        fs::write(
            folder.path().join("teams/default.toml"),
            Team::English.file(),
        )?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let vouches = if sim.settings().socket_mode {
            ("SLACK_APP_TOKEN", sim.settings().app_token.clone())
        } else {
            let secret = sim.settings().signing_secret.clone();
            ("SLACK_SIGNING_SECRET", secret)
        };
        let settings = vec![
            ("SLACK_API_URL", sim.api_url()),
            ("SLACK_BOT_TOKEN", sim.settings().bot_token.clone()),
            vouches,
            ("IRIS_LISTEN", format!("127.0.0.1:{port}")),
            ("IRIS_LOG", "error".to_owned()),
        ];
        sim.connect_app(&format!("http://127.0.0.1:{port}/slack/events"));
        Ok(Self {
            folder,
            settings,
            port,
        })
    }

    fn serve(&self) -> anyhow::Result<Child> {
        let iris = program()?;
        Command::new(&iris)
            .arg("serve")
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", iris.display()))
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("iris.db")
    }

    /// It serves.
    async fn ready(&self, sim: &Sim) -> anyhow::Result<()> {
        for _ in 0..600 {
            if std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok()
                && sim.verify_app().await
            {
                return Ok(());
            }
            wait(50).await;
        }
        bail!("Iris did not start")
    }

    /// Nothing is open any more, and stays so for a moment.
    async fn rest(&self, sim: &Sim) -> anyhow::Result<()> {
        let mut calm = 0;
        for _ in 0..SETTLED.as_millis() / 20 {
            sim.quiet().await;
            let calls = sim.call_count();
            wait(20).await;
            let idle = self.idle().await.unwrap_or(false);
            calm = if idle && sim.call_count() == calls {
                calm + 1
            } else {
                0
            };
            if calm == 5 {
                return Ok(());
            }
        }
        bail!("it does not come to rest")
    }

    async fn idle(&self) -> anyhow::Result<bool> {
        let store = Sqlite::open_reader(&self.store())?;
        Ok(store.open_events().await?.is_empty() && store.waiting(None, true).await?.is_empty())
    }
}

/// Ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program, as it was built beside this test.
fn program() -> anyhow::Result<PathBuf> {
    let here = env::current_exe()?;
    let profile = here
        .parent()
        .and_then(Path::parent)
        .context("a test lies in its profile")?;
    let iris = profile.join("iris");
    ensure!(
        iris.exists(),
        "build the program first: cargo build -p iris"
    );
    Ok(iris)
}

/// The program has a clock of its own, so this waits as people do.
async fn wait(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

fn number(name: &str) -> Option<u64> {
    env::var_os(name)?.to_string_lossy().parse().ok()
}
