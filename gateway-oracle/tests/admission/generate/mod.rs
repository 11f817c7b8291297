//! Objects to compare on: made from the schema of a CRD, or written by others and then changed.

mod dice;
mod make;
mod mutate;
mod pool;
mod shrink;

use proptest::prelude::Rng as _;
use proptest::strategy::{NewTree, Strategy};
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use self::dice::Dice;
use self::make::Mood;
use self::pool::Pools;
pub(crate) use self::shrink::ObjectTree;
use crate::crd::Crd;

/// All objects of one version of a kind.
#[derive(Debug)]
pub(crate) struct Objects<'c> {
    crd: &'c Crd,
    pools: Pools,
    /// Objects of the kind that others wrote.
    seeds: Vec<Json>,
}

impl<'c> Objects<'c> {
    /// Objects like these, among others.
    pub(crate) fn new(crd: &'c Crd, seeds: Vec<Json>) -> Self {
        Self { crd, pools: Pools::new(&crd.schema, &crd.rules, &seeds), seeds }
    }

    fn make(&self, dice: &mut Dice) -> Json {
        // A few seeds are soon worn out.
        let share = if self.seeds.len() < 10 { 50 * self.seeds.len() } else { 500 };
        let mut object = if dice.chance(share) {
            let mut object = dice.pick(&self.seeds).clone();
            for _ in 0..dice.below(4) {
                mutate::mutate(&mut object, &self.crd.schema, &self.pools, dice);
            }
            object
        } else {
            let mut mood = Mood::new(dice);
            let focus = if self.crd.rules.is_empty() || dice.chance(200) {
                ""
            } else {
                dice.pick(&self.crd.rules).path.as_str()
            };
            let names: Vec<&str> = focus.split('.').map(|name| name.trim_end_matches("[]")).collect();
            let made = make::focused(&self.crd.schema, &names, &self.pools, dice, &mut mood);
            if made.is_object() { made } else { json!({ "spec": made }) }
        };
        let mut metadata = json!({ "name": "x" });
        if self.crd.is_namespaced {
            metadata["namespace"] = json!("default");
        }
        object["metadata"] = metadata;
        object["apiVersion"] = json!(self.crd.api_version);
        object["kind"] = json!(self.crd.kind);
        object
    }
}

impl Strategy for Objects<'_> {
    type Tree = ObjectTree;
    type Value = Json;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let mut dice = Dice(runner.rng().next_u64());
        Ok(ObjectTree::new(self.make(&mut dice)))
    }
}
