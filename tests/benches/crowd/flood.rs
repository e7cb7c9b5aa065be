//! A flood: signed messages of a war room and commands, as fast as they are acknowledged, from a
//! thread of its own.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use iris::edge::sign;
use slack_sim::{Clock, Delivery};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime,
    task::JoinSet,
};

/// Requests that are under way at a time, each on a connection of its own.
const CONNECTIONS: u64 = 32;

/// For one answer: whoever waits longer is not served.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many were sent so far, by all floods.
static SENT: AtomicU64 = AtomicU64::new(0);

/// What is sent again and again, each time as something new.
#[derive(Clone)]
pub(crate) struct Models {
    pub(crate) message: Delivery,
    pub(crate) command: Delivery,
    pub(crate) secret: String,
    pub(crate) clock: Clock,
    /// Where Iris listens.
    pub(crate) address: String,
}

/// A flood that goes on until it is [`Flood::over`].
pub(crate) struct Flood {
    over: Arc<AtomicBool>,
    thread: JoinHandle<anyhow::Result<f64>>,
}

impl Flood {
    pub(crate) fn begin(models: Models) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let until = over.clone();
        let thread = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(flood(models, until))
        });
        Self { over, thread }
    }

    /// Ends it, and says how many were acknowledged in a second.
    pub(crate) fn over(self) -> anyhow::Result<f64> {
        self.over.store(true, Ordering::Relaxed);
        let ended = self.thread.join();
        ended.ok().context("the flood's thread failed")?
    }
}

async fn flood(models: Models, over: Arc<AtomicBool>) -> anyhow::Result<f64> {
    let began = Instant::now();
    let mut lines = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (models, over) = (models.clone(), over.clone());
        lines.spawn(async move {
            let mut stream = TcpStream::connect(&models.address).await?;
            stream.set_nodelay(true)?;
            let mut acknowledged = 0_u32;
            while !over.load(Ordering::Relaxed) {
                let request = models.request(SENT.fetch_add(1, Ordering::Relaxed))?;
                let answered = send(&mut stream, &request);
                tokio::time::timeout(PATIENCE, answered).await??;
                acknowledged += 1;
            }
            anyhow::Ok(acknowledged)
        });
    }
    let mut acknowledged = 0;
    while let Some(line) = lines.join_next().await {
        acknowledged += line??;
    }
    Ok(f64::from(acknowledged) / began.elapsed().as_secs_f64())
}

impl Models {
    /// A message and a command in turn, signed.
    fn request(&self, number: u64) -> anyhow::Result<Vec<u8>> {
        if number.is_multiple_of(2) {
            let body = message(&self.message.body, number)?;
            return Ok(self.signed(&self.message, &body));
        }
        let trigger = format!("trigger_id={number}x");
        let body = self.command.body.replace("trigger_id=", &trigger);
        Ok(self.signed(&self.command, &body))
    }

    fn signed(&self, model: &Delivery, body: &str) -> Vec<u8> {
        let now = self.clock.seconds().to_string();
        let signature = sign(&self.secret.clone().into(), &now, body.as_bytes());
        format!(
            "POST /slack/events HTTP/1.1\r\nhost: {}\r\ncontent-type: {}\r\ncontent-length: {}\r\n\
             x-slack-request-timestamp: {now}\r\nx-slack-signature: {signature}\r\n\r\n{body}",
            self.address,
            model.content_type,
            body.len()
        )
        .into_bytes()
    }
}

/// Another message, in the same room and the same second.
fn message(model: &str, number: u64) -> anyhow::Result<String> {
    let part = |name: &str| {
        let (_, rest) = model.split_once(&format!("\"{name}\":\""))?;
        rest.split('"').next()
    };
    let (id, ts) = (part("event_id"), part("ts"));
    let (id, ts) = id.zip(ts).context("a message has an id and a time")?;
    let (second, _) = ts.split_once('.').context("with microseconds")?;
    let body = model.replace(id, &format!("EvFLOOD{number}"));
    Ok(body.replace(ts, &format!("{second}.{number:06}")))
}

/// Returns when it is acknowledged.
async fn send(stream: &mut TcpStream, request: &[u8]) -> anyhow::Result<()> {
    stream.write_all(request).await?;
    let mut answer = vec![];
    loop {
        let read = stream.read_buf(&mut answer).await?;
        ensure!(read > 0, "the connection was closed in the middle");
        let said = String::from_utf8_lossy(&answer);
        let Some((head, body)) = said.split_once("\r\n\r\n") else {
            continue;
        };
        ensure!(head.starts_with("HTTP/1.1 200"), "not acknowledged: {said}");
        let mut fields = head.lines().filter_map(|line| line.split_once(": "));
        let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let (_, length) = length.context("an answer has a length")?;
        if body.len() >= length.parse()? {
            return Ok(());
        }
    }
}
