//! A speaker's files as Rust: tables of the kit's `texts::table`.

use crate::check::check;
use crate::file::File;
use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::unicode::unescape_unicode_to_string;
use std::fmt::Write;

/// An expression of the type `Speaker`, or what is wrong with the files.
pub fn code(en: &str, ja: &str) -> Result<String, Vec<String>> {
    let problems = check(en, ja);
    if problems.is_empty() {
        let (en, ja) = (table(&File::en(en)), table(&File::ja(ja)));
        Ok(format!("Speaker {{ en: &[{en}], ja: &[{ja}] }}"))
    } else {
        Err(problems)
    }
}

/// Sorted by key, as they are looked up.
fn table(file: &File<'_>) -> String {
    let mut messages: Vec<_> = file.messages().collect();
    messages.sort_by_key(|message| message.key);
    let row = |key: &str, pieces: &str| format!("Message {{ key: {key:?}, pieces: &[{pieces}] }}");
    let rows = messages.iter().map(|m| row(m.key, &pieces(&m.pattern)));
    rows.collect::<Vec<_>>().join(", ")
}

fn pieces(pattern: &Pattern<&str>) -> String {
    let mut code = Code::default();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => code.words.push_str(value),
            PatternElement::Placeable { expression } => code.expression(expression),
        }
    }
    code.end_words();
    code.rust
}

#[derive(Default)]
struct Code {
    rust: String,
    /// Words that stand beside each other become one piece.
    words: String,
}

impl Code {
    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select {
                selector: InlineExpression::VariableReference { id },
                variants,
            } => self.choose(id.name, variants),
            Expression::Select { .. } => unreachable!("`check` refuses it"),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { value } => {
                self.words.push_str(&unescape_unicode_to_string(value));
            }
            InlineExpression::NumberLiteral { value } => self.words.push_str(value),
            InlineExpression::VariableReference { id } => self.piece("Arg", id.name),
            InlineExpression::MessageReference { id, .. } => self.piece("Say", id.name),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::TermReference { .. } | InlineExpression::FunctionReference { .. } => {
                unreachable!("`check` refuses it")
            }
        }
    }

    fn choose(&mut self, by: &str, variants: &[Variant<&str>]) {
        self.end_words();
        let (otherwise, others): (Vec<_>, Vec<_>) = variants.iter().partition(|v| v.default);
        let variant = |variant: &&Variant<&str>| {
            let when = match variant.key {
                VariantKey::Identifier { name } => format!("When::Word({name:?})"),
                VariantKey::NumberLiteral { value } => format!("When::Number({value})"),
            };
            format!("({when}, &[{}])", pieces(&variant.value))
        };
        let variants = others.iter().map(variant).collect::<Vec<_>>().join(", ");
        let otherwise = otherwise
            .first()
            .map_or_else(String::new, |v| pieces(&v.value));
        let _ = write!(
            self.rust,
            "Piece::Choose {{ by: {by:?}, variants: &[{variants}], otherwise: &[{otherwise}] }}, "
        );
    }

    fn piece(&mut self, kind: &str, name: &str) {
        self.end_words();
        let _ = write!(self.rust, "Piece::{kind}({name:?}), ");
    }

    fn end_words(&mut self) {
        if !self.words.is_empty() {
            let _ = write!(self.rust, "Piece::Words({:?}), ", self.words);
            self.words.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn files_become_tables() {
        let en = "b = x { $n }{\" \"}y\na = { $n ->\n    [1] { b }\n   *[other] z\n}\n";
        let ja = "a = { $n }\nb = { $n }\n";
        assert_eq!(
            code(en, ja).unwrap(),
            "Speaker { en: &[\
                Message { key: \"a\", pieces: &[Piece::Choose { by: \"n\", \
                    variants: &[(When::Number(1), &[Piece::Say(\"b\"), ])], \
                    otherwise: &[Piece::Words(\"z\"), ] }, ] }, \
                Message { key: \"b\", pieces: &[Piece::Words(\"x \"), Piece::Arg(\"n\"), \
                    Piece::Words(\" y\"), ] }], \
             ja: &[\
                Message { key: \"a\", pieces: &[Piece::Arg(\"n\"), ] }, \
                Message { key: \"b\", pieces: &[Piece::Arg(\"n\"), ] }] }"
        );
        assert!(code("a = a", "").is_err());
    }
}
