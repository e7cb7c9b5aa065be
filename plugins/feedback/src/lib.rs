//! How it went, asked of those who took part.
