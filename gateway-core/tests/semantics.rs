//! The tables of `docs/SEMANTICS.md` and `docs/profiles.md` are written from the code.
//! `GATEWAY_CORE_WRITE_DOCS=1 cargo test -p gateway-core --test semantics` writes them.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use gateway_core::profile::{AMBIGUITIES, CHOICES, PRESETS};

/// Compares the text between two marks of a document, or writes it.
fn section(document: &str, name: &str, wanted: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(document);
    let text = fs::read_to_string(&path).expect("it can be read");
    let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
    let (before, rest) = text.split_once(&begin).expect("it has the first mark");
    let (found, after) = rest.split_once(&end).expect("it has the second mark");
    if std::env::var_os("GATEWAY_CORE_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{before}{begin}{wanted}{end}{after}")).expect("it can be written");
    } else {
        assert_eq!(found, wanted, "{document} is out of date; GATEWAY_CORE_WRITE_DOCS=1 writes it");
    }
}

#[test]
fn every_corner_is_documented() {
    let mut table = String::from("| id | question | what is done | changed by |\n|---|---|---|---|\n");
    for corner in AMBIGUITIES {
        let keys = corner.key.unwrap_or_default().split(", ").filter(|key| !key.is_empty());
        let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
        let line =
            format!("| {} | {} | {} | {} |", corner.id, corner.question, corner.answer, keys.join(", "));
        writeln!(table, "{}", line.trim_end()).expect("a string takes it");
    }
    section("SEMANTICS.md", "corners", &table);
}

/// One test for both tables: they are in one document, and may be written.
#[test]
fn every_choice_and_preset_is_documented() {
    let mut table = String::from("| key | corner | word | meaning |\n|---|---|---|---|\n");
    for choice in CHOICES {
        for (index, word) in choice.words.iter().enumerate() {
            let (key, corner) = if index == 0 { (choice.key, choice.ambiguity) } else { ("", "") };
            let key = if key.is_empty() { String::new() } else { format!("`{key}`") };
            let default = if index == 0 { " (default)" } else { "" };
            writeln!(table, "| {key} | {corner} | `{}`{default} | {} |", word.word, word.says)
                .expect("a string takes it");
        }
    }
    section("profiles.md", "choices", &table);
    let mut table = String::from("| name | what | source |\n|---|---|---|\n");
    for preset in PRESETS {
        writeln!(table, "| `{}` | {} | {} |", preset.name, preset.title, preset.source)
            .expect("a string takes it");
    }
    section("profiles.md", "presets", &table);
}
