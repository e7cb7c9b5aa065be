//! Every speaker's texts: sound in both languages, said by its code, and all of them said.

use iris_texts::{check, check_uses};
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// Where the English texts stand, and the code that says them.
fn speakers() -> Vec<(PathBuf, PathBuf)> {
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let host = plugins.join("../host/src");
    let story = plugins.join("kit/src/story");
    let mut speakers = vec![
        (host.join("words/en.ftl"), host),
        (story.join("texts/en.ftl"), story),
    ];
    for plugin in inside(&plugins) {
        speakers.push((plugin.join("texts/en.ftl"), plugin.join("src")));
    }
    // The kit's own texts are said by whoever speaks.
    speakers.retain(|(texts, _)| texts.exists() && !texts.ends_with("kit/texts/en.ftl"));
    speakers
}

fn inside(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = read_dir(folder).expect("a folder of the repository");
    entries.map(|entry| entry.expect("an entry of it").path())
}

fn read(path: &Path) -> String {
    read_to_string(path).expect("a file of the repository")
}

fn sources(folder: &Path, all: &mut Vec<String>) {
    for path in inside(folder) {
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            // A file's own tests may say what does not exist.
            let source = read(&path);
            all.extend(source.split("#[cfg(test)]").next().map(str::to_owned));
        }
    }
}

#[test]
fn every_text_is_sound_and_said() {
    let mut problems = Vec::new();
    for (en, code) in speakers() {
        let (en_text, ja_text) = (read(&en), read(&en.with_file_name("ja.ftl")));
        let mut said = Vec::new();
        sources(&code, &mut said);
        for problem in [check(&en_text, &ja_text), check_uses(&en_text, &said)].concat() {
            problems.push(format!("{}: {problem}", en.display()));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
