//! Write a step of Iris in Rust.
