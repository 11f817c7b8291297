//! The corners, in the order of their numbers.

use crate::lint::declared::declare;

declare! {
    CONFLICT_IN_GATEWAY = "AMBIG-01", Info,
        "conflicting listeners of one Gateway",
        "The specification wants a condition that has no constant when listeners of one Gateway conflict. Here none of them is Accepted, all carry Conflicted, and the Gateway says ListenersNotValid.";
    CONFLICT_IN_SET = "AMBIG-02", Info,
        "a ListenerSet listener that loses a conflict",
        "Texts and tests name different reasons for the loser. Here it is the tests' HostnameConflict or ProtocolConflict on Accepted, Programmed and Conflicted.";
    WRONG_PROTOCOL = "AMBIG-03", Info,
        "a Route on a listener of another protocol",
        "The reason for a TLSRoute, TCPRoute or UDPRoute on a listener of another protocol is told in three ways. Here it is the tests' NotAllowedByListeners.";
    HTTP_AND_GRPC = "AMBIG-04", Warning,
        "an HTTPRoute and a GRPCRoute with one hostname on one listener",
        "Exactly one of the two must be accepted, but neither the reason nor the scope is fixed, and implementations differ. Here the older one wins on each listener; give them different hostnames.";
    HTTPS_WITHOUT_TLS = "AMBIG-05", Info,
        "an HTTPS listener without `tls`",
        "The documentation requires `tls`, the API server does not. Here the listener is Accepted but has no certificate: ResolvedRefs and Programmed are False.";
    KIND_ON_TLS = "AMBIG-06", Info,
        "a kind other than TLSRoute on a TLS listener",
        "Pages disagree whether HTTPRoute, GRPCRoute or TCPRoute may use a listener of protocol TLS. Here it takes TLSRoutes only; use protocol HTTPS for HTTP.";
    WILDCARD_DEPTH = "AMBIG-07", Info,
        "a name several labels below a wildcard that TLS must match",
        "The API says that `*.example.com` takes any number of labels, certificates say one. Here listeners and Routes take any number; a certificate covers one label.";
    OVERLAP_KINDS = "AMBIG-09", Info,
        "overlapping TLS listeners of which one passes through or belongs to a ListenerSet",
        "Whether passthrough listeners and listeners of ListenerSets count for OverlappingTLSConfig is not said. Here all HTTPS and TLS listeners of the port count.";
    ONLY_SETS_VALID = "AMBIG-10", Info,
        "a Gateway that only its ListenerSets could make useful",
        "A Gateway whose own listeners are all invalid is not accepted, and so its valid ListenerSets are not either. Here that is followed literally; give the Gateway one valid listener.";
    SET_WITHOUT_GRANT = "AMBIG-11", Info,
        "a ListenerSet whose only listener lacks its grant",
        "A GEP counts such a set as attached, the tests do not accept it. Here it is not accepted and not counted.";
    PARENT_NOT_PROGRAMMED = "AMBIG-12", Info,
        "a ListenerSet whose Gateway is not programmed",
        "The reason ParentNotProgrammed is documented without a constant. Here it is written as documented.";
    SEVERAL_UNRESOLVED = "AMBIG-13", Info,
        "several reference problems under one condition",
        "A condition has one reason, and which one is not said. Here RefNotPermitted comes before InvalidKind, BackendNotFound and UnsupportedProtocol, and the message lists all.";
    DEFAULT_GATEWAY = "AMBIG-14", Info,
        "a default Gateway",
        "The condition DefaultGateway has neither constant nor reason. Here its reason is DefaultGateway.";
    MESH_CONFLICT = "AMBIG-15", Info,
        "mesh Routes of different kinds on one Service port",
        "The reason for the loser has no constant. Here it is Conflicted.";
    SEVERAL_TARGETS = "AMBIG-16", Info,
        "a BackendTLSPolicy with several targets",
        "Implementations are advised against supporting it, and what a conflict on one target means is not said. Here each target is judged alone, and Accepted is False only when all are lost. Write one policy for each target.";
    FROM_NONE = "AMBIG-17", Info,
        "`allowedRoutes.namespaces.from: None`",
        "The Go API has the word, the CRD refuses it. Here it is refused and opens nothing.";
    PORT_MISSING = "AMBIG-18", Info,
        "a Service without the port that is referred to",
        "The reason BackendNotFound speaks of a missing object, not of a missing port. Here it is used for both.";
    UNKNOWN_EXTENSION = "AMBIG-19", Info,
        "an extensionRef that nobody here knows",
        "The status is not fixed. Here Accepted stays True, ResolvedRefs is False with InvalidKind, and requests get 500.";
    EXTERNAL_NAME = "AMBIG-20", Info,
        "a Service of type ExternalName as a backend",
        "The reason is not fixed. Here ResolvedRefs is False with InvalidKind.";
    NO_ISOLATION = "AMBIG-21", Info,
        "HTTP listeners of one port with overlapping hostnames",
        "An implementation may let a request fall through to a wider listener when the narrowest has no rule for it. Here listeners are isolated: only the narrowest one is asked.";
    HOST_FALL_THROUGH = "AMBIG-22", Info,
        "a precise and a wildcard hostname on one listener with different paths",
        "When the Route with the precise hostname has no rule for a path, may the one with the wildcard serve it? Proxies with virtual hosts say no. Here it does, unless the profile says otherwise.";
    ENCODED_PATH = "AMBIG-23", Info,
        "a path with percent-encoding",
        "Whether paths are decoded before they are compared is not said. Here bytes are compared as they come.";
    REGEX_RANK = "AMBIG-24", Info,
        "a path expression that competes with other paths",
        "Dialect, anchoring and rank of regular expressions are the implementation's. Here they are RE2's, match the whole path, and rank after Exact and before PathPrefix, longer texts first.";
    HEADER_WITH_COMMA = "AMBIG-25", Info,
        "a header match whose value has a comma",
        "A header that comes several times may be seen joined or apart. Here its values are joined with `,`, so that two headers can match one value with a comma.";
    ENCODED_QUERY = "AMBIG-26", Info,
        "a query match with `%` or `+`",
        "Whether query parameters are decoded before they are compared is not said. Here they are: write the decoded text.";
    TRAILING_SLASH = "AMBIG-27", Info,
        "prefixes that differ in a trailing `/`",
        "Whether the `/` at the end counts for the length of a prefix is not said. Here it does not, so that the two rank the same.";
    GRPC_METHOD = "AMBIG-28", Info,
        "an empty or dotted gRPC service or method",
        "Comments and validation disagree about empty service and method names and about a leading dot. Here an empty one means any, and a dot is a dot.";
    SEVERAL_L4_RULES = "AMBIG-29", Warning,
        "several rules in a TLSRoute, TCPRoute or UDPRoute",
        "Version v1alpha2 allows several rules, v1 one, and nothing says which is used. Here the first one is; remove the others.";
    MESH_WITHOUT_BACKENDS = "AMBIG-31", Info,
        "a mesh rule without backendRefs",
        "For a Gateway such a rule is answered with 500; a GEP expects the Service's own endpoints. Here a Service parent gets its own endpoints.";
    NO_AGE = "AMBIG-32", Info,
        "a tie without creationTimestamp",
        "Ties go to the older object, and manifests have no age. Here objects without one come last, then the name decides; in the cluster it may be the other one.";
    BACKEND_FILTERS = "AMBIG-33", Info,
        "filters of a single backend",
        "Texts disagree whether `backendRefs[].filters` is extended or the implementation's own. Here it is an extended feature.";
    GRPC_RESPONSE_HEADERS = "AMBIG-34", Info,
        "ResponseHeaderModifier in a GRPCRoute",
        "A constant calls it core, the field extended. Here it is core.";
    FILTER_ORDER = "AMBIG-35", Info,
        "header filters on the rule and on its backend",
        "How the two interleave is not said. Here the rule's come first on the request, and the backend's first on the response.";
    HEADER_TWICE = "AMBIG-36", Warning,
        "one header in several actions of a filter",
        "The text calls it invalid and nothing enforces it. Here `set` comes before `add` before `remove`. Keep one action for each header.";
    HOST_HEADER = "AMBIG-37", Warning,
        "`Host` changed as a header",
        "What becomes of a changed `Host` is not said. Here it is changed like any header. Use URLRewrite with `hostname`.";
    QUERY_KEPT = "AMBIG-38", Info,
        "a path replacement and the query",
        "Whether the query survives a redirect or rewrite with a new path is not said. Here it is kept; a replacement with a `?` in it is not merged with it.";
    ROOT_PREFIX = "AMBIG-39", Info,
        "ReplacePrefixMatch of the prefix `/`",
        "The table of the specification leaves out the prefix `/`. Here the path behind it is appended to the replacement and a `/`.";
    RELATIVE_REPLACEMENT = "AMBIG-40", Warning,
        "a path replacement without a leading `/`",
        "It makes no absolute path. Here a `/` is put before it; write it.";
    CORS_AND_METHOD = "AMBIG-41", Warning,
        "CORS on a rule that asks for a method",
        "Preflight requests are OPTIONS, so that a rule for PUT never sees them. Here methods are compared literally. Add a match for OPTIONS, or drop the method.";
    CORS_UNSET = "AMBIG-42", Info,
        "CORS without allowMethods or allowHeaders",
        "What a preflight answer says then is not fixed. Here the header is left out.";
    CORS_EXPOSE_ALL = "AMBIG-43", Info,
        "CORS that exposes `*` with credentials",
        "`*` must not be used with credentials, and what takes its place is not said. Here the header is left out; list the headers.";
    CORS_ORIGIN = "AMBIG-44", Info,
        "CORS for every origin",
        "Implementations answer with `*` or with the origin that asks. Here the origin is echoed.";
    AUTH_DENIAL = "AMBIG-45", Info,
        "external authorization",
        "What a client sees when it is denied is not said. Here it gets status, headers and body of the authorization service, and 403 when that cannot be reached.";
    AUTH_BODY = "AMBIG-46", Info,
        "a body that is forwarded to authorization",
        "Comments disagree about bodies larger than `maxSize`. Here they are refused with 413.";
    ZERO_WEIGHTS = "AMBIG-47", Info,
        "backends whose weights are all 0",
        "A guide gives a lone backend all traffic whatever its weight, the API gives it none. Here it gets none, as if there were no valid backend.";
    FILTERS_WITHOUT_BACKEND = "AMBIG-48", Warning,
        "a rule with filters that do not answer, and no backend",
        "Read literally any filter lifts the rule that requests get 500. Here only filters that answer themselves do. Add a backend or a redirect.";
    GRPC_WITHOUT_BACKEND = "AMBIG-49", Info,
        "a GRPCRoute rule without backends",
        "UNAVAILABLE and UNIMPLEMENTED are both told. Here calls get UNAVAILABLE.";
    UNLIMITED_TRY = "AMBIG-50", Info,
        "`backendRequest: 0s` below a finite `request`",
        "Whether a try without a limit may outlive the request is not said. Here the request bounds it.";
    RETRY_CHOICE = "AMBIG-51", Info,
        "retries",
        "Which endpoint a retry goes to, and whether requests that are not idempotent are retried, is not said. Here an endpoint of the same backend is taken, and all methods are retried.";
    APP_PROTOCOL = "AMBIG-52", Info,
        "a backend port with an appProtocol of its own",
        "Values outside `kubernetes.io/` mean nothing in the specification. Here they are ignored.";
    L4_INVALID_BACKEND = "AMBIG-53", Info,
        "a TCPRoute or UDPRoute with an invalid backend",
        "A GEP once made the Route not accepted. Here, as in the tests, Accepted stays True and ResolvedRefs is False.";
    SOME_CA_INVALID = "AMBIG-55", Info,
        "a listener some of whose CA references are invalid",
        "Only the case that all are invalid is fixed. Here the listener is Accepted and uses the valid ones.";
    SAME_PARENT_TWICE = "AMBIG-56", Info,
        "one parent with and without its namespace",
        "Validation takes two parentRefs for different when one names the Route's own namespace and the other none. Here both get a status, and the Route is attached once. Remove one.";
    FRONTEND_ON_TLS = "AMBIG-58", Info,
        "client certificates and a terminating TLS listener",
        "The text limits frontend validation to HTTPS traffic. Here TLS listeners are not affected, so that their clients are not verified.";
    PARENT_PORT = "AMBIG-60", Info,
        "a parentRef with a port",
        "Two features stand for it, one experimental and one standard. Here it is the standard one.";
    COUNT_ACCEPTED = "AMBIG-61", Info,
        "a Route that attaches but is not Accepted",
        "A comment says that the status of a Route has no influence on `attachedRoutes`, and then counts accepted Routes only. Here only accepted ones count.";
    RETRY_CODES = "AMBIG-62", Info,
        "retry codes below 400",
        "A GEP advises against them, the CRD refuses them. Here they are refused.";
    RETRY_BUDGET = "AMBIG-63", Info,
        "a retry budget",
        "The specification mixes two models of a budget. Here it is a share of the requests of a sliding interval.";
    BACKEND_VERIFICATION = "AMBIG-64", Info,
        "the status of a backend that cannot be verified",
        "Several codes are told for a failed verification. Here it is 502 for a failed handshake and 500 for an invalid policy.";
    TWO_BACKEND_TLS = "AMBIG-65", Info,
        "an XBackend with TLS and a BackendTLSPolicy for it",
        "Which one counts is not said. Here the XBackend's own settings do.";
    TIMEOUT_STATUS = "AMBIG-66", Info,
        "the status of a timeout",
        "The text says `timeout error`. Here it is 504, and DEADLINE_EXCEEDED for gRPC.";
    SESSION_NAME = "AMBIG-68", Info,
        "session persistence without a name",
        "Name and content of the session token are the implementation's. Here nothing is assumed about them; set `sessionName` where it matters.";
    CORE_GROUP = "AMBIG-69", Warning,
        "`group: core`",
        "Pages sometimes write `group: core`, but the core group is the empty text. Here only that works.";
}
