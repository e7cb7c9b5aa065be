//! Modals and home tabs.

use serde::Serialize;
use serde_json::{Value, json};

use super::State;
use super::changes::Subject;
use super::inputs::{Entries, values};

/// How many modals a person's stack may hold.
const STACK: usize = 3;

#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub id: String,
    /// The person who sees it.
    pub user: String,
    pub kind: ViewKind,
    /// As the app gave it, with ids for every block.
    pub body: Value,
    pub hash: String,
    pub root: String,
    pub previous: Option<String>,
    /// What the person typed or chose so far: block id, action id, Slack's state object.
    pub entries: Entries,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ViewKind {
    Modal,
    Home,
}

impl View {
    pub fn title(&self) -> &str {
        self.body["title"]["text"].as_str().unwrap_or_default()
    }

    pub fn blocks(&self) -> &[Value] {
        self.body["blocks"].as_array().map_or(&[], Vec::as_slice)
    }

    pub fn callback_id(&self) -> &str {
        self.body["callback_id"].as_str().unwrap_or_default()
    }
}

impl State {
    pub(crate) fn view(&self, id: &str) -> Option<&View> {
        self.modals
            .iter()
            .chain(self.homes.values())
            .find(|view| view.id == id)
    }

    /// For a change, which is noted.
    pub(crate) fn view_mut(&mut self, id: &str) -> Option<&mut View> {
        let found = self
            .modals
            .iter_mut()
            .chain(self.homes.values_mut())
            .find(|view| view.id == id)?;
        self.changes.touch(match found.kind {
            ViewKind::Modal => Subject::Modals(found.user.clone()),
            ViewKind::Home => Subject::Home(found.user.clone()),
        });
        Some(found)
    }

    /// The modal that this person has in front of them.
    pub(crate) fn top_modal(&self, user: &str) -> Option<&View> {
        self.modals.iter().rev().find(|view| view.user == user)
    }

    /// Opens a new stack; an older one of this person closes.
    pub(crate) fn open_modal(&mut self, user: &str, body: Value) -> View {
        self.close_all_modals(user);
        let view = self.new_view(user, ViewKind::Modal, body);
        self.modals.push(view.clone());
        view
    }

    pub(crate) fn push_modal(&mut self, user: &str, body: Value) -> Result<View, &'static str> {
        let height = self.modals.iter().filter(|view| view.user == user).count();
        let top = self.top_modal(user).ok_or("not_found")?;
        let (root, previous) = (top.root.clone(), top.id.clone());
        if height >= STACK {
            return Err("push_limit_reached");
        }
        let mut view = self.new_view(user, ViewKind::Modal, body);
        view.root = root;
        view.previous = Some(previous);
        self.changes.touch(Subject::Modals(user.to_owned()));
        self.modals.push(view.clone());
        Ok(view)
    }

    /// Replaces a view's content; what was typed stays where the ids stay.
    pub(crate) fn replace_view(&mut self, id: &str, body: Value) -> Option<View> {
        let body = self.identified(body);
        let hash = self.new_hash();
        let view = self.view_mut(id)?;
        view.entries
            .retain_in(body["blocks"].as_array().map_or(&[], Vec::as_slice));
        view.body = body;
        view.hash = hash;
        Some(view.clone())
    }

    pub(crate) fn publish_home(&mut self, user: &str, body: Value) -> View {
        let mut view = self.new_view(user, ViewKind::Home, body);
        if let Some(before) = self.homes.get(user) {
            view.id.clone_from(&before.id);
            view.root.clone_from(&before.id);
        }
        self.changes.touch(Subject::Home(user.to_owned()));
        self.homes.insert(user.to_owned(), view.clone());
        view
    }

    pub(crate) fn close_modal(&mut self, id: &str) {
        let closed = self.modals.iter().position(|view| view.id == id);
        if let Some(closed) = closed.map(|at| self.modals.remove(at)) {
            self.changes.touch(Subject::Modals(closed.user));
        }
    }

    pub(crate) fn close_all_modals(&mut self, user: &str) {
        self.changes.touch(Subject::Modals(user.to_owned()));
        self.modals.retain(|view| view.user != user);
    }

    pub(crate) fn has_external_id(&self, body: &Value, except: Option<&str>) -> bool {
        let external = body["external_id"].as_str().unwrap_or_default();
        !external.is_empty()
            && self
                .modals
                .iter()
                .chain(self.homes.values())
                .any(|view| view.body["external_id"] == external && Some(&*view.id) != except)
    }

    /// The view object that answers and interactions carry.
    pub(crate) fn view_json(&self, view: &View) -> Value {
        let body = &view.body;
        let or = |key: &str, default: Value| body.get(key).cloned().unwrap_or(default);
        json!({
            "id": view.id,
            "team_id": self.settings.team.id,
            "type": body["type"],
            "blocks": body["blocks"],
            "private_metadata": or("private_metadata", json!("")),
            "callback_id": or("callback_id", json!("")),
            "state": { "values": values(view.blocks(), &view.entries) },
            "hash": view.hash,
            "title": or("title", Value::Null),
            "clear_on_close": or("clear_on_close", json!(false)),
            "notify_on_close": or("notify_on_close", json!(false)),
            "close": or("close", Value::Null),
            "submit": or("submit", Value::Null),
            "previous_view_id": view.previous,
            "root_view_id": view.root,
            "app_id": self.settings.app.id,
            "external_id": or("external_id", json!("")),
            "app_installed_team_id": self.settings.team.id,
            "bot_id": self.settings.app.bot_id,
        })
    }

    fn new_view(&mut self, user: &str, kind: ViewKind, body: Value) -> View {
        let id = self.next_id("V");
        View {
            user: user.to_owned(),
            kind,
            body: self.identified(body),
            hash: self.new_hash(),
            root: id.clone(),
            previous: None,
            entries: Entries::default(),
            id,
        }
    }

    fn identified(&mut self, mut body: Value) -> Value {
        if let Some(Value::Array(blocks)) = body.get_mut("blocks").map(Value::take) {
            body["blocks"] = Value::Array(self.with_ids(blocks));
        }
        body
    }

    fn new_hash(&mut self) -> String {
        format!("{}.{}", self.clock.seconds(), &self.next_secret()[..8])
    }
}
