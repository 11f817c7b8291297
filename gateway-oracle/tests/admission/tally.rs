//! What a run counted.

use std::collections::BTreeMap;

use crate::cel::Fired;
use crate::crd::Crd;

/// The counts of one version of a kind.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) compared: usize,
    pub(crate) valid: usize,
    /// Lines of theirs left out on purpose.
    pub(crate) departures: usize,
    pub(crate) fired: Fired,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.compared += other.compared;
        self.valid += other.valid;
        self.departures += other.departures;
        self.fired.add(&other.fired);
    }
}

/// Tells the counts of each kind.
pub(crate) fn tell(crds: &[Crd], tallies: &[Tally]) {
    let mut kinds: BTreeMap<&str, [usize; 6]> = BTreeMap::new();
    for (crd, tally) in crds.iter().zip(tallies) {
        let numbers = kinds.entry(&crd.kind).or_default();
        numbers[0] += tally.compared;
        numbers[1] += tally.valid;
        numbers[2] += tally.compared - tally.valid;
        numbers[5] += tally.departures;
        numbers[3] += crd.rules.len();
        numbers[4] += crd.rules.len() - silent(crd, tally).len();
    }
    for (kind, [compared, valid, invalid, rules, fired, departures]) in kinds {
        say!(
            "admission: {kind}: compared {compared}, valid {valid}, invalid {invalid}, rules fired {fired} of {rules}, departures {departures}"
        );
    }
}

/// The rules that did not both hold and fail.
pub(crate) fn silent(crd: &Crd, tally: &Tally) -> Vec<String> {
    let mut silent = Vec::new();
    for (number, place) in crd.rules.iter().enumerate() {
        let [failed, held] = tally.fired.0.get(number).copied().unwrap_or_default();
        if failed == 0 || held == 0 {
            silent.push(format!(
                "{} {} {} {}: {} (held {held}, failed {failed})",
                crd.channel, crd.kind, crd.api_version, place.path, place.message
            ));
        }
    }
    silent
}
