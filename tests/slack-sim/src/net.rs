//! A listener whose connections can be reset in the middle of an answer.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

pub(crate) struct Port(pub(crate) TcpListener);

/// One client's connection, as a handler can hold it.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    cut: Arc<AtomicBool>,
}

impl Wire {
    /// From now on nothing more reaches the client but a reset.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Release);
    }
}

impl Connected<IncomingStream<'_, Port>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Port>) -> Self {
        stream.remote_addr().clone()
    }
}

impl Listener for Port {
    type Io = Stream;
    type Addr = Wire;

    async fn accept(&mut self) -> (Stream, Wire) {
        let (tcp, _): (TcpStream, SocketAddr) = Listener::accept(&mut self.0).await;
        let wire = Wire {
            cut: Arc::default(),
        };
        (
            Stream {
                tcp,
                cut: wire.cut.clone(),
            },
            wire,
        )
    }

    fn local_addr(&self) -> io::Result<Wire> {
        Ok(Wire {
            cut: Arc::default(),
        })
    }
}

pub(crate) struct Stream {
    tcp: TcpStream,
    cut: Arc<AtomicBool>,
}

impl Stream {
    fn alive(&mut self) -> io::Result<&mut TcpStream> {
        if self.cut.load(Ordering::Acquire) {
            self.tcp.set_zero_linger()?;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(&mut self.tcp)
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(self.alive()?).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(self.alive()?).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.alive()?).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.alive()?).poll_shutdown(context)
    }
}
