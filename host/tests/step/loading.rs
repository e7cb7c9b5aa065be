//! What is no step of this contract is refused when it is loaded, with the name of what is wrong:
//! faults 16, 18 and 44.

use std::{collections::BTreeSet, sync::Arc};

use iris::{
    registry::Registry,
    step::{Cache, Engine, Grants, Limits, LoadError, Permission, Settings, Source, Step, Steps},
    team::{Allow, Locale, Origin},
};
use serde_json::json;

use crate::stage::{Stage, cache, descriptor, guest};

fn engine() -> Arc<Engine> {
    Engine::new(Limits::default()).unwrap()
}

async fn refused(source: Source) -> LoadError {
    match Step::load(&engine(), &cache(), source).await {
        Ok(_) => panic!("it was taken"),
        Err(error) => error,
    }
}

/// The guest, with a name in it changed for one of the same length.
fn changed(from: &str, to: &str) -> Source {
    assert_eq!(from.len(), to.len());
    let mut bytes = guest().bytes.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .windows(from.len())
        .position(|w| w == from.as_bytes())
    {
        bytes[at + found..][..to.len()].copy_from_slice(to.as_bytes());
        at += found + to.len();
    }
    Source {
        bytes: bytes.into(),
        ..guest()
    }
}

#[tokio::test]
async fn a_step_describes_itself_in_each_language() {
    let stage = Stage::new().await;
    let english = stage.step.descriptor(Locale::En);
    assert_eq!(english.sentence, "Does as told");
    assert_eq!(english.capabilities, BTreeSet::from(Permission::ALL));
    assert_eq!(
        stage.step.descriptor(Locale::Ja).sentence,
        "言われたことをする"
    );
    assert_eq!(stage.step.digest().len(), 64);
}

/// Fault 18.
#[tokio::test]
async fn row_18_what_is_no_component_is_refused() {
    let module = b"\0asm\x01\0\0\0".to_vec();
    let half = guest().bytes[..100_000].to_vec();
    for bytes in [
        vec![],
        b"#!/bin/sh".to_vec(),
        module,
        half,
        b"(component)".to_vec(),
    ] {
        let error = refused(Source {
            bytes: bytes.into(),
            ..guest()
        })
        .await;
        assert!(matches!(error, LoadError::NotComponent(_)), "{error}");
    }
    let empty = b"\0asm\x0d\0\x01\0".to_vec();
    let error = refused(Source {
        bytes: empty.into(),
        ..guest()
    })
    .await;
    assert!(matches!(error, LoadError::Handler(_)), "{error}");
}

/// Fault 44: what a small file would unfold into is bounded before it is.
#[tokio::test]
async fn row_44_a_small_file_that_would_take_much_is_refused() {
    let instances = "(core instance (instantiate $m))".repeat(300);
    for (bomb, why) in [
        ("(core module (memory 65536))".to_owned(), "memory"),
        (
            "(core module (table 1000000000 funcref))".to_owned(),
            "table",
        ),
        (
            format!("(core module $m (memory 1)) {instances}"),
            "instances",
        ),
        (
            "(core module (func (local i64) unreachable) (memory 1) (memory 1) (memory 1))"
                .replace("(local i64)", &"(local i64)".repeat(60_000)),
            "locals",
        ),
    ] {
        let bytes = wat::parse_str(format!("(component {bomb})")).unwrap();
        assert!(bytes.len() < 200_000, "{why}: {} bytes", bytes.len());
        let error = refused(Source {
            bytes: bytes.into(),
            ..guest()
        })
        .await;
        assert!(error.to_string().contains(why), "{error}");
    }
}

/// Fault 16.
#[tokio::test]
async fn row_16_another_contract_is_refused_by_name() {
    let later = refused(changed("iris:step/facts@0.1.0", "iris:step/facts@0.2.0")).await;
    let LoadError::Version { theirs } = later else {
        panic!("{later}")
    };
    assert_eq!(theirs, "0.2.0");
    let unknown = refused(changed("iris:step/timers@0.1.0", "iris:step/oracle@0.1.0")).await;
    assert!(
        unknown.to_string().contains("iris:step/oracle@0.1.0"),
        "{unknown}"
    );
    let function = refused(changed("find-person", "fond-person")).await;
    assert!(function.to_string().contains("fond-person"), "{function}");
}

#[tokio::test]
async fn a_step_says_its_name_and_fits() {
    let source = Source {
        name: "some-file".to_owned(),
        ..guest()
    };
    let step = Step::load(&engine(), &cache(), source).await.unwrap();
    assert_eq!(step.name().as_str(), "guest");
    let limits = Limits {
        file: 1_000,
        ..Limits::default()
    };
    let engine = Engine::new(limits).unwrap();
    let large = Step::load(&engine, &cache(), guest()).await.err().unwrap();
    assert!(matches!(large, LoadError::TooLarge { .. }), "{large}");
}

/// Fault 16.
#[test]
fn row_16_asking_for_more_than_allowed_names_what_is_missing() {
    let allow = Allow {
        wishes: ["messages".to_owned(), "room".to_owned()].into(),
        http: ["api.statuspage.example".to_owned()].into(),
        ..Allow::default()
    };
    let ungranted = Grants::of(&descriptor(), &allow, false).unwrap_err();
    assert_eq!(
        ungranted.to_string(),
        "the step `guest` asks for what its line does not allow: `incident` (add it to \
         `allow.wishes`), `forms` (add it to `allow.wishes`), `timers` (add it to `allow.wishes`), \
         `users.info` (add it to `allow.slack`)"
    );
    // One whose address is a setting is given the hosts that the line names.
    let mut roaming = descriptor();
    roaming.http_hosts = ["*".to_owned()].into();
    let allow = Allow {
        wishes: roaming
            .capabilities
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect(),
        slack: roaming.slack_methods.clone(),
        ..allow
    };
    let grants = Grants::of(&roaming, &allow, false).unwrap();
    assert_eq!(grants.may_reach("api.statuspage.example"), Ok(()));
    assert_eq!(
        grants.may_reach("evil.example").unwrap_err().code,
        "allow.http"
    );
    let allow = Allow {
        http: [].into(),
        ..allow
    };
    assert_eq!(
        Grants::of(&roaming, &allow, false).unwrap_err().to_string(),
        "the step `guest` asks for what its line does not allow: a host of your choice (add one to \
         `allow.http`)"
    );

    let standard = Grants::of(&descriptor(), &Allow::default(), true).unwrap();
    assert_eq!(standard.may(Permission::Forms), Ok(()));
    assert_eq!(
        standard.may_use("STATUSPAGE_TOKEN").unwrap_err().code,
        "allow.secrets"
    );
}

#[tokio::test]
async fn settings_are_checked_and_completed() {
    let stage = Stage::new().await;
    let settings: &Settings = stage.step.settings();
    let full = settings.check(&json!({ "acts": [] })).unwrap();
    assert_eq!(&*full, r#"{"acts":[],"tone":"calm"}"#);
    let wrong = settings.check(&json!({ "acts": 1 })).unwrap_err();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].path, "/acts");
}

/// Faults 18 and 44: a file that is wrong changes nothing.
#[tokio::test]
async fn row_18_44_a_file_in_the_folder_is_taken_when_it_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let registry = Registry::new("none".into(), 0);
    let steps = Steps::start(engine(), cache(), registry, folder.path().to_owned())
        .await
        .unwrap();
    assert!(steps.get("war-room").is_some_and(|step| step.standard()));
    let names = BTreeSet::from(["guest", "war-room"].map(Origin::file));
    let problems = steps.refresh(&names).await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].step, Origin::file("guest"));

    let file = folder.path().join("guest.wasm");
    std::fs::write(&file, &*guest().bytes).unwrap();
    assert!(steps.refresh(&names).await.is_empty());
    let first = steps.get("guest").unwrap();
    assert!(!first.standard());

    std::fs::write(&file, &guest().bytes[..5_000]).unwrap();
    assert_eq!(steps.refresh(&names).await.len(), 1);
    assert!(Arc::ptr_eq(&steps.get("guest").unwrap(), &first));

    let outside = BTreeSet::from([Origin::file("../guest")]);
    assert_eq!(
        steps.refresh(&outside).await[0].to_string(),
        "the step `../guest`: its name is not 1 to 32 of `a-z 0-9 -`"
    );
}

#[tokio::test]
async fn without_a_folder_nothing_is_kept() {
    let step = Step::load(&engine(), &Cache::default(), guest())
        .await
        .unwrap();
    assert_eq!(step.name().as_str(), "guest");
}
