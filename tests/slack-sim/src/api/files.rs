//! `files.*`; the bytes take a way of their own, see `upload`.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::state::file::{File, Share};

pub(super) fn get_upload_url_external(call: &mut Call<'_>) -> Answer {
    let name = call.args.required("filename")?.to_owned();
    let length: usize = call.args.required("length")?.parse().unwrap_or_default();
    if length == 0 {
        return Err("missing_argument".into());
    }
    let id = call.state.next_id("F");
    call.state.files.push(File {
        id: id.clone(),
        title: name.clone(),
        name,
        user: call.state.bot_user_id().to_owned(),
        created: call.state.clock.seconds(),
        length,
        content: None,
        completed: false,
        shares: Vec::new(),
    });
    Ok(json!({ "upload_url": format!("{}/upload/v1/{id}", call.state.base_url), "file_id": id }))
}

pub(super) fn complete_upload_external(call: &mut Call<'_>) -> Answer {
    let bad = || Refusal::arguments("invalid `files`");
    let files = call
        .args
        .json("files")
        .ok_or_else(|| Refusal::missing("files"))?;
    let files = files.map_err(|_| bad())?;
    let files = files
        .as_array()
        .filter(|files| !files.is_empty())
        .ok_or_else(bad)?;
    let channel = call.args.get("channel_id").map(str::to_owned);
    if channel.is_some() {
        let channel = call.member_channel_named("channel_id")?;
        if channel.archived {
            return Err("posting_to_channel_denied".into());
        }
    }
    let mut done: Vec<(String, String)> = Vec::new();
    for named in files {
        let id = named["id"].as_str().ok_or_else(bad)?;
        let file = call
            .state
            .file(id)
            .filter(|file| !file.completed)
            .ok_or("file_not_found")?;
        let content = file.content.as_ref().ok_or("file_not_found")?;
        if content.len() != file.length {
            return Err("file_update_failed".into());
        }
        let title = named["title"].as_str().unwrap_or(&file.title);
        done.push((id.to_owned(), title.to_owned()));
    }
    for (id, title) in &done {
        if let Some(file) = call.state.file_mut(id) {
            file.completed = true;
            file.title.clone_from(title);
        }
    }
    if let Some(channel) = channel {
        call.state.shares.push(Share {
            files: done.iter().map(|(id, _)| id.clone()).collect(),
            channel,
            thread_ts: call.args.get("thread_ts").map(str::to_owned),
            comment: call
                .args
                .get("initial_comment")
                .unwrap_or_default()
                .to_owned(),
        });
    }
    let files: Vec<Value> = done
        .iter()
        .map(|(id, title)| json!({ "id": id, "title": title }))
        .collect();
    Ok(json!({ "files": files }))
}

pub(super) fn info(call: &mut Call<'_>) -> Answer {
    let id = call.args.required("file")?;
    call.state
        .file(id)
        .filter(|file| file.completed)
        .ok_or("file_not_found")?;
    Ok(json!({ "file": call.state.file_json(id), "comments": [] }))
}
