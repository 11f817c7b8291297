//! The evaluator against the official cases of validation: the verdict, and every string they want.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::cel::Fired;
use crate::crd;
use crate::evaluator::evaluate;
use crate::shared;

/// The cases of all kinds.
pub(crate) fn load(shared: &Path) -> Vec<Json> {
    let mut files: Vec<_> =
        fs::read_dir(shared.join("validation")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let cases =
        files.iter().map(|file| serde_json::from_str::<Vec<Json>>(&fs::read_to_string(file).unwrap()));
    cases.flat_map(Result::unwrap).collect()
}

#[test]
fn the_evaluator_agrees_with_the_official_cases() {
    let Some(shared) = shared::folder() else { return };
    let crds = crd::load(&shared);
    let (mut wrong, mut checked) = (Vec::new(), BTreeMap::<String, usize>::new());
    for case in load(&shared) {
        let object = &case["object"];
        let channel = case["channel"].as_str().unwrap();
        let fit = |crd: &&crd::Crd| crd.is_of(object) && (channel == "any" || channel == crd.channel);
        let fitting: Vec<_> = crds.iter().filter(fit).collect();
        assert!(!fitting.is_empty(), "{case}");
        for crd in fitting {
            let verdict = evaluate(crd, object, case.get("oldObject"), &mut Fired::default());
            let lines: Vec<String> = verdict.problems.iter().map(ToString::to_string).collect();
            let wanted = case["wantErrors"].as_array().unwrap().iter().map(|text| text.as_str().unwrap());
            let missing: Vec<&str> =
                wanted.filter(|text| !lines.iter().any(|line| line.contains(text))).collect();
            if case["valid"].as_bool().unwrap() != lines.is_empty() || !missing.is_empty() {
                wrong.push(format!("{} {}: {}: {lines:#?}", crd.channel, crd.kind, case["name"]));
            }
            *checked.entry(crd.kind.clone()).or_default() += 1;
        }
    }
    say!("admission: official cases the evaluator agrees with: {checked:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked.values().sum::<usize>() >= 153, "{checked:?}");
}
