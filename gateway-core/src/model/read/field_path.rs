//! Where in a manifest something is.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// One step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathSegment {
    /// The value under a key.
    Key(String),
    /// The element at an index, counted from 0.
    Index(usize),
}

/// The way from the root of a manifest to a value, printed as Kubernetes does:
/// `spec.rules[0].backendRefs[1].port`, `metadata.annotations[example.com/x]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Vec<PathSegment>);

impl FieldPath {
    /// The path of the manifest itself.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The steps from the root.
    pub fn segments(&self) -> &[PathSegment] {
        &self.0
    }

    /// Whether it is the path of the manifest itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of the value under a key.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(PathSegment::Key(key.into()));
        self
    }

    /// The path of the element at an index.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(PathSegment::Index(index));
        self
    }

    /// Goes one step further.
    pub fn push(&mut self, segment: PathSegment) {
        self.0.push(segment);
    }

    /// Goes back one step.
    pub fn pop(&mut self) -> Option<PathSegment> {
        self.0.pop()
    }

    /// The path of the value that contains this one; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, parents) = self.0.split_last()?;
        Some(Self(parents.into()))
    }
}

impl FromIterator<PathSegment> for FieldPath {
    fn from_iter<T: IntoIterator<Item = PathSegment>>(segments: T) -> Self {
        Self(segments.into_iter().collect())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            match segment {
                PathSegment::Index(element) => write!(f, "[{element}]")?,
                PathSegment::Key(key) if !is_plain(key) => write!(f, "[{key}]")?,
                PathSegment::Key(key) if index == 0 => f.write_str(key)?,
                PathSegment::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

/// Whether a key can stand behind a dot without doubt.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::FieldPath;

    #[test]
    fn prints_as_kubernetes_does() {
        let path = FieldPath::root().key("spec").key("rules").index(0).key("backendRefs").index(1);
        assert_eq!(path.clone().key("port").to_string(), "spec.rules[0].backendRefs[1].port");
        assert_eq!(path.parent().unwrap_or_default().to_string(), "spec.rules[0].backendRefs");

        let annotations = FieldPath::root().key("metadata").key("annotations");
        assert_eq!(annotations.key("example.com/x").to_string(), "metadata.annotations[example.com/x]");
        assert_eq!(FieldPath::root().to_string(), "");
    }
}
