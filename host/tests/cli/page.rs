//! A simulated Slack that another program serves, as its page uses it: `/sim/`.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};

/// Nobody waits longer for anything: whoever does has found a mistake.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Page {
    /// `127.0.0.1:4390`
    address: String,
}

impl Page {
    /// By the line that tells where it is.
    pub(crate) fn at(line: &str) -> Self {
        let (_, address) = line.split_once("http://").unwrap();
        let address = address.trim_end_matches('/').to_owned();
        Self { address }
    }

    /// Plays a story to its end.
    pub(crate) fn play(&self, story: &str) {
        let loaded = self.post("/sim/story", &json!({ "text": story }));
        let lines = loaded["lines"].as_array().unwrap().len();
        for _ in 0..lines {
            let played = self.post("/sim/story/step", &json!({}));
            assert_eq!(played["stuck"], Value::Null, "{played}");
        }
    }

    /// Waits until this person sees a message with these words in some channel.
    pub(crate) fn shows(&self, person: &str, words: &str) {
        let changes = self.send("GET", "/sim/changes", "").lines();
        let changes = changes.map(|line| line.unwrap_or_else(|e| panic!("{words}: {e}")));
        for _ in changes.filter(|line| line.starts_with("data:")) {
            let seen = self.get(&format!("/sim/state?as={person}"));
            let channels = seen["messages"].as_object().unwrap().values();
            let mut messages = channels.flat_map(|channel| channel.as_array().unwrap());
            if messages.any(|message| message["text"].as_str() == Some(words)) {
                return;
            }
        }
        panic!("nobody said {words}");
    }

    fn get(&self, path: &str) -> Value {
        self.ask("GET", path, "")
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, &body.to_string())
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let mut answer = self.send(method, path, body);
        let mut length = None;
        for line in answer.by_ref().lines().map(Result::unwrap) {
            if line.is_empty() {
                break;
            }
            let line = line.to_ascii_lowercase();
            let said = line.strip_prefix("content-length:");
            length = length.or(said.and_then(|said| said.trim().parse().ok()));
        }
        let mut body = vec![0; length.unwrap()];
        answer.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// One request on a connection of its own (RFC 9112).
    fn send(&self, method: &str, path: &str, body: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        BufReader::new(stream)
    }
}
