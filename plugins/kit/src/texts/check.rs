//! What a speaker's tests ask of its two files.

use super::eval::parse;
use super::shared;
use super::source::Source;
use crate::Locale;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use std::collections::BTreeSet;

/// What is wrong with a speaker's English and Japanese file: texts that do not
/// parse, are there twice or in one language only, use other variables in one
/// than in the other, refer to texts that do not exist, or use what
/// [`Texts`](super::Texts) does not offer. Empty when all is well; meant for a test.
pub fn check(en: &'static str, ja: &'static str) -> Vec<String> {
    let mut problems = Vec::new();
    let en_file = File::new(Locale::En, en);
    let ja_file = File::new(Locale::Ja, ja);
    en_file.check(&mut problems);
    ja_file.check(&mut problems);

    let keys = |file: &File| file.keys().collect::<BTreeSet<_>>();
    for key in keys(&en_file).symmetric_difference(&keys(&ja_file)) {
        problems.push(format!("`{key}` is in one language only"));
    }
    for key in keys(&en_file).intersection(&keys(&ja_file)) {
        let (en, ja) = (en_file.variables(key), ja_file.variables(key));
        if en != ja {
            problems.push(format!(
                "`{key}` uses {en:?} in English and {ja:?} in Japanese"
            ));
        }
    }
    problems
}

/// A speaker's file in one language.
pub(super) struct File {
    locale: Locale,
    own: Source,
}

impl File {
    pub(super) fn new(locale: Locale, file: &'static str) -> Self {
        Self {
            locale,
            own: Source::new(file),
        }
    }

    /// The keys of the speaker's own texts.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.own.keys()
    }

    /// Whether there is such a text, of the speaker's own or shared.
    pub(super) fn has(&self, key: &str) -> bool {
        self.pattern(key).is_some()
    }

    /// Whether another text of the speaker's says this one.
    pub(super) fn is_referred_to(&self, key: &str) -> bool {
        let mut referred = false;
        for pattern in self.keys().filter_map(|other| self.pattern(other)) {
            walk(&pattern, &mut |inline| {
                if let InlineExpression::MessageReference { id, .. } = inline {
                    referred |= id.name == key;
                }
            });
        }
        referred
    }

    fn check(&self, problems: &mut Vec<String>) {
        let mut seen = BTreeSet::new();
        for key in self.own.keys() {
            let mut say =
                |what: &str| problems.push(format!("{}: `{key}` {what}", self.locale.tag()));
            if !seen.insert(key) {
                say("is there twice");
            }
            match self.own.find(key).ok_or_else(String::new).and_then(parse) {
                Err(error) => say(&format!("does not parse: {error}")),
                Ok(pattern) => walk(&pattern, &mut |inline| match inline {
                    InlineExpression::MessageReference {
                        id,
                        attribute: None,
                    } => {
                        if !self.has(id.name) {
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
                }),
            }
        }
    }

    fn pattern(&self, key: &str) -> Option<Pattern<&'static str>> {
        let lines = self
            .own
            .find(key)
            .or_else(|| Source::new(shared(self.locale)).find(key))?;
        parse(lines).ok()
    }

    /// The variables of a text and of those it refers to.
    pub(super) fn variables(&self, key: &str) -> BTreeSet<&'static str> {
        let mut names = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut ahead = vec![key.to_owned()];
        while let Some(key) = ahead.pop() {
            if !seen.insert(key.clone()) {
                continue;
            }
            let Some(pattern) = self.pattern(&key) else {
                continue;
            };
            walk(&pattern, &mut |inline| {
                if let InlineExpression::VariableReference { id } = inline {
                    names.insert(id.name);
                } else if let InlineExpression::MessageReference { id, .. } = inline {
                    ahead.push(id.name.to_owned());
                }
            });
        }
        names
    }
}

/// Shows `visit` every inline expression, the selectors' and variants' too.
fn walk(pattern: &Pattern<&'static str>, visit: &mut impl FnMut(&InlineExpression<&'static str>)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk_expression(expression, visit);
        }
    }
}

fn walk_expression(
    expression: &Expression<&'static str>,
    visit: &mut impl FnMut(&InlineExpression<&'static str>),
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

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_shared_texts_are_sound() {
        let problems = check(
            super::shared(crate::Locale::En),
            super::shared(crate::Locale::Ja),
        );
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn every_kind_of_mistake_is_found() {
        let en = "a = { $x }\nb = { nowhere }\nc = { -term }\nd = {\ne = one\ne = two\n";
        let ja = "a = { $y }\nb = b\nc = c\nd = d\n";
        let problems = check(en, ja).join("\n");
        for part in [
            "`a` uses {\"x\"}",
            "`b` refers to `nowhere`",
            "`c` uses a term",
            "`d` does not parse",
            "`e` is there twice",
            "`e` is in one language only",
        ] {
            assert!(problems.contains(part), "{part} in:\n{problems}");
        }
    }
}
