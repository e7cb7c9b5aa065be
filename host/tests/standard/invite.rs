//! Who is called, who came, who could not be called.

use iris::{
    event::{Declared, What},
    incident::{Change, Declaration},
};

use crate::world::{AYA, KEN, World, YUI, play};

impl World {
    async fn declared(&mut self) {
        let what = What::Declared(Declared { answers: [].into() });
        self.tell("Aya declares", Some(AYA), what).await;
    }

    async fn room_opens(&mut self) {
        self.room();
        let what = What::RoomOpened {
            channel: "C0ROOM".into(),
            name: "inc-20261201-payments".to_owned(),
        };
        self.tell("the room stands", None, what).await;
    }

    async fn severity(&mut self, severity: Option<&str>) {
        let change = Change::Severity {
            severity: severity.map(str::to_owned),
            why: String::new(),
        };
        self.change(KEN, change).await;
    }
}

fn incident(product: Option<&str>, severity: Option<&str>) -> Declaration {
    Declaration {
        title: "Checkout fails".to_owned(),
        product: product.map(str::to_owned),
        severity: severity.map(str::to_owned),
        origin: Some("C0OPS".into()),
        ..Declaration::default()
    }
}

#[tokio::test]
async fn called_and_came() {
    play("invite", "called-and-came", async |world| {
        world.declared().await;
        world.room_opens().await;
        world
            .invited(
                &[AYA, KEN],
                &[
                    (YUI, "cannot_invite"),
                    ("lead@acme.example", "users_not_found"),
                ],
            )
            .await;
        world.joins(YUI).await;
        world.joins(KEN).await;
    })
    .await;
}

#[tokio::test]
async fn all_failed() {
    play("invite", "all-failed", async |world| {
        world.declared().await;
        let codes = [
            ("@payments-oncall", "empty-group"),
            ("U0CTO", "deactivated"),
            ("lead@acme.example", "users_not_found"),
            ("S0OLD", "not-found"),
            ("U0GUEST", "ura_max_channels"),
            ("U0X", "some_code_of_tomorrow"),
        ];
        world.invited(&[], &codes).await;
        world.joins("U0CTO").await;
    })
    .await;
}

#[tokio::test]
async fn the_last_missing_comes() {
    play("invite", "the-last-missing-comes", async |world| {
        world.declared().await;
        world.invited(&[], &[(YUI, "cannot_invite")]).await;
        world.joins(YUI).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_listed() {
    play("invite", "nobody-is-listed", async |world| {
        for (product, severity) in [
            (Some("search"), Some("sev1")),
            (Some("search"), None),
            (None, None),
        ] {
            world.declare(incident(product, severity)).await;
            world.declared().await;
            world.room_opens().await;
        }
        // The declarer's own wish counts.
        let also = vec![YUI.into()];
        let known = incident(Some("search"), Some("sev1"));
        world.declare(Declaration { also, ..known }).await;
        world.declared().await;
        world.room_opens().await;
        world.invited(&[YUI], &[]).await;
    })
    .await;
}

#[tokio::test]
async fn severity_raised_and_lowered() {
    play("invite", "severity-raised-and-lowered", async |world| {
        world
            .declare(incident(Some("payments"), Some("sev2")))
            .await;
        world.declared().await;
        world.invited(&[KEN], &[]).await;
        world.severity(Some("sev1")).await;
        world.invited(&[KEN, YUI], &[]).await;
        for severity in [Some("sev2"), Some("sev1"), None] {
            world.severity(severity).await;
        }
    })
    .await;
}

#[tokio::test]
async fn severity_unknown_at_first() {
    play("invite", "severity-unknown-at-first", async |world| {
        world.declare(incident(Some("payments"), None)).await;
        world.declared().await;
        world.invited(&[KEN], &[]).await;
        world.severity(Some("sev2")).await;
    })
    .await;
}

#[tokio::test]
async fn without_product() {
    play("invite", "without-product", async |world| {
        let also = vec![YUI.into()];
        let known = incident(None, Some("sev2"));
        world.declare(Declaration { also, ..known }).await;
        world.declared().await;
        world.invited(&[YUI], &[]).await;
    })
    .await;
}

#[tokio::test]
async fn drill() {
    play("invite", "drill", async |world| {
        let known = incident(Some("payments"), Some("sev1"));
        world
            .declare(Declaration {
                drill: true,
                ..known
            })
            .await;
        world.declared().await;
        world
            .invited(&[KEN], &[("@payments-oncall", "empty-group")])
            .await;
    })
    .await;
}

#[tokio::test]
async fn very_many() {
    play("invite", "very-many", async |world| {
        world.declared().await;
        let people: Vec<String> = (1..=33).map(|n| format!("U0P{n}")).collect();
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        let missing: Vec<String> = (1..=12).map(|n| format!("U0M{n}")).collect();
        let missing: Vec<_> = missing
            .iter()
            .map(|who| (who.as_str(), "not-found"))
            .collect();
        world.invited(&people, &missing).await;
    })
    .await;
}
