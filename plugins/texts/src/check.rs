//! What is wrong with a speaker's two files.

use crate::file::{File, walk};
use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use std::collections::BTreeSet;

/// What is wrong with a speaker's English and Japanese file: texts that do not
/// parse, are there twice or in one language only, use other variables in one
/// than in the other, refer to texts that do not exist, or use what is not
/// offered. Empty when all is well.
pub fn check(en: &str, ja: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let (en, ja) = (File::en(en), File::ja(ja));
    in_one_language("en", &en, &mut problems);
    in_one_language("ja", &ja, &mut problems);

    let keys = |file: &File<'_>| -> BTreeSet<String> { file.keys().map(str::to_owned).collect() };
    for key in keys(&en).symmetric_difference(&keys(&ja)) {
        problems.push(format!("`{key}` is in one language only"));
    }
    for key in keys(&en).intersection(&keys(&ja)) {
        let (en, ja) = (en.variables(key), ja.variables(key));
        if en != ja {
            problems.push(format!(
                "`{key}` uses {en:?} in English and {ja:?} in Japanese"
            ));
        }
    }
    problems
}

fn in_one_language(language: &str, file: &File<'_>, problems: &mut Vec<String>) {
    problems.extend(file.junk.iter().map(|what| format!("{language}: {what}")));
    let mut seen = BTreeSet::new();
    for message in file.messages() {
        let mut say = |what: &str| problems.push(format!("{language}: `{}` {what}", message.key));
        if !seen.insert(message.key) {
            say("is there twice");
        }
        if !are_offered(&message.pattern) {
            say("selects by something else than a variable, a word or a number");
        }
        walk(&message.pattern, &mut |inline| match inline {
            InlineExpression::MessageReference {
                id,
                attribute: None,
            } => {
                if file.find(id.name).is_none() {
                    say(&format!("refers to `{}`, which is not there", id.name));
                }
            }
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::VariableReference { .. }
            | InlineExpression::Placeable { .. } => {}
            InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. }
            | InlineExpression::FunctionReference { .. } => {
                say("uses a term, an attribute or a function");
            }
        });
        if refers_to_itself(file, message.key) {
            say("refers to itself");
        }
    }
}

/// Whether all selectors in it are of the kinds that are offered.
fn are_offered(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { .. } => true,
        PatternElement::Placeable { expression } => is_offered(expression),
    })
}

fn is_offered(expression: &Expression<&str>) -> bool {
    let variant = |variant: &Variant<&str>| {
        are_offered(&variant.value)
            && match variant.key {
                VariantKey::Identifier { .. } => true,
                VariantKey::NumberLiteral { value } => value.parse::<u64>().is_ok(),
            }
    };
    match expression {
        Expression::Inline(InlineExpression::Placeable { expression }) => is_offered(expression),
        Expression::Inline(_) => true,
        Expression::Select { selector, variants } => {
            let by_variable = matches!(selector, InlineExpression::VariableReference { .. });
            by_variable && variants.iter().all(variant)
        }
    }
}

/// By itself or by way of others: it would never end.
fn refers_to_itself(file: &File<'_>, key: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut ahead = vec![key];
    while let Some(at) = ahead.pop() {
        let Some(pattern) = file.find(at) else {
            continue;
        };
        let mut again = false;
        walk(pattern, &mut |inline| {
            if let InlineExpression::MessageReference { id, .. } = inline {
                again |= id.name == key;
                if seen.insert(id.name) {
                    ahead.push(id.name);
                }
            }
        });
        if again {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn every_kind_of_mistake_is_found() {
        let en = "a = { $x }\nb = { nowhere }\nc = { -term }\ne = one\ne = two\n\
            f = { $n ->\n    [1.5] x\n   *[other] y\n}\ng = { h }\nh = { g }\n-term = t\nd = {\n";
        let ja = "a = { $y }\nb = b\nc = c\nd = d\nf = f\ng = g\nh = h\n";
        let problems = check(en, ja).join("\n");
        for part in [
            "`a` uses {\"x\"}",
            "`b` refers to `nowhere`",
            "`c` uses a term",
            "line 13 does not parse",
            "`e` is there twice",
            "`e` is in one language only",
            "`f` selects by something else",
            "`g` refers to itself",
            "`-term` is a term",
        ] {
            assert!(problems.contains(part), "{part} in:\n{problems}");
        }
    }

    #[test]
    fn shared_texts_may_be_referred_to() {
        assert_eq!(check("a = { sev-unknown }", "a = { sev-unknown }"), [""; 0]);
    }
}
