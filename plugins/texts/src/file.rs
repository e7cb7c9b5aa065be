//! A Fluent file: its messages, in order, and what does not parse.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse_runtime;
use std::collections::BTreeSet;

/// A speaker's sentences in one language.
pub(crate) struct File<'a> {
    own: Vec<Message<'a>>,
    /// What every speaker may say.
    shared: Vec<Message<'a>>,
    /// What is no message.
    pub(crate) junk: Vec<String>,
}

/// One sentence.
pub(crate) struct Message<'a> {
    pub(crate) key: &'a str,
    pub(crate) pattern: Pattern<&'a str>,
}

impl<'a> File<'a> {
    pub(crate) fn en(text: &'a str) -> Self {
        Self::new(text, include_str!("../../kit/texts/en.ftl"))
    }

    pub(crate) fn ja(text: &'a str) -> Self {
        Self::new(text, include_str!("../../kit/texts/ja.ftl"))
    }

    fn new(text: &'a str, shared: &'a str) -> Self {
        let (own, junk) = messages(text);
        let (shared, _) = messages(shared);
        Self { own, shared, junk }
    }

    /// The speaker's own.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Message<'a>> {
        self.own.iter()
    }

    /// The keys of the speaker's own.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.own.iter().map(|message| message.key)
    }

    /// A sentence, of the speaker's own or shared.
    pub(crate) fn find(&self, key: &str) -> Option<&Pattern<&'a str>> {
        let mut all = self.own.iter().chain(&self.shared);
        all.find(|message| message.key == key)
            .map(|message| &message.pattern)
    }

    /// The variables of a sentence and of those it refers to.
    pub(crate) fn variables(&self, key: &str) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut ahead = vec![key];
        while let Some(key) = ahead.pop() {
            let Some(pattern) = self.find(key).filter(|_| seen.insert(key)) else {
                continue;
            };
            walk(pattern, &mut |inline| {
                if let InlineExpression::VariableReference { id } = inline {
                    names.insert(id.name);
                } else if let InlineExpression::MessageReference { id, .. } = inline {
                    ahead.push(id.name);
                }
            });
        }
        names
    }
}

/// Shows `visit` every inline expression, the selectors' and variants' too.
pub(crate) fn walk<'a>(
    pattern: &Pattern<&'a str>,
    visit: &mut impl FnMut(&InlineExpression<&'a str>),
) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk_expression(expression, visit);
        }
    }
}

fn walk_expression<'a>(
    expression: &Expression<&'a str>,
    visit: &mut impl FnMut(&InlineExpression<&'a str>),
) {
    match expression {
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            walk_expression(expression, visit);
        }
        Expression::Inline(inline) => visit(inline),
        Expression::Select { selector, variants } => {
            visit(selector);
            for variant in variants {
                walk(&variant.value, visit);
            }
        }
    }
}

fn messages(text: &str) -> (Vec<Message<'_>>, Vec<String>) {
    let (resource, errors) = match parse_runtime(text) {
        Ok(resource) => (resource, vec![]),
        Err(found) => found,
    };
    let mut junk: Vec<String> = errors
        .iter()
        .map(|error| {
            let start = error
                .slice
                .as_ref()
                .map_or(error.pos.start, |junk| junk.start);
            let line = text[..start].matches('\n').count() + 1;
            format!("line {line} does not parse: {}", error.kind)
        })
        .collect();
    let mut messages = vec![];
    for entry in resource.body {
        match entry {
            Entry::Message(message) if message.attributes.is_empty() => {
                let key = message.id.name;
                match message.value {
                    Some(pattern) => messages.push(Message { key, pattern }),
                    None => junk.push(format!("`{key}` says nothing")),
                }
            }
            Entry::Message(message) => {
                junk.push(format!("`{}` has attributes", message.id.name));
            }
            Entry::Term(term) => junk.push(format!("`-{}` is a term", term.id.name)),
            // Of junk, its error says more.
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
    (messages, junk)
}
