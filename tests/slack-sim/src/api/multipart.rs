//! Bodies of `multipart/form-data`: some clients send files, and even plain arguments, so.

/// A part of such a body.
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) content: &'a [u8],
}

/// The parts of a body; `None` where it is not what its content type says.
pub(super) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let (_, boundary) = content_type.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&between.as_bytes()[2..])?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let rest_of_line = rest.strip_prefix(b"\r\n")?;
        let end = find(rest_of_line, between.as_bytes())?;
        parts.push(part(&rest_of_line[..end])?);
        rest = &rest_of_line[end + between.len()..];
    }
    Some(parts)
}

fn part(part: &[u8]) -> Option<Part<'_>> {
    let head = find(part, b"\r\n\r\n")?;
    let headers = std::str::from_utf8(&part[..head]).ok()?;
    let name = headers
        .split([';', '\n'])
        .find_map(|field| field.trim().strip_prefix("name="))
        .unwrap_or_default();
    Some(Part {
        name: name.trim_matches('"').to_owned(),
        content: &part[head + 4..],
    })
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|found| found == what)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_are_told_apart() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--x\r\n\
            Content-Disposition: form-data; name=\"f\"; filename=\"f.md\"\r\n\r\ntwo\r\n\r\nlines\r\n--x--\r\n";
        let parts = parts("multipart/form-data; boundary=x", body).unwrap();
        let said: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|part| (part.name.as_str(), part.content))
            .collect();
        assert_eq!(said, [("a", &b"one"[..]), ("f", &b"two\r\n\r\nlines"[..])]);
        assert!(super::parts("multipart/form-data; boundary=x", b"--x\r\nhalf").is_none());
        assert!(super::parts("multipart/form-data", body).is_none());
    }
}
