//! The `iris` program.
fn main() {}
