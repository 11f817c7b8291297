"""The compiled part. Import from `gateway_core`."""

import builtins
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, final

__version__: str

__all__ = [
    "Backend",
    "Batch",
    "BuildError",
    "Decision",
    "Explanation",
    "Finding",
    "GatewayError",
    "InternalError",
    "Listener",
    "ManifestError",
    "NotFoundError",
    "ObjectError",
    "ObjectRef",
    "ProfileError",
    "RequestError",
    "Router",
    "Snapshot",
    "StatusChanges",
    "Upstream",
    "__version__",
    "profiles",
]

_Errors: TypeAlias = Literal["raise", "keep"]
_Channel: TypeAlias = Literal["standard", "experimental"]
_Paths: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_Profile: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]
_Headers: TypeAlias = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]
_Column: TypeAlias = str | Iterable[str | None]

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None, /) -> object: ...

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None, /) -> object: ...

class GatewayError(Exception):
    """The base of all errors of this package.

    The attributes are None where an error says nothing about them.
    """

    file: str | None
    """The file, or the name of the text."""
    line: int | None
    """The line, counted from 1."""
    column: int | None
    """The column, counted from 1, in characters."""
    path: str | None
    """The field, such as ``spec.rules[0].name``."""
    object: str | None
    """The object, such as ``HTTPRoute/shop/api``."""

class ManifestError(GatewayError):
    """A manifest cannot be read, or Kubernetes would refuse it."""

class ObjectError(ManifestError):
    """A Python object cannot be a manifest; ``path`` says which part of it."""

class ProfileError(GatewayError):
    """A profile cannot be used."""

class BuildError(GatewayError):
    """The input is larger than a limit."""

class RequestError(GatewayError):
    """A question cannot be understood."""

class NotFoundError(GatewayError):
    """A question is about something that is not in the input."""

class InternalError(GatewayError):
    """A mistake of this package; please report it."""

@final
class ObjectRef:
    """An object by kind, namespace and name; ``str`` joins them with ``/``."""

    @property
    def kind(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def name(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class Listener:
    """A listener by its owner and its own name."""

    @property
    def kind(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def section(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class Backend:
    """A backend. ``weight`` and ``valid`` are there in the list of a rule."""

    @property
    def kind(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def port(self) -> int | None: ...
    @property
    def weight(self) -> int | None: ...
    @property
    def valid(self) -> bool | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class StatusChanges:
    """The statuses that are not what they were, and the objects whose status is gone."""

    @property
    def changed(self) -> list[dict[str, Any]]:
        """Statuses that are new, or not what they were."""

    @property
    def removed(self) -> list[ObjectRef]: ...

@final
class Upstream:
    """The request that the backend sees."""

    @property
    def method(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def query(self) -> str | None: ...
    @property
    def headers(self) -> list[tuple[str, str]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class Snapshot:
    """Objects by kind, namespace and name.

    >>> from gateway_core import Snapshot
    >>> snapshot = Snapshot({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}})
    >>> len(snapshot), ("Namespace", None, "shop") in snapshot
    (1, True)

    ``objects`` are dicts and lists as the kubernetes client, PyYAML or JSON readers give them; what has a
    ``to_dict`` is asked for it, a ``datetime`` becomes RFC 3339. With ``errors="keep"`` nothing that is wrong
    with a manifest is raised: it is kept for ``Router.lint``. ``strict`` takes unknown fields and duplicate keys
    as errors, as ``kubectl apply --validate=strict`` does.
    """

    def __new__(cls, objects: object = None, *, errors: _Errors = "raise", strict: bool = False) -> Snapshot: ...
    @staticmethod
    def from_path(paths: _Paths, *, errors: _Errors = "raise", strict: bool = False) -> Snapshot:
        """Reads files, and folders with all below them.

        >>> Snapshot.from_path("examples/shop")
        <Snapshot of 20 objects>
        """

    @staticmethod
    def from_text(
        text: str | bytes, *, name: str = "<text>", errors: _Errors = "raise", strict: bool = False
    ) -> Snapshot:
        """Reads YAML or JSON with any number of documents; ``name`` stands in errors.

        >>> Snapshot.from_text("apiVersion: v1\\nkind: Namespace\\nmetadata: {name: shop}")
        <Snapshot of 1 objects>
        >>> try:
        ...     Snapshot.from_text("kind: {", name="a.yaml")
        ... except ManifestError as error:
        ...     error.file, error.line
        ('a.yaml', 1)
        """

    def add_path(self, paths: _Paths, *, errors: _Errors = "raise", strict: bool = False) -> list[ObjectRef]:
        """Reads files and folders into this snapshot, in place of objects of the same name."""

    def add_text(
        self, text: str | bytes, *, name: str = "<text>", errors: _Errors = "raise", strict: bool = False
    ) -> list[ObjectRef]:
        """Reads a text into this snapshot, in place of objects of the same name."""

    def upsert(self, objects: object, *, errors: _Errors = "raise", strict: bool = False) -> list[ObjectRef]:
        """Adds objects, or replaces those of the same kind, namespace and name."""

    def remove(self, kind: str, namespace: str | None, name: str) -> bool:
        """Removes an object, and says whether it was there.

        >>> snapshot = Snapshot.from_path("examples/shop")
        >>> snapshot.remove("HTTPRoute", "production", "api-routes")
        True
        >>> snapshot.remove("HTTPRoute", "production", "api-routes")
        False
        """

    def keys(self) -> list[ObjectRef]:
        """All objects by name, sorted."""

    @property
    def notes(self) -> list[str]:
        """What was noticed while the manifests were read."""

    def copy(self) -> Snapshot:
        """A snapshot of its own; the objects are shared."""

    def __copy__(self) -> Snapshot: ...
    def __len__(self, /) -> int: ...
    def __contains__(self, key: tuple[str, str | None, str], /) -> bool: ...

@final
class Router:
    """A built snapshot: statuses, and an answer to every request. Immutable; share it between threads.

    ``profile`` says how the controller behaves: a name of ``profiles()``, a file, or a dict with the keys of
    such a file. Without ``controller`` every GatewayClass is ours. ``assume`` lists kinds whose objects are taken
    as existing when the snapshot holds none of them.

    >>> from gateway_core import Router, Snapshot
    >>> Router(Snapshot.from_path("examples/shop"))
    <Router for gateway-infra/production-gateway with 20 objects>
    """

    def __new__(
        cls,
        snapshot: Snapshot,
        *,
        profile: _Profile | None = None,
        controller: str | None = None,
        assume: Sequence[str] = ...,
    ) -> Router: ...
    def rebuild(self, snapshot: Snapshot) -> Router:
        """The router of a snapshot that has changed since this one was built, with the profile of this one.

        It equals one that is built anew, shares what no change can reach, and costs accordingly. This one stays
        as it is.

        >>> snapshot = Snapshot.from_path("examples/shop")
        >>> old = Router(snapshot)
        >>> snapshot.remove("HTTPRoute", "production", "storefront")
        True
        >>> new = old.rebuild(snapshot)
        >>> new.route("https://shop.example.com/cart").reason
        'NoMatchingRoute'
        """

    @property
    def gateways(self) -> list[str]:
        """The Gateways that are ours, as ``namespace/name``."""

    def route(
        self,
        url: str | None = None,
        *,
        method: str | None = None,
        host: str | None = None,
        path: str | None = None,
        query: str | None = None,
        headers: _Headers | None = None,
        scheme: str | None = None,
        port: int | None = None,
        sni: str | None = ...,
        gateway: str | None = None,
        service: str | None = None,
        client_namespace: str | None = None,
        draw: int | None = None,
    ) -> Decision:
        """Decides about a request: a URL, or its parts.

        ``port`` is the one the client connects to; without it that of the URL or scheme. ``sni`` is the TLS server
        name: the host if left out, none with None. ``draw`` is a random number that chooses among weighted
        backends and mirrors. ``gateway`` is needed when several listen on the port; in a mesh
        ``service`` takes its place, and ``client_namespace`` is where the client is.

        >>> router = Router(Snapshot.from_path("examples/shop"))
        >>> router.route("https://api.example.com/v2/users", draw=80).backend.name
        'api-v2-canary'
        >>> router.route(host="api.example.com", path="/v2/users", port=443).rule
        0
        """

    def connect(
        self,
        url: str | None = None,
        *,
        scheme: str | None = None,
        host: str | None = None,
        port: int | None = None,
        sni: str | None = ...,
        gateway: str | None = None,
        service: str | None = None,
        client_namespace: str | None = None,
        draw: int | None = None,
    ) -> Decision:
        """Decides about a connection: ``tls://host``, ``tcp://host:9000`` or ``udp://host:53``, or its parts.

        >>> router = Router(Snapshot.from_path("examples/shop"))
        >>> router.connect("tls://api.example.com").decision
        'http'
        """

    def explain(
        self,
        url: str | None = None,
        *,
        method: str | None = None,
        host: str | None = None,
        path: str | None = None,
        query: str | None = None,
        headers: _Headers | None = None,
        scheme: str | None = None,
        port: int | None = None,
        sni: str | None = ...,
        gateway: str | None = None,
        service: str | None = None,
        client_namespace: str | None = None,
        draw: int | None = None,
    ) -> Explanation:
        """Why ``route`` decides as it does: every listener, Route, rule and match that was considered.

        >>> router = Router(Snapshot.from_path("examples/shop"))
        >>> router.explain("https://api.example.com/v2/users")
        <Explanation of GET api.example.com/v2/users>
        """

    def explain_route(self, route: str) -> Explanation:
        """Why a Route is attached or not, by ``KIND/NAMESPACE/NAME``.

        >>> router = Router(Snapshot.from_path("examples/shop"))
        >>> router.explain_route("HTTPRoute/production/api-routes")["parents"][0]["attached"]
        True
        """

    def statuses(self) -> list[dict[str, Any]]:
        """The status of every object of ours, as a controller would write it.

        >>> router = Router(Snapshot.from_path("examples/shop"))
        >>> sorted({status["kind"] for status in router.statuses()})
        ['Gateway', 'GatewayClass', 'HTTPRoute']
        """

    def statuses_json(self, *, pretty: bool = False) -> str:
        """The same as JSON, as ``gateway status -o json`` prints it when pretty."""

    def status_changes_since(self, old: Router) -> StatusChanges:
        """The statuses that are not what they were in another router, and the objects whose status is gone.

        >>> snapshot = Snapshot.from_path("examples/shop")
        >>> old = Router(snapshot)
        >>> snapshot.remove("HTTPRoute", "production", "storefront")
        True
        >>> old.rebuild(snapshot).status_changes_since(old).removed
        [ObjectRef(kind='HTTPRoute', namespace='production', name='storefront')]
        """

    def problems(self, *, channel: _Channel = "experimental") -> list[Finding]:
        """What the API server or the reader of the manifests would refuse or warn of."""

    def lint(
        self,
        *,
        only: Sequence[str] = ...,
        ignore: Sequence[str] = ...,
        channel: _Channel = "experimental",
        old: Snapshot | None = None,
    ) -> list[Finding]:
        """Everything that ``gateway lint`` finds. ``only`` and ``ignore`` are rules or groups of rules; objects
        that are in ``old`` too are judged as updates.

        >>> router = Router(Snapshot.from_path("examples/broken", errors="keep"))
        >>> finding = router.lint(only=["ATT-180"])[0]
        >>> finding.file, finding.line, finding.path
        ('examples/broken/routes.yaml', 51, 'spec.rules[0].backendRefs[0]')
        """

    def lint_json(
        self,
        *,
        only: Sequence[str] = ...,
        ignore: Sequence[str] = ...,
        channel: _Channel = "experimental",
        old: Snapshot | None = None,
        pretty: bool = False,
    ) -> str:
        """The same as JSON, as ``gateway lint -o json`` prints it when pretty."""

    def route_batch(
        self,
        requests: _ArrowStream | _ArrowArray | Iterable[str | None] | None = None,
        *,
        url: _Column | None = None,
        method: _Column | None = None,
        host: _Column | None = None,
        path: _Column | None = None,
        query: _Column | None = None,
        headers: Mapping[str, str | Sequence[str]] | Iterable[_Headers | None] | None = None,
        port: int | None = None,
        scheme: str = "http",
        sni: str | None = ...,
        gateway: str | None = None,
        draw: int = 0,
    ) -> Batch:
        """Decides about many requests: a table, a list of URLs, or columns of text.

        A table is anything with the Arrow PyCapsule interface, such as those of Polars, DuckDB and pyarrow. Its
        columns ``url``, or ``method``, ``host``, ``path`` and ``query``, and ``headers`` (a map, or a list of
        structs of name and value), ``port`` and ``draw`` are used; others do not matter. A text in place of a
        column holds for all rows. The GIL is released while the rows are decided.

        >>> router = Router(Snapshot.from_path("examples/shop"))
        >>> batch = router.route_batch(["https://api.example.com/v2/users", "http://api.example.com/"])
        >>> batch.column("backend"), batch.column("status")
        (['production/api-v2:8080', None], [None, 301])
        >>> router.route_batch(host="api.example.com", path=["/v2/a", "/api/b"], port=443).column("rule")
        [0, 2]
        """

@final
class Decision:
    """What becomes of a request, or of a connection. ``docs/decision.md`` describes the JSON form.

    >>> from gateway_core import Router, Snapshot
    >>> decision = Router(Snapshot.from_path("examples/shop")).route("http://api.example.com/a")
    >>> decision.decision, decision.status, decision.location
    ('redirect', 301, 'https://api.example.com/a')
    >>> decision["route"]["name"]
    'http-to-https-redirect'
    """

    @property
    def decision(self) -> Literal["forward", "redirect", "respond", "reject", "http"]:
        """What to do: the last two are about connections."""

    @property
    def listener(self) -> Listener | None:
        """The listener that took the request."""

    @property
    def service(self) -> dict[str, Any] | None:
        """The port of a Service that the request is for, in a mesh: ``namespace``, ``name`` and ``port``."""

    @property
    def route(self) -> ObjectRef | None:
        """The Route that matched."""

    @property
    def rule(self) -> int | None:
        """The index of the rule."""

    @property
    def rule_name(self) -> str | None:
        """The name of the rule."""

    @property
    def match(self) -> int | None:
        """The index of the match in the rule."""

    @property
    def backends(self) -> list[Backend]:
        """All backends of the rule."""

    @property
    def backend(self) -> Backend | None:
        """The backend that was drawn."""

    @property
    def upstream(self) -> Upstream | None:
        """The request that it sees."""

    @property
    def mirrors(self) -> list[Backend]:
        """Where copies are sent."""

    @property
    def response(self) -> dict[str, Any] | None:
        """Changes to the response: ``set``, ``add`` and ``remove``."""

    @property
    def timeouts(self) -> dict[str, Any] | None:
        """``request`` and ``backendRequest``."""

    @property
    def status(self) -> int | None:
        """The HTTP status, unless it is the backend's."""

    @property
    def location(self) -> str | None:
        """The target of a redirect."""

    @property
    def reason(self) -> str | None:
        """Why it is answered with a status alone, or rejected."""

    @property
    def grpc_status(self) -> int | None:
        """The gRPC status to send instead."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Headers of the answer."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, with all keys."""

    def to_json(self, *, pretty: bool = False) -> str:
        """The JSON form as text: a line of ``gateway route --requests``, or ``gateway route -o json`` when pretty."""

    def __getitem__(self, key: str, /) -> Any: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...

@final
class Explanation:
    """Why something is as it is; ``str`` is the JSON form for people."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""

    def to_json(self, *, pretty: bool = False) -> str:
        """The JSON form as text, as the command prints it when pretty."""

    def __getitem__(self, key: str, /) -> Any: ...

@final
class Finding:
    """Something that is wrong with a manifest. ``docs/lint.md`` describes the fields."""

    @property
    def rule(self) -> str:
        """The id of the rule, documented in ``docs/lint-rules.md``."""

    @property
    def group(self) -> str:
        """The group of the rule."""

    @property
    def severity(self) -> Literal["error", "warning", "info"]:
        """How bad it is."""

    @property
    def object(self) -> ObjectRef | None:
        """The object it is about."""

    @property
    def path(self) -> str:
        """The field; empty for the whole."""

    @property
    def message(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do; may be empty."""

    @property
    def file(self) -> str | None:
        """The file, if it is from one."""

    @property
    def line(self) -> int | None:
        """The line, counted from 1."""

    @property
    def column(self) -> int | None:
        """The column, counted from 1."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""

    def to_json(self, *, pretty: bool = False) -> str:
        """The JSON form as text."""

    def __eq__(self, other: builtins.object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]

@final
class Batch:
    """Decisions as columns: ``decision``, ``route``, ``rule``, ``backend``, ``status``, ``location``, ``reason`` and
    ``error``, which says why a row could not be answered.

    It has the Arrow PyCapsule interface: pass it to ``polars.DataFrame``, ``pyarrow.table`` or DuckDB. Text is
    dictionary-encoded.
    """

    @property
    def column_names(self) -> list[str]: ...
    def column(self, name: str) -> list[Any]:
        """A column as a list."""

    def to_dict(self) -> dict[str, list[Any]]:
        """All columns as lists."""

    def __len__(self, /) -> int: ...
    def __iter__(self, /) -> Iterator[dict[str, Any]]: ...
    def __getitem__(self, row: int, /) -> dict[str, Any]: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

def profiles() -> list[str]:
    """The names of the profiles that there are.

    >>> from gateway_core import profiles
    >>> "envoy-gateway" in profiles()
    True
    """
