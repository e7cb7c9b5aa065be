//! The workspace from outside: its Web API, its deliveries, its people.

mod api;
mod bot;
mod refusals;
mod reading;
mod views;
mod events;
mod response_urls;
mod control;
