//! The rules of the house that no compiler and no lint checks, checked over every file.

mod documents;
mod faults;
mod files;
mod manifests;
mod rust;
mod stages;
mod texts;
