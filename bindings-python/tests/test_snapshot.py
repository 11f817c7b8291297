"""Objects in every form in which programs have them, and what is said of those that cannot be any."""

import collections
import datetime
import enum
import types
from pathlib import Path
from typing import Any

import pytest
import yaml
from gateway_core import GatewayError, ManifestError, ObjectError, ObjectRef, Router, Snapshot

NAMESPACE: dict[str, Any] = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}


def test_dicts_and_text_and_files_are_the_same(shop: Router) -> None:
    documents = [
        document
        for file in sorted(Path("examples/shop").glob("*.yaml"))
        for document in yaml.safe_load_all(file.read_text())
    ]
    text = "\n---\n".join(file.read_text() for file in sorted(Path("examples/shop").glob("*.yaml")))
    for snapshot in [
        Snapshot(documents),
        Snapshot(tuple(documents)),
        Snapshot(document for document in documents),
        Snapshot({"apiVersion": "v1", "kind": "List", "items": documents}),
        Snapshot.from_text(text),
        Snapshot.from_text(text.encode()),
        Snapshot.from_path(["examples/shop"]),
        Snapshot.from_path(sorted(Path("examples/shop").glob("*.yaml"))),
    ]:
        assert Router(snapshot).statuses() == shop.statuses()


def test_upsert_and_remove() -> None:
    snapshot = Snapshot(NAMESPACE)
    assert snapshot.upsert([NAMESPACE]) == snapshot.keys()
    assert [str(key) for key in snapshot.keys()] == ["Namespace/shop"]  # noqa: SIM118
    assert ("namespaces", None, "shop") in snapshot
    before = snapshot.copy()
    assert snapshot.remove("namespace", None, "shop")
    assert not snapshot.remove("Namespace", None, "shop")
    assert (len(snapshot), len(before)) == (0, 1)
    with pytest.raises(GatewayError, match=r"no kind is called `HTTPRout`; did you mean `HTTPRoute`\?"):
        snapshot.remove("HTTPRout", "shop", "api")


def test_a_router_keeps_what_it_was_built_from(shop: Router) -> None:
    snapshot = Snapshot.from_path("examples/shop")
    router = Router(snapshot)
    for key in snapshot.keys():  # noqa: SIM118
        assert snapshot.remove(key.kind, key.namespace, key.name)
    assert router.statuses() == shop.statuses()
    assert Router(snapshot).statuses() == []


def test_what_is_noticed_goes_with_the_object() -> None:
    right = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "GatewayClass",
        "metadata": {"name": "a"},
        "spec": {"controllerName": "example.com/a"},
    }
    odd = {**right, "sepc": {}}
    snapshot = Snapshot(odd)
    assert len(snapshot.notes) == 1
    assert "unknown field `sepc`" in snapshot.notes[0]
    snapshot.upsert(right)
    assert snapshot.notes == []
    snapshot.upsert(odd)
    snapshot.remove("GatewayClass", None, "a")
    assert snapshot.notes == []
    with pytest.raises(ManifestError, match="sepc") as raised:
        Snapshot(odd, strict=True)
    error = raised.value
    assert (error.path, error.object, error.file) == ("sepc", "GatewayClass/a", None)


class Dynamic:
    """As kubernetes.dynamic gives them: attributes for everything, and None for what is not there."""

    def __init__(self, attributes: dict[str, Any]) -> None:
        self.attributes = attributes

    def to_dict(self) -> dict[str, Any]:
        return self.attributes

    def __getattr__(self, name: str) -> Any:
        return self.attributes.get(name)


class Model:
    """As the models of the kubernetes client, whose to_dict renames the fields."""

    openapi_types = types.MappingProxyType({"api_version": "str"})

    def to_dict(self) -> dict[str, Any]:
        return {"api_version": "v1", "kind": "Namespace"}


class Word(str, enum.Enum):
    NAMESPACE = "Namespace"


def test_what_python_has_for_a_manifest() -> None:
    created = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    for one in [
        Dynamic(NAMESPACE),
        collections.UserDict(NAMESPACE),
        types.MappingProxyType(NAMESPACE),
        collections.OrderedDict(NAMESPACE),
        {**NAMESPACE, "kind": Word.NAMESPACE},
        {**NAMESPACE, "metadata": {"name": "shop", "creationTimestamp": created}},
        {**NAMESPACE, "metadata": {"name": "shop", "creationTimestamp": created.replace(tzinfo=None)}},
    ]:
        assert Snapshot(one, strict=True).keys() == Snapshot(NAMESPACE).keys()
    with pytest.raises(ObjectError, match="sanitize_for_serialization"):
        Snapshot(Model())


def test_age_is_read_from_datetimes() -> None:
    """The older of two Routes with the same match wins, whatever zone its age is told in."""
    zone = datetime.timezone(datetime.timedelta(hours=5))
    times = {
        "old": datetime.datetime(2026, 1, 1, 4, tzinfo=zone),
        "new": datetime.datetime(2026, 1, 1, 0, tzinfo=datetime.timezone.utc),
    }
    snapshot = Snapshot(
        [
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": {"name": "c"},
             "spec": {"controllerName": "example.com/c"}},
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "g"},
             "spec": {"gatewayClassName": "c", "listeners": [{"name": "l", "port": 80, "protocol": "HTTP"}]}},
            *(
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
                 "metadata": {"name": f"{len(times)}-{name}", "creationTimestamp": time},
                 "spec": {"parentRefs": [{"name": "g"}]}}
                for name, time in times.items()
            ),
        ]
    )  # fmt: skip
    route = Router(snapshot).route("http://a.test/").route
    assert route is not None
    assert route.name == "2-old"


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def cyclic() -> Any:
    value: dict[str, Any] = {**NAMESPACE}
    value["metadata"] = {"name": "x", "annotations": [value]}
    return value


def exploding() -> Any:
    value: Any = "x" * 1000
    for _ in range(60):
        value = [value] * 8
    return {**NAMESPACE, "spec": value}


class Broken:
    def to_dict(self) -> Any:
        raise RuntimeError("it is broken")


class Endless:
    def to_dict(self) -> Any:
        return Endless()


@pytest.mark.parametrize(
    ("value", "words", "path"),
    [
        (cyclic(), "contains itself", "metadata.annotations[0]"),
        (nested(5000), "nested more than 100 levels deep", None),
        (Endless(), "nested more than 100 levels deep", ""),
        (exploding(), "larger than", None),
        ({**NAMESPACE, "metadata": {"name": "\ud800"}}, "half a surrogate pair", "metadata.name"),
        ({**NAMESPACE, "\udfff": 1}, "half a surrogate pair", ""),
        (dict([*NAMESPACE.items(), (8080, 1)]), "the key 8080 is not text", ""),
        ({**NAMESPACE, "spec": {1, 2}}, "set is neither a dict nor a list nor a scalar", "spec"),
        ({**NAMESPACE, "spec": float("nan")}, "NaN is no JSON number", "spec"),
        ({**NAMESPACE, "spec": b"x"}, "bytes is neither", "spec"),
        ({**NAMESPACE, "spec": 10**5000}, "too long", "spec"),
        ([NAMESPACE, {**NAMESPACE, "spec": [object()]}], "object is neither", "[1].spec[0]"),
        ([NAMESPACE, Model()], "sanitize_for_serialization", "[1]"),
    ],
)
def test_what_is_no_manifest(value: Any, words: str, path: str | None) -> None:
    with pytest.raises(ObjectError, match=words) as raised:
        Snapshot(value)
    if path is not None:
        assert raised.value.path == path
    assert isinstance(raised.value, ManifestError)


def test_errors_of_the_object_itself_come_through() -> None:
    with pytest.raises(RuntimeError, match="it is broken"):
        Snapshot(Broken())
    with pytest.raises(TypeError, match=r"Snapshot\.from_text"):
        Snapshot("kind: Namespace")
    with pytest.raises(ManifestError, match="must be an object"):
        Snapshot(7)


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("kind: [", "never closed", 1),
        ("apiVersion: v1\nkind: Namespace\nmetadata: {name: 7}", "must be|expected|type", 3),
        ("a: \0", "NUL byte", 1),
        (b"a: \xff", "not valid UTF-8", None),
        ("a: b", "no manifest", None),
        ("{{ .Values.x }}", None, None),
    ],
)
def test_texts_that_are_no_manifests(text: str | bytes, words: str | None, line: int | None) -> None:
    strict = isinstance(text, str) and text == "a: b"
    with pytest.raises(ManifestError, match=words) as raised:
        Snapshot.from_text(text, name="x.yaml", strict=strict)
    assert raised.value.file == "x.yaml"
    if line is not None:
        assert raised.value.line == line


def test_paths_that_are_none(tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    with pytest.raises(ManifestError, match="does not exist") as raised:
        Snapshot.from_path(missing)
    assert raised.value.file == str(missing)
    with pytest.raises((ManifestError, ValueError)):
        Snapshot.from_path("a\0b")
    with pytest.raises(ValueError, match="'raise' or 'keep'"):
        Snapshot.from_path(missing, errors="ignore")  # type: ignore[arg-type]


def test_a_failed_call_changes_nothing() -> None:
    snapshot = Snapshot(NAMESPACE)
    with pytest.raises(ManifestError):
        snapshot.add_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n---\nkind: [")
    with pytest.raises(ObjectError):
        snapshot.upsert([{**NAMESPACE, "metadata": {"name": "other"}}, cyclic()])
    assert [key.name for key in snapshot.keys()] == ["shop"]  # noqa: SIM118
    snapshot.add_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n---\nkind: [", errors="keep")
    assert len(snapshot) == 2
    assert len(snapshot.notes) == 1


def test_values_of_references() -> None:
    key = Snapshot(NAMESPACE).keys()[0]
    assert repr(key) == "ObjectRef(kind='Namespace', namespace='', name='shop')"
    assert {key: 1}[Snapshot(NAMESPACE).keys()[0]] == 1
    assert isinstance(key, ObjectRef)
    with pytest.raises(AttributeError):
        key.name = "x"  # type: ignore[misc]


def test_typed_objects_of_the_kubernetes_client() -> None:
    client = pytest.importorskip("kubernetes.client", reason="the kubernetes client is not installed")
    service = client.V1Service(
        api_version="v1",
        kind="Service",
        metadata=client.V1ObjectMeta(name="api", namespace="shop", creation_timestamp=datetime.datetime.now()),
        spec=client.V1ServiceSpec(ports=[client.V1ServicePort(port=80, target_port=8080)]),
    )
    with pytest.raises(ObjectError, match="sanitize_for_serialization"):
        Snapshot(service)
    plain = client.ApiClient().sanitize_for_serialization(service)
    assert [str(key) for key in Snapshot(plain, strict=True).keys()] == ["Service/shop/api"]  # noqa: SIM118
