//! Whatever a file holds, it costs little, and it is said what is wrong with it.

#![allow(clippy::format_collect, reason = "a test may build its text slowly")]
#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod loading;

use std::fmt::Write;

use allocation_counter::measure;
use gateway_manifest::{Limits, Loader, ManifestError, Manifests, NoteCode, Options, Severity};
use loading::{codes, load, load_within};

const MIB: u64 = 1 << 20;

/// Loads a text and gives back the most memory that was held at any time.
fn cost(name: &str, text: &str) -> (Manifests, u64) {
    let (mut manifests, bytes) = (None, text.as_bytes().to_vec());
    let info = measure(|| manifests = Some(load(name, bytes)));
    (manifests.unwrap(), info.bytes_max)
}

fn only_note(manifests: &Manifests, code: NoteCode) {
    assert_eq!(codes(&manifests.notes), [code], "{:?}", manifests.notes);
    assert_eq!(manifests.notes[0].severity, Severity::Error);
    assert!(manifests.notes[0].location.is_some());
    assert!(manifests.objects.is_empty());
}

/// Ten aliases on each of so many levels.
fn bomb(levels: usize) -> String {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..levels {
        let alias = format!("*a{}", level - 1);
        writeln!(text, "a{level}: &a{level} [{}]", vec![alias; 10].join(", ")).unwrap();
    }
    text
}

#[test]
fn a_bomb_of_aliases_does_not_go_off() {
    let (manifests, bytes) = cost("bomb.yaml", &bomb(9));
    only_note(&manifests, NoteCode::AliasBudget);
    assert_eq!(manifests.notes[0].path.as_ref().unwrap().to_string(), "a5[1]");
    assert!(bytes < 32 * MIB, "{bytes} bytes");
}

#[test]
fn a_gibibyte_of_one_text_is_not_made() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 1024].join(", "));
    let (manifests, bytes) = cost("bomb.yaml", &text);
    only_note(&manifests, NoteCode::AliasBudget);
    assert!(bytes < 32 * MIB, "{bytes} bytes");
}

#[test]
fn many_small_bombs_are_one_large_one() {
    // Each of them is small enough by itself. The objects stay, so it is the sum that counts.
    let mut text = String::new();
    for object in 0..500 {
        let name = format!("name: &a c{object}{}", "x".repeat(100));
        let aliases = vec!["*a"; 1000].join(", ");
        writeln!(text, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{{name}}}\nx: [{aliases}]").unwrap();
    }
    let limits = Limits { alias_nodes: 10_000, ..Limits::default() };
    let manifests = load_within(&limits, "bombs.yaml", text.as_str());
    let stopped = codes(&manifests.notes).into_iter().filter(|code| *code == NoteCode::AliasBudget).count();
    assert!(stopped > 100, "{stopped} stopped");
    assert!(manifests.objects.len() > 100, "{} read", manifests.objects.len());
}

#[test]
fn a_bomb_of_merges_does_not_go_off() {
    let mut text = String::from("m0: &m0 {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8}\n");
    for level in 1..9 {
        let below = level - 1;
        let entries: Vec<String> = (0..10).map(|entry| format!("k{entry}: {{<<: *m{below}}}")).collect();
        writeln!(text, "m{level}: &m{level} {{{}}}", entries.join(", ")).unwrap();
    }
    let (manifests, bytes) = cost("bomb.yaml", &text);
    only_note(&manifests, NoteCode::AliasBudget);
    assert!(bytes < 64 * MIB, "{bytes} bytes");
}

#[test]
fn honest_aliases_are_fine() {
    let text = format!("base: &base {{a: b}}\nall:\n{}", "- *base\n".repeat(50_000));
    let (documents, notes) = gateway_manifest::read_values("a.yaml", &text, &Limits::default());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(documents[0].value.get("all").unwrap().as_list().unwrap().len(), 50_000);
}

#[test]
fn what_nests_200_deep_is_too_deep() {
    let brackets = |depth| format!("a: {}x{}\n", "[".repeat(depth), "]".repeat(depth));
    let block: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let dashes = "- ".repeat(200) + "x\n";
    let json = |depth| format!("{}1{}", r#"{"a":["#.repeat(depth), "]}".repeat(depth));
    for (name, text) in [
        ("flow.yaml", brackets(200)),
        ("very-deep.yaml", brackets(100_000)),
        ("block.yaml", block),
        ("dashes.yaml", dashes),
        ("deep.json", json(100)),
        ("very-deep.json", json(100_000)),
        ("unclosed.json", "[".repeat(100_000)),
        ("json-in.yaml", json(100)),
    ] {
        let (manifests, bytes) = cost(name, &text);
        only_note(&manifests, NoteCode::TooDeep);
        assert!(bytes < 8 * MIB, "{name}: {bytes} bytes");
    }
    for (name, text) in [("a.yaml", brackets(99)), ("a.json", json(50))] {
        let (documents, notes) = gateway_manifest::read_values(name, &text, &Limits::default());
        assert!(notes.is_empty() && documents.len() == 1, "{name}: {notes:?}");
    }
}

#[test]
fn aliases_do_not_nest_deeper_than_text() {
    let mut text = String::from("a0: &a0 [[[[[[[[[[x]]]]]]]]]]\n");
    for level in 1..20 {
        writeln!(text, "a{level}: &a{level} [[[[[[[[[[*a{}]]]]]]]]]]", level - 1).unwrap();
    }
    only_note(&load("deep.yaml", text), NoteCode::TooDeep);
}

#[test]
fn a_nul_byte_is_told() {
    for (name, text, line, column) in [
        ("plain.yaml", "kind: a\0b\n", 1, 8),
        ("quoted.yaml", "a: 1\nkind: \"a\0b\"\n", 2, 9),
        ("block.yaml", "a: |\n  x\0y\nb: 2\n", 2, 4),
        ("comment.yaml", "# a\0b\nkind: a\n", 1, 4),
        ("first.yaml", "\0kind: a\n", 1, 1),
        ("last.yaml", "kind: a\n\0", 2, 1),
        ("a.json", "{\"a\": \"b\0\"}", 1, 9),
        ("b.json", "{\"a\": \0 1}", 1, 7),
    ] {
        let manifests = load(name, text);
        only_note(&manifests, NoteCode::NulByte);
        let location = manifests.notes[0].location.as_ref().unwrap();
        assert_eq!((location.line, location.column), (line, column), "{name}");
    }
    // The other documents of the file are read.
    let manifests = load("two.yaml", "a: \0\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n");
    assert_eq!(codes(&manifests.notes), [NoteCode::NulByte]);
    assert_eq!(manifests.objects.len(), 1);
}

#[test]
fn utf16_is_read_with_a_note() {
    let text = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ü\n  name: shop\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        little.clone(),
        big.clone(),
        [&[0xFF, 0xFE], little.as_slice()].concat(),
        [&[0xFE, 0xFF], big.as_slice()].concat(),
    ] {
        let manifests = load("utf16.yaml", bytes);
        assert_eq!(codes(&manifests.notes), [NoteCode::Utf16, NoteCode::DuplicateKey]);
        let location = manifests.notes[1].location.as_ref().unwrap();
        assert_eq!((location.line, location.column), (5, 3));
        assert_eq!(manifests.objects[0].object.metadata().name, "shop");
    }
}

#[test]
fn a_byte_order_mark_is_a_note() {
    let manifests = load("bom.yaml", "\u{feff}apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    assert_eq!(codes(&manifests.notes), [NoteCode::ByteOrderMark]);
    assert_eq!(manifests.notes[0].severity, Severity::Info);
    assert_eq!(manifests.objects.len(), 1);
    let json = "\u{feff}{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"a\"}}";
    assert_eq!(load("bom.json", json).objects.len(), 1);
    // Where files were joined.
    let manifests = load("joined.yaml", "a: 1\n---\n\u{feff}b: 2\n");
    assert_eq!(codes(&manifests.notes), [NoteCode::NotAManifest, NoteCode::ByteOrderMark]);
    assert_eq!(manifests.notes[1].severity, Severity::Error);
}

#[test]
fn what_is_no_text_is_an_error() {
    let mut loader = Loader::new(Options::default());
    let error = loader.text("latin1.yaml", b"name: caf\xE9\n").unwrap_err();
    assert!(matches!(error, ManifestError::NotText { offset: 9, .. }), "{error:?}");
    assert_eq!(error.to_string(), "`latin1.yaml` is not valid UTF-8 at byte 9: save it as UTF-8");
    assert!(loader.text("half.yaml", b"\xFF\xFEa\0b").is_err());
    // The loader goes on.
    loader.text("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n").unwrap();
    assert_eq!(loader.finish().objects.len(), 1);
}

#[test]
fn limits_are_told() {
    let text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
    let limits = Limits { source_bytes: 20, ..Limits::default() };
    only_note(&load_within(&limits, "large.yaml", text), NoteCode::TooLarge);

    let mut loader = Loader::new(Options { limits, ..Options::default() });
    loader.reader("endless", std::io::repeat(b'a')).unwrap();
    only_note(&loader.finish(), NoteCode::TooLarge);

    let limits = Limits { total_bytes: text.len() + 1, ..Limits::default() };
    let mut loader = Loader::new(Options { limits, ..Options::default() });
    loader.text("first.yaml", text).unwrap();
    loader.text("second.yaml", text).unwrap();
    let manifests = loader.finish();
    assert_eq!(codes(&manifests.notes), [NoteCode::TooLarge]);
    assert_eq!(manifests.objects.len(), 1);

    let limits = Limits { nodes: 100, ..Limits::default() };
    let long = format!("a: [{}]\n", "x, ".repeat(100));
    only_note(&load_within(&limits, "nodes.yaml", long), NoteCode::TooLarge);
}

#[test]
fn there_are_not_more_notes_than_wanted() {
    let limits = Limits { notes: 10, ..Limits::default() };
    let repeated = "a: 1\n".repeat(100);
    let text = format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: a}}\n{repeated}");
    let manifests = load_within(&limits, "many.yaml", text);
    assert_eq!(manifests.notes.len(), 11);
    assert_eq!(manifests.notes[10].code, NoteCode::TooManyNotes);
    let text = "apiVersion: v1\n---\n".repeat(100);
    let manifests = load_within(&limits, "many.yaml", text);
    assert_eq!(manifests.notes.len(), 11);
    assert_eq!(manifests.notes[10].severity, Severity::Error);
    assert!(manifests.notes[10].message.starts_with("90 more notes"), "{}", manifests.notes[10].message);
}

#[test]
fn large_maps_and_long_lines_do_not_take_long() {
    // Quadratic work would not end here.
    let keys: String = (0..200_000).map(|key| format!("  key-{key}: x\n")).collect();
    let text = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n{keys}  key-7: z\n");
    let manifests = load("keys.yaml", text);
    assert_eq!(codes(&manifests.notes), [NoteCode::DuplicateKey]);

    let fields: Vec<String> =
        (0..900).map(|field| format!("\"ä{field}\": \"{}\"", "ä".repeat(5000))).collect();
    let json = format!(
        r#"{{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {{"name": "a"}}, {}}}"#,
        fields.join(", ")
    );
    let manifests = load("one-line.json", json);
    assert_eq!(manifests.notes.len(), 901, "{:?}", manifests.notes.last());
}
