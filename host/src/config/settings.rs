//! The operator's settings: `iris.toml`, and the environment, which wins.

use std::{
    fs, io,
    net::SocketAddr,
    num::NonZeroU8,
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::SecretString;
use url::Url;

use super::{
    oauth::OAuth,
    problem::{Problem, Source, has_errors},
    read::{At, Fields, Reader},
    secret::secret,
};
use crate::{logging, step::Limits};

/// The file that is read when no other is named, if it is there.
pub const FILE: &str = "iris.toml";

/// Everything an operator can set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where HTTP comes in. `IRIS_LISTEN`
    pub listen: SocketAddr,
    /// The SQLite file. `IRIS_STORE`
    pub store: PathBuf,
    /// The folder of teams' files. `IRIS_TEAMS`
    pub teams: PathBuf,
    /// The folder of further steps; it need not be there. `IRIS_STEPS`
    pub steps: PathBuf,
    /// Where Slack reaches Iris; ends in a slash. `IRIS_PUBLIC_URL`
    pub public_url: Option<Url>,
    pub slack: Slack,
    /// What one call of a step may take. `IRIS_LIMITS_*`
    pub limits: Limits,
    /// What is logged. `IRIS_LOG`
    pub log: String,
    /// A collector of traces, without `/v1/traces`. `OTEL_EXPORTER_OTLP_ENDPOINT`
    pub otlp: Option<Url>,
}

/// How Iris reaches Slack.
#[derive(Clone, Debug)]
pub struct Slack {
    /// Ends in a slash. `SLACK_API_URL`
    pub api_url: Url,
    /// For one call. `SLACK_TIMEOUT`
    pub timeout: Duration,
    /// `SLACK_BOT_TOKEN`
    pub bot_token: Option<SecretString>,
    /// `SLACK_SIGNING_SECRET`
    pub signing_secret: Option<SecretString>,
    /// When there is one, Slack is listened to over Socket Mode. `SLACK_APP_TOKEN`
    pub app_token: Option<SecretString>,
    /// How many sockets are open then. `SLACK_SOCKETS`
    pub sockets: NonZeroU8,
    /// Who else may install Iris, and how.
    pub oauth: OAuth,
}

impl Settings {
    /// Where steps are kept that came from registries: beside the store.
    pub fn fetched(&self) -> PathBuf {
        self.store.with_extension("steps")
    }

    /// Reads `path` (`None`: `iris.toml`, if it is there) and the environment. Relative paths in
    /// the file are relative to it, those in the environment to the current folder.
    pub fn load(
        path: Option<&Path>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Problem>> {
        let file = path.unwrap_or(Path::new(FILE));
        let name = file.display().to_string();
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if path.is_none() && error.kind() == io::ErrorKind::NotFound => {
                String::new()
            }
            Err(error) => {
                return Err(vec![Problem::of(
                    name,
                    format!("This file cannot be read: {error}."),
                )]);
            }
        };
        let mut reader = Reader::new(Source::new(name, text));
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let load = Load { folder, env: &env };
        let settings = reader.file("the settings", |reader, fields| {
            load.settings(reader, fields)
        });
        match settings.flatten() {
            Some(settings) if !has_errors(&reader.problems) => Ok(settings),
            Some(_) | None => Err(reader.into_problems()),
        }
    }
}

/// Where settings come from besides the file.
pub(super) struct Load<'e, E> {
    /// The file's folder.
    folder: PathBuf,
    env: &'e E,
}

impl<E: Fn(&str) -> Option<String>> Load<'_, E> {
    fn settings(&self, reader: &mut Reader, file: &mut Fields<'_>) -> Option<Settings> {
        let folder = |text: &str| Ok(PathBuf::from(text));
        let listen = Setting("listen", "IRIS_LISTEN", "127.0.0.1:3000");
        let listen = self.value(reader, file, listen, |text| {
            text.parse()
                .map_err(|_| "an address and a port, such as `0.0.0.0:3000`")
        });
        let store = Setting("store", "IRIS_STORE", "sqlite:iris.db");
        let store = self.path(reader, file, store, sqlite);
        let teams = self.path(
            reader,
            file,
            Setting("teams", "IRIS_TEAMS", "teams"),
            folder,
        );
        let steps = self.path(
            reader,
            file,
            Setting("steps", "IRIS_STEPS", "steps"),
            folder,
        );
        let public_url = Setting("public_url", "IRIS_PUBLIC_URL", "");
        let public_url = self.value(reader, file, public_url, |text| {
            if text.is_empty() {
                Ok(None)
            } else {
                address(text).map(Some)
            }
        });
        let otlp = Setting("otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", "");
        let otlp = self.value(reader, file, otlp, |text| {
            if text.is_empty() {
                Ok(None)
            } else {
                address(text).map(Some)
            }
        });
        let log = self.value(reader, file, Setting("log", "IRIS_LOG", "info"), |text| {
            let filter = logging::filter(text).map(|_| text.to_owned());
            filter.map_err(|_| "a level (`info`) or a filter (`iris=debug,warn`)")
        });
        let slack = file.section("slack", "[slack]", reader, |reader, file| {
            self.slack(reader, file)
        });
        let limits = file.section("limits", "[limits]", reader, |reader, file| {
            self.limits(reader, file)
        });
        Some(Settings {
            listen: listen?,
            store: store?,
            teams: teams?,
            steps: steps?,
            public_url: public_url?,
            slack: slack.flatten()?,
            limits: limits.flatten()?,
            log: log?,
            otlp: otlp?,
        })
    }

    fn slack(&self, reader: &mut Reader, file: &mut Fields<'_>) -> Option<Slack> {
        let api_url = Setting("api_url", "SLACK_API_URL", "https://slack.com/api/");
        let api_url = self.value(reader, file, api_url, address);
        let timeout = Setting("timeout", "SLACK_TIMEOUT", "10s");
        let timeout = self.value(reader, file, timeout, duration);
        let bot_token = self.secret(reader, file, "bot_token", "SLACK_BOT_TOKEN");
        let signing_secret = self.secret(reader, file, "signing_secret", "SLACK_SIGNING_SECRET");
        let app_token = self.secret(reader, file, "app_token", "SLACK_APP_TOKEN");
        let sockets = Setting("sockets", "SLACK_SOCKETS", "2");
        let written = file.number(sockets.0, reader);
        let sockets = self.settle(reader, written, sockets, up_to_ten);
        let oauth = self.oauth(reader, file);
        Some(Slack {
            api_url: api_url?,
            timeout: timeout?,
            bot_token,
            signing_secret,
            app_token,
            sockets: sockets?,
            oauth,
        })
    }

    /// Each by its own name; see [`Limits`].
    fn limits(&self, reader: &mut Reader, file: &mut Fields<'_>) -> Option<Limits> {
        let mut bytes = |name, variable, default| {
            self.value(reader, file, Setting(name, variable, default), size)
        };
        let memory = bytes("memory", "IRIS_LIMITS_MEMORY", "64MiB");
        let output = bytes("output", "IRIS_LIMITS_OUTPUT", "2MiB");
        let state = bytes("state", "IRIS_LIMITS_STATE", "1MiB");
        let team_state = bytes("team_state", "IRIS_LIMITS_TEAM_STATE", "16MiB");
        let http_body = bytes("http_body", "IRIS_LIMITS_HTTP_BODY", "256KiB");
        let component = bytes("file", "IRIS_LIMITS_FILE", "64MiB");
        let time = Setting("time", "IRIS_LIMITS_TIME", "1s");
        let time = self.value(reader, file, time, duration);
        let wishes = Setting("wishes", "IRIS_LIMITS_WISHES", "200");
        let wishes = self.number(reader, file, wishes);
        let calls = Setting("calls", "IRIS_LIMITS_CALLS", "32");
        let calls = self.number(reader, file, calls);
        Some(Limits {
            time: time?,
            memory: memory?,
            wishes: wishes?,
            output: output?,
            state: state?,
            team_state: team_state?,
            http_body: http_body?,
            file: component?,
            calls: u16::try_from(calls?).unwrap_or(u16::MAX),
            ..Limits::default()
        })
    }

    /// The environment's value, else the file's, else the default.
    pub(super) fn value<T>(
        &self,
        reader: &mut Reader,
        file: &mut Fields<'_>,
        setting: Setting,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let written = file.string(setting.0, reader);
        self.settle(reader, written, setting, parse)
    }

    /// The same for a number, which stands in the file without quotes.
    fn number(
        &self,
        reader: &mut Reader,
        file: &mut Fields<'_>,
        setting: Setting,
    ) -> Option<usize> {
        let written = file.number(setting.0, reader);
        self.settle(reader, written, setting, count)
    }

    fn settle<T>(
        &self,
        reader: &mut Reader,
        written: Option<At<String>>,
        Setting(name, variable, default): Setting,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        if let Some(text) = (self.env)(variable) {
            let value = parse(&text);
            let problem = |what| Problem::of(variable, format!("`{text}` is not {what}."));
            return value
                .map_err(|what| reader.problems.push(problem(what)))
                .ok();
        }
        let Some(At { value: text, span }) = written else {
            return parse(default).ok();
        };
        let value = parse(&text);
        value
            .map_err(|what| reader.error(span, format!("`{name}` is not {what}.")))
            .ok()
    }

    fn path(
        &self,
        reader: &mut Reader,
        file: &mut Fields<'_>,
        setting: Setting,
        parse: impl FnOnce(&str) -> Result<PathBuf, &'static str>,
    ) -> Option<PathBuf> {
        let from_outside = (self.env)(setting.1).is_some();
        let path = self.value(reader, file, setting, parse)?;
        Some(if from_outside {
            path
        } else {
            self.folder.join(path)
        })
    }

    pub(super) fn secret(
        &self,
        reader: &mut Reader,
        file: &mut Fields<'_>,
        name: &'static str,
        variable: &str,
    ) -> Option<SecretString> {
        if let Some(written) = file.take_secretly(name) {
            let sentence =
                format!("Secrets are not written here: set ${variable} or ${variable}_FILE.");
            reader.error(written, sentence);
        }
        secret(variable, self.env).unwrap_or_else(|problem| {
            reader.problems.push(problem);
            None
        })
    }
}

/// Name in the file, name in the environment, default.
pub(super) struct Setting(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
);

fn sqlite(text: &str) -> Result<PathBuf, &'static str> {
    let path = text
        .strip_prefix("sqlite:")
        .ok_or("`sqlite:` and a file, such as `sqlite:iris.db`")?;
    match path.strip_prefix("//").unwrap_or(path) {
        "" | ":memory:" => Err("a file, such as `sqlite:iris.db`: nothing would outlive a restart"),
        path => Ok(PathBuf::from(path)),
    }
}

fn address(text: &str) -> Result<Url, &'static str> {
    const WHAT: &str = "an address that begins with `https://` or `http://`";
    let mut url = Url::parse(text).map_err(|_| WHAT)?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(WHAT);
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

fn duration(text: &str) -> Result<Duration, &'static str> {
    const WHAT: &str = "a duration, such as `10s` or `500ms`";
    let span: jiff::SignedDuration = text.parse().map_err(|_| WHAT)?;
    Duration::try_from(span)
        .ok()
        .filter(|duration| !duration.is_zero())
        .ok_or(WHAT)
}

/// Bytes, with the unit that they are counted in.
fn size(text: &str) -> Result<usize, &'static str> {
    const WHAT: &str = "a size, such as `64MiB` or `256KiB`";
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30)];
    let (number, shift) = units
        .iter()
        .find_map(|(unit, shift)| Some((text.strip_suffix(unit)?, *shift)))
        .ok_or(WHAT)?;
    let number = count(number.trim_end()).map_err(|_| WHAT)?;
    number.checked_mul(1 << shift).ok_or(WHAT)
}

/// Slack gives an app ten at most.
fn up_to_ten(text: &str) -> Result<NonZeroU8, &'static str> {
    let number = text
        .parse()
        .ok()
        .filter(|number: &NonZeroU8| number.get() <= 10);
    number.ok_or("a number from 1 to 10")
}

fn count(text: &str) -> Result<usize, &'static str> {
    const WHAT: &str = "a number above 0";
    let number = text.parse().map_err(|_| WHAT)?;
    if number == 0 { Err(WHAT) } else { Ok(number) }
}
