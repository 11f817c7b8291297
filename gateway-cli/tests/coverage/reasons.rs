//! Why a rule has no test: `docs/coverage-reasons.yaml`, from an id or a range to a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::citations::Citations;
use crate::id;

/// A reason for each id that has one.
pub(crate) struct Reasons(BTreeMap<String, String>);

impl Reasons {
    pub(crate) fn read(file: &Path, known: &BTreeSet<String>) -> Result<Self, String> {
        let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
        let documents = gateway_ask::read_values("coverage-reasons.yaml", &text)?;
        let mut reasons = BTreeMap::new();
        for (entry, reason) in documents.iter().filter_map(|document| document.as_object()).flatten() {
            let reason = reason.as_str().filter(|reason| !reason.is_empty() && !reason.contains(['|', '\n']));
            let reason = reason.ok_or_else(|| format!("{entry}: a reason is one line without `|`"))?;
            for id in id::expand(entry, known) {
                if !known.contains(&id) {
                    return Err(format!("a reason for {id}, which is no rule"));
                }
                if reasons.insert(id.clone(), reason.to_owned()).is_some() {
                    return Err(format!("two reasons for {id}"));
                }
            }
        }
        Ok(Self(reasons))
    }

    pub(crate) fn of(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// A rule that is tested needs no reason why it is not.
    pub(crate) fn of_cited(&self, citations: &Citations) -> Vec<String> {
        let cited = self.0.keys().filter(|id| !citations.of(id).is_empty());
        cited.map(|id| format!("a reason for {id}, which {:?} cite", citations.of(id))).collect()
    }
}
