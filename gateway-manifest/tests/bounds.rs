//! Hostile and broken input: a clear note, nothing lost beside it, and bounded memory.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fmt::Write as _;

use gateway_manifest::{Loader, Manifests, NoteCode, Options, Severity};
use proptest::prelude::*;

const NAMESPACE: &str = "apiVersion: v1\nkind: Namespace\nmetadata: {name: kept}\n";

fn load(name: &str, bytes: impl Into<Vec<u8>>) -> Manifests {
    let mut loader = Loader::new(Options::default());
    loader.text(name, bytes).unwrap();
    loader.finish()
}

fn codes(manifests: &Manifests, severity: Severity) -> Vec<NoteCode> {
    manifests.notes.iter().filter(|note| note.severity == severity).map(|note| note.code).collect()
}

/// Ten levels of ten aliases each: ten thousand million nodes if they were written out.
fn bomb() -> String {
    let mut text = String::from(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n",
    );
    for level in 1..10 {
        let before = vec![format!("*a{}", level - 1); 10].join(",");
        writeln!(text, "a{level}: &a{level} [{before}]").unwrap();
    }
    text + "---\n" + NAMESPACE
}

#[test]
fn an_alias_bomb_is_refused_in_bounded_memory() {
    let text = bomb();
    let mut manifests = None;
    let used = allocation_counter::measure(|| manifests = Some(load("bomb.yaml", text.clone())));
    let manifests = manifests.unwrap();
    assert_eq!(codes(&manifests, Severity::Error), [NoteCode::AliasBudget]);
    assert!(used.bytes_max < 64 << 20, "{} bytes at the most", used.bytes_max);
    assert_eq!(manifests.objects.len(), 1, "the document after it is read");
}

#[test]
fn nesting_is_limited() {
    let (open, close) = ("[".repeat(200), "]".repeat(200));
    for (name, text) in [
        (
            "deep.yaml",
            format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: deep}}\ndata: {open}{close}\n"),
        ),
        (
            "deep.json",
            format!(
                r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"deep"}},"data":{open}{close}}}"#
            ),
        ),
    ] {
        let manifests = load(name, text);
        assert_eq!(codes(&manifests, Severity::Error), [NoteCode::TooDeep], "{name}");
    }
}

#[test]
fn a_broken_document_loses_no_other() {
    for broken in ["kind: [\n", "kind: \"cut\n", "a: b: c\n", "key: va\0lue\n"] {
        let manifests =
            load("two.yaml", format!("{NAMESPACE}---\n{broken}---\n{}", NAMESPACE.replace("kept", "after")));
        assert!(manifests.has_errors(), "{broken:?}");
        assert_eq!(manifests.objects.len(), 2, "{broken:?}: {:?}", manifests.notes);
        let note = manifests.notes.iter().find(|note| note.severity == Severity::Error).unwrap();
        assert_eq!(note.location.as_ref().unwrap().line, 5, "{broken:?}: {note}");
    }
}

#[test]
fn other_encodings_are_read_and_told() {
    let sixteen = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(NAMESPACE.encode_utf16()).flat_map(order).collect()
    };
    for bytes in [sixteen(u16::to_le_bytes), sixteen(u16::to_be_bytes)] {
        let manifests = load("sixteen.yaml", bytes);
        assert_eq!(manifests.objects.len(), 1);
        assert_eq!(codes(&manifests, Severity::Warning), [NoteCode::Utf16]);
    }
    let manifests = load("bom.yaml", format!("\u{feff}{NAMESPACE}"));
    assert_eq!((manifests.objects.len(), manifests.has_errors(), manifests.notes.len()), (1, false, 1));
}

#[test]
fn notes_know_their_place() {
    let text = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  rules:\n  - backendRefs:\n    - name: a\n      port: http\n    matchez: []\n";
    let manifests = load("route.yaml", text);
    let told: Vec<_> = manifests
        .notes
        .iter()
        .map(|note| {
            let place = note.location.as_ref().unwrap();
            (note.code, place.line, place.column, note.path.as_ref().unwrap().to_string())
        })
        .collect();
    assert!(
        told.contains(&(NoteCode::WrongType, 8, 13, "spec.rules[0].backendRefs[0].port".into())),
        "{told:?}"
    );
    assert!(told.contains(&(NoteCode::UnknownField, 9, 5, "spec.rules[0].matchez".into())), "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), json in any::<bool>()) {
        let mut loader = Loader::new(Options::default());
        // Bytes in no encoding are an error, never a panic.
        let _ = loader.text(if json { "any.json" } else { "any.yaml" }, bytes);
        loader.finish();
    }

    #[test]
    fn anything_like_yaml_is_read(text in "[-a:{}\\[\\]&*!|>'\"#% \n,?0~<]{0,60}") {
        load("near.yaml", text);
    }
}
