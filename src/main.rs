//! The `chimewatch` binary.
fn main() {}
