//! How Iris and its steps speak to people.
