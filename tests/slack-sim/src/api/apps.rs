//! `apps.connections.open`: where a socket is opened.

use serde_json::json;

use super::{Answer, Call};

#[expect(clippy::unnecessary_wraps, reason = "every method has this signature")]
pub(super) fn connections_open(call: &mut Call<'_>) -> Answer {
    let state = &mut *call.state;
    let ticket = state.tickets.issue(&state.settings.signing_secret);
    // `ws` for `http`, `wss` for `https`.
    let address = state.base_url.replacen("http", "ws", 1);
    let app = &state.settings.app.id;
    Ok(json!({ "url": format!("{address}/link/?ticket={ticket}&app_id={app}") }))
}
