//! Every field is found where it stands.

#![allow(clippy::unwrap_used, reason = "a test may end here")]

mod loading;

use gateway_core::ObjectKey;
use gateway_core::model::ObjectKind;
use gateway_manifest::{Location, NoteCode, Positions};
use loading::{document, load, path};

const ROUTE: &str = r#"# A route.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: "api"
  annotations:
    example.com/ünï: value  # behind ü
    "quoted/key": |
      text
spec:
  hostnames: [a.example.com, 'b.example.com']
  rules:
  - matches:
    - path: {type: Exact, value: /a}
    backendRefs:

    - name: one
      port: 80
    -
      name: two
      port:
"#;

fn value(positions: &Positions, field: &str) -> (usize, usize, usize) {
    short(&positions.value(&path(field)).unwrap())
}

fn key(positions: &Positions, field: &str) -> (usize, usize, usize) {
    short(&positions.key(&path(field)).unwrap())
}

fn located(positions: &Positions, field: &str) -> (usize, usize, usize) {
    short(&positions.locate(&path(field)))
}

fn short(place: &Location) -> (usize, usize, usize) {
    (place.line, place.column, place.length)
}

#[test]
fn values_and_keys_are_where_they_are() {
    let positions = document(ROUTE).positions;
    assert_eq!(value(&positions, "kind"), (3, 7, 9));
    assert_eq!(key(&positions, "kind"), (3, 1, 4));
    assert_eq!(value(&positions, "metadata"), (5, 3, 11));
    assert_eq!(key(&positions, "metadata"), (4, 1, 8));
    assert_eq!(value(&positions, "metadata.name"), (5, 9, 5));
    assert_eq!(key(&positions, "metadata.annotations[example.com/ünï]"), (7, 5, 17));
    assert_eq!(value(&positions, "metadata.annotations[example.com/ünï]"), (7, 22, 5));
    assert_eq!(key(&positions, "metadata.annotations[quoted/key]"), (8, 5, 12));
    assert_eq!(value(&positions, "metadata.annotations[quoted/key]"), (9, 7, 4));
    assert_eq!(value(&positions, "spec.hostnames"), (11, 14, 32));
    assert_eq!(value(&positions, "spec.hostnames[0]"), (11, 15, 13));
    assert_eq!(value(&positions, "spec.hostnames[1]"), (11, 30, 15));
    assert_eq!(value(&positions, "spec.rules[0]"), (13, 5, 8));
    assert_eq!(value(&positions, "spec.rules[0].matches[0].path.value"), (14, 34, 2));
    assert_eq!(key(&positions, "spec.rules[0].matches[0].path.value"), (14, 27, 5));
    assert_eq!(value(&positions, "spec.rules[0].backendRefs[0].port"), (18, 13, 2));
    assert_eq!(value(&positions, "spec.rules[0].backendRefs[1]"), (20, 7, 9));
    assert_eq!(value(&positions, "spec.rules[0].backendRefs[1].name"), (20, 13, 3));
    assert!(positions.value(&path("spec.rules[1]")).is_none());
    assert!(positions.value(&path("spec.rules.x")).is_none());
    assert!(positions.value(&path("spec[0]")).is_none());
    assert!(positions.key(&path("spec.hostnames[0]")).is_none());
}

#[test]
fn the_place_to_show_is_a_value_or_the_key_of_many() {
    let positions = document(ROUTE).positions;
    assert_eq!(located(&positions, "metadata.name"), (5, 9, 5));
    assert_eq!(located(&positions, "spec.rules"), (12, 3, 5));
    assert_eq!(located(&positions, "spec.rules[0]"), (13, 5, 8));
    assert_eq!(located(&positions, "spec.hostnames"), (11, 3, 9));
    // A value that is not there is shown by its key.
    assert_eq!(located(&positions, "spec.rules[0].backendRefs[1].port"), (21, 7, 4));
    // A field that is not there, by the nearest above it.
    assert_eq!(located(&positions, "spec.rules[0].backendRefs[1].weight"), (20, 7, 9));
    assert_eq!(located(&positions, "spec.rules[0].backendRefs[7].name"), (15, 5, 11));
    assert_eq!(located(&positions, "spec.parentRefs[0].name"), (10, 1, 4));
    assert_eq!(located(&positions, "nothing"), (2, 1, 40));
    assert_eq!(located(&positions, ""), (2, 1, 40));
}

#[test]
fn offsets_are_those_of_the_text() {
    let manifests = load("route.yaml", ROUTE);
    let place = |field| manifests.locate(ObjectKind::HttpRoute, "default", "api", &path(field));
    let found = place("metadata.annotations[example.com/ünï]").unwrap();
    assert_eq!(&ROUTE[found.offset..found.offset + found.length], "value");
    assert_eq!(&*found.file, "route.yaml");
    let text = manifests.sources.text(found.source);
    assert_eq!(text, ROUTE);
    let line = manifests.sources.line(found.source, found.line).unwrap();
    assert_eq!(line, "    example.com/ünï: value  # behind ü");
    assert_eq!(found.to_string(), "route.yaml:7:22");
    assert!(manifests.locate(ObjectKind::HttpRoute, "other", "api", &path("spec")).is_none());
    assert!(manifests.locate(ObjectKind::Gateway, "default", "api", &path("spec")).is_none());
}

#[test]
fn aliases_lead_to_what_was_written() {
    let positions = document("a: &x\n  p: 1\nb: *x\nc: &y two\nd: *y\ne:\n  <<: *x\n").positions;
    assert_eq!(value(&positions, "b"), (3, 4, 2));
    assert_eq!(key(&positions, "b"), (3, 1, 1));
    assert_eq!(value(&positions, "b.p"), (2, 6, 1));
    assert_eq!(value(&positions, "d"), (4, 7, 3));
    assert_eq!(key(&positions, "d"), (5, 1, 1));
    assert_eq!(value(&positions, "e.p"), (2, 6, 1));
    assert!(positions.value(&path("e.<<")).is_none());
}

#[test]
fn of_equal_keys_the_last_is_found() {
    let text = "a:\n  k: 1\n  \"k\": 2\n  k: 3\n";
    let (documents, notes) =
        gateway_manifest::read_values("a.yaml", text, &gateway_manifest::Limits::default());
    assert_eq!(value(&documents[0].positions, "a.k"), (4, 6, 1));
    let places: Vec<_> = notes
        .iter()
        .map(|note| (short(note.location.as_ref().unwrap()), short(note.related.as_ref().unwrap())))
        .collect();
    assert_eq!(places, [((3, 3, 3), (2, 3, 1)), ((4, 3, 1), (3, 3, 3))]);
}

#[test]
fn fields_in_lists_are_found_from_their_object() {
    let text = include_str!("../testdata/cases/dump.yaml");
    let manifests = load("dump.yaml", text);
    let place = |kind, namespace, name, field| {
        let place = manifests.locate(kind, namespace, name, &path(field)).unwrap();
        (place.line, text.lines().nth(place.line - 1).unwrap().trim().to_owned())
    };
    let weight = place(ObjectKind::HttpRoute, "shop", "api", "spec.rules[0].backendRefs[0].weight");
    assert_eq!(weight, (110, "weight: 1".to_owned()));
    let port = place(ObjectKind::Gateway, "infra", "prod", "spec.listeners[0].port");
    assert_eq!(port, (61, "port: 80".to_owned()));
    let name = place(ObjectKind::Namespace, "", "inner", "metadata.name");
    assert_eq!(name, (142, "name: inner".to_owned()));
    let fields = "metadata.managedFields[0].fieldsV1[f:spec][f:listeners][k:{\"name\":\"http\"}]";
    assert_eq!(place(ObjectKind::Gateway, "infra", "prod", fields).1, "k:{\"name\":\"http\"}:");

    let note = manifests.notes.iter().find(|note| note.code == NoteCode::UnknownField).unwrap();
    assert_eq!(note.path.as_ref().unwrap().to_string(), "items[1].spec.rules[0].backendRefs[0].wieght");
    assert_eq!(note.object, Some(ObjectKey::new(ObjectKind::HttpRoute, "shop", "api")));
}
