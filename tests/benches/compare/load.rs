//! Requests that are signed before the clock runs, over connections that are kept.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use iris::edge::sign;
use slack_sim::Delivery;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime,
    task::JoinSet,
};

use crate::side::Side;

/// Requests that are under way at a time, each on a connection of its own.
const CONNECTIONS: usize = 32;

/// What a load came to.
pub(crate) struct Load {
    /// From the first request to the last answer.
    pub(crate) wall: Duration,
    /// How long each took, in milliseconds.
    pub(crate) took: Vec<f64>,
}

/// A request as Slack would send it, with this body in place of the delivery's own.
pub(crate) fn signed(side: &Side, model: &Delivery, body: &str) -> Vec<u8> {
    let now = side.sim.clock().micros() / 1_000_000;
    let now = now.to_string();
    let signature = sign(&side.secret().to_owned().into(), &now, body.as_bytes());
    let head = format!(
        "POST /slack/events HTTP/1.1\r\nhost: {}\r\ncontent-type: {}\r\ncontent-length: {}\r\n\
         x-slack-request-timestamp: {now}\r\nx-slack-signature: {signature}\r\n\r\n",
        side.address(),
        model.content_type,
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

/// Sends each once. All must be acknowledged.
pub(crate) async fn send(side: &Side, requests: Vec<Vec<u8>>) -> anyhow::Result<Load> {
    let (address, count) = (side.address(), requests.len());
    // A thread of its own, as the other side is a process of its own.
    let sent = tokio::task::spawn_blocking(move || {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(all(&address, requests))
    });
    let load = sent.await??;
    ensure!(load.took.len() == count, "not all were answered");
    Ok(load)
}

async fn all(address: &str, requests: Vec<Vec<u8>>) -> anyhow::Result<Load> {
    let left = Arc::new(Mutex::new(requests));
    let mut lines = JoinSet::new();
    let began = Instant::now();
    for _ in 0..CONNECTIONS {
        let (address, left) = (address.to_owned(), left.clone());
        lines.spawn(async move {
            let mut line = Line::new(address);
            let mut took = vec![];
            let next = || left.lock().unwrap_or_else(PoisonError::into_inner).pop();
            while let Some(request) = next() {
                let began = Instant::now();
                line.send(&request).await?;
                took.push(began.elapsed().as_secs_f64() * 1000.0);
            }
            anyhow::Ok(took)
        });
    }
    let mut took = vec![];
    while let Some(line) = lines.join_next().await {
        took.extend(line??);
    }
    let wall = began.elapsed();
    Ok(Load { wall, took })
}

/// A connection, opened again where the other side closes it.
struct Line {
    address: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Line {
    fn new(address: String) -> Self {
        Self {
            address,
            stream: None,
            buffer: vec![],
        }
    }

    /// Returns when it is acknowledged.
    async fn send(&mut self, request: &[u8]) -> anyhow::Result<()> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(&self.address).await?;
            stream.set_nodelay(true)?;
            stream
        };
        stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            more(&mut stream, &mut self.buffer).await?;
        };
        let said = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        if !said.starts_with("http/1.1 200") {
            bail!(
                "not acknowledged: {}",
                String::from_utf8_lossy(&self.buffer)
            );
        }
        let field = |name: &str| said.lines().find_map(|line| line.strip_prefix(name));
        if let Some(length) = field("content-length:") {
            let length: usize = length.trim().parse().context("a length")?;
            while self.buffer.len() < head + length {
                more(&mut stream, &mut self.buffer).await?;
            }
        } else {
            ensure!(field("transfer-encoding:").is_some(), "no length: {said}");
            while !self.buffer.ends_with(b"0\r\n\r\n") {
                more(&mut stream, &mut self.buffer).await?;
            }
        }
        if field("connection:").is_none_or(|word| word.trim() != "close") {
            self.stream = Some(stream);
        }
        Ok(())
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<()> {
    let read = stream.read_buf(buffer).await?;
    ensure!(read > 0, "the connection was closed in the middle");
    Ok(())
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
