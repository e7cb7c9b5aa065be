//! Says one message: Fluent's syntax tree, evaluated.
//!
//! Fluent's own bundle would make every step a hundred kilobytes larger, parse
//! the whole file in each fresh instance, and cannot split a sentence at a
//! mention. What Iris's texts use of it is this page.

use super::sink::Sink;
use super::{Arg, Texts};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser::parse_runtime;
use fluent_syntax::unicode::unescape_unicode_to_string;

/// How deep messages may refer to each other.
const DEPTH: u8 = 8;

/// One message about to be said.
pub(super) struct Sentence<'a> {
    pub(super) texts: &'a Texts,
    pub(super) args: &'a [(&'a str, Arg<'a>)],
}

impl Sentence<'_> {
    pub(super) fn write(&self, key: &str, sink: &mut impl Sink) -> Result<(), String> {
        self.message(key, sink, DEPTH)
    }

    fn message(&self, key: &str, sink: &mut impl Sink, depth: u8) -> Result<(), String> {
        let depth = depth.checked_sub(1).ok_or("refers to itself")?;
        let lines = self.texts.find(key).ok_or("there is no such text")?;
        self.pattern(&parse(lines)?, sink, depth)
    }

    fn pattern(
        &self,
        pattern: &Pattern<&str>,
        sink: &mut impl Sink,
        depth: u8,
    ) -> Result<(), String> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => sink.literal(value),
                PatternElement::Placeable { expression } => {
                    self.expression(expression, sink, depth)?;
                }
            }
        }
        Ok(())
    }

    fn expression(
        &self,
        expression: &Expression<&str>,
        sink: &mut impl Sink,
        depth: u8,
    ) -> Result<(), String> {
        match expression {
            Expression::Inline(inline) => self.inline(inline, sink, depth),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    return Err("only variables can be selected by".into());
                };
                self.pattern(&choose(self.arg(id.name)?, variants).value, sink, depth)
            }
        }
    }

    fn inline(
        &self,
        inline: &InlineExpression<&str>,
        sink: &mut impl Sink,
        depth: u8,
    ) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { value } => {
                sink.literal(&unescape_unicode_to_string(value));
                Ok(())
            }
            InlineExpression::NumberLiteral { value } => {
                sink.literal(value);
                Ok(())
            }
            InlineExpression::VariableReference { id } => {
                sink.arg(self.arg(id.name)?);
                Ok(())
            }
            InlineExpression::MessageReference {
                id,
                attribute: None,
            } => self.message(id.name, sink, depth),
            InlineExpression::Placeable { expression } => self.expression(expression, sink, depth),
            InlineExpression::MessageReference {
                attribute: Some(_), ..
            }
            | InlineExpression::TermReference { .. }
            | InlineExpression::FunctionReference { .. } => {
                Err("terms, attributes and functions are not used".into())
            }
        }
    }

    fn arg(&self, name: &str) -> Result<&Arg<'_>, String> {
        let found = self.args.iter().find(|(key, _)| *key == name);
        found
            .map(|(_, arg)| arg)
            .ok_or_else(|| format!("`{name}` is missing"))
    }
}

/// The pattern of the one message in `lines`.
pub(super) fn parse(lines: &'static str) -> Result<Pattern<&'static str>, String> {
    let body = parse_runtime(lines)
        .map_err(|(_, errors)| format!("{errors:?}"))?
        .body;
    body.into_iter()
        .find_map(|entry| match entry {
            Entry::Message(message) => message.value,
            Entry::Term(_)
            | Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => None,
        })
        .ok_or_else(|| "there is nothing to say".into())
}

/// The variant with the same number or word, else by the plural rule that both
/// languages share here (exactly one, and all else), else the default.
fn choose<'v>(arg: &Arg<'_>, variants: &'v [Variant<&'v str>]) -> &'v Variant<&'v str> {
    let matches = |variant: &&Variant<&str>| match (&variant.key, arg) {
        (VariantKey::NumberLiteral { value }, Arg::Number(n)) => value.parse() == Ok(*n),
        (VariantKey::Identifier { name }, Arg::Number(n)) => *name == "one" && *n == 1,
        (VariantKey::Identifier { name }, Arg::Text(text)) => name == text,
        (_, Arg::Text(_) | Arg::People(_) | Arg::Elements(_)) => false,
    };
    let default = |variant: &&Variant<&str>| variant.default;
    variants
        .iter()
        .find(matches)
        .or_else(|| variants.iter().find(default))
        .expect("Fluent's syntax demands a default")
}
