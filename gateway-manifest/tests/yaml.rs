//! YAML as kubectl reads it.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod loading;

use gateway_core::model::Value;
use gateway_manifest::{Limits, NoteCode, read_values};
use loading::{codes, document, load, map, path, value};

#[test]
fn scalars_keep_what_was_written() {
    let value = value("a: yes\nb: 017\nc: 1e3\nd: True\ne: ~\nf:\ng: 'no'\nh: 2026-01-01\ni: 0.50\n");
    assert_eq!(value.get("a").unwrap().as_bool(), Some(true));
    assert_eq!(value.get("b").unwrap().as_i64(), Some(15));
    assert_eq!(value.get("c").unwrap().as_i64(), Some(1000));
    assert_eq!(value.get("e"), Some(&Value::Null));
    assert_eq!(value.get("f"), Some(&Value::Null));
    assert_eq!(value.get("g").unwrap().as_str(), Some("no"));
    assert_eq!(value.get("h").unwrap().as_str(), Some("2026-01-01"));
    let written =
        r#"{"a":yes,"b":017,"c":1e3,"d":True,"e":null,"f":null,"g":"no","h":"2026-01-01","i":0.50}"#;
    assert_eq!(value.excerpt(200), written);
}

#[test]
fn text_in_all_styles() {
    let value = value(
        "plain: a b\n  c\nsingle: 'it''s\n  folded'\ndouble: \"a\\tb\\u00e4\\\n  c\"\nliteral: |\n  a\n   b\n\n\
         folded: >-\n  a\n  b\n\n  c\nkept: |+\n  a\n\nempty: ''\n",
    );
    let expected = [
        ("plain", "a b c"),
        ("single", "it's folded"),
        ("double", "a\tbäc"),
        ("literal", "a\n b\n"),
        ("folded", "a b\nc"),
        ("kept", "a\n\n"),
        ("empty", ""),
    ];
    assert_eq!(value, map(expected.map(|(key, text)| (key, text.into()))));
}

#[test]
fn anchors_stand_for_what_was_written_last() {
    let value = value("a: &x {p: [1]}\nb: *x\nc: &x two\nd: *x\n*x : key\n");
    let p = || map([("p", vec![Value::from(1_i64)].into())]);
    let two = || Value::from("two");
    assert_eq!(value, map([("a", p()), ("b", p()), ("c", two()), ("d", two()), ("two", "key".into())]));
}

#[test]
fn merge_keys_put_entries_in_place() {
    let text =
        "base: &base {a: 1, b: 2}\nfirst: {<<: *base, b: 3}\nlist:\n  <<: [{a: x}, {a: y, c: z}, *base]\n";
    let value = value(text);
    assert_eq!(value.get("first"), Some(&map([("a", 1_i64.into()), ("b", 3_i64.into())])));
    let merged = value.get("list").unwrap();
    assert_eq!(merged.get("a").unwrap().as_str(), Some("x"));
    assert_eq!(merged.get("b").unwrap().as_i64(), Some(2));
    assert_eq!(merged.get("c").unwrap().as_str(), Some("z"));
    assert_eq!(merged.as_map().unwrap().len(), 3);
}

#[test]
fn a_merge_overwrites_what_stands_before_it() {
    let (documents, notes) = read_values(
        "a.yaml",
        "base: &b {a: 1}\nx:\n  a: 2\n  <<: *b\nz:\n  <<: *b\n  a: 2\n",
        &Limits::default(),
    );
    assert_eq!(codes(&notes), [NoteCode::MergeOrder]);
    let value = &documents[0].value;
    assert_eq!(value.get("x").unwrap().get("a").unwrap().as_i64(), Some(1));
    assert_eq!(value.get("z").unwrap().get("a").unwrap().as_i64(), Some(2));
}

#[test]
fn anchors_within_merges_and_copies_stay_right() {
    let text = "a: &a\n  <<: {k: &inner [1, 2], l: m}\n  o: *inner\nb: *a\nc: *inner\n";
    let value = value(text);
    let list = || Value::List(vec![1_i64.into(), 2_i64.into()]);
    let merged = || map([("k", list()), ("l", "m".into()), ("o", list())]);
    assert_eq!(value, map([("a", merged()), ("b", merged()), ("c", list())]));
}

#[test]
fn quoted_keys_are_the_keys_in_the_quotes() {
    let value = value("\"a\\u0041\": 1\n'it''s': 2\n? long\n: 3\n\"on\": 4\n");
    let keys: Vec<&str> = value.as_map().unwrap().iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["aA", "it's", "long", "on"]);
}

#[test]
fn line_ends_are_all_alike() {
    let unix = "a: 1\nb:\n- x\n- |\n  text\n  more\nc: two\n  words\n";
    assert_eq!(value(unix), value(&unix.replace('\n', "\r\n")));
    assert_eq!(value(unix), value(&unix.replace('\n', "\r")));
    let place = document(&unix.replace('\n', "\r\n")).positions.locate(&path("c"));
    assert_eq!((place.line, place.column), (7, 4));
}

#[test]
fn tabs_separate_but_do_not_indent() {
    assert_eq!(value("a:\t1\nb: {\t\"c\":\t2\t}\n").get("a").unwrap().as_i64(), Some(1));
    let manifests = load("tab.yaml", "a:\n\tb: 1\n");
    assert_eq!(codes(&manifests.notes), [NoteCode::Syntax]);
    assert_eq!(manifests.notes[0].message, "a tab in the indentation: use spaces");
}

#[test]
fn there_may_be_nothing() {
    for text in ["", "\n", "# only\n# comments\n", "---\n", "---\n---\n...\n", "null\n", "~", " \n\t\n"] {
        let manifests = load("nothing.yaml", text);
        assert!(manifests.notes.is_empty(), "{text:?}: {:?}", manifests.notes);
        assert!(manifests.objects.is_empty());
    }
}

#[test]
fn a_mistake_concerns_one_document_only() {
    let object = |name| format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}}}\n");
    for broken in [
        "a: [b",
        "a: \"b",
        "a: b: c",
        "a:\n\tb",
        "a: *b",
        "a: 'b",
        "{a: b",
        "]",
        "a: @b",
        "- a\nb: c",
        "? [a]\n: b",
        "a: !<b",
        "a: |x\n b",
        "&a *b",
        "%",
        "a: \u{1}",
        "\"\\q\"",
    ] {
        for between in [format!("{broken}\n"), format!("{broken}\n# comment")] {
            let text = format!("{}---\n{between}\n---\n{}", object("first"), object("last"));
            let manifests = load("broken.yaml", text.as_str());
            let names: Vec<&str> =
                manifests.objects.iter().map(|loaded| loaded.object.metadata().name.as_str()).collect();
            assert_eq!(names, ["first", "last"], "{broken:?}: {:?}", manifests.notes);
            assert!(manifests.has_errors(), "{broken:?}");
            let line = manifests.notes[0].location.as_ref().unwrap().line;
            assert!((5..=7).contains(&line), "{broken:?}: line {line}");
        }
    }
}

#[test]
fn a_mistake_in_the_first_document_is_no_other() {
    let text = "a: [b\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
    let manifests = load("first.yaml", text);
    assert_eq!(codes(&manifests.notes), [NoteCode::Syntax]);
    assert_eq!(manifests.objects[0].document, 1);
}

#[test]
fn a_separator_in_a_block_scalar_is_text() {
    let value = value("a: |\n  x\n  ---\n  y\nb: 1\n");
    assert_eq!(value.get("a").unwrap().as_str(), Some("x\n---\ny\n"));
}
