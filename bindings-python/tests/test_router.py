"""Questions and answers in Python's own types."""

from pathlib import Path
from typing import Any

import pytest
from gateway_core import (
    BuildError,
    Decision,
    GatewayError,
    NotFoundError,
    ProfileError,
    RequestError,
    Router,
    Snapshot,
    profiles,
)


def test_attributes_of_a_forward(shop: Router) -> None:
    decision = shop.route(
        "https://api.example.com/v2/users?a=1", method="POST", headers={"X-A": ["1", "2"], "x-b": "3"}, draw=7
    )
    assert decision.decision == "forward"
    assert decision.listener is not None
    assert (decision.listener.namespace, decision.listener.section) == ("gateway-infra", "https")
    assert str(decision.route) == "HTTPRoute/production/api-routes"
    assert (decision.rule, decision.rule_name, decision.match) == (0, "v2", 0)
    assert decision.backend is not None
    assert (decision.backend.name, decision.backend.port, decision.backend.weight) == ("api-v2", 8080, None)
    assert [(one.name, one.weight, one.valid) for one in decision.backends] == [
        ("api-v2", 80, True),
        ("api-v2-canary", 20, True),
    ]
    assert decision.upstream is not None
    assert (decision.upstream.method, decision.upstream.query) == ("POST", "a=1")
    assert [value for name, value in decision.upstream.headers if name == "X-A"] == ["1", "2"]
    assert decision.response is not None
    assert decision.timeouts is not None
    assert (decision.status, decision.location, decision.reason) == (None, None, None)
    assert decision["backend"] == decision.to_dict()["backend"]
    with pytest.raises(KeyError):
        decision["status"]


def test_equality_and_text(shop: Router) -> None:
    one, same = shop.route("https://api.example.com/v2/a"), shop.route("https://api.example.com/v2/a")
    other = shop.route("https://api.example.com/api/a")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "a decision"
    assert len({one, same, other}) == 2
    assert repr(shop.route("http://api.example.com/x")).startswith(
        "<Decision redirect 301 to https://api.example.com/x by HTTPRoute/"
    )
    assert repr(shop.route("https://api.example.com/", port=9)) == "<Decision respond 404 NoMatchingListener>"
    with pytest.raises(AttributeError):
        one.rule = 3  # type: ignore[misc]


def test_the_same_question_in_many_forms(shop: Router) -> None:
    wanted = shop.route("https://api.example.com/v2/users?a=1", headers=[("a", "1"), ("a", "2")])
    for same in [
        shop.route(scheme="https", host="api.example.com", path="/v2/users", query="a=1", headers={"a": ("1", "2")}),
        shop.route(
            scheme="https",
            host="api.example.com",
            path="/v2/users?a=1",
            headers=iter([("a", "1"), ("a", "2")]),
        ),
        shop.route(
            scheme="https",
            host="api.example.com",
            path="/v2/users?a=1",
            headers=[("a", "1"), ("a", "2")],
            gateway="gateway-infra/production-gateway",
            sni="api.example.com",
            draw=0,
        ),
    ]:
        assert same == wanted
    # Without a server name the connection reaches no listener with a hostname.
    assert shop.route("https://api.example.com/v2/users", sni=None).reason == "NoMatchingListener"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"url": "api.example.com"}, "write it in full"),
        ({"url": "ftp://x"}, "scheme must be"),
        ({"url": "http://a/\0"}, "percent-encode"),
        ({"url": "http://a/", "path": "/x"}, "leave them out"),
        ({"path": "x"}, "must begin with `/`"),
        ({"scheme": "gopher"}, "`scheme` must be"),
        ({"headers": {"a": 1}}, "headers must be"),
        ({"headers": "a: b"}, "headers must be"),
        ({"headers": [("a", "b", "c")]}, "headers must be"),
        ({"headers": 7}, "headers must be"),
    ],
)
def test_questions_that_are_none(shop: Router, question: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        shop.route(**question)


def test_wrong_types(shop: Router) -> None:
    with pytest.raises(TypeError):
        shop.route(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="unexpected keyword"):
        shop.route(hots="a")  # type: ignore[call-arg]
    with pytest.raises(OverflowError):
        shop.route("http://a/", port=70_000)
    with pytest.raises(OverflowError):
        shop.route("http://a/", draw=-1)
    with pytest.raises(UnicodeEncodeError):
        shop.route(host="\ud800")
    with pytest.raises(TypeError):
        Router({})  # type: ignore[arg-type]
    # Bytes that no client sends do no harm.
    assert shop.route(host="a\0b", path="/\0", port=9).decision == "respond"
    assert shop.route(host="a" * 1_000_000, path="/" + "x" * 10_000_000, port=9).decision == "respond"


def test_what_is_not_there(shop: Router) -> None:
    with pytest.raises(NotFoundError, match="there is gateway-infra/production-gateway"):
        shop.route("http://a/", gateway="shop/none")
    with pytest.raises(NotFoundError, match="there is HTTPRoute/"):
        shop.explain_route("HTTPRoute/shop/none")
    with pytest.raises(RequestError, match="neither a URL nor a Route"):
        shop.explain_route("Pod/shop/none")
    with pytest.raises(NotFoundError, match="no Gateway in the input is ours"):
        Router(Snapshot()).route("http://a/")
    assert issubclass(NotFoundError, GatewayError)
    error = GatewayError("x")
    assert (error.file, error.line, error.column, error.path, error.object) == (None,) * 5


def test_profiles(shop: Router, tmp_path: Path) -> None:
    snapshot = Snapshot.from_path("examples/shop")
    file = tmp_path / "profile.yaml"
    file.write_text("preset: istio\ncontroller: gateway.nginx.org/nginx-gateway-controller\n")
    controller = "gateway.nginx.org/nginx-gateway-controller"
    for router in [
        Router(snapshot, profile=file),
        Router(snapshot, profile=str(file)),
        Router(snapshot, profile={"preset": "istio", "controller": controller}),
        Router(snapshot, profile="istio", controller=controller),
    ]:
        assert router.gateways == shop.gateways
    assert Router(snapshot, controller="example.com/other").gateways == []
    assert "istio" in profiles()
    for wrong, words in [
        ("istioo", "did you mean `istio`"),
        ({"contoller": "a"}, "did you mean `controller`"),
        (tmp_path, None),
        (7, None),
    ]:
        with pytest.raises(GatewayError, match=words):
            Router(snapshot, profile=wrong)  # type: ignore[arg-type]
    with pytest.raises(ProfileError, match="only these kinds"):
        Router(snapshot, assume=["Pod"])
    with pytest.raises(BuildError, match="more than the limit of 1"):
        Router(snapshot, profile={"limits": {"objects": 1}})


def test_connections(shop: Router) -> None:
    assert shop.connect("tls://api.example.com").decision == "http"
    assert shop.connect("tcp://api.example.com:9000").reason == "NoMatchingListener"
    assert shop.connect(host="api.example.com", port=443) == shop.connect("tls://api.example.com")
    assert shop.connect(scheme="udp", port=53).decision == "reject"
    with pytest.raises(RequestError, match="this is a request"):
        shop.connect("https://api.example.com/")
    with pytest.raises(RequestError, match="name the port"):
        shop.connect(scheme="tcp")


def test_findings() -> None:
    router = Router(Snapshot.from_path("examples/broken", errors="keep"))
    finding = router.lint(only=["ATT-180"])[0]
    assert str(finding).startswith(
        "examples/broken/routes.yaml:51:11: error: HTTPRoute/production/storefront: spec.rules[0]"
    )
    assert repr(finding) == f"<Finding {finding}>"
    assert finding.to_dict()["line"] == finding.line == 51
    assert all(one.group != "status" for one in router.lint(ignore=["status"]))
    with pytest.raises(RequestError, match="neither a rule nor a group"):
        router.lint(only=["ATT-1800"])
    with pytest.raises(ValueError, match="'standard' or 'experimental'"):
        router.lint(channel="beta")  # type: ignore[arg-type]


def test_problems() -> None:
    route = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {"name": "a"},
        "spec": {"hostnames": ["a_b"], "rules": [{"backendRefs": [{"name": "x", "port": 0}]}]},
    }
    problems = Router(Snapshot(route, errors="keep")).problems()
    assert {problem.path for problem in problems} == {
        "spec.hostnames[0]",
        "spec.rules[0].backendRefs[0].port",
    }
    assert all(problem.line is None and str(problem.object) == "HTTPRoute/default/a" for problem in problems)


def test_old_objects_make_updates() -> None:
    gateway_class = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "GatewayClass",
        "metadata": {"name": "a"},
        "spec": {"controllerName": "example.com/a"},
    }
    old = Snapshot(gateway_class)
    new = Snapshot({**gateway_class, "spec": {"controllerName": "example.com/b"}})
    assert Router(new).lint(only=["validate"]) == []
    assert [one.path for one in Router(new).lint(only=["validate"], old=old)] == ["spec.controllerName"]


def test_explanations(shop: Router) -> None:
    explanation = shop.explain("https://api.example.com/v2/users")
    assert explanation["decision"] == shop.route("https://api.example.com/v2/users").to_dict()
    assert str(explanation) == explanation.to_json(pretty=True)
    assert repr(shop.explain_route("HTTPRoute/production/api-routes")) == (
        "<Explanation of HTTPRoute/production/api-routes>"
    )


def test_kinds_of_decisions_have_all_attributes(shop: Router) -> None:
    names = [name for name in dir(Decision) if not name.startswith("_")]
    for decision in [
        shop.route("https://api.example.com/v2/users"),
        shop.route("http://api.example.com/"),
        shop.route("https://nobody.test/"),
        shop.connect("tls://api.example.com"),
        shop.connect("tls://nobody.test"),
    ]:
        for name in names:
            assert getattr(decision, name) is not NotImplemented
        assert decision.to_dict()["decision"] == decision.decision


def test_a_rebuilt_router_is_as_a_built_one() -> None:
    snapshot = Snapshot.from_path("examples/shop")
    profile = {"preset": "istio", "controller": None}
    old = Router(snapshot, profile=profile, assume=["Secret"])
    before = old.statuses_json()
    assert snapshot.remove("Service", "production", "api-v2")
    assert snapshot.remove("HTTPRoute", "production", "storefront")
    snapshot.upsert({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "new"}})
    rebuilt, built = old.rebuild(snapshot), Router(snapshot, profile=profile, assume=["Secret"])
    assert rebuilt.statuses_json() == built.statuses_json() != before
    for path in ("/v2/users", "/api", "/auth", "/"):
        for host in ("api.example.com", "shop.example.com"):
            url = f"https://{host}{path}"
            assert rebuilt.route(url) == built.route(url)
    assert rebuilt.lint_json() == built.lint_json()
    assert old.statuses_json() == before

    changes = rebuilt.status_changes_since(old)
    statuses = {status["metadata"]["name"]: status for status in old.statuses()}
    wanted = [status for status in built.statuses() if statuses[status["metadata"]["name"]] != status]
    assert changes.changed == wanted
    assert [str(one) for one in changes.removed] == ["HTTPRoute/production/storefront"]
    assert repr(changes) == f"<StatusChanges: {len(wanted)} changed, 1 removed>"

    # Nothing has changed; and back again, from a snapshot that knows nothing of the other.
    same = rebuilt.rebuild(snapshot).status_changes_since(rebuilt)
    assert (same.changed, same.removed) == ([], [])
    assert rebuilt.rebuild(Snapshot.from_path("examples/shop")).statuses_json() == before
    empty = old.rebuild(Snapshot()).status_changes_since(old)
    assert (empty.changed, len(empty.removed)) == ([], len(old.statuses()))


def test_changes_of_status_with_another_profile(shop: Router) -> None:
    other = Router(Snapshot.from_path("examples/shop"), controller="example.com/nobody")
    changes = other.status_changes_since(shop)
    before = shop.statuses()
    assert changes.changed == [status for status in other.statuses() if status not in before]
    names = {status["kind"] for status in before} - {status["kind"] for status in other.statuses()}
    assert {one.kind for one in changes.removed} == names == {"GatewayClass"}
    with pytest.raises(TypeError):
        shop.status_changes_since("shop")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        shop.rebuild([])  # type: ignore[arg-type]


def test_two_queries_are_one_too_many(shop: Router) -> None:
    with pytest.raises(RequestError, match=r"`path`.*`query`"):
        shop.route(host="api.example.com", path="/x?a=1", query="b=2")
    batch = shop.route_batch(host=["a", "a"], path=["/x?a=1", "/x"], query="b=2", port=443)
    assert [row["error"] is None for row in batch] == [False, True]
    both = shop.route_batch(["https://api.example.com/x"], path="/y")
    assert "`url`" in (both[0]["error"] or "")


def test_errors_speak_of_arguments() -> None:
    with pytest.raises(NotFoundError) as none:
        Router(Snapshot()).route(host="a")
    with pytest.raises(RequestError) as unknown:
        Router(Snapshot()).lint(only=["x"])
    gateways = [
        {
            "apiVersion": "gateway.networking.k8s.io/v1",
            "kind": "Gateway",
            "metadata": {"name": name},
            "spec": {"gatewayClassName": "c", "listeners": [{"name": "l", "port": 80, "protocol": "HTTP"}]},
        }
        for name in ("a", "b")
    ]
    with pytest.raises(RequestError, match="`gateway`: default/a, default/b") as many:
        Router(Snapshot(gateways), assume=["GatewayClass"]).route(host="a")
    assert all("--" not in str(error.value) for error in (none, unknown, many))
