//! Reads tables of a TOML file value by value, so that every mistake in it is reported, and not
//! only the first.

use std::{collections::BTreeMap, ops::Range};

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, Source};

/// A file being read, and what was found wrong with it.
pub(super) struct Reader {
    pub(super) source: Source,
    pub(super) problems: Vec<Problem>,
}

/// One table. Each field is taken out once; what is left at the end is unknown.
pub(super) struct Fields<'a> {
    /// What people call the table, such as `a [[severity]]`.
    what: &'static str,
    /// Where it begins.
    pub(super) span: Range<usize>,
    left: BTreeMap<String, (Range<usize>, &'a Spanned<DeValue<'a>>)>,
    known: Vec<&'static str>,
}

/// A value and where it stands.
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl Reader {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            problems: Vec::new(),
        }
    }

    /// In the order of the file; those of other places first.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(Problem::start);
        self.problems
    }

    pub(super) fn error(&mut self, span: Range<usize>, sentence: impl Into<String>) {
        self.problems.push(self.source.error(span, sentence));
    }

    pub(super) fn warning(&mut self, span: Range<usize>, sentence: impl Into<String>) {
        self.problems.push(self.source.warning(span, sentence));
    }

    /// Reads the whole file with `read`. What is not TOML at all is reported instead.
    pub(super) fn file<T>(
        &mut self,
        what: &'static str,
        read: impl FnOnce(&mut Self, &mut Fields<'_>) -> T,
    ) -> Option<T> {
        let source = self.source.clone();
        match DeTable::parse(source.text()) {
            Ok(table) => {
                let mut fields = Fields::new(what, table.span(), table.get_ref());
                let value = read(self, &mut fields);
                fields.finish(self);
                Some(value)
            }
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                self.error(span, format!("This is not TOML: {}.", error.message()));
                None
            }
        }
    }
}

impl<'a> Fields<'a> {
    fn new(what: &'static str, span: Range<usize>, table: &'a DeTable<'a>) -> Self {
        let left = table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), (key.span(), value)))
            .collect();
        Self {
            what,
            span,
            left,
            known: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, name: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(name);
        self.left.remove(name).map(|(_, value)| value)
    }

    pub(super) fn string(&mut self, name: &'static str, reader: &mut Reader) -> Option<At<String>> {
        let value = self.take(name)?;
        reader.string(name, value)
    }

    /// A whole number, as it is written.
    pub(super) fn number(&mut self, name: &'static str, reader: &mut Reader) -> Option<At<String>> {
        let value = self.take(name)?;
        let DeValue::Integer(number) = value.get_ref() else {
            let sentence = format!("`{name}` is a number: write it without quotes.");
            reader.error(value.span(), sentence);
            return None;
        };
        Some(At {
            value: number.to_string(),
            span: value.span(),
        })
    }

    pub(super) fn required(
        &mut self,
        name: &'static str,
        reader: &mut Reader,
    ) -> Option<At<String>> {
        if !self.left.contains_key(name) {
            self.known.push(name);
            reader.error(
                self.span.clone(),
                format!("`{name}` is missing in {}.", self.what),
            );
            return None;
        }
        self.string(name, reader).filter(|given| {
            let empty = given.value.trim().is_empty();
            if empty {
                reader.error(
                    given.span.clone(),
                    format!("`{name}` is empty: write something."),
                );
            }
            !empty
        })
    }

    /// Whether a field holds fields, for what may be written in two ways.
    pub(super) fn holds_table(&self, name: &str) -> bool {
        let value = self.left.get(name).map(|(_, value)| value.get_ref());
        value.is_some_and(|value| value.as_table().is_some())
    }

    pub(super) fn boolean(&mut self, name: &'static str, reader: &mut Reader) -> Option<bool> {
        let value = self.take(name)?;
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            reader.error(
                value.span(),
                format!("`{name}` is `true` or `false`, without quotes."),
            );
        }
        boolean
    }

    pub(super) fn strings(
        &mut self,
        name: &'static str,
        reader: &mut Reader,
    ) -> Option<Vec<At<String>>> {
        let value = self.take(name)?;
        reader.strings(name, value)
    }

    /// Reads `[name]` with `read`.
    pub(super) fn table<T>(
        &mut self,
        name: &'static str,
        what: &'static str,
        reader: &mut Reader,
        read: impl FnOnce(&mut Reader, &mut Fields<'a>) -> T,
    ) -> Option<T> {
        let value = self.take(name)?;
        let mut fields = reader.fields(name, what, value)?;
        let read = read(reader, &mut fields);
        fields.finish(reader);
        Some(read)
    }

    /// As [`Fields::table`], with an empty table where the file has none.
    pub(super) fn section<T>(
        &mut self,
        name: &'static str,
        what: &'static str,
        reader: &mut Reader,
        read: impl FnOnce(&mut Reader, &mut Fields<'a>) -> T,
    ) -> Option<T> {
        if self.left.contains_key(name) {
            return self.table(name, what, reader, read);
        }
        self.known.push(name);
        let left = BTreeMap::new();
        Some(read(
            reader,
            &mut Fields {
                what,
                span: self.span.clone(),
                left,
                known: Vec::new(),
            },
        ))
    }

    /// Takes a field that should not be there, without offering its name to anybody.
    pub(super) fn take_secretly(&mut self, name: &str) -> Option<Range<usize>> {
        self.left.remove(name).map(|(span, _)| span)
    }

    /// Reads each `[[name]]` with `read`. `None`: the file has none.
    pub(super) fn tables<T>(
        &mut self,
        name: &'static str,
        what: &'static str,
        reader: &mut Reader,
        mut read: impl FnMut(&mut Reader, &mut Fields<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.take(name)?;
        let Some(items) = value.get_ref().as_array() else {
            reader.error(
                value.span(),
                format!("Write `{name}` as tables: `[[{name}]]`."),
            );
            return None;
        };
        let mut all = Vec::new();
        for item in items {
            let Some(mut fields) = reader.fields(name, what, item) else {
                continue;
            };
            all.extend(read(reader, &mut fields));
            fields.finish(reader);
        }
        Some(all)
    }

    /// All fields that are left, whatever their names.
    pub(super) fn rest(&mut self) -> Vec<(At<String>, &'a Spanned<DeValue<'a>>)> {
        let left = std::mem::take(&mut self.left);
        left.into_iter()
            .map(|(value, (span, of))| (At { value, span }, of))
            .collect()
    }

    /// Reports what nobody asked for.
    fn finish(self, reader: &mut Reader) {
        for (name, (span, _)) in self.left {
            let near = nearest(&name, self.known.iter().copied());
            let remedy = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}.", list(&self.known)),
            };
            reader.error(
                span,
                format!("`{name}` is unknown in {}; {remedy}", self.what),
            );
        }
    }
}

impl Reader {
    fn fields<'a>(
        &mut self,
        name: &str,
        what: &'static str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Option<Fields<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.error(
                value.span(),
                format!("`{name}` holds fields: write it as a table."),
            );
        }
        table.map(|table| Fields::new(what, value.span(), table))
    }

    pub(super) fn string(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<At<String>> {
        let string = value.get_ref().as_str();
        if string.is_none() {
            self.error(
                value.span(),
                format!("`{name}` is a text: put it in quotes."),
            );
        }
        string.map(|string| At {
            value: string.to_owned(),
            span: value.span(),
        })
    }

    pub(super) fn strings(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Vec<At<String>>> {
        let Some(items) = value.get_ref().as_array() else {
            self.error(
                value.span(),
                format!("`{name}` is a list of texts: `[\"…\"]`."),
            );
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| self.string(name, item))
                .collect(),
        )
    }
}

/// The known name that was probably meant.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `a`, `b` and `c`, in quotes.
pub(super) fn list(names: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match quoted.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        Some((last, _)) => last.clone(),
        None => "none".to_owned(),
    }
}
