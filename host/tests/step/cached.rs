//! Compiled steps are kept, and what is damaged is compiled again.

use std::{fs, path::Path};

use iris::step::{Cache, Engine, Limits, Step};

use crate::stage::guest;

fn only_file(folder: &Path) -> std::path::PathBuf {
    let mut files = fs::read_dir(folder).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none(), "one file, and nothing left over");
    file
}

#[tokio::test]
async fn a_damaged_file_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("compiled");
    let cache = Cache::new(Some(kept.clone()));
    let engine = Engine::new(Limits::default()).unwrap();

    Step::load(&engine, &cache, guest()).await.unwrap();
    let file = only_file(&kept);
    let whole = fs::read(&file).unwrap();

    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    for wrong in [damaged, vec![]] {
        fs::write(&file, &wrong).unwrap();
        Step::load(&engine, &cache, guest()).await.unwrap();
        assert_ne!(fs::read(only_file(&kept)).unwrap(), wrong);
    }
}
