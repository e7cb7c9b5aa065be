//! What is known. Facts stand still during a call; reading costs microseconds.

mod card;
mod menu;

pub use crate::bindings::iris::step::facts::{
    Assignment, Entry, Incident, Milestone, Person, Product, Role, Severity, Team,
};
pub use card::Card;
pub use menu::incident_menu;

use crate::Locale;
use crate::bindings::iris::step::facts;
use iris_kit::limits::{NAME, cut};
use iris_kit::rich::{one_line, user};
use iris_kit::texts::Arg;
use iris_kit::time::Wall;

/// When this event's turn came, in milliseconds since 1970.
pub fn now() -> u64 {
    facts::now()
}

/// What the clock on the team's wall shows at that moment.
pub fn wall(at: u64) -> Wall {
    let w = facts::wall(at);
    Wall {
        year: w.year,
        month: w.month,
        day: w.day,
        hour: w.hour,
        minute: w.minute,
        second: w.second,
        weekday: w.weekday,
        offset: w.offset,
    }
}

/// What the clock on the team's wall shows now.
pub fn today() -> Wall {
    wall(now())
}

/// The moment at which the team's wall shows this (`weekday` and `offset` are
/// ignored); none when it is no date.
pub fn moment(wall: &Wall) -> Option<u64> {
    let Wall {
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday,
        offset,
    } = *wall;
    facts::moment(facts::WallTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday,
        offset,
    })
}

/// The short name of the team's zone at that moment, such as `JST`.
pub fn zone(at: u64) -> String {
    facts::zone_label(at)
}

/// The team this call works for.
pub fn team() -> Team {
    facts::this_team()
}

/// What the team speaks.
pub fn locale() -> Locale {
    Locale::of(&team().locale)
}

/// Names of the steps that work on this incident, in the order of the team's
/// file: whose buttons a panel may show.
pub fn steps() -> Vec<String> {
    facts::steps()
}

/// Names of the steps that the team's file keeps out of this drill.
pub fn silent() -> Vec<String> {
    facts::silent()
}

/// The gravest first.
pub fn severities() -> Vec<Severity> {
    facts::severities()
}

/// In the order of the team's file.
pub fn roles() -> Vec<Role> {
    facts::roles()
}

/// In the order of the team's file.
pub fn products() -> Vec<Product> {
    facts::products()
}

/// Who is to be called for this product at this severity.
pub fn responders(product: &str, severity: Option<&str>) -> Vec<String> {
    facts::responders(product, severity)
}

/// Whom the declarer asked for besides.
pub fn also_called() -> Vec<String> {
    facts::also_called()
}

/// The event's incident.
pub fn incident() -> Option<Incident> {
    facts::this_incident()
}

/// The incidents that are not closed and in whose room this person is, newest
/// first.
pub fn open_incidents(user: &str) -> Vec<Incident> {
    facts::open_incidents(user)
}

/// All that happened in the incident, oldest first.
pub fn entries() -> Vec<Entry> {
    pages(|after| facts::entries(after, PAGE))
}

/// All entries of one kind, such as `note` or `status`, oldest first.
pub fn entries_of(kind: &str) -> Vec<Entry> {
    pages(|after| facts::entries_of(kind, after, PAGE))
}

/// The first entry of a kind.
pub fn first_of(kind: &str) -> Option<Entry> {
    facts::entries_of(kind, 0, 1).pop()
}

/// The most entries that come at once.
const PAGE: u32 = 1000;

fn pages(read: impl Fn(u32) -> Vec<Entry>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    loop {
        let page = read(all.last().map_or(0, |entry| entry.seq));
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// What Iris has learnt about a person; none when it has not met them.
pub fn person(id: &str) -> Option<Person> {
    facts::find_person(id)
}

/// A person's name in one line, at most 40; none when Iris has not met them.
pub fn name_of(id: &str) -> Option<String> {
    person(id).map(|person| cut(&one_line(&person.name), NAME).into_owned())
}

/// A person in a sentence: their name, or a mention where nobody knows it.
pub fn who(id: &str) -> Arg<'static> {
    name_of(id).map_or_else(|| user(id).into(), Arg::from)
}

/// A link to a message; none before it has been sent.
pub fn link(message: &str) -> Option<String> {
    facts::link(message)
}

/// A severity's label; its id when it has gone from the team's file.
pub fn severity_label(id: &str) -> String {
    label(id, severities().into_iter().map(|s| (s.id, s.label)))
}

/// A role's label; its id when it has gone from the team's file.
pub fn role_label(id: &str) -> String {
    label(id, roles().into_iter().map(|r| (r.id, r.label)))
}

/// A product's name; its id when it has gone from the team's file.
pub fn product_name(id: &str) -> String {
    label(id, products().into_iter().map(|p| (p.id, p.name)))
}

fn label(id: &str, mut labels: impl Iterator<Item = (String, String)>) -> String {
    labels
        .find(|(known, _)| known == id)
        .map_or_else(|| id.to_owned(), |(_, label)| label)
}
