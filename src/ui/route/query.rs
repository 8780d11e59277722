//! Building the address of a place.

/// Collects `?a=1&b=2`.
pub struct Query(pub String);

impl Query {
    /// An address without filters.
    pub fn new(path: &str) -> Self {
        Self(format!("#/{path}"))
    }

    /// Adds a filter, if it is set.
    pub fn with(mut self, name: &str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            self.0.push_str(&value.to_string());
        }
        self
    }
}
