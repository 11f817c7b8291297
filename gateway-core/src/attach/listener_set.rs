//! ListenerSets and the Gateways they extend (ATT-010..022).

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::gateway::GatewayNode;
use crate::attach::listener::{ListenerNode, ListenerRefusal};
use crate::attach::reads::Read;
use crate::attach::route::UnresolvedParent;
use crate::attach::selector;
use crate::attach::slots::Slots;
use crate::attach::world::World;
use crate::key::{NamespacedName, ObjectKey};
use crate::model::{FromNamespaces, Gateway, ListenerSet, ObjectKind};
use crate::profile::Feature;

/// A ListenerSet with everything found out about it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListenerSetNode {
    /// Its name.
    pub name: NamespacedName,
    /// The ListenerSet.
    pub object: Arc<ListenerSet>,
    /// What its parentRef came to.
    pub parent: ListenerSetParent,
    /// Its listeners, in order.
    pub listeners: Vec<ListenerNode>,
}

/// What a ListenerSet's parentRef came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenerSetParent {
    /// Not ours to judge: no status is written (ATT-010, ATT-014).
    Unresolved(UnresolvedParent),
    /// The Gateway takes no ListenerSets from this namespace (ATT-012). No listener of the set exists:
    /// none has a status, conflicts with another or serves anything.
    NotAllowed {
        /// The Gateway's number in the graph.
        gateway: usize,
    },
    /// The Gateway takes it.
    Gateway {
        /// The Gateway's number in the graph.
        gateway: usize,
    },
}

impl ListenerSetNode {
    /// The Gateway of ours that it names, whether or not that takes it.
    pub fn gateway(&self) -> Option<usize> {
        match self.parent {
            ListenerSetParent::Unresolved(_) => None,
            ListenerSetParent::NotAllowed { gateway } | ListenerSetParent::Gateway { gateway } => {
                Some(gateway)
            }
        }
    }

    /// The Gateway of ours that takes it.
    pub fn taken_by(&self) -> Option<usize> {
        match self.parent {
            ListenerSetParent::Gateway { gateway } => Some(gateway),
            _ => None,
        }
    }

    /// Whether some listener of it can serve. One with a certificate that it may not use is not valid
    /// either (ATT-132, AMBIG-11).
    pub fn has_valid_listener(&self) -> bool {
        self.listeners.iter().any(ListenerNode::is_programmed)
    }
}

/// A ListenerSet as it is without the other listeners of its Gateway.
pub(super) fn listener_set(
    world: &World<'_>,
    gateways: &Slots<GatewayNode>,
    name: &NamespacedName,
    set: &Arc<ListenerSet>,
) -> ListenerSetNode {
    let owner = ObjectKey::new(ObjectKind::ListenerSet, name.namespace.clone(), name.name.clone());
    let parent = parent(world, gateways, name, set);
    let listener = |(index, listener)| {
        let mut listener = ListenerNode::new(world, &owner, index, listener);
        if let ListenerSetParent::NotAllowed { .. } = parent {
            listener.refuse(ListenerRefusal::NotAllowed);
        }
        listener
    };
    ListenerSetNode {
        name: name.clone(),
        parent,
        listeners: set.spec.listeners.iter().enumerate().map(listener).collect(),
        object: Arc::clone(set),
    }
}

/// What its parentRef comes to.
pub(super) fn parent(
    world: &World<'_>,
    gateways: &Slots<GatewayNode>,
    name: &NamespacedName,
    set: &ListenerSet,
) -> ListenerSetParent {
    let reference = &set.spec.parent_ref;
    // A controller that does not know the kind leaves it alone.
    if !world.profile.supports(Feature::ListenerSet)
        || ObjectKind::from_group_kind(reference.group(), reference.kind()) != Some(ObjectKind::Gateway)
    {
        return ListenerSetParent::Unresolved(UnresolvedParent::Kind);
    }
    let wanted = NamespacedName::new(reference.namespace_or(&name.namespace), &*reference.name);
    // What is looked at from here on is the Gateway's to say.
    world.note(Read::Object(ObjectKind::Gateway, &wanted.namespace, &wanted.name));
    let Some(gateway) = gateways.find(&wanted) else {
        return ListenerSetParent::Unresolved(UnresolvedParent::Missing);
    };
    let node = &gateways[gateway];
    if !node.is_owned() {
        return ListenerSetParent::Unresolved(UnresolvedParent::NotOwned);
    }
    if takes_namespace(world, &node.object, &node.name.namespace, &name.namespace) {
        ListenerSetParent::Gateway { gateway }
    } else {
        ListenerSetParent::NotAllowed { gateway }
    }
}

/// ATT-011: which namespaces a Gateway takes ListenerSets from.
fn takes_namespace(world: &World<'_>, gateway: &Gateway, own: &str, namespace: &str) -> bool {
    match gateway.spec.listeners_from() {
        FromNamespaces::All => true,
        FromNamespaces::Same => namespace == own,
        FromNamespaces::Selector => {
            let allowed = gateway.spec.allowed_listeners.as_ref();
            allowed.and_then(|allowed| allowed.selector()).is_some_and(|wanted| {
                world.assumes(ObjectKind::Namespace)
                    || selector::selects(wanted, world.namespace_labels(namespace))
            })
        }
        FromNamespaces::None | FromNamespaces::Other(_) => false,
    }
}
