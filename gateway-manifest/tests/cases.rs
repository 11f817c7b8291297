//! Every file under `testdata/cases` gives exactly the notes and objects of the `.expected` file beside it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test cases` writes the expectations anew; look at the difference.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use gateway_core::ObjectKey;
use gateway_manifest::{Loader, Manifests, Options, Strictness};

fn load(name: &str, bytes: &[u8], strictness: Strictness) -> Manifests {
    let mut loader = Loader::new(Options { strictness, ..Options::default() });
    loader.text(name, bytes).expect("the case is text");
    loader.finish()
}

/// What a case gives: notes as they are printed, then the objects.
fn describe(name: &str, bytes: &[u8]) -> String {
    let lenient = load(name, bytes, Strictness::Lenient);
    let strict = load(name, bytes, Strictness::Strict);
    let mut text = String::new();
    for note in &lenient.notes {
        write!(text, "{note}").unwrap_or_default();
        if let Some(object) = &note.object {
            write!(text, " ({object})").unwrap_or_default();
        }
        text.push('\n');
    }
    text.push_str("--- strict\n");
    for note in strict.notes.iter().filter(|note| !lenient.notes.contains(note)) {
        writeln!(text, "{note}").unwrap_or_default();
    }
    text.push_str("--- objects\n");
    for loaded in &lenient.objects {
        let key = ObjectKey::of(&loaded.object);
        let path = if loaded.path.is_root() { String::new() } else { format!(" {}", loaded.path) };
        writeln!(text, "{key} from document {}{path}", loaded.document).unwrap_or_default();
    }
    assert_eq!(lenient.objects.len(), strict.objects.len(), "{name}: strictness changes no objects");
    text
}

#[test]
fn cases_give_what_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases");
    let entries = fs::read_dir(&folder).expect("the folder of the cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|case| case.extension().is_some_and(|extension| extension != "expected"));
    cases.sort();
    assert!(cases.len() > 20, "the cases are there");
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = describe(&name, &fs::read(&case).expect("a case"));
        let expected_file = folder.join(format!("{name}.expected"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected_file, &found).expect("the expectation can be written");
        }
        let expected = fs::read_to_string(&expected_file).unwrap_or_default();
        if found != expected {
            wrong.push(format!("=== {name}: found\n{found}=== expected\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
