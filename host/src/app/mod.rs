//! Builds everything out of the settings; [`run`] is what it does then.

mod doors;
mod reload;
mod run;
mod slacks;
mod sockets;
mod upkeep;

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};

use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::mpsc;

use self::{
    doors::Doors,
    slacks::{Served, slack_of, slacks, with_way_back},
};
use crate::{
    clock::{Moment, SharedClock, SystemClock},
    config::{self, Problem, Secrets, Settings, Teams, Watch},
    edge::{self, About, EdgeDeps, Readiness},
    failpoint::Failpoints,
    figures,
    install::{self, Installs},
    logging::Lines,
    main_loop::{MainLoop, Parts},
    perform::{self, Deps, PerformSettings, Performer},
    registry::Registry,
    restored,
    slack::{self, SlackSettings},
    sockets::Sockets,
    step::{Cache, Engine, EngineError, Steps},
    store::{
        SharedStore, StoreError,
        sqlite::{OpenError, Sqlite},
    },
    tasks::Tasks,
    team::StepUse,
};

/// What tests and the demo set otherwise than operators do.
pub struct Options {
    pub clock: SharedClock,
    pub perform: PerformSettings,
    /// Where compiled steps are kept. `None`: beside the store.
    pub cache: Option<PathBuf>,
    /// Workspaces that are served besides the one of the settings' token.
    pub also: Vec<SlackSettings>,
    /// Where it is killed.
    pub failpoints: Failpoints,
    /// Where secrets of steps and hooks come from, by name.
    pub environment: fn(&str) -> Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            perform: PerformSettings::default(),
            cache: None,
            also: Vec::new(),
            failpoints: Failpoints::default(),
            environment: config::environment,
        }
    }
}

/// Why Iris does not start: for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("mistakes in the settings or in a team's file")]
    Config(Vec<Problem>),
    #[error(transparent)]
    Store(#[from] OpenError),
    #[error(transparent)]
    Installed(#[from] install::Unserved),
    #[error("the store cannot be read: {0}")]
    Read(#[from] StoreError),
    #[error("steps cannot be run on this machine: {0}")]
    Engine(#[from] EngineError),
    #[error("{0}")]
    Step(Box<crate::step::Problem>),
    #[error("traces cannot be sent: {0}")]
    Traces(String),
    #[error("Slack cannot be spoken to: {0}")]
    Slack(#[from] slack::SetupError),
    #[error("cannot listen on {address}: {error}")]
    Listen {
        address: SocketAddr,
        error: io::Error,
    },
}

/// Everything, built and at work; only Slack is not listened to yet.
pub struct App {
    pub main: MainLoop,
    pub store: SharedStore,
    pub teams: Arc<Teams>,
    pub steps: Arc<Steps>,
    performer: Performer,
    installs: Installs,
    tasks: Tasks,
    readiness: Arc<Readiness>,
    router: axum::Router,
    /// Where there is an app token.
    sockets: Option<Sockets>,
    /// Teams' files and steps are read again as long as these live.
    _watches: Vec<Watch>,
}

impl App {
    /// Builds it and takes up what an earlier run left.
    pub async fn build(
        settings: &Settings,
        secrets: Secrets,
        options: Options,
    ) -> Result<Self, StartError> {
        let metrics = figures::gather();
        let tasks = Tasks::new();
        let cache = options
            .cache
            .unwrap_or_else(|| settings.store.with_extension("cache"));
        let steps = load_steps(settings, cache).await?;
        let teams = Arc::new(open_teams(settings, &steps)?);
        reload::take_kept(&teams, &steps).await;
        let watches = reload::watch(&teams, &steps, &options.clock, &tasks);
        let sqlite = Sqlite::open(&settings.store, options.clock.clone())?;
        let store: SharedStore = Arc::new(sqlite.stopping_at(options.failpoints.clone()));

        let (events, outcomes) = mpsc::unbounded_channel();
        let performer = Performer::start(Deps {
            store: store.clone(),
            slacks: slacks(settings, secrets.bot_token, options.also)?
                .into_iter()
                .map(|slack| slack.stopping_at(options.failpoints.clone()))
                .collect(),
            clock: options.clock.clone(),
            tasks: tasks.clone(),
            events,
            secrets: step_secrets(&teams, options.environment).map_err(StartError::Config)?,
            settings: options.perform.clone(),
        })?;
        let readiness = Arc::new(Readiness::default());
        let start = restored::Start {
            store: store.clone(),
            clock: options.clock.clone(),
            performer: performer.clone(),
            readiness: readiness.clone(),
            tasks: tasks.clone(),
        };
        start.check().await?;
        let installs = Installs::open(install::Parts {
            store: store.clone(),
            performer: performer.clone(),
            clock: options.clock.clone(),
            tasks: tasks.clone(),
            slack: slack_of(settings, SecretString::default())?
                .stopping_at(options.failpoints.clone()),
            teams: teams.clone(),
            steps: steps.clone(),
            keys: secrets.keys,
            client: secrets
                .client
                .map(|client| with_way_back(settings, client))
                .transpose()?,
        });
        let installs = installs.await?;
        performer.recover().await?;
        let main = MainLoop::new(Parts {
            store: store.clone(),
            clock: options.clock.clone(),
            teams: teams.clone(),
            steps: steps.clone(),
            performer: performer.clone(),
            tasks: tasks.clone(),
        });
        main.start(outcomes).await?;
        installs.start(main.clone());

        tasks.spawn(upkeep::watch_tokens(
            performer.health(),
            readiness.clone(),
            tasks.clone(),
        ));
        tasks.spawn(upkeep::watch_scopes(
            performer.health(),
            teams.clone(),
            steps.clone(),
            tasks.clone(),
        ));
        tasks.spawn(upkeep::keep_house(
            store.clone(),
            options.clock.clone(),
            readiness.clone(),
            tasks.clone(),
        ));
        let edge = EdgeDeps {
            clock: options.clock.clone(),
            signing_secret: secrets.signing_secret,
            intake: Arc::new(main.clone()),
            workspaces: Arc::new(Served(performer.clone())),
            hooks: Arc::new(Doors {
                teams: teams.clone(),
                performer: performer.clone(),
                environment: options.environment,
            }),
            installer: Arc::new(installs.clone()),
            readiness: readiness.clone(),
            metrics,
            about: About {
                store: "SQLite",
                transport: match &settings.slack.app_token {
                    Some(_) => "Socket Mode",
                    None => "HTTP",
                },
            },
        };
        let sockets = sockets::sockets(settings, &edge, options.perform, &tasks)?;
        Ok(Self {
            main,
            store,
            teams,
            steps,
            performer,
            installs,
            tasks,
            readiness,
            router: edge::router(edge),
            sockets,
            _watches: watches,
        })
    }

    /// Stores what steps say, as long as Iris runs.
    pub fn keep_lines(&self, lines: Lines) {
        let keep = upkeep::keep_lines(lines, self.store.clone(), self.tasks.clone());
        self.tasks.spawn(keep);
    }

    /// Lets Slack deliver through sockets, where there is an app token.
    pub fn open_sockets(&self) {
        if let Some(sockets) = &self.sockets {
            sockets.open();
        }
    }

    /// All routes, for callers without a socket.
    pub fn router(&self) -> axum::Router {
        self.router.clone()
    }

    /// Resolves when no event waits and nothing is being sent.
    pub async fn idle(&self) {
        self.main.idle().await;
    }

    /// Whether something is to be done about tokens now.
    pub fn is_installing(&self) -> bool {
        self.installs.is_busy()
    }

    /// When something that waits for nothing but time may be sent: what Slack takes only so fast.
    pub fn next_sending(&self) -> Option<Moment> {
        self.main.next_sending()
    }
}

async fn load_steps(settings: &Settings, cache: PathBuf) -> Result<Arc<Steps>, StartError> {
    let engine = Engine::new(settings.limits)?;
    let cache = Cache::new(Some(cache));
    let registry = Registry::new(settings.fetched(), settings.limits.file);
    let steps = Steps::start(engine, cache, registry, settings.steps.clone())
        .await
        .map_err(|problem| StartError::Step(Box::new(problem)))?;
    steps.reload().await;
    Ok(Arc::new(steps))
}

/// Opens the folder of team files; the steps check their own settings.
pub fn open_teams(settings: &Settings, steps: &Arc<Steps>) -> Result<Teams, StartError> {
    let known = steps.clone();
    let schema_of = move |line: &StepUse| -> Option<Value> {
        Some(
            known
                .of(line)?
                .descriptor(iris_kit::Locale::En)
                .settings
                .clone(),
        )
    };
    Teams::open(&settings.teams, Arc::new(schema_of)).map_err(StartError::Config)
}

/// The secrets that teams' files allow their steps, from the environment. One that is missing is
/// said when a step wishes to send it.
fn step_secrets(
    teams: &Teams,
    environment: fn(&str) -> Option<String>,
) -> Result<perform::Secrets, Vec<Problem>> {
    let (mut secrets, mut problems) = (perform::Secrets::new(), vec![]);
    for (_, file) in teams.files() {
        for name in file.team.steps.iter().flat_map(|step| &step.allow.secrets) {
            match config::step_secret(name, &environment) {
                Ok(Some(secret)) => {
                    secrets.insert(name.clone(), secret);
                }
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() {
        Ok(secrets)
    } else {
        Err(problems)
    }
}
