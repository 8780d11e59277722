//! The office worker: reads spreadsheets off the main thread.

fn main() {}
