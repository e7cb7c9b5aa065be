//! Whether the texts that the code asks for exist, and the other way round.

use crate::file::{File, walk};
use fluent_syntax::ast::InlineExpression;
use std::collections::BTreeSet;

/// What is wrong between a speaker's English file and its sources: texts that
/// the code says but that do not exist, arguments that a call leaves out, and
/// texts that nobody says. Empty when all is well; meant for a test.
///
/// Reads calls as they are written, `say("key", args![who, n = 3])`; a key put
/// together at run time (`format!("reason-{code}")`) counts for all that begin
/// alike.
pub fn check_uses(en: &str, sources: &[String]) -> Vec<String> {
    let file = File::en(en);
    let mut problems = Vec::new();
    for call in sources.iter().flat_map(|source| calls(source)) {
        if file.find(call.key).is_none() {
            problems.push(format!("`{}` is said but is no text", call.key));
        } else if let Some(args) = call.args {
            for name in file
                .variables(call.key)
                .iter()
                .filter(|name| !args.contains(*name))
            {
                problems.push(format!("`{}` is said without `{name}`", call.key));
            }
        }
    }
    let named = |key: &str| {
        let literal = format!("\"{key}\"");
        sources
            .iter()
            .any(|source| source.contains(&literal) || is_composed(source, key))
    };
    let unsaid = file
        .keys()
        .filter(|key| !named(key) && !is_referred_to(&file, key));
    problems.extend(unsaid.map(|key| format!("`{key}` is never said")));
    problems
}

/// Whether another text of the speaker's says this one.
fn is_referred_to(file: &File<'_>, key: &str) -> bool {
    let mut referred = false;
    for message in file.messages() {
        walk(&message.pattern, &mut |inline| {
            if let InlineExpression::MessageReference { id, .. } = inline {
                referred |= id.name == key;
            }
        });
    }
    referred
}

/// A call that names its text.
struct Call<'s> {
    key: &'s str,
    /// The arguments' names; none where they are not written in the call.
    args: Option<BTreeSet<&'s str>>,
}

fn calls(source: &str) -> Vec<Call<'_>> {
    let mut calls = Vec::new();
    for method in [".say(", ".mrkdwn(", ".parts("] {
        for (at, _) in source.match_indices(method) {
            let rest = source[at + method.len()..].trim_start();
            let Some((key, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'))
            else {
                continue;
            };
            let rest = rest.trim_start_matches([',', ' ', '\n']);
            let args = match rest.strip_prefix("args![") {
                Some(list) => Some(names(list)),
                None => rest.starts_with("&[]").then(BTreeSet::new),
            };
            calls.push(Call { key, args });
        }
    }
    calls
}

/// The names of `args![…]`, up to its closing bracket.
fn names(list: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let (mut depth, mut quoted, mut start) = (0_u32, false, 0);
    for (at, c) in list.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ',' | ']' if !quoted && depth == 0 => {
                let argument = list[start..at].trim();
                names.insert(argument.split([' ', '=']).next().unwrap_or(argument));
                start = at + 1;
                if c == ']' {
                    break;
                }
            }
            ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    names
}

/// Whether a literal such as `"reason-{code}"`, or `"reason"` with something
/// put behind it, may stand for the key.
fn is_composed(source: &str, key: &str) -> bool {
    key.match_indices('-').any(|(at, _)| {
        let start = &key[..at];
        source.contains(&format!("\"{start}-{{")) || source.contains(&format!("\"{start}\""))
    })
}

#[cfg(test)]
mod tests {
    use super::check_uses;

    const EN: &str = "\
a = { $x } { $y } { c }
b-one = b
c = c
d = d
";

    fn problems(source: &str) -> Vec<String> {
        check_uses(EN, &[source.to_owned()])
    }

    #[test]
    fn what_fits_is_no_problem() {
        let source =
            r#"t.say("a", args![x = f(g, [1, 2]), y]); t.parts(&format!("b-{n}"), &[]); ("d", 1)"#;
        assert_eq!(problems(source), Vec::<String>::new());
    }

    #[test]
    fn every_kind_of_mistake_is_found() {
        let source = "t.say(\n    \"a\",\n    args![x = \"y, z\"],\n); t.mrkdwn(\"e\", &[])";
        assert_eq!(
            problems(source),
            [
                "`a` is said without `y`",
                "`e` is said but is no text",
                "`b-one` is never said",
                "`d` is never said"
            ]
        );
    }
}
