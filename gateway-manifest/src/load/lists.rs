//! Takes lists of objects apart.

use gateway_core::model::{FieldPath, PathSegment};

use crate::source::Source;
use crate::tree::{Kind, NodeId, Tree};

/// One object of a document.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) node: NodeId,
    /// Where it is in the document; empty unless it stands in a list.
    pub(super) path: FieldPath,
    /// What the list around it says it is.
    pub(super) inherited: Inherited,
}

/// `apiVersion` and `kind` of the objects of a list such as `HTTPRouteList`, which may leave them out.
#[derive(Clone, Debug, Default)]
pub(super) struct Inherited {
    pub(super) api_version: Option<String>,
    pub(super) kind: Option<String>,
}

/// The objects of a document: one, or those of a `List`, also of lists in lists.
pub(super) fn unpack(source: &Source, tree: &Tree) -> Vec<Item> {
    let mut items = Vec::new();
    let root = Item { node: Tree::ROOT, path: FieldPath::root(), inherited: Inherited::default() };
    let mut pending = vec![root];
    while let Some(item) = pending.pop() {
        match elements(source.text(), tree, &item) {
            Some(elements) => pending.extend(elements.into_iter().rev()),
            None => items.push(item),
        }
    }
    items
}

/// The objects in a list; `None` when it is no list.
fn elements(source: &str, tree: &Tree, list: &Item) -> Option<Vec<Item>> {
    let kind = tree.get_text(source, list.node, "kind").or(list.inherited.kind.as_deref())?;
    let of = kind.strip_suffix("List")?;
    let items = tree.get(source, list.node, "items");
    let inherited = if of.is_empty() {
        Inherited::default()
    } else {
        let api_version = tree.get_text(source, list.node, "apiVersion").map(str::to_owned);
        Inherited { api_version, kind: Some(of.to_owned()) }
    };
    let path = list.path.clone().key("items");
    match items.map(|items| (items, tree.node(items).kind)) {
        Some((items, Kind::List)) => Some(
            tree.children(items)
                .enumerate()
                .map(|(index, node)| {
                    let mut path = path.clone();
                    path.push(PathSegment::Index(index));
                    Item { node, path, inherited: inherited.clone() }
                })
                .collect(),
        ),
        Some((_, Kind::Null)) => Some(Vec::new()),
        None if of.is_empty() => Some(Vec::new()),
        Some(_) | None => None,
    }
}
