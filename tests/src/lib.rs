//! Conversations through the production wiring.
