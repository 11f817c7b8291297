//! Policies: what they apply to, which of them wins, and which Gateways they concern (ATT-220..247).

mod ancestors;
mod backend_tls;
mod effective;
mod target;
mod traffic;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

pub use backend_tls::{BackendTlsPolicyNode, TlsPolicyFault};
pub use effective::{BackendTls, TlsChoice};
pub use target::{PolicyTarget, TargetProblem};
pub use traffic::{TrafficPolicyNode, ValueFault};

pub(super) use ancestors::find as find_ancestors;
pub(super) use backend_tls::{authority_problems, fault as validation_fault};

use crate::attach::Graph;
use crate::attach::reads::{self, Changed, Known, Read, Reads};
use crate::attach::slots::Named;
use crate::attach::world::World;
use crate::attach::x_backend::{self, XBackendNode};
use crate::key::NamespacedName;
use crate::model::ObjectKind;
use crate::profile::Feature;
use crate::snapshot::Shelf;

/// Policies and XBackends: what there is to say about backends beside their ports.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "the names are those of the graph")]
pub(super) struct Policies {
    pub(super) backend_tls_policies: Arc<Vec<Arc<BackendTlsPolicyNode>>>,
    pub(super) backend_tls: Arc<BackendTls>,
    pub(super) traffic_policies: Arc<Vec<Arc<TrafficPolicyNode>>>,
    pub(super) backend_traffic: Arc<BTreeMap<(ObjectKind, NamespacedName), usize>>,
    pub(super) x_backends: Arc<Vec<Arc<XBackendNode>>>,
    pub(super) plain: Arc<Plain>,
}

/// Each policy without the others.
#[derive(Debug, Default)]
pub(super) struct Plain {
    tls: BTreeMap<NamespacedName, Arc<Known<BackendTlsPolicyNode>>>,
    traffic: BTreeMap<NamespacedName, Arc<Known<TrafficPolicyNode>>>,
    x_backends: BTreeMap<NamespacedName, Arc<Known<XBackendNode>>>,
    /// Everything that they read.
    reads: Reads,
    /// What policies apply to, and XBackends.
    targets: BTreeSet<(ObjectKind, NamespacedName)>,
}

impl Policies {
    /// The next ones, which have the ancestors of the old ones; `reached` gets the backends for which
    /// something is not as it was.
    pub(super) fn next(
        world: &World<'_>,
        old: &Graph,
        changed: &Changed,
        reached: &mut BTreeSet<u64>,
    ) -> Self {
        let old = Self {
            backend_tls_policies: Arc::clone(&old.backend_tls_policies),
            backend_tls: Arc::clone(&old.backend_tls),
            traffic_policies: Arc::clone(&old.traffic_policies),
            backend_traffic: Arc::clone(&old.backend_traffic),
            x_backends: Arc::clone(&old.x_backends),
            plain: Arc::clone(&old.plain_policies),
        };
        let own = [ObjectKind::BackendTlsPolicy, ObjectKind::XBackendTrafficPolicy, ObjectKind::XBackend];
        if !changed.includes(&own) && !changed.reaches(&old.plain.reads) {
            return old;
        }
        let snapshot = world.all();
        let none = Shelf::default();
        let has_tls = world.profile.supports(Feature::BackendTlsPolicy);
        let tls = if has_tls { &snapshot.backend_tls_policies } else { &none };
        let object = |node: &BackendTlsPolicyNode| Arc::clone(&node.object);
        let tls = plain(world, tls, &old.plain.tls, changed, object, backend_tls::node);
        let traffic = &snapshot.x_backend_traffic_policies;
        let object = |node: &TrafficPolicyNode| Arc::clone(&node.object);
        let traffic = plain(world, traffic, &old.plain.traffic, changed, object, traffic::node);
        let backends = &snapshot.x_backends;
        let object = |node: &XBackendNode| Arc::clone(&node.object);
        let x_backends = plain(world, backends, &old.plain.x_backends, changed, object, x_backend::node);

        let mut tls_nodes: Vec<_> = tls.values().map(|known| known.node.clone()).collect();
        target::resolve_conflicts(tls_nodes.iter_mut().map(|one| (&one.name, &one.age, &mut one.targets)));
        let mut traffic_nodes: Vec<_> = traffic.values().map(|known| known.node.clone()).collect();
        target::resolve_conflicts(
            traffic_nodes.iter_mut().map(|one| (&one.name, &one.age, &mut one.targets)),
        );
        let mut reach = |kind: ObjectKind, name: &NamespacedName| {
            reached.insert(Read::Object(kind, &name.namespace, &name.name).number());
        };
        let backend_tls_policies = kept(tls_nodes, &old.backend_tls_policies, |node| {
            reach_targets(&node.targets, &mut reach);
        });
        let traffic_policies = kept(traffic_nodes, &old.traffic_policies, |node| {
            reach_targets(&node.targets, &mut reach);
        });
        let nodes = x_backends.values().map(|known| known.node.clone()).collect();
        let nodes = kept(nodes, &old.x_backends, |node| reach(ObjectKind::XBackend, &node.name));
        let reads = tls.values().flat_map(|known| &known.reads);
        let reads = reads.chain(traffic.values().flat_map(|known| &known.reads));
        let reads = reads.chain(x_backends.values().flat_map(|known| &known.reads));
        let reads = reads::reads(reads.copied().collect());
        let targets = backend_tls_policies.iter().flat_map(|policy| &policy.targets);
        let targets = targets.chain(traffic_policies.iter().flat_map(|policy| &policy.targets));
        let targets = targets.filter_map(|target| Some((target.kind?, target.name.clone())));
        let own = nodes.iter().map(|backend| (ObjectKind::XBackend, backend.name.clone()));
        let targets = targets.chain(own).collect();
        Self {
            backend_tls: Arc::new(BackendTls::new(world, &backend_tls_policies)),
            backend_tls_policies: Arc::new(backend_tls_policies),
            backend_traffic: Arc::new(traffic::in_effect(&traffic_policies)),
            traffic_policies: Arc::new(traffic_policies),
            x_backends: Arc::new(nodes),
            plain: Arc::new(Plain { tls, traffic, x_backends, reads, targets }),
        }
    }
}

fn reach_targets(targets: &[PolicyTarget], reach: &mut impl FnMut(ObjectKind, &NamespacedName)) {
    for target in targets {
        if let Some(kind) = target.kind {
            reach(kind, &target.name);
        }
    }
}

/// The nodes of a shelf, those that nothing reaches as they were.
fn plain<T, N>(
    world: &World<'_>,
    shelf: &Shelf<T>,
    old: &BTreeMap<NamespacedName, Arc<Known<N>>>,
    changed: &Changed,
    object: impl Fn(&N) -> Arc<T>,
    node: impl Fn(&World<'_>, &NamespacedName, &Arc<T>) -> N,
) -> BTreeMap<NamespacedName, Arc<Known<N>>> {
    let known = |(name, policy): (&NamespacedName, &Arc<T>)| {
        let before = old.get(name);
        let before = before
            .filter(|known| Arc::ptr_eq(&object(&known.node), policy) && !changed.reaches(&known.reads));
        let known = before.cloned();
        (name.clone(), known.unwrap_or_else(|| Arc::new(world.known(|| node(world, name, policy)))))
    };
    shelf.iter().map(known).collect()
}

/// Something with the Gateways that it concerns.
pub(super) trait Concerning: Named + PartialEq {
    fn ancestors(&self) -> &Vec<usize>;
    fn set_ancestors(&mut self, gateways: Vec<usize>);
}

macro_rules! concerning {
    ($($node:ident: $field:ident,)*) => {$(
        impl Named for $node {
            fn name(&self) -> &NamespacedName {
                &self.name
            }
        }

        impl Concerning for $node {
            fn ancestors(&self) -> &Vec<usize> {
                &self.$field
            }

            fn set_ancestors(&mut self, gateways: Vec<usize>) {
                self.$field = gateways;
            }
        }
    )*};
}

concerning! { BackendTlsPolicyNode: ancestors, TrafficPolicyNode: ancestors, XBackendNode: gateways, }

/// Nodes by name: the old ones where the new ones say the same but for ancestors, which stay for now.
/// `differs` gets the others, and what they were.
fn kept<N: Concerning + Clone>(nodes: Vec<N>, old: &[Arc<N>], mut differs: impl FnMut(&N)) -> Vec<Arc<N>> {
    let mut before = old.iter().peekable();
    let mut kept = Vec::with_capacity(nodes.len());
    for mut node in nodes {
        while let Some(gone) = before.next_if(|before| before.name() < node.name()) {
            differs(gone);
        }
        let known = before.next_if(|before| before.name() == node.name());
        if let Some(known) = known {
            node.set_ancestors(known.ancestors().clone());
            if **known == node {
                kept.push(Arc::clone(known));
                continue;
            }
            differs(known);
        }
        differs(&node);
        kept.push(Arc::new(node));
    }
    before.for_each(|gone| differs(gone));
    kept
}
