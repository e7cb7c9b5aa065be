//! What may go wrong, and what must then be true: rows of `../../../FAULTS.md` that need the whole of
//! Iris. Rows of one part stand with that part, under the same numbers.

mod brought;
mod ingress;
mod people;
mod steps;
mod store;
mod swap;

use iris_tests::World;

use crate::play;

/// The form of a declaration, filled in and sent.
const DECLARED: &str = "> @aya #general: /incident Checkout fails with 500
> @aya fills Product: Payments | Severity: SEV2
> @aya submits";

const ROOM: &str = "#inc-20261201-payments-checkout-fails-with-500";

/// Where the guest keeps what its last call came to; another version keeps it elsewhere.
const FIRST: &str = "came-to";
const SECOND: &str = "came-of";

/// All that the guest asks for.
const ALLOW: &str = "allow = { wishes = [\"incident\", \"room\", \"messages\", \"forms\", \"timers\"], slack = [\"users.info\"], http = [\"api.statuspage.example\"] }";

/// What Iris said in a channel, as people read it.
fn said(world: &World, channel: &str) -> Vec<String> {
    let messages = world.sim.messages(channel).into_iter();
    let ours = messages.filter(|message| message.by_app && message.subtype.is_none());
    ours.map(|message| world.sim.shown(&message.text, &message.blocks))
        .collect()
}
