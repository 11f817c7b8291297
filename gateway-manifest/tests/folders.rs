//! Files, folders and readers.

#![allow(clippy::similar_names, clippy::items_after_statements, reason = "a test reads from top to bottom")]
#![allow(clippy::unwrap_used, reason = "a test may end here")]

use std::fs;
use std::path::{Path, PathBuf};

use gateway_manifest::{Loader, ManifestError, Manifests, NoteCode, Options, Severity};

/// A folder for one test, empty at first.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn namespace(name: &str) -> String {
    format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}}}\n")
}

fn write(folder: &Path, file: &str, name: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, namespace(name)).unwrap();
}

fn load(path: &Path) -> Manifests {
    let mut loader = Loader::new(Options::default());
    loader.path(path).unwrap();
    loader.finish()
}

fn names(manifests: &Manifests) -> Vec<&str> {
    manifests.objects.iter().map(|loaded| loaded.object.metadata().name.as_str()).collect()
}

#[test]
fn folders_are_read_in_the_order_of_their_bytes() {
    let folder = folder("sorted");
    for (file, name) in [
        ("b.yaml", "b"),
        ("a.yml", "a"),
        ("Z.yaml", "z"),
        ("a/x.yaml", "ax"),
        ("a-b/x.yaml", "abx"),
        ("a/sub/deep/y.yaml", "deep"),
        ("ä.yaml", "umlaut"),
    ] {
        write(&folder, file, name);
    }
    let json = r#"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "json"}}"#;
    fs::write(folder.join("c.json"), json).unwrap();
    let manifests = load(&folder);
    assert_eq!(names(&manifests), ["z", "abx", "a", "deep", "ax", "b", "json", "umlaut"]);
    assert!(manifests.notes.is_empty(), "{:?}", manifests.notes);
    assert_eq!(manifests.files.read, 8);
    let first = manifests.sources.ids().next().unwrap();
    assert_eq!(manifests.sources.name(first), folder.join("Z.yaml").to_string_lossy());
    assert_eq!(manifests.sources.len(), 8);
}

#[test]
fn what_is_skipped_is_counted() {
    let folder = folder("skipped");
    for (file, name) in [
        ("a.yaml", "a"),
        (".hidden.yaml", "hidden"),
        (".git/b.yaml", "git"),
        ("README.md", "readme"),
        ("c.yaml.bak", "backup"),
        ("yaml", "bare"),
        ("d.YAML", "capital"),
        ("sub/..data/e.yaml", "data"),
    ] {
        write(&folder, file, name);
    }
    let manifests = load(&folder);
    assert_eq!(names(&manifests), ["a"]);
    let files = manifests.files;
    assert_eq!((files.read, files.hidden, files.other, files.links, files.failed), (1, 3, 4, 0, 0));
    // By its own name everything is read.
    assert_eq!(names(&load(&folder.join("c.yaml.bak"))), ["backup"]);
    assert_eq!(names(&load(&folder.join(".git"))), ["git"]);
}

#[cfg(unix)]
#[test]
fn links_lead_in_no_circles() {
    use std::os::unix::fs::symlink;

    let folder = folder("links");
    write(&folder, "real/a.yaml", "a");
    write(&folder, "b.txt", "b");
    symlink(&folder, folder.join("real/up")).unwrap();
    symlink(folder.join("b.txt"), folder.join("link.yaml")).unwrap();
    symlink(folder.join("nowhere"), folder.join("broken.yaml")).unwrap();
    symlink(folder.join("loop.yaml"), folder.join("loop.yaml")).unwrap();
    symlink(folder.join("nowhere"), folder.join("broken.txt")).unwrap();
    let manifests = load(&folder);
    assert_eq!(names(&manifests), ["b", "a"]);
    let files = manifests.files;
    assert_eq!((files.read, files.other, files.links, files.failed), (2, 2, 1, 2));
    let codes: Vec<NoteCode> = manifests.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, [NoteCode::UnreadableFile, NoteCode::UnreadableFile]);
    assert!(manifests.notes[0].to_string().contains("does not exist"), "{}", manifests.notes[0]);
    // A link that is named is followed.
    symlink(folder.join("real"), folder.join("named")).unwrap();
    assert_eq!(names(&load(&folder.join("named"))), ["a"]);
}

#[test]
fn a_bad_file_of_a_folder_is_a_note() {
    let folder = folder("bad");
    write(&folder, "a.yaml", "a");
    fs::write(folder.join("b.yaml"), b"caf\xE9").unwrap();
    write(&folder, "c.yaml", "c");
    let manifests = load(&folder);
    assert_eq!(names(&manifests), ["a", "c"]);
    assert_eq!((manifests.files.read, manifests.files.failed), (2, 1));
    let note = &manifests.notes[0];
    assert_eq!((note.code, note.severity), (NoteCode::UnreadableFile, Severity::Error));
    let location = note.location.as_ref().unwrap();
    assert_eq!(&*location.file, folder.join("b.yaml").to_string_lossy());
}

#[test]
fn a_path_that_cannot_be_read_is_an_error() {
    let folder = folder("errors");
    let mut loader = Loader::new(Options::default());
    let missing = folder.join("missing.yaml");
    let error = loader.path(&missing).unwrap_err();
    assert!(matches!(&error, ManifestError::NotFound { path } if *path == missing));
    assert_eq!(error.to_string(), format!("`{}` does not exist", missing.display()));
    fs::write(folder.join("latin1"), b"\xE9").unwrap();
    assert!(matches!(loader.path(folder.join("latin1")), Err(ManifestError::NotText { offset: 0, .. })));
    write(&folder, "a.yaml", "a");
    loader.path(folder.join("a.yaml")).unwrap();
    let manifests = loader.finish();
    assert_eq!(names(&manifests), ["a"]);
    assert!(manifests.notes.is_empty());
}

#[test]
fn readers_are_read_to_their_end() {
    let mut loader = Loader::new(Options::default());
    loader.reader("<pipe>", namespace("piped").as_bytes()).unwrap();
    let manifests = loader.finish();
    assert_eq!(names(&manifests), ["piped"]);
    assert_eq!(manifests.sources.name(manifests.objects[0].source), "<pipe>");

    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the pipe is broken"))
        }
    }
    let error = Loader::new(Options::default()).reader("<pipe>", Broken).unwrap_err();
    assert_eq!(error.to_string(), "`<pipe>` cannot be read: the pipe is broken");
}

#[test]
fn the_last_of_equal_objects_counts_across_files() {
    let mut loader = Loader::new(Options::default());
    let service = |namespace, kind| {
        format!("apiVersion: v1\nkind: Service\nmetadata: {{name: a{namespace}}}\nspec: {{type: {kind}}}\n")
    };
    loader.text("one.yaml", service("", "ClusterIP")).unwrap();
    loader.text("two.yaml", namespace("between")).unwrap();
    loader.text("three.yaml", service(", namespace: default", "NodePort")).unwrap();
    let manifests = loader.finish();
    assert_eq!(names(&manifests), ["between", "a"]);
    let note = &manifests.notes[0];
    assert_eq!(note.code, NoteCode::DuplicateObject);
    assert_eq!(note.location.as_ref().unwrap().to_string(), "three.yaml:1:1");
    assert_eq!(note.related.as_ref().unwrap().to_string(), "one.yaml:1:1");
    assert!(note.message.contains("one.yaml:1:1"), "{}", note.message);
    // The object keeps what was written: the namespace is filled in for its key only.
    let kind = gateway_core::ObjectKind::Service;
    let loaded = manifests.get(kind, "default", "a").unwrap();
    assert_eq!(loaded.object.metadata().namespace.as_deref(), Some("default"));
    assert_eq!(manifests.objects.len(), 2);
}
