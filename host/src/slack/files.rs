//! Uploads a file's bytes: the second of Slack's three steps.

use bytes::Bytes;

use super::{Slack, SlackError};

impl Slack {
    /// Sends the bytes to the address that `files.getUploadURLExternal` gave. Nobody sees the file
    /// until `files.completeUploadExternal`.
    pub async fn upload(&self, url: &str, bytes: Bytes) -> Result<(), SlackError> {
        let request = self
            .http
            .post(url)
            .header(reqwest::header::CONTENT_TYPE, "application/octet-stream")
            .body(bytes);
        self.measured("upload", request).await?.upload()
    }
}
