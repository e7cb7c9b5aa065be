//! The contract in Rust, generated from `wit/`.
//!
//! The generated code is unsafe where the calling convention passes pointers;
//! nothing else of a step is.

#![expect(clippy::same_length_and_capacity, reason = "generated")]

wit_bindgen::generate!({
    path: "../../wit",
    world: "step",
    pub_export_macro: true,
    export_macro_name: "export",
});
