//! Socket Mode: the app opens connections to the workspace, and each delivery goes through one of
//! them.
//!
//! * [`link`]    one connection, from its ticket to its end
//! * [`ticket`]  what it is opened with, once

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use crate::clock::{Clock, micros_of};
use crate::faults::Fault;
use crate::settings::Settings;
use crate::tasks::Tasks;

pub(crate) mod link;
pub(crate) mod ticket;

use link::Order;

/// Between a warning and the end of the connection.
const NOTICE: Duration = Duration::from_secs(10);

/// The app's connections, and what a test does to them.
pub struct Sockets {
    clock: Clock,
    tasks: Tasks,
    version: Arc<watch::Sender<u64>>,
    table: Mutex<Table>,
    seen: watch::Sender<Seen>,
}

/// How many connections there are.
#[derive(Clone, Copy, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Seen {
    pub open: usize,
    /// Since the start.
    pub opened: usize,
    /// Envelopes that were sent through any, since the start.
    pub sent: usize,
}

/// Why the workspace closes a connection, in Slack's words.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Disconnect {
    Warning,
    RefreshRequested,
    LinkDisabled,
    TooManyWebsockets,
}

#[derive(Default)]
struct Table {
    /// How many an app may have.
    most: usize,
    links: Vec<Link>,
    /// Socket Mode was switched off in the app's settings.
    off: bool,
    opened: usize,
    turn: usize,
    /// Who waits for the acknowledgement of an envelope, by its id.
    waiting: HashMap<String, Waiting>,
}

struct Link {
    number: usize,
    orders: mpsc::UnboundedSender<Order>,
    frozen: bool,
}

struct Waiting {
    link: usize,
    /// What goes wrong with it.
    fault: Option<Fault>,
    heard: oneshot::Sender<Acknowledged>,
}

/// What the app said to an envelope.
pub(crate) struct Acknowledged {
    pub(crate) payload: Option<Value>,
}

impl Sockets {
    pub(crate) fn new(
        settings: &Settings,
        clock: Clock,
        tasks: Tasks,
        version: Arc<watch::Sender<u64>>,
    ) -> Self {
        Self {
            clock,
            tasks,
            version,
            table: Mutex::new(Table {
                most: settings.most_sockets,
                ..Table::default()
            }),
            seen: watch::Sender::default(),
        }
    }

    /// How many there are.
    pub fn seen(&self) -> Seen {
        *self.seen.borrow()
    }

    /// Returns when it is so.
    pub async fn until(&self, so: impl FnMut(&Seen) -> bool) {
        let mut seen = self.seen.subscribe();
        // The sender lives as long as this.
        let _ = seen.wait_for(so).await;
    }

    /// Warns on the oldest connection, and closes it ten seconds later by the workspace's clock.
    pub fn warn(&self) {
        let Some(number) = self.tell_oldest(Disconnect::Warning) else {
            return;
        };
        let orders = self.orders(number);
        let (clock, until) = (self.clock.clone(), self.clock.micros() + micros_of(NOTICE));
        self.tasks.spawn(async move {
            clock.reaches(until).await;
            order(orders.as_ref(), Order::Close);
        });
    }

    /// Asks on the oldest connection for another in its place, and closes it.
    pub fn refresh(&self) {
        if let Some(number) = self.tell_oldest(Disconnect::RefreshRequested) {
            order(self.orders(number).as_ref(), Order::Close);
        }
    }

    /// Switches Socket Mode off in the app's settings: all connections end, and new ones at once.
    pub fn switch_off(&self) {
        let mut table = self.table();
        table.off = true;
        for link in &table.links {
            order(
                Some(&link.orders),
                Order::Say(said(Disconnect::LinkDisabled)),
            );
            order(Some(&link.orders), Order::Close);
        }
    }

    pub fn switch_on(&self) {
        self.table().off = false;
    }

    /// So many connections an app may have from now on; those that are there stay.
    pub fn allow(&self, most: usize) {
        self.table().most = most;
    }

    /// The oldest connection goes without a word.
    pub fn cut(&self) {
        let table = self.table();
        order(table.links.first().map(|link| &link.orders), Order::Cut);
    }

    /// The oldest connection stays open, and nothing is heard or said on it any more: no pong, and
    /// no envelope arrives. The workspace learns of its end when the app opens another.
    pub fn half_open(&self) {
        let mut table = self.table();
        if let Some(link) = table.links.iter_mut().find(|link| !link.frozen) {
            link.frozen = true;
            order(Some(&link.orders), Order::Freeze);
        }
    }

    /// Sends text through a connection and waits for the acknowledgement of the envelope `id`.
    /// `None`: there is no connection, or it ended before.
    pub(crate) async fn send(
        &self,
        id: &str,
        text: String,
        fault: Option<Fault>,
    ) -> Option<Acknowledged> {
        let (heard, hears) = oneshot::channel();
        {
            let mut table = self.table();
            let count = table.links.len();
            let turn = table.turn.checked_rem(count)?;
            table.turn = table.turn.wrapping_add(1);
            let (link, orders) = (table.links[turn].number, table.links[turn].orders.clone());
            if fault == Some(Fault::ResetBeforeApply) {
                order(Some(&orders), Order::Cut);
                return None;
            }
            let waiting = Waiting { link, fault, heard };
            table.waiting.insert(id.to_owned(), waiting);
            order(Some(&orders), Order::Say(text));
        }
        self.seen.send_modify(|seen| seen.sent += 1);
        hears.await.ok()
    }

    /// Nobody waits for it any more.
    pub(crate) fn give_up(&self, id: &str) {
        self.table().waiting.remove(id);
    }

    /// The app said something on a connection.
    fn heard(&self, link: usize, text: &str) {
        let Ok(said) = serde_json::from_str::<Value>(text) else {
            tracing::warn!("the app said something on a socket that is not JSON");
            return;
        };
        let id = said["envelope_id"].as_str().unwrap_or_default();
        let mut table = self.table();
        // Only where it was delivered, as Slack asks.
        if table.waiting.get(id).is_none_or(|one| one.link != link) {
            tracing::warn!("the app acknowledged an envelope that this socket did not bring");
            return;
        }
        match table.waiting.get(id).and_then(|one| one.fault.clone()) {
            Some(Fault::ResetAfterApply) => {
                let orders = table.links.iter().find(|one| one.number == link);
                order(orders.map(|one| &one.orders), Order::Cut);
                table.waiting.remove(id);
            }
            Some(Fault::NoAnswer | Fault::NoAnswerAfterApply) => {}
            _ => {
                if let Some(one) = table.waiting.remove(id) {
                    let payload = said.get("payload").cloned();
                    // It may have been given up in the meantime.
                    let _ = one.heard.send(Acknowledged { payload });
                }
            }
        }
    }

    /// A connection begins; its number and the orders to it. An error is why it may not.
    fn enter(&self) -> Result<(usize, mpsc::UnboundedReceiver<Order>), Disconnect> {
        let mut table = self.table();
        if table.off {
            return Err(Disconnect::LinkDisabled);
        }
        // The app has given those up, or it would not want another.
        let gone: Vec<usize> = table.frozen().collect();
        for number in gone {
            table.end(number);
        }
        if table.links.len() >= table.most {
            return Err(Disconnect::TooManyWebsockets);
        }
        let (orders, receiver) = mpsc::unbounded_channel();
        table.opened += 1;
        let number = table.opened;
        table.links.push(Link {
            number,
            orders,
            frozen: false,
        });
        self.changed(&table);
        Ok((number, receiver))
    }

    /// A connection is over; whoever waits for an acknowledgement on it waits in vain.
    fn leave(&self, number: usize) {
        let mut table = self.table();
        table.end(number);
        self.changed(&table);
    }

    fn changed(&self, table: &Table) {
        self.seen.send_modify(|seen| {
            seen.open = table.links.len();
            seen.opened = table.opened;
        });
        self.version.send_modify(|version| *version += 1);
    }

    fn tell_oldest(&self, why: Disconnect) -> Option<usize> {
        let table = self.table();
        let link = table.links.first()?;
        order(Some(&link.orders), Order::Say(said(why)));
        Some(link.number)
    }

    fn orders(&self, number: usize) -> Option<mpsc::UnboundedSender<Order>> {
        let table = self.table();
        let link = table.links.iter().find(|link| link.number == number)?;
        Some(link.orders.clone())
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn frozen(&self) -> impl Iterator<Item = usize> {
        let frozen = self.links.iter().filter(|link| link.frozen);
        frozen.map(|link| link.number)
    }

    fn end(&mut self, number: usize) {
        self.links.retain(|link| link.number != number);
        self.waiting.retain(|_, one| one.link != number);
    }
}

/// A connection that has ended hears no order.
fn order(orders: Option<&mpsc::UnboundedSender<Order>>, order: Order) {
    if let Some(orders) = orders {
        let _ = orders.send(order);
    }
}

/// How the workspace says it.
fn said(why: Disconnect) -> String {
    json!({ "type": "disconnect", "reason": why, "debug_info": { "host": "simulated" } })
        .to_string()
}
