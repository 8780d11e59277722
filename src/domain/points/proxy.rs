//! 代领人: who came instead of the head of the household or the villager, and how they are
//! related. Both are kept as one text, 「王强(儿子)」.

use thiserror::Error;

/// Who came, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxy {
    /// The name; empty when the head came.
    pub name: String,
    /// How they are related to the head.
    pub relation: String,
}

/// Why a redemption is not handed to somebody else. In order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProxyRefusal {
    /// A relation, but nobody.
    #[error("填了关系,还要填代领人的姓名。户主(本人)来领,两格都留空。")]
    NoName,
    /// Somebody, but nobody knows who that is to the household.
    #[error("请填代领人和户主(本人)的关系,如「儿子」「邻居」。")]
    NoRelation,
}

impl Proxy {
    /// Whether the head came.
    pub fn is_head(&self) -> bool {
        self.name.trim().is_empty() && self.relation.trim().is_empty()
    }

    /// 「王强(儿子)」; empty when the head came.
    pub fn words(&self) -> Result<String, ProxyRefusal> {
        match (self.name.trim(), self.relation.trim()) {
            ("", "") => Ok(String::new()),
            ("", _) => Err(ProxyRefusal::NoName),
            (_, "") => Err(ProxyRefusal::NoRelation),
            (name, relation) => Ok(format!("{name}({relation})")),
        }
    }
}
