//! The filters in the address of a place: written, and read again.

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

/// The filters of an address.
pub struct Asked<'a>(pub &'a str);

impl<'a> Asked<'a> {
    /// What stands there as it is written.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let mut pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// Whether it is switched on.
    pub fn set(&self, name: &str) -> bool {
        self.number(name) == Some(1)
    }
}
