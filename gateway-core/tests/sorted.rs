//! Sorted lists that share pieces: as a map, whatever is done to them, and with the differences of two maps.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeMap;

use gateway_core::sorted::{Keyed, Sorted};
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq)]
struct Pair(u16, u32);

impl Keyed for Pair {
    type Key = u16;
    /// Small, so that pieces are split and joined.
    const PIECE: usize = 8;

    fn key(&self) -> &u16 {
        &self.0
    }
}

type Edits = Vec<(u16, Option<u32>)>;

fn edits(most: usize) -> impl Strategy<Value = Edits> {
    let edit = (0_u16..200, prop::option::weighted(0.6, 0_u32..3));
    prop::collection::vec(edit, 0..most)
}

fn edit(list: &mut Sorted<Pair>, map: &mut BTreeMap<u16, u32>, edits: &Edits) {
    for (key, value) in edits {
        match value {
            Some(value) => {
                list.insert(Pair(*key, *value));
                map.insert(*key, *value);
            }
            None => assert_eq!(list.remove(key).map(|pair| pair.1), map.remove(key)),
        }
    }
}

fn pairs(map: &BTreeMap<u16, u32>) -> Vec<Pair> {
    map.iter().map(|(key, value)| Pair(*key, *value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn is_a_map(first in edits(150), second in edits(150), third in edits(20), key in 0_u16..200) {
        let mut map = BTreeMap::new();
        for (key, value) in &first {
            map.extend(value.map(|value| (*key, value)));
        }
        let mut list = Sorted::new(pairs(&map));
        edit(&mut list, &mut map, &second);
        let (old, old_map) = (list.clone(), map.clone());
        edit(&mut list, &mut map, &third);

        prop_assert_eq!(list.iter().cloned().collect::<Vec<_>>(), pairs(&map));
        prop_assert_eq!(old.iter().cloned().collect::<Vec<_>>(), pairs(&old_map), "copies stay as they are");
        prop_assert_eq!((list.len(), list.is_empty()), (map.len(), map.is_empty()));
        prop_assert_eq!(list.get(&key).map(|pair| pair.1), map.get(&key).copied());
        let rest: Vec<_> = list.starting_at(&key).cloned().collect();
        prop_assert_eq!(rest, map.range(key..).map(|(key, value)| Pair(*key, *value)).collect::<Vec<_>>());

        let mut found = Vec::new();
        list.differences(&old, |one, other| one == other, |before, after| {
            found.push((before.or(after).unwrap().0, before.map(|pair| pair.1), after.map(|pair| pair.1)));
        });
        let keys: std::collections::BTreeSet<_> = map.keys().chain(old_map.keys()).copied().collect();
        let wanted: Vec<_> = keys
            .into_iter()
            .map(|key| (key, old_map.get(&key).copied(), map.get(&key).copied()))
            .filter(|(_, before, after)| before != after)
            .collect();
        prop_assert_eq!(found, wanted);
    }
}

/// Finding the differences does not look at what both share.
#[test]
fn differences_skip_what_is_shared() {
    let list = Sorted::new((0..10_000).map(|key| Pair(key, 0)).collect());
    let mut next = list.clone();
    next.insert(Pair(5_000, 1));
    next.remove(&9_000);
    next.insert(Pair(20_000, 1));
    let compared = std::cell::Cell::new(0);
    let mut found = Vec::new();
    next.differences(
        &list,
        |one, other| {
            compared.set(compared.get() + 1);
            one == other
        },
        |before, after| found.push(before.or(after).unwrap().0),
    );
    assert_eq!(found, [5_000, 9_000, 20_000]);
    assert!(compared.get() < 40, "{} of 10,000 were compared", compared.get());
}
