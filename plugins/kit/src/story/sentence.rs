//! Entries as sentences: the same in the message and in the file.

use crate::limits::cut;
use crate::markdown;
use crate::reasons::reason;
use crate::rich::{Element, one_line, people_words, text, user};
use crate::texts::Arg;
use crate::time::{date, file_date, file_time, time_on};
use crate::{Locale, args};

use super::{Data, Entry, Missing, Scene};

/// Where a sentence will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// In a message: people can be tapped, quotes are short.
    Shown,
    /// In the file: Markdown, names, whole quotes.
    Written,
}

/// Tells entries in one style.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) style: Style,
}

/// A quote in a row of the message.
const QUOTE: usize = 150;

type Args = Vec<(&'static str, Arg<'static>)>;

impl Teller<'_> {
    /// As elements of `rich_text`.
    pub(super) fn parts(&self, entry: &Entry) -> Vec<Element> {
        match self.sentence(entry) {
            Some((key, args)) => self.scene.texts.parts(key, &args),
            None => self.people(&entry.text),
        }
    }

    /// As text; in the file, words of several lines stand [below](Self::below) it.
    pub(super) fn say(&self, entry: &Entry) -> String {
        match self.sentence(entry) {
            Some((key, args)) => self.scene.texts.say(key, &args),
            None => inline(&one_line(&entry.text)),
        }
    }

    /// The lines of a quote that is too long for its sentence; none when it stands in it.
    pub(super) fn below<'e>(&self, entry: &'e Entry) -> impl Iterator<Item = &'e str> {
        let quoted = self
            .sentence(entry)
            .is_some_and(|(_, args)| args.iter().any(|(name, _)| *name == "quote"));
        let lines = Some(entry.text.trim()).filter(|text| quoted && text.contains('\n'));
        lines.into_iter().flat_map(str::lines)
    }

    /// The text's key and its arguments; none for a kind that only its writer knows.
    fn sentence(&self, entry: &Entry) -> Option<(&'static str, Args)> {
        let data = &entry.data;
        let who = self.name_or_iris(entry.by.as_deref());
        let quote = || self.quote(&entry.text);
        Some(match entry.kind.as_str() {
            "declared" => {
                let sev = self.scene.severity(data.severity.as_deref());
                let product = data.product.as_ref().map(|id| self.scene.product(id));
                let alert = data.through.as_ref().map(|name| self.words(name));
                match (alert, product) {
                    (None, None) => ("entry-declared", args![who, sev].into()),
                    (None, Some(product)) => {
                        ("entry-declared-product", args![who, sev, product].into())
                    }
                    (Some(who), None) => ("entry-declared-alert", args![who, sev].into()),
                    (Some(who), Some(product)) => (
                        "entry-declared-alert-product",
                        args![who, sev, product].into(),
                    ),
                }
            }
            "room" => {
                let room = data.name.clone().unwrap_or_else(|| entry.text.clone());
                match data.gone.as_deref() {
                    Some(how) => ("entry-gone", args![who, how = how.to_owned()].into()),
                    None if data.back => ("entry-back", args![who].into()),
                    None if data.renamed => {
                        ("entry-renamed", args![room = self.words(&room)].into())
                    }
                    None => ("entry-room", args![room = self.words(&room)].into()),
                }
            }
            "called" => {
                let names = data.people.iter().map(|id| self.name(id)).collect();
                ("entry-called", args![names = self.list(names)].into())
            }
            "not-called" => {
                let names = data
                    .missing
                    .iter()
                    .map(|missing| self.missing(missing))
                    .collect();
                ("entry-not-called", args![names = self.list(names)].into())
            }
            "person" => self.person(entry),
            "role" => self.role(entry),
            "severity" => {
                let was = self.scene.severity(data.was.as_deref());
                let now = self.scene.severity(data.now.as_deref());
                (
                    "entry-severity",
                    args![who, was, now, quote = quote()].into(),
                )
            }
            "status" => {
                let key = match data.now.as_deref() {
                    Some("resolved") => "entry-resolved",
                    Some("closed") => "entry-closed",
                    _ => "entry-reopened",
                };
                (key, args![who, quote = quote()].into())
            }
            "title" => ("entry-title", args![who, quote = quote()].into()),
            "update" => ("entry-update", args![who, quote = quote()].into()),
            "note" => ("entry-note", args![who, quote = quote()].into()),
            "message" => {
                let mark = self.mark(data);
                let key = if data.message.app {
                    "entry-message-app"
                } else {
                    "entry-message"
                };
                (key, args![who, mark, quote = quote()].into())
            }
            "todo" => self.todo(entry),
            "alert" => {
                let who = self.words(data.through.as_deref().unwrap_or("Iris"));
                let key = match data.now.as_deref() {
                    Some("resolved") => "entry-alert-resolved",
                    _ => "entry-alert-again",
                };
                (key, args![who, quote = quote()].into())
            }
            "failure" => (
                "entry-failure",
                args![text = self.people(&entry.text)].into(),
            ),
            _ => return None,
        })
    }

    fn person(&self, entry: &Entry) -> (&'static str, Args) {
        let data = &entry.data;
        let user = data.user.as_deref().or(entry.by.as_deref());
        let who = self.name_or_iris(user);
        match (data.how.as_deref(), entry.by.as_deref()) {
            (Some("left"), _) => ("entry-left", args![who].into()),
            (Some("invited"), Some(by)) if Some(by) != user => {
                ("entry-invited", args![who, by = self.name(by)].into())
            }
            _ => ("entry-joined", args![who].into()),
        }
    }

    fn role(&self, entry: &Entry) -> (&'static str, Args) {
        let data = &entry.data;
        let role = self.words(&self.scene.role(data.role.as_deref().unwrap_or_default()));
        let quote = self.quote(&entry.text);
        match (&data.was, &data.now) {
            (Some(was), Some(now)) => {
                let (from, who) = (self.name(was), self.name(now));
                ("entry-role-moved", args![role, from, who, quote].into())
            }
            (None, Some(now)) => match entry.by.as_ref().filter(|by| *by != now) {
                Some(by) => {
                    let (by, who) = (self.name(by), self.name(now));
                    ("entry-role-given", args![by, who, role, quote].into())
                }
                None => ("entry-role-taken", args![who = self.name(now), role].into()),
            },
            (was, None) => {
                let from = self.name_or_iris(was.as_deref());
                ("entry-role-left", args![from, role].into())
            }
        }
    }

    fn todo(&self, entry: &Entry) -> (&'static str, Args) {
        let data = &entry.data;
        let text = self.words(&entry.text);
        let who = self.name_or_iris(entry.by.as_deref());
        let (owner, due) = (self.owner(data), self.due(data));
        match data.act.as_deref() {
            Some("done") => ("entry-todo-done", args![who, text].into()),
            Some("undone") => ("entry-todo-undone", args![text].into()),
            Some("moved") => {
                let day = self.date(data).unwrap_or_default();
                ("entry-todo-moved", args![text, date = day].into())
            }
            Some("changed") => ("entry-todo-changed", args![text, owner, due].into()),
            _ => ("entry-todo-added", args![text, owner, due].into()),
        }
    }

    /// `Ken Mori`, `nobody`: whose todo it is.
    fn owner(&self, data: &Data) -> Vec<Element> {
        match &data.owner {
            Some(id) => self.scene.texts.parts("owner", args![who = self.name(id)]),
            None => self.scene.texts.parts("owner-none", &[]),
        }
    }

    /// `by Fri 4 Dec`, `no date`: when a todo is to be done.
    pub(super) fn due(&self, data: &Data) -> String {
        match self.date(data) {
            Some(day) => self.scene.texts.say("due", args![date = day]),
            None => self.scene.texts.say("due-none", &[]),
        }
    }

    fn date(&self, data: &Data) -> Option<String> {
        let (at, today) = (self.scene.wall(data.due?), self.scene.wall(self.scene.now));
        let locale = self.scene.texts.locale();
        Some(match (self.style, data.due_has_time) {
            (Style::Shown, false) => date(locale, &at, &today),
            (Style::Shown, true) => time_on(locale, &at, &today),
            (Style::Written, false) => file_date(&at),
            (Style::Written, true) => file_time(&at),
        })
    }

    /// What became of a captured message in Slack.
    fn mark(&self, data: &Data) -> String {
        let time = |at| match self.style {
            Style::Shown => self.scene.time(at),
            Style::Written => file_time(&self.scene.wall(at)),
        };
        let texts = &self.scene.texts;
        match (data.message.deleted, data.message.edited) {
            (Some(at), _) => texts.say("entry-deleted", args![time = time(at)]),
            (None, Some(at)) => texts.say("entry-edited", args![time = time(at)]),
            (None, None) => String::new(),
        }
    }

    fn missing(&self, missing: &Missing) -> Vec<Element> {
        let who = if missing.who.starts_with(['U', 'W']) {
            self.name(&missing.who)
        } else {
            self.words(&missing.who)
        };
        let reason = reason(&self.scene.texts, &missing.who, &missing.code);
        self.scene.texts.parts("entry-missing", args![who, reason])
    }

    /// A person's name; where nobody knows it, a mention in a message and the id in a file.
    pub(super) fn name(&self, id: &str) -> Vec<Element> {
        match (
            self.style,
            self.scene.world.name(id),
            self.scene.texts.locale(),
        ) {
            (Style::Written, ..) => vec![text(self.plain_name(id))],
            (Style::Shown, Some(name), _) => vec![text(name)],
            (Style::Shown, None, Locale::En) => vec![user(id)],
            // In Japanese a mention is set off by a blank from what follows.
            (Style::Shown, None, Locale::Ja) => vec![user(id), text(" ")],
        }
    }

    /// A person's name in the file, as text.
    pub(super) fn plain_name(&self, id: &str) -> String {
        inline(self.scene.world.name(id).as_deref().unwrap_or(id))
    }

    fn name_or_iris(&self, id: Option<&str>) -> Vec<Element> {
        id.filter(|id| !id.is_empty())
            .map_or_else(|| vec![text("Iris")], |id| self.name(id))
    }

    /// Words in one line, whole.
    fn words(&self, words: &str) -> Vec<Element> {
        let words = one_line(words);
        match self.style {
            Style::Shown => people_words(&words),
            Style::Written => vec![text(inline(&words))],
        }
    }

    /// Words in one line, in a message cut.
    fn people(&self, words: &str) -> Vec<Element> {
        match self.style {
            Style::Shown => people_words(&cut(&one_line(words), QUOTE)),
            Style::Written => self.words(words),
        }
    }

    /// What was said, behind what was done; nothing when nothing was said.
    fn quote(&self, words: &str) -> Vec<Element> {
        let (words, texts) = (words.trim(), &self.scene.texts);
        if words.is_empty() {
            Vec::new()
        } else if self.style == Style::Written && words.contains('\n') {
            texts.parts("quote-below", &[])
        } else {
            texts.parts("quote", args![text = self.people(words)])
        }
    }

    /// What stands between names.
    pub(super) fn between(&self) -> &'static str {
        match self.scene.texts.locale() {
            Locale::En => ", ",
            Locale::Ja => "、",
        }
    }

    /// Names beside each other.
    fn list(&self, names: Vec<Vec<Element>>) -> Vec<Element> {
        let mut list = Vec::new();
        for (n, name) in names.into_iter().enumerate() {
            if n > 0 {
                list.push(text(self.between()));
            }
            list.extend(name);
        }
        list
    }
}

/// People's words in the middle of a line of the file, where `1.` begins no list.
pub(super) fn inline(words: &str) -> String {
    const NO_BEGINNING: &str = "x";
    markdown::escape(&format!("{NO_BEGINNING}{words}")).split_off(NO_BEGINNING.len())
}
