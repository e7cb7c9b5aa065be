//! `compiled!`: a speaker's two Fluent files, read while the speaker is compiled.
//!
//! Called by `speaker!` of the kit, which names the kit to it.

use proc_macro::{TokenStream, TokenTree};
use std::path::Path;

/// `compiled!(kit "folder")`: the `Speaker` in `folder/en.ftl` and `folder/ja.ftl`,
/// below the folder of the crate's manifest.
#[proc_macro]
pub fn compiled(input: TokenStream) -> TokenStream {
    let mut input = input.into_iter();
    let kit = input.next();
    let folder = input.next().map(|folder| folder.to_string());
    let (Some(kit), Some(folder)) = (kit, folder) else {
        return refused("a folder is wanted");
    };
    match speaker(folder.trim_matches('"')) {
        Ok(speaker) => within(kit, &speaker),
        Err(problem) => refused(&problem),
    }
}

/// The expression that makes the speaker, or what to tell whoever compiles it.
fn speaker(folder: &str) -> Result<String, String> {
    let folder = Path::new(&manifest_dir()?).join(folder);
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))
    };
    let (en, ja) = (read("en.ftl")?, read("ja.ftl")?);
    let code = iris_texts::code(&en, &ja).map_err(|problems| {
        format!(
            "the texts in {}:\n{}",
            folder.display(),
            problems.join("\n")
        )
    })?;
    // So that the compiler looks again when a file has changed.
    let watch = |name: &str| {
        let file = folder.join(name).display().to_string();
        format!("const _: &str = include_str!({file:?});")
    };
    Ok(format!("{} {} {code}", watch("en.ftl"), watch("ja.ftl")))
}

#[expect(
    clippy::disallowed_methods,
    reason = "how cargo tells a macro where it is used"
)]
fn manifest_dir() -> Result<String, String> {
    std::env::var("CARGO_MANIFEST_DIR").map_err(|_| "cargo is wanted".to_owned())
}

/// `{ use kit::texts::table::*; code }`, where the kit goes by the name that the caller knows.
fn within(kit: TokenTree, code: &str) -> TokenStream {
    let parse = |code: &str| code.parse::<TokenStream>().expect("it is Rust");
    let mut inside = parse("use");
    inside.extend([kit]);
    inside.extend(parse("::texts::table::{Message, Piece, Speaker, When};"));
    inside.extend(parse(code));
    let block = proc_macro::Group::new(proc_macro::Delimiter::Brace, inside);
    TokenTree::Group(block).into()
}

fn refused(problem: &str) -> TokenStream {
    format!("compile_error!({problem:?})")
        .parse()
        .expect("it is Rust")
}
