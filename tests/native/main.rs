//! Tests without a browser, in one binary.

mod demo;
mod support;
