//! Canvases: documents in Markdown.

use serde::Serialize;

use super::State;

#[derive(Clone, Debug, Serialize)]
pub struct Canvas {
    pub id: String,
    pub title: String,
    pub markdown: String,
    /// The channel that it was shared with.
    pub channel: Option<String>,
    /// Whether it is that channel's own, of which there is one.
    pub own: bool,
}

impl State {
    /// The channel's own canvas.
    pub(crate) fn canvas_of(&self, channel: &str) -> Option<&Canvas> {
        self.canvases
            .iter()
            .find(|canvas| canvas.own && canvas.channel.as_deref() == Some(channel))
    }
}
