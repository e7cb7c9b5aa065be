//! Who installed Iris.

use iris::{
    clock::Moment,
    ids::TeamId,
    seal::Sealed,
    store::{
        Facts, Granted, Granting, How, Installation, Installing, Removing, SealedTokens,
        SharedStore, StoreError, TokenState, audit::Deed,
    },
};

use crate::support::{Home, deed, team};

fn tokens(text: &str) -> SealedTokens {
    SealedTokens {
        sealed: Sealed {
            key: "k1".to_owned(),
            bytes: text.as_bytes().to_vec(),
        },
        expires: Some(Moment(9_000)),
    }
}

fn installing(team: &TeamId, at: u64) -> Installing {
    Installing {
        installation: Installation {
            team: team.clone(),
            version: 0,
            token: TokenState::Good,
            tokens: Some(tokens("first")),
            facts: Facts {
                how: How::Oauth,
                name: "Acme".to_owned(),
                app: Some("A1".to_owned()),
                org: None,
                bot_user: "U1".into(),
                bot: None,
                url: "https://acme.slack.com/".to_owned(),
                scopes: vec!["chat:write".to_owned()],
                by: Some("U2".into()),
                at: Moment(at),
            },
        },
        events: vec![],
        deeds: vec![],
    }
}

fn removing(at: u64, installed_by: u64) -> Removing {
    Removing {
        team: team(),
        at: Moment(at),
        installed_by: Moment(installed_by),
        deeds: vec![],
    }
}

pub(crate) async fn are_kept_and_told_by_their_changes(home: &impl Home) {
    let (store, other) = (home.open(), TeamId::from("T2"));
    store.install(installing(&team(), 1)).await.unwrap();
    store.install(installing(&other, 2)).await.unwrap();
    drop(store);
    let store = home.open();
    let all = store.installations(0).await.unwrap();
    assert_eq!(all.len(), 2);
    let expected = Installation {
        version: all[0].version,
        ..installing(&team(), 1).installation
    };
    assert_eq!(all[0], expected);
    let last = all[1].version;
    assert!(store.installations(last).await.unwrap().is_empty());
    store.install(installing(&team(), 3)).await.unwrap();
    let changed = store.installations(last).await.unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(
        (&changed[0].team, changed[0].facts.at),
        (&team(), Moment(3))
    );
}

pub(crate) async fn come_with_all_they_cause_or_not_at_all(home: &impl Home) {
    let store = home.open();
    let stranger = Installing {
        deeds: vec![deed(1)],
        ..installing(&"T2".into(), 1)
    };
    assert!(
        store.install(stranger).await.is_err(),
        "another team's deed"
    );
    assert!(store.installations(0).await.unwrap().is_empty());
    let own = Installing {
        deeds: vec![deed(1)],
        ..installing(&team(), 1)
    };
    store.install(own).await.unwrap();
    assert_eq!(store.audited(&team(), 0, 10).await.unwrap().len(), 1);
}

pub(crate) async fn exchange_tokens_that_still_stand(home: &impl Home) {
    let store = home.open();
    store.install(installing(&team(), 1)).await.unwrap();
    let team = team();
    let swap = |from: &str, to: &str| store.reseal(&team, tokens(from).sealed, tokens(to));
    assert!(swap("first", "second").await.unwrap());
    assert!(!swap("first", "third").await.unwrap(), "it stands no more");
    let kept = store.installation(&team).await.unwrap().unwrap();
    assert_eq!(kept.tokens, Some(tokens("second")));
}

pub(crate) async fn end_with_their_tokens_wiped(home: &impl Home) {
    let store = home.open();
    store.install(installing(&team(), 5)).await.unwrap();
    assert!(!store.remove(removing(6, 4)).await.unwrap(), "older news");
    assert!(store.remove(removing(6, 5)).await.unwrap());
    assert!(!store.remove(removing(7, 7)).await.unwrap(), "it is gone");
    let kept = store.installation(&team()).await.unwrap().unwrap();
    assert_eq!(kept.token, TokenState::Removed { at: Moment(6) });
    assert_eq!(kept.tokens, None);
    let judged = store.judge(&team(), TokenState::Good, vec![]).await;
    assert!(!judged.unwrap(), "nothing is known of what is gone");
    assert!(
        !store
            .reseal(&team(), tokens("first").sealed, tokens("x"))
            .await
            .unwrap()
    );
}

fn granted(at: u64, granted: bool) -> Granted {
    Granted {
        team: team(),
        org: "E1".into(),
        at: Moment(at),
        granted,
    }
}

async fn grant(
    store: &SharedStore,
    granted: Granted,
    deeds: Vec<Deed>,
) -> Result<bool, StoreError> {
    let granting = Granting {
        granted,
        events: vec![],
        deeds,
    };
    store.grant(granting).await
}

pub(crate) async fn believe_the_newest_of_an_organisation(home: &impl Home) {
    let store = home.open();
    let news = async |at, now| {
        grant(&store, granted(at, now), vec![deed(1)])
            .await
            .unwrap()
    };
    assert!(news(5, true).await);
    assert!(!news(4, false).await);
    assert!(news(6, false).await);
    assert_eq!(store.granted().await.unwrap(), [granted(6, false)]);
    let deeds = store.audited(&team(), 0, 10).await.unwrap();
    assert_eq!(deeds.len(), 2, "what is not believed causes nothing");
    let stranger = Granted {
        team: "T2".into(),
        ..granted(7, true)
    };
    let stranger = grant(&store, stranger, vec![deed(1)]).await;
    assert!(stranger.is_err(), "another team's deed");
}

pub(crate) async fn of_an_organisation_end_in_its_workspaces(home: &impl Home) {
    let (store, org) = (home.open(), TeamId::from("E1"));
    store.install(installing(&org, 1)).await.unwrap();
    store.install(installing(&team(), 1)).await.unwrap();
    grant(&store, granted(5, true), vec![]).await.unwrap();
    // A workspace's own end is no other's.
    assert!(store.remove(removing(6, 6)).await.unwrap());
    assert_eq!(store.granted().await.unwrap(), [granted(5, true)]);
    let end = Removing {
        team: org,
        ..removing(6, 6)
    };
    assert!(store.remove(end).await.unwrap());
    assert_eq!(store.granted().await.unwrap(), [granted(5, false)]);
}

pub(crate) async fn take_each_state_once(home: &impl Home) {
    let store = home.open();
    assert!(store.take_state("s1", Moment(10)).await.unwrap());
    assert!(!store.take_state("s1", Moment(10)).await.unwrap());
    drop(store);
    let store = home.open();
    assert!(
        !store.take_state("s1", Moment(10)).await.unwrap(),
        "also after a start"
    );
    assert!(store.take_state("s2", Moment(10)).await.unwrap());
}
