"""Batches: sequences of text, and everything that speaks Arrow."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from gateway_core import Batch, RequestError, Router

METHODS = ["GET", "POST", None]
HOSTS = ["api.example.com", "shop.example.com", "nobody.test"]
PATHS = ["/v2/users", "/api/orders?x=1", "/legacy/a", "/", "no path"]
HEADERS = [{"x-api-version": "beta"}, {"a": ["1", "2"]}, None]

ROWS: list[dict[str, Any]] = [
    {"method": method, "host": host, "path": path, "headers": headers}
    for method in METHODS
    for host in HOSTS
    for path in PATHS
    for headers in HEADERS
]


def column(name: str) -> list[Any]:
    return [row[name] for row in ROWS]


def pairs() -> list[list[tuple[str, str]] | None]:
    """The headers as pairs."""
    return [
        None
        if headers is None
        else [
            (name, value)
            for name, values in headers.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        for headers in column("headers")
    ]


def expected(router: Router) -> Iterator[dict[str, Any]]:
    """What the router says of each row by itself."""
    for row in ROWS:
        try:
            decision = router.route(**row, port=443, draw=99)
        except RequestError as error:
            names = ["decision", "route", "rule", "backend", "status", "location", "reason"]
            yield {**dict.fromkeys(names), "error": str(error)}
            continue
        backend = decision.backend
        yield {
            "decision": decision.decision,
            "route": None if decision.route is None else str(decision.route),
            "rule": decision.rule,
            "backend": None if backend is None else f"{backend.namespace}/{backend.name}:{backend.port}",
            "status": decision.status,
            "location": decision.location,
            "reason": decision.reason,
            "error": None,
        }


@pytest.fixture(scope="module")
def by_columns(shop: Router) -> Batch:
    return shop.route_batch(
        method=column("method"),
        host=column("host"),
        path=column("path"),
        headers=column("headers"),
        port=443,
        draw=99,
    )


def test_a_batch_says_what_single_calls_say(shop: Router, by_columns: Batch) -> None:
    rows = list(expected(shop))
    assert list(by_columns) == rows
    assert {row["decision"] for row in rows} >= {"forward", "respond", None}
    assert by_columns.to_dict() == {name: [row[name] for row in rows] for name in by_columns.column_names}
    assert repr(by_columns) == f"<Batch of {len(ROWS)} decisions>"
    assert by_columns[-1] == rows[-1]
    with pytest.raises(IndexError):
        by_columns[len(ROWS)]
    with pytest.raises(KeyError):
        by_columns.column("none")


def test_urls(shop: Router) -> None:
    urls = [
        "https://api.example.com/v2/users",
        "http://api.example.com/a?b",
        "tls://api.example.com",
        "x",
        None,
    ]
    batch = shop.route_batch(urls)
    assert batch.column("decision") == ["forward", "redirect", None, None, "redirect"]
    assert batch.column("location")[1] == "https://api.example.com/a?b"
    assert "begin it with http" in batch.column("error")[2]
    assert "write it in full" in batch.column("error")[3]
    # A row without a URL is one of defaults.
    assert batch.column("location")[4] == shop.route().location


def test_constants_and_generators(shop: Router) -> None:
    batch = shop.route_batch(
        host="api.example.com", path=(path for path in ["/v2/a", "/api"]), headers={"a": "b"}, scheme="https"
    )
    assert batch.column("rule") == [0, 2]
    assert len(shop.route_batch([])) == 0
    assert len(shop.route_batch()) == 0


def test_a_host_header_is_the_host(shop: Router) -> None:
    one = shop.route("https://api.example.com/v2/users", headers={"Host": "shop.example.com"})
    batch = shop.route_batch(["https://api.example.com/v2/users"], headers=[{"Host": "shop.example.com"}])
    assert batch.column("reason") == [one.reason]
    one = shop.route(headers={"Host": "api.example.com"}, port=443, path="/v2/a")
    batch = shop.route_batch(path=["/v2/a"], headers={"Host": "api.example.com"}, port=443)
    assert batch.column("rule") == [one.rule] == [0]


@pytest.mark.parametrize(
    ("question", "error", "words"),
    [
        ({"path": ["/", "/a"], "host": ["a"]}, RequestError, "same length"),
        (
            {"requests": ["http://a/"], "url": ["http://b/"]},
            RequestError,
            "`url` is there twice",
        ),
        ({"path": ["/", 7]}, TypeError, "item 1 is neither text nor None"),
        ({"requests": "http://a/"}, TypeError, "one text"),
        ({"path": ["\ud800"]}, UnicodeEncodeError, None),
        ({"path": ["/"], "headers": [None, None]}, RequestError, "2 headers for 1 requests"),
        ({"path": ["/"], "scheme": "tcp"}, RequestError, "must be `http` or `https`"),
        ({"path": ["/"], "scheme": "x"}, RequestError, "must be `http` or `https`"),
        ({"requests": 7}, TypeError, None),
    ],
)
def test_what_is_no_batch(shop: Router, question: dict[str, Any], error: type[Exception], words: str | None) -> None:
    with pytest.raises(error, match=words):
        shop.route_batch(**question)


def test_an_unknown_gateway_is_an_error_of_each_row(shop: Router) -> None:
    batch = shop.route_batch(["http://a/"] * 3, gateway="no/such")
    assert all("Gateway no/such is not in the input" in error for error in batch.column("error"))


def table(library: Any) -> Any:
    """The rows as a table of pyarrow."""
    headers = library.map_(library.string(), library.string())
    return library.table(
        {
            "method": column("method"),
            "host": library.array(column("host")).dictionary_encode(),
            "path": library.array(column("path"), library.large_string()),
            "headers": library.array(pairs(), headers),
            "port": library.array([443] * len(ROWS), library.int64()),
            "time": list(range(len(ROWS))),
        }
    )


def test_pyarrow(shop: Router, by_columns: Batch) -> None:
    pa = pytest.importorskip("pyarrow")
    rows = table(pa)
    # A table of several chunks, a slice of one, a single batch, a reader, and other layouts of text.
    chunks = pa.concat_tables([rows.slice(0, 10), rows.slice(10)])
    view = rows.set_column(1, "host", rows["host"].cast(pa.string()).cast(pa.string_view()))
    structs = pa.array(
        [None if one is None else [{"name": name, "value": value} for name, value in one] for one in pairs()]
    )
    lists = rows.set_column(3, "headers", structs)
    for source in [rows, chunks, rows.combine_chunks().to_batches()[0], rows.to_reader(7), view, lists]:
        assert list(shop.route_batch(source, draw=99)) == list(by_columns)
    assert list(shop.route_batch(rows.slice(20, 30), draw=99)) == list(by_columns)[20:50]
    result = pa.table(by_columns)
    assert result.schema.field("route").type == pa.dictionary(pa.int32(), pa.string())
    assert result.to_pylist() == list(by_columns)
    assert pa.record_batch(by_columns).num_rows == len(ROWS)
    result.validate(full=True)
    for wrong, words in [
        ({"path": pa.array([1])}, "column `path` has type Int64; it must be text"),
        ({"port": pa.array(["x"])}, "column `port` has type Utf8; it must be a whole number"),
        ({"headers": pa.array(["x"])}, "column `headers` has type Utf8; it must be a map"),
    ]:
        with pytest.raises(RequestError, match=words):
            shop.route_batch(pa.table(wrong))
    with pytest.raises(TypeError, match="either a table or columns"):
        shop.route_batch(rows, path=["/"])


def test_polars(shop: Router, by_columns: Batch) -> None:
    pl = pytest.importorskip("polars")
    structs = [None if one is None else [{"name": name, "value": value} for name, value in one] for one in pairs()]
    log = pl.DataFrame(
        {"method": column("method"), "host": column("host"), "path": column("path"), "headers": structs}
    ).with_columns(pl.col("host").cast(pl.Categorical))
    decisions = pl.DataFrame(shop.route_batch(log, port=443, draw=99))
    assert decisions.to_dicts() == list(by_columns)
    joined = pl.concat([log, decisions], how="horizontal")
    by_backend = joined.group_by("backend").len()
    assert by_backend["len"].sum() == len(ROWS)


def test_duckdb(shop: Router, by_columns: Batch) -> None:
    duckdb = pytest.importorskip("duckdb")
    pa = pytest.importorskip("pyarrow")
    connection = duckdb.connect()
    structs = [None if one is None else [{"name": name, "value": value} for name, value in one] for one in pairs()]
    connection.register("log", table(pa).set_column(3, "headers", pa.array(structs)))
    relation = connection.sql("select method, host::varchar host, path, headers, 443 as port from log order by time")
    decisions = pa.table(shop.route_batch(relation, draw=99))
    connection.register("decisions", decisions)
    counted = connection.sql("select count(*) from decisions where backend is not null").fetchall()
    assert counted == [(sum(row["backend"] is not None for row in by_columns),)]
    assert decisions.to_pylist() == list(by_columns)


def test_repeated_headers_of_duckdb(shop: Router) -> None:
    """A map of DuckDB cannot hold a name twice; the list that the manual names can."""
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    with pytest.raises(duckdb.Error, match="unique"):
        connection.sql("select map(['x', 'x'], ['1', '2'])").fetchall()
    pairs = [("x-api-version", "beta"), ("x", "1"), ("x", "2")]
    structs = (f"{{'name': '{name}', 'value': '{value}'}}" for name, value in pairs)
    listed = f"list_value({', '.join(structs)})"
    relation = connection.sql(f"select 'api.example.com' host, '/' path, {listed} headers")
    assert [row["backend"] for row in shop.route_batch(relation, port=443)] == ["production/api-beta:8080"]


def test_spark(shop: Router) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: `make python-test SPARK=1` does it")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java for PySpark")
    pa = pytest.importorskip("pyarrow")
    spark = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        log = spark.createDataFrame([(row["host"], row["path"]) for row in ROWS], "host string, path string")

        def decide(batches: Iterator[Any]) -> Iterator[Any]:
            router = Router_in_worker()
            for batch in batches:
                decisions = pa.table(router.route_batch(batch, port=443)).select(["backend", "status"])
                plain = pa.schema([("backend", pa.string()), ("status", pa.int32())])
                yield from decisions.cast(plain).to_batches()

        def Router_in_worker() -> Router:  # noqa: N802
            from gateway_core import Router, Snapshot

            return Router(Snapshot.from_path(shop_folder))

        shop_folder = os.path.abspath("examples/shop")
        found = log.mapInArrow(decide, "backend string, status int").collect()
        again = shop.route_batch(host=column("host"), path=column("path"), port=443)
        assert [row["backend"] for row in found] == again.column("backend")
    finally:
        spark.stop()
