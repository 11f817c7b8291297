//! What reading may cost.

/// What reading may cost. Whatever is over a limit is left out, with a note that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of one source in bytes. Never taken as more than 2 GiB.
    pub source_bytes: usize,
    /// The size of all sources together, whose texts are kept.
    pub total_bytes: usize,
    /// How deeply maps and lists may nest. Never taken as more than 120: the objects of Kubernetes stay
    /// below 20, their definitions below 60.
    pub depth: usize,
    /// How many scalars, lists and maps one document may have. Each costs about 32 bytes as long as
    /// positions are kept, and a few times that while its object is read.
    pub nodes: usize,
    /// How many nodes the aliases of all sources together may add, as if they were written out. On top,
    /// every eight bytes that were read allow one more.
    pub alias_nodes: usize,
    /// How many bytes of text those nodes may add. On top, every byte that was read allows one more.
    pub alias_bytes: usize,
    /// How many notes are kept. One more note then tells how many were not.
    pub notes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_bytes: 256 << 20,
            total_bytes: 1 << 30,
            depth: 100,
            nodes: 10_000_000,
            alias_nodes: 250_000,
            alias_bytes: 16 << 20,
            notes: 10_000,
        }
    }
}

impl Limits {
    /// The limit of nesting that holds, whatever was asked for: recursion goes as deep as that.
    pub(crate) fn max_depth(&self) -> usize {
        self.depth.min(120)
    }

    /// The limit of nodes that holds, whatever was asked for: nodes are counted in 32 bits.
    pub(crate) fn max_nodes(&self) -> usize {
        self.nodes.min(1 << 30)
    }

    /// The limit of size that holds, whatever was asked for: offsets are kept in 32 bits.
    pub(crate) fn max_source_bytes(&self) -> usize {
        self.source_bytes.min(1 << 31)
    }
}

/// What the aliases of all sources together may still add.
#[derive(Clone, Debug)]
pub(crate) struct AliasBudget {
    nodes: usize,
    bytes: usize,
}

impl AliasBudget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { nodes: limits.alias_nodes, bytes: limits.alias_bytes }
    }

    /// Adds what a source of that size allows.
    pub(crate) fn earn(&mut self, source_bytes: usize) {
        self.nodes = self.nodes.saturating_add(source_bytes / 8);
        self.bytes = self.bytes.saturating_add(source_bytes);
    }

    /// Spends; `None` when there is not that much left.
    pub(crate) fn spend(&mut self, nodes: usize, bytes: usize) -> Option<()> {
        let (nodes, bytes) = (self.nodes.checked_sub(nodes)?, self.bytes.checked_sub(bytes)?);
        *self = Self { nodes, bytes };
        Some(())
    }
}
