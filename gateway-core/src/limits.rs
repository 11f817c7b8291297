//! Every limit, its default and what it protects.

/// Limits of a build. `Default` gives the values named at each field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Objects in a snapshot; protects memory. Default 5,000,000.
    pub objects: usize,
    /// Bytes that the automaton of one regular expression may take, and twice as many while it is
    /// built; protects memory and build time. A pattern over it makes its rule unsupported. Default 1 MiB.
    pub regex_bytes: usize,
    /// Listeners of a Gateway with those of its ListenerSets; those beyond it are not accepted (ATT-017).
    /// Default: no limit.
    pub listeners: Option<usize>,
    /// Candidates that one explanation lists; protects readers. Default 1,000.
    pub explained_candidates: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { objects: 5_000_000, regex_bytes: 1 << 20, listeners: None, explained_candidates: 1_000 }
    }
}
