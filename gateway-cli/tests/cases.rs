//! Runs the cases of `../testdata`: one test for each case.

#[path = "cases/case.rs"]
mod case;
#[path = "cases/compare.rs"]
mod compare;
#[path = "cases/conditions.rs"]
mod conditions;
#[path = "cases/distribution.rs"]
mod distribution;
#[path = "cases/everywhere.rs"]
mod everywhere;
#[path = "cases/files.rs"]
mod files;
#[path = "cases/itself.rs"]
mod itself;
#[path = "cases/lint.rs"]
mod lint;
#[path = "cases/schema.rs"]
mod schema;
#[path = "cases/statuses.rs"]
mod statuses;
#[path = "cases/validation.rs"]
mod validation;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for file in files::case_files() {
        match files::documents(&file) {
            Ok(cases) => trials.extend(cases.into_iter().map(|case| {
                let name = format!("{}: {}", files::short_name(&file), case["name"].as_str().unwrap_or("?"));
                Trial::test(name, move || run(&case).map_err(Failed::from))
            })),
            Err(why) => {
                trials.push(Trial::test(files::short_name(&file), move || Err(Failed::from(why))));
            }
        }
    }
    trials.extend(itself::trials());
    // A run that finds nothing proves nothing.
    trials.push(Trial::test("there are cases", {
        let count = trials.len();
        move || if count > 100 { Ok(()) } else { Err(format!("only {count}").into()) }
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A case is about one object, about findings, or about what a Gateway does.
fn run(case: &serde_json::Value) -> Result<(), String> {
    if validation::is_one(case) {
        validation::run(case)
    } else if lint::is_one(case) {
        lint::run(case)
    } else {
        case::run(case)
    }
}
