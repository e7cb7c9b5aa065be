//! People's words in exported Markdown files.

/// A person's words so that Markdown shows them as typed. `http(s)://` words
/// are left as they are; lines stay lines.
pub fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    for (n, line) in words.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        escape_line(line.trim_end(), &mut out);
    }
    out
}

fn escape_line(line: &str, out: &mut String) {
    let text = line.trim_start();
    out.push_str(&line[..line.len() - text.len()]);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text;
    if text.starts_with(['-', '+']) {
        out.push('\\');
    } else if digits > 0 && text[digits..].starts_with('.') {
        // Before a digit a backslash would be shown, before the dot it makes no list.
        out.push_str(&text[..digits]);
        out.push('\\');
        rest = &text[digits..];
    }
    for piece in rest.split_inclusive(char::is_whitespace) {
        if piece.starts_with("https://") || piece.starts_with("http://") {
            out.push_str(piece);
            continue;
        }
        for c in piece.chars() {
            if "\\`*_{}[]<>#|~".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn words_are_shown_as_typed() {
        for (typed, written) in [
            (
                "Two are from *big* customers.",
                r"Two are from \*big\* customers.",
            ),
            ("- [x] <b>", r"\- \[x\] \<b\>"),
            ("+1\n> no", "\\+1\n\\> no"),
            ("1. first\n2.5 s", "1\\. first\n2\\.5 s"),
            (
                "see https://a.example/x_y#z ok_",
                r"see https://a.example/x_y#z ok\_",
            ),
            ("決済 ", "決済"),
        ] {
            assert_eq!(escape(typed), written);
        }
    }
}
