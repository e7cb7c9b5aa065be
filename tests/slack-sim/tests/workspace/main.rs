//! The workspace from outside: its Web API, its deliveries, its people.

mod api;
mod app;
mod bot;
mod refusals;
mod rules;
mod limits;
mod rates;
mod codes;
mod bad_input;
mod reading;
mod views;
mod events;
mod response_urls;
mod control;
mod oauth;
mod levers;
mod changes;
mod stories;
mod page;
