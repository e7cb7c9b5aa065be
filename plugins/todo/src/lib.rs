//! What is still to do, by whom, by when.

mod date;
