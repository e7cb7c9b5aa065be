//! Many connections, and slow ones, over real sockets: nobody keeps the next delivery out.

use std::{fmt::Write as _, net::SocketAddr, time::Duration};

use iris::{edge::serve, tasks::Tasks};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, timeout},
};

use crate::{
    bench::{Bench, NOW},
    fixtures::named,
};

/// So long Slack waits for an acknowledgement.
const PATIENCE: Duration = Duration::from_secs(3);

/// Serves the bench's router; ends with the tasks.
async fn listen(bench: &Bench, tasks: &Tasks) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (router, serving) = (bench.router.clone(), tasks.clone());
    tasks.spawn(async move {
        let stop = serving.clone();
        serve(
            listener,
            router,
            &serving,
            async move { stop.stopping().await },
        )
        .await;
    });
    address
}

/// A command over a connection of its own; the answer's first line.
async fn command(bench: &Bench, address: SocketAddr) -> String {
    let body = named("command");
    let signed = bench.signed(NOW, &body).body(()).unwrap();
    let mut head = format!(
        "POST /slack/events HTTP/1.1\r\nhost: iris\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in signed.headers() {
        write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(b"\r\n").await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_connections_held_open_keep_nobody_out() {
    let (bench, tasks) = (Bench::new(), Tasks::new());
    let address = listen(&bench, &tasks).await;
    let mut held = Vec::with_capacity(10_000);
    for n in 0..10_000 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // Some say nothing, some begin and do not go on.
        if n % 2 == 0 {
            let _ = stream
                .write_all(b"POST /slack/events HTTP/1.1\r\nhost: iris\r\n")
                .await;
        }
        held.push(stream);
    }
    let began = Instant::now();
    for _ in 0..3 {
        let answer = timeout(PATIENCE, command(&bench, address)).await;
        assert_eq!(
            answer.as_deref(),
            Ok("HTTP/1.1 200 OK"),
            "after {:?}",
            began.elapsed()
        );
    }
    assert_eq!(bench.intake.taken().len(), 3);
    drop(held);
    timeout(PATIENCE, tasks.stop())
        .await
        .expect("it stops at once");
}

/// How long the edge listens to somebody who says only this.
async fn heard_for(said: &str) -> Duration {
    let (bench, tasks) = (Bench::new(), Tasks::new());
    let address = listen(&bench, &tasks).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(said.as_bytes()).await.unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    let _ = timeout(Duration::from_mins(1), stream.read_to_end(&mut answer))
        .await
        .expect("it hangs up");
    assert_eq!(bench.intake.taken(), []);
    began.elapsed()
}

/// The one test that waits for real: sockets keep no other time.
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_go_on_is_hung_up_on() {
    let signed = Bench::new().signed(NOW, b"");
    let stamp = signed.headers_ref().unwrap()["x-slack-request-timestamp"].clone();
    let head = format!(
        "POST /slack/events HTTP/1.1\r\nhost: iris\r\ncontent-length: 100\r\n\
         x-slack-request-timestamp: {}\r\nx-slack-signature: v0=00\r\n\r\nhalf of",
        stamp.to_str().unwrap()
    );
    let begun = "POST /slack/events HTTP/1.1\r\nhost: iris\r\n";
    let (nothing, half, open, body) = tokio::join!(
        heard_for(""),
        heard_for("POST /slack/ev"),
        heard_for(begun),
        heard_for(&head)
    );
    for heard in [nothing, half, open, body] {
        assert!(heard < Duration::from_secs(20), "{heard:?}");
    }
}

#[tokio::test]
async fn a_stop_finishes_what_is_being_answered() {
    let (bench, tasks) = (Bench::new(), Tasks::new());
    let address = listen(&bench, &tasks).await;
    assert_eq!(command(&bench, address).await, "HTTP/1.1 200 OK");
    let _idle = TcpStream::connect(address).await.unwrap();
    timeout(PATIENCE, tasks.stop())
        .await
        .expect("idle connections hold up nothing");
    assert!(
        TcpStream::connect(address).await.is_err(),
        "nobody listens any more"
    );
}
