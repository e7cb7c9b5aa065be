//! How each act is done, and what is done when nobody knows whether it was.
//!
//! A recipe that says nothing about [`Errand::unknown`] simply does it again: what is there already
//! counts as done.

mod bookmark;
mod call;
mod file;
mod find;
mod guests;
mod inside;
mod invite;
mod message;
mod only_you;
mod post;
mod request;
mod room;
mod view;

pub(super) use find::{Wanted, find_all};

use super::{errand::Errand, memory::Prepared, outcome::Done, stop::Stop};
use crate::effect::{Act, Effect};

/// Finds out what can be found out before what the effect needs stands.
pub(super) async fn prepare(errand: &mut Errand<'_>) -> Result<(), Stop> {
    let effect = errand.effect;
    if !errand.memory.unprepared(&effect.act) {
        return Ok(());
    }
    if let Act::Invite { people } = &effect.act {
        let guests = guests::look_up(errand, people).await?;
        errand.memory.prepared = Some(Prepared::Guests(guests));
    } else if let Act::Upload { file, .. } = &effect.act {
        errand.memory.prepared = Some(Prepared::File(file::store(errand, file).await?));
    }
    Ok(())
}

/// Does it.
pub(super) async fn perform(errand: &mut Errand<'_>) -> Result<Done, Stop> {
    let Effect { act, .. } = errand.effect;
    match act {
        Act::CreateRoom {
            name,
            latin,
            hidden,
        } => room::create(errand, name, latin, *hidden).await,
        Act::Invite { people } => invite::invite(errand, people).await,
        Act::SetTopic { text } => room::topic(errand, text).await,
        Act::Bookmark { title, link, emoji } => {
            bookmark::set(errand, title, link, emoji.as_deref()).await
        }
        Act::RenameRoom { name } => room::rename(errand, name).await,
        Act::ArchiveRoom => room::archive(errand).await,

        Act::Post { name, to, content } => post::post(errand, name.as_deref(), to, content).await,
        Act::Update { message, content } => message::update(errand, message, content).await,
        Act::Delete { message } => message::touch(errand, "chat.delete", message, None).await,
        Act::Pin { message } => message::touch(errand, "pins.add", message, None).await,
        Act::Unpin { message } => message::touch(errand, "pins.remove", message, None).await,
        Act::React { message, emoji } => {
            message::touch(errand, "reactions.add", message, Some(emoji)).await
        }
        Act::Unreact { message, emoji } => {
            message::touch(errand, "reactions.remove", message, Some(emoji)).await
        }
        Act::Whisper { user, to, content } => only_you::whisper(errand, user, to, content).await,
        Act::Respond {
            url,
            content,
            replace,
        } => only_you::respond(errand, url, content, *replace).await,
        Act::Upload { name, to, file } => file::share(errand, name, to, file).await,

        Act::OpenView {
            trigger,
            view,
            name,
            ..
        } => view::show(errand, "views.open", trigger, view, name.as_deref()).await,
        Act::PushView { trigger, view } => {
            view::show(errand, "views.push", trigger, view, None).await
        }
        Act::FillView { name, view, .. } => view::fill(errand, name, view).await,
        Act::UpdateView { view_id, view } => view::update(errand, view_id, view).await,
        Act::PublishHome { user, view } => view::publish(errand, user, view).await,

        Act::Call {
            key,
            method,
            arguments,
            repeatable,
        } => call::call(errand, key, method, arguments, *repeatable).await,
        Act::Fetch {
            key,
            request,
            repeatable,
        } => request::fetch(errand, key, request, *repeatable).await,
    }
}
