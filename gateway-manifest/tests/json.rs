//! JSON by its own rules.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod loading;

use gateway_core::model::Value;
use gateway_manifest::{Limits, NoteCode, Severity, read_values};
use loading::{codes, load, map, path};

fn json(text: &str) -> Value {
    let (documents, notes) = read_values("a.json", text, &Limits::default());
    assert!(notes.is_empty() && documents.len() == 1, "{notes:?} about {text}");
    documents.into_iter().next().unwrap().value
}

#[test]
fn escapes_are_those_of_json() {
    assert_eq!(
        json(r#""a\/b\\\"\b\f\n\r\t\u00e4\ud83d\ude00é""#).as_str(),
        Some("a/b\\\"\u{8}\u{c}\n\r\tä😀é")
    );
    for wrong in
        [r#""\ud83d""#, r#""\ude00\ud83d""#, r#""\x41""#, r#""\u12""#, "\"a\nb\"", "\"a\tb\"", r#""\'""#]
    {
        let manifests = load("a.json", wrong);
        assert_eq!(codes(&manifests.notes), [NoteCode::Syntax], "{wrong}");
    }
}

#[test]
fn what_yaml_would_take_is_refused() {
    for wrong in [
        "{a: 1}",
        "{'a': 1}",
        r#"{"a": yes}"#,
        r#"{"a": 1,}"#,
        r#"{"a": 017}"#,
        r#"{"a": +1}"#,
        r#"{"a": .5}"#,
        r#"{"a": 1.}"#,
        r#"{"a": 0x1}"#,
        r#"{"a" 1}"#,
        r#"{"a": 1 "b": 2}"#,
        "[1 2]",
        "[1,]",
        "nul",
        "{\"a\": 1}]",
        "# comment\n{}",
        "{1: 2}",
        r#"{"a": NaN}"#,
    ] {
        let manifests = load("a.json", wrong);
        assert!(codes(&manifests.notes).contains(&NoteCode::Syntax), "{wrong}: {:?}", manifests.notes);
    }
}

#[test]
fn numbers_keep_what_was_written() {
    let value =
        json("[0, -0, 1e3, 1.50, 18446744073709551615, -9223372036854775808, 12345678901234567890123]");
    let written = "[0,-0,1e3,1.50,18446744073709551615,-9223372036854775808,12345678901234567890123]";
    assert_eq!(value.excerpt(200), written);
    assert_eq!(value.as_list().unwrap()[2].as_i64(), Some(1000));
}

#[test]
fn places_are_exact() {
    let text = "{\n  \"a\" : [ 1 ,\n\t{ \"b\\u0063\" : \"ä\" , \"d\" :true }\n  ],\"e\":{}\n}";
    let (documents, _) = read_values("a.json", text, &Limits::default());
    let positions = &documents[0].positions;
    let place = |text| {
        let place = positions.value(&path(text)).unwrap();
        (place.line, place.column, place.length)
    };
    assert_eq!(place("a"), (2, 9, 5));
    assert_eq!(place("a[0]"), (2, 11, 1));
    assert_eq!(place("a[1]"), (3, 2, 32));
    assert_eq!(place("a[1].bc"), (3, 16, 4));
    assert_eq!(place("a[1].d"), (3, 27, 4));
    assert_eq!(place("e"), (4, 9, 2));
    let key = positions.key(&path("a[1].bc")).unwrap();
    assert_eq!((key.line, key.column, key.length), (3, 4, 9));
}

#[test]
fn values_may_follow_each_other() {
    let object =
        |name| format!(r#"{{"apiVersion": "v1", "kind": "Namespace", "metadata": {{"name": "{name}"}}}}"#);
    let text = format!("{}{}\n\n{}", object("a"), object("b"), object("c"));
    for name in ["a.json", "a.yaml", "<stdin>"] {
        let manifests = load(name, text.as_str());
        assert!(manifests.notes.is_empty(), "{name}: {:?}", manifests.notes);
        let documents: Vec<usize> = manifests.objects.iter().map(|loaded| loaded.document).collect();
        assert_eq!(documents, [0, 1, 2], "{name}");
    }
}

#[test]
fn without_the_name_a_brace_may_begin_either() {
    // Only JSON knows `\/`-free tabs and only YAML plain words; both begin with a brace.
    for text in
        ["{\"a\": 1}", "{\n\t\"a\":\t1\n}", "{a: 1}", "{a: 1} # comment", "{a: 1,}", " {\"a\": 1}\n---\n"]
    {
        let (documents, notes) = read_values("<stdin>", text, &Limits::default());
        assert!(notes.is_empty(), "{text}: {notes:?}");
        assert_eq!(documents[0].value, map([("a", 1_i64.into())]), "{text}");
    }
    // What is neither is told as what it looks like more.
    let manifests = load("<stdin>", "{\"a\": 1, \"b\": [1, 2");
    assert_eq!(manifests.notes[0].code, NoteCode::Syntax);
    assert_eq!(manifests.notes[0].severity, Severity::Error);
    assert_eq!(manifests.notes.len(), 1);
}

#[test]
fn duplicate_keys_have_both_places() {
    let (documents, notes) = read_values("a.json", "{\"a\": 1,\n \"\\u0061\": 2}", &Limits::default());
    assert_eq!(codes(&notes), [NoteCode::DuplicateKey]);
    let (second, first) = (notes[0].location.as_ref().unwrap(), notes[0].related.as_ref().unwrap());
    assert_eq!((second.line, second.column, second.length), (2, 2, 8));
    assert_eq!((first.line, first.column, first.length), (1, 2, 3));
    assert_eq!(documents[0].value, map([("a", 2_i64.into())]));
}
