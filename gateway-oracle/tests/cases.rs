//! Runs the cases of `../testdata` against the oracle: one test for each case.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "cases/case.rs"]
mod case;
#[path = "../../gateway-cli/tests/cases/compare.rs"]
mod compare;
#[path = "../../gateway-cli/tests/cases/conditions.rs"]
mod conditions;
#[path = "../../gateway-cli/tests/cases/distribution.rs"]
mod distribution;
#[path = "../../gateway-cli/tests/cases/files.rs"]
mod files;
#[path = "cases/skipped.rs"]
mod skipped;
#[path = "cases/statuses.rs"]
mod statuses;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let mut names = Vec::new();
    for file in files::case_files() {
        match files::documents(&file) {
            // Cases about one object or about findings ask for nothing that the oracle answers.
            Ok(cases) => trials.extend(cases.into_iter().filter(case::is_ours).map(|case| {
                let name = format!("{}: {}", files::short_name(&file), case["name"].as_str().unwrap_or("?"));
                names.push(name.clone());
                Trial::test(name.clone(), move || {
                    skipped::judge(&name, case::run(&case)).map_err(Failed::from)
                })
            })),
            Err(why) => trials.push(Trial::test(files::short_name(&file), move || Err(Failed::from(why)))),
        }
    }
    // A run that finds nothing proves nothing.
    trials.push(Trial::test("there are cases, and all that are skipped are among them", move || {
        let unknown = skipped::SKIPPED.iter().find(|(name, _)| !names.iter().any(|one| one == name));
        match unknown {
            Some((name, _)) => Err(format!("no such case: {name}").into()),
            None if names.len() > 100 => Ok(()),
            None => Err(format!("only {}", names.len()).into()),
        }
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}
