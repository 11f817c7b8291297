//! What holds for every text.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod loading;
mod places;

use std::fmt::Write;

use gateway_core::model::{FieldPath, Value};
use gateway_manifest::{Limits, Loader, Options, Severity, read_values};
use loading::load;
use places::{check_notes, check_positions};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of which much that is nearly YAML can be made.
const PIECES: &[&str] = &[
    "- ",
    ": ",
    ":",
    "-",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n- ",
    "\n---\n",
    "\n...\n",
    "---",
    "&a ",
    "*a",
    "&b ",
    "*b",
    "<<",
    "<<: *a",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "\"",
    "'",
    "|",
    ">",
    "|-\n  ",
    "#",
    " # c",
    "\t",
    "!",
    "!!str ",
    "!x ",
    "%",
    "%YAML 1.2\n",
    "? ",
    "a",
    "b: ",
    "key: value\n",
    "1",
    "0x1F",
    "yes",
    "~",
    "null",
    ".nan",
    "\0",
    "\u{feff}",
    "\r\n",
    "\r",
    "ä",
    "😀",
    "\u{85}",
    "\u{2028}",
    "{{",
    "}}",
    "\\",
    "\\ud83d",
    "@",
    "`",
    "apiVersion: v1\n",
    "kind: List\n",
    "kind: Namespace\n",
    "items:\n",
    "metadata: {name: a}\n",
    "\u{7f}",
    "\u{1}",
];

fn check(name: &str, text: &str) {
    let mut loader = Loader::new(Options::default());
    // Zeros between the first characters look like UTF-16.
    if loader.text(name, text).is_err() {
        return;
    }
    let manifests = loader.finish();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_notes(text, &manifests.notes);
    let (documents, notes) = read_values(name, text, &Limits::default());
    for document in &documents {
        check_positions(&document.positions, &document.value, &FieldPath::root());
    }
    if text.contains('\0') {
        let error = notes.iter().any(|note| note.severity == Severity::Error);
        assert!(error, "a NUL byte was not told in {text:?}: {documents:?}");
    }
}

/// 3,000 cases, or as many more as `PROPTEST_CASES` says.
fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.max(3000), failure_persistence: None, ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_can_be_read(bytes in vec(any::<u8>(), 0..300), json in any::<bool>()) {
        let mut loader = Loader::new(Options::default());
        let _ = loader.text(if json { "a.json" } else { "a.yaml" }, bytes);
        let _ = loader.finish();
    }

    #[test]
    fn any_pieces_can_be_read(pieces in vec(select(PIECES), 0..40), json in any::<bool>()) {
        check(if json { "a.json" } else { "a.yaml" }, &pieces.concat());
    }

    #[test]
    fn any_text_can_be_read(text in "\\PC{0,80}", json in any::<bool>()) {
        check(if json { "a.json" } else { "a.yaml" }, &text);
    }

    #[test]
    fn a_cut_file_can_be_read(cut in 0_usize..6000) {
        let text = include_str!("../testdata/cases/dump.yaml");
        let cut = text.get(..cut).unwrap_or(text);
        let manifests = load("cut.yaml", cut);
        check_notes(cut, &manifests.notes);
    }

    #[test]
    fn what_is_written_as_yaml_is_read(tree in tree()) {
        let mut text = String::new();
        tree.write_block(&mut text, 0);
        let (documents, notes) = read_values("a.yaml", &text, &Limits::default());
        prop_assert!(notes.is_empty(), "{notes:?} about\n{text}");
        prop_assert_eq!(documents.len(), 1, "{}", text);
        prop_assert_eq!(&documents[0].value, &tree.value(), "{}", text);
        check_positions(&documents[0].positions, &documents[0].value, &FieldPath::root());
    }

    #[test]
    fn what_is_written_as_json_is_read(tree in tree(), pretty in any::<bool>(), name in select(&["a.json", "-"])) {
        let value = tree.value();
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.unwrap();
        let (documents, notes) = read_values(name, &text, &Limits::default());
        prop_assert!(notes.is_empty(), "{notes:?} about\n{text}");
        prop_assert_eq!(&documents[0].value, &value, "{}", text);
        check_positions(&documents[0].positions, &documents[0].value, &FieldPath::root());
    }
}

/// A value and how it is to be written.
#[derive(Clone, Debug)]
enum Node {
    /// Without quotes: the text, and what it means.
    Plain(&'static str, Value),
    Single(String),
    Double(String),
    Literal(String),
    List(Vec<Node>, bool),
    Map(Vec<(String, Node)>, bool),
}

fn tree() -> impl Strategy<Value = Node> {
    let plain = || {
        select(vec![
            ("true", true.into()),
            ("no", false.into()),
            ("~", Value::Null),
            ("null", Value::Null),
            ("0", 0_i64.into()),
            ("-17", (-17_i64).into()),
            ("017", 15_i64.into()),
            ("1.5", 1.5.into()),
            ("plain", "plain".into()),
            ("two words", "two words".into()),
            ("2026-01-01", "2026-01-01".into()),
            ("http://a.example/b#c", "http://a.example/b#c".into()),
            ("-x", "-x".into()),
        ])
    };
    let text = "[ -~äé😀\t\n]{0,12}";
    let leaf = prop_oneof![
        plain().prop_map(|(text, value)| Node::Plain(text, value)),
        "[ -~äé😀]{0,12}".prop_map(Node::Single),
        text.prop_map(Node::Double),
        "[a-z#:'\"{-][ -~]{0,8}(\n[a-z -]{0,5}[a-z])?\n".prop_map(Node::Literal),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            (vec(inner.clone(), 1..5), any::<bool>()).prop_map(|(nodes, flow)| Node::List(nodes, flow)),
            (vec(("[a-c]{1,3}|[ -~ä]{0,6}", inner), 1..5), any::<bool>()).prop_map(|(entries, flow)| {
                let mut unique = Vec::<(String, Node)>::new();
                for (key, node) in entries {
                    if unique.iter().all(|(other, _)| *other != key) {
                        unique.push((key, node));
                    }
                }
                Node::Map(unique, flow)
            }),
        ]
    })
}

impl Node {
    fn value(&self) -> Value {
        match self {
            Self::Plain(_, value) => value.clone(),
            Self::Single(text) | Self::Double(text) | Self::Literal(text) => text.as_str().into(),
            Self::List(nodes, _) => Value::List(nodes.iter().map(Self::value).collect()),
            Self::Map(entries, _) => {
                Value::Map(entries.iter().map(|(key, node)| (key.clone(), node.value())).collect())
            }
        }
    }

    /// Writes the node where a line is its own, and ends the line.
    fn write_block(&self, out: &mut String, indent: usize) {
        match self {
            Self::Literal(text) => {
                writeln!(out, "|2").unwrap();
                for line in text.lines() {
                    writeln!(out, "{}{line}", " ".repeat(indent + 2)).unwrap();
                }
            }
            Self::List(nodes, false) => {
                for node in nodes {
                    write!(out, "{}-", " ".repeat(indent)).unwrap();
                    node.write_behind(out, indent);
                }
            }
            Self::Map(entries, false) => {
                for (key, node) in entries {
                    write!(out, "{}{}:", " ".repeat(indent), quote_key(key)).unwrap();
                    node.write_behind(out, indent);
                }
            }
            _ => {
                write!(out, "{}", " ".repeat(indent)).unwrap();
                self.write_flow(out);
                out.push('\n');
            }
        }
    }

    /// Writes the node behind a key or dash.
    fn write_behind(&self, out: &mut String, indent: usize) {
        match self {
            Self::List(_, false) | Self::Map(_, false) => {
                out.push('\n');
                self.write_block(out, indent + 2);
            }
            Self::Literal(_) => {
                out.push(' ');
                self.write_block(out, indent);
            }
            _ => {
                out.push(' ');
                self.write_flow(out);
                out.push('\n');
            }
        }
    }

    fn write_flow(&self, out: &mut String) {
        match self {
            Self::Plain(text, _) => out.push_str(text),
            Self::Single(text) => write!(out, "'{}'", text.replace('\'', "''")).unwrap(),
            Self::Double(text) | Self::Literal(text) => out.push_str(&serde_json::to_string(text).unwrap()),
            Self::List(nodes, _) => {
                out.push('[');
                for node in nodes {
                    node.write_flow(out);
                    out.push_str(", ");
                }
                out.push(']');
            }
            Self::Map(entries, _) => {
                out.push('{');
                for (key, node) in entries {
                    write!(out, "{}: ", quote_key(key)).unwrap();
                    node.write_flow(out);
                    out.push_str(", ");
                }
                out.push('}');
            }
        }
    }
}

fn quote_key(key: &str) -> String {
    let plain = !key.is_empty() && key.bytes().all(|byte| matches!(byte, b'a'..=b'c'));
    if plain { key.to_owned() } else { serde_json::to_string(key).unwrap() }
}
