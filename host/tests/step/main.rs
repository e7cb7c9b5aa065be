//! Steps as the host runs them: a real component, a real store, and what came of each call.

mod cached;
mod events;
mod limits;
mod loading;
mod reads;
mod stage;
mod wishes;
