//! A company with many people: two hundred answer for one product, in groups and by their addresses.

use iris_tests::Team;
use slack_sim::{
    ClockSetting, Settings,
    settings::{User, UserGroup, UserKind},
};

/// The product that they answer for, as its form calls it.
pub(crate) const PRODUCT: &str = "Shop";

const GROUPS: usize = 10;
const IN_A_GROUP: usize = 18;
const ADDRESSES: usize = 20;

/// Everybody who is called.
pub(crate) const RESPONDERS: usize = GROUPS * IN_A_GROUP + ADDRESSES;

/// The company Acme, where this id tells its workspace from others.
pub(crate) fn acme(team: &str) -> Settings {
    let mut settings = Settings {
        clock: ClockSetting::Real,
        bot_token: format!("xoxb-of-{team}"),
        ..Settings::default()
    };
    team.clone_into(&mut settings.team.id);
    settings
}

/// Acme with so many more people, `@crowd0` and on.
pub(crate) fn with_people(team: &str, people: usize) -> Settings {
    let mut settings = acme(team);
    settings.people.extend((0..people).map(person));
    settings
}

/// Acme with everybody whom the product's team calls.
pub(crate) fn with_responders(team: &str) -> Settings {
    let mut settings = with_people(team, RESPONDERS);
    settings.user_groups.extend((0..GROUPS).map(group));
    settings
}

/// The team's file: the product calls ten groups, and twenty people who are in none.
pub(crate) fn file() -> String {
    let groups = (0..GROUPS)
        .map(|n| group(n).handle)
        .map(|it| format!("@{it}"));
    let addresses = (GROUPS * IN_A_GROUP..RESPONDERS).map(address);
    let called: Vec<String> = groups
        .chain(addresses)
        .map(|who| format!("{who:?}"))
        .collect();
    format!(
        "{}\n[[product]]\nid = \"shop\"\nname = \"{PRODUCT}\"\n\
         table = \"https://wiki.acme.example/shop\"\n[product.responders]\nsev1 = [{}]\n",
        Team::English.file(),
        called.join(", ")
    )
}

fn person(n: usize) -> User {
    User {
        id: id(n),
        name: format!("crowd{n}"),
        real_name: format!("Crowd {n}"),
        display_name: String::new(),
        email: Some(address(n)),
        kind: UserKind::Member,
        deleted: false,
    }
}

fn group(n: usize) -> UserGroup {
    UserGroup {
        id: format!("S0CROWD{n:02}"),
        handle: format!("crowd-oncall-{n}"),
        name: format!("Crowd on call {n}"),
        users: (n * IN_A_GROUP..(n + 1) * IN_A_GROUP).map(id).collect(),
        disabled: false,
    }
}

fn id(n: usize) -> String {
    format!("U0CROWD{n:03}")
}

fn address(n: usize) -> String {
    format!("crowd{n}@acme.example")
}
