//! Every corner that the specification leaves open, with what is done there (rules 08).

/// A corner of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// Its id, such as `AMBIG-22`.
    pub id: &'static str,
    /// What is asked.
    pub question: &'static str,
    /// What is done.
    pub answer: &'static str,
    /// What changes it in a profile file: a key of `choices`, or another key.
    pub key: Option<&'static str>,
}

const fn fixed(id: &'static str, question: &'static str, answer: &'static str) -> Ambiguity {
    Ambiguity { id, question, answer, key: None }
}

const fn open(
    id: &'static str,
    question: &'static str,
    answer: &'static str,
    key: &'static str,
) -> Ambiguity {
    Ambiguity { id, question, answer, key: Some(key) }
}

impl Ambiguity {
    /// The corner of that id.
    pub fn of(id: &str) -> Option<&'static Self> {
        AMBIGUITIES.iter().find(|ambiguity| ambiguity.id == id)
    }
}

/// All corners, by id.
pub const AMBIGUITIES: &[Ambiguity] = &[
    fixed(
        "AMBIG-01",
        "what becomes of conflicting listeners of one Gateway, and of the Gateway?",
        "none of them is accepted; the Gateway is, while another listener is valid, with reason `ListenersNotValid`",
    ),
    fixed(
        "AMBIG-02",
        "which reason does a ListenerSet's listener get when it loses a conflict?",
        "`HostnameConflict` or `ProtocolConflict` on all its conditions; the set gets `ListenersNotValid`",
    ),
    fixed(
        "AMBIG-03",
        "which reason does a Route get at a listener of another protocol?",
        "`NotAllowedByListeners`, for TLSRoute, TCPRoute and UDPRoute alike",
    ),
    open(
        "AMBIG-04",
        "what becomes of an HTTPRoute and a GRPCRoute that share a hostname on a listener?",
        "one of them is attached there; the other, attached nowhere, is refused with `NotAllowedByListeners`",
        "losingRouteKind",
    ),
    fixed(
        "AMBIG-05",
        "is an HTTPS listener without `tls` valid?",
        "it is accepted, but not programmed: its references are unresolved with `InvalidCertificateRef`",
    ),
    fixed("AMBIG-06", "which Routes may a TLS listener have?", "TLSRoutes alone"),
    fixed(
        "AMBIG-07",
        "how many labels does the `*` of a hostname stand for when SNI is matched?",
        "one or more",
    ),
    fixed(
        "AMBIG-08",
        "what does a GatewayClass say before its controller has seen it, and about versions it does not know?",
        "`Accepted` is Unknown with `Pending`; the reason is `UnsupportedVersion`, in the singular",
    ),
    fixed(
        "AMBIG-09",
        "where does `OverlappingTLSConfig` stand, and which listeners count?",
        "on listeners; all HTTPS and TLS listeners of the port count, those of ListenerSets too",
    ),
    fixed(
        "AMBIG-10",
        "is a Gateway accepted when only its ListenerSets have valid listeners?",
        "no, and its ListenerSets get `ParentNotAccepted`",
    ),
    fixed(
        "AMBIG-11",
        "does a ListenerSet count as attached when its only listener lacks a ReferenceGrant?",
        "no; it is refused with `ListenersNotValid`",
    ),
    fixed("AMBIG-12", "is `ParentNotProgrammed` written, which has no constant?", "yes"),
    fixed(
        "AMBIG-13",
        "which of several reasons for unresolved references is told?",
        "permission before kind before existence before protocol; the message lists all",
    ),
    open(
        "AMBIG-14",
        "is the condition `DefaultGateway` written, which has neither constant nor reason?",
        "yes, with reason `DefaultGateway`, where default Gateways are on",
        "defaultGateways",
    ),
    fixed(
        "AMBIG-15",
        "which reason does a Route get that loses a Service to a Route of another kind?",
        "`Conflicted`",
    ),
    fixed(
        "AMBIG-16",
        "what becomes of a BackendTLSPolicy that loses some of its targets?",
        "each target is judged alone; it is refused with `Conflicted` when it loses all",
    ),
    fixed("AMBIG-17", "may `allowedRoutes.namespaces.from` be `None`?", "no: the schema refuses it"),
    fixed(
        "AMBIG-18",
        "which reason does a reference get to a port that the Service does not have?",
        "`BackendNotFound`",
    ),
    fixed(
        "AMBIG-19",
        "what becomes of a Route whose `extensionRef` nobody knows?",
        "it is accepted, its references are unresolved with `InvalidKind`, and requests of the rule get 500",
    ),
    open(
        "AMBIG-20",
        "can a Service of type ExternalName be a backend?",
        "no: the reference is unresolved with `InvalidKind`",
        "externalName",
    ),
    fixed("AMBIG-21", "may a listener serve requests whose host a more specific listener matches?", "never"),
    open(
        "AMBIG-22",
        "may a Route with a less specific hostname serve what no rule of the most specific one matches?",
        "yes",
        "hosts",
    ),
    open(
        "AMBIG-23",
        "is the path normalized before it is matched?",
        "no: its bytes are compared as they come",
        "pathNormalization",
    ),
    open(
        "AMBIG-24",
        "which dialect do regular expressions have, how much must they match, and where do they rank?",
        "RE2's, with ASCII classes; the whole value; after Exact and before prefixes, the longer one first",
        "regexDialect, regexAnchoring, regexRank",
    ),
    open(
        "AMBIG-25",
        "what is a header condition compared with when the request repeats the header?",
        "all values, joined with `,`",
        "repeatedHeaders",
    ),
    open(
        "AMBIG-26",
        "are query parameters decoded, and which of several counts?",
        "`%xx` and `+` are decoded in names and values; the first counts",
        "repeatedQueryParams",
    ),
    open("AMBIG-27", "does the trailing `/` of a prefix count for its length?", "no", "prefixLength"),
    fixed(
        "AMBIG-28",
        "what does a gRPC method match need, and may a service begin with a dot?",
        "the key of service or method, not empty when Exact; a dot stands for itself",
    ),
    fixed(
        "AMBIG-29",
        "what becomes of the second rule of a TCPRoute, UDPRoute or TLSRoute?",
        "the first rule is effective, the others are reported",
    ),
    fixed(
        "AMBIG-30",
        "does the case, a trailing dot or the port of a host count?",
        "no; the host is forwarded as it came",
    ),
    fixed(
        "AMBIG-31",
        "where do requests of a mesh rule without `backendRefs` go?",
        "to the endpoints of the parent Service",
    ),
    open(
        "AMBIG-32",
        "how old is an object without a creation time?",
        "younger than all others; among its like the name decides",
        "missingTimestamp",
    ),
    fixed(
        "AMBIG-33",
        "are filters of a `backendRef` implementation-specific or extended?",
        "extended: the feature of that name decides",
    ),
    fixed("AMBIG-34", "is ResponseHeaderModifier core for GRPCRoutes?", "yes"),
    fixed(
        "AMBIG-35",
        "in which order do filters of a rule and of its backend apply?",
        "as listed; the rule's first on the request, the backend's first on the response",
    ),
    fixed(
        "AMBIG-36",
        "what if one filter sets, adds and removes the same header?",
        "it is set, then added to, then removed",
    ),
    fixed(
        "AMBIG-37",
        "may a header modifier change `Host`?",
        "it is a header like any other; lint advises against it",
    ),
    open(
        "AMBIG-38",
        "what becomes of the query when the path is replaced?",
        "it stays; a replacement with a `?` brings its own",
        "replacedPathQuery",
    ),
    open(
        "AMBIG-39",
        "what does ReplacePrefixMatch make of `/` when the prefix is `/`?",
        "the replacement and a `/`",
        "replacedRoot",
    ),
    open(
        "AMBIG-40",
        "what becomes of a replacement path without a leading `/`?",
        "a `/` is put in front",
        "relativeReplacement",
    ),
    fixed(
        "AMBIG-41",
        "does a CORS preflight match a rule with another method than OPTIONS?",
        "no; lint says so",
    ),
    fixed(
        "AMBIG-42",
        "what does a CORS answer allow when `allowMethods` or `allowHeaders` is absent?",
        "the header is left out",
    ),
    fixed(
        "AMBIG-43",
        "what does `exposeHeaders: [\"*\"]` become when credentials are allowed?",
        "the header is left out",
    ),
    open(
        "AMBIG-44",
        "when is a CORS request credentialed, and is `*` or the origin answered?",
        "when the filter allows credentials; the origin is answered",
        "corsOrigin",
    ),
    open(
        "AMBIG-45",
        "what does a client see when external authorization denies the request?",
        "status, headers and body of the authorization server; 403 when it cannot be reached",
        "deniedAuth",
    ),
    open(
        "AMBIG-46",
        "what if a body is larger than external authorization takes?",
        "the request is refused with 413",
        "largeAuthBody",
    ),
    open(
        "AMBIG-47",
        "what if all weights of a rule are 0, or its only backend has weight 0?",
        "no backend gets traffic: 500",
        "loneZeroWeight",
    ),
    fixed(
        "AMBIG-48",
        "which filters save a rule without a valid backend from 500?",
        "those that answer by themselves",
    ),
    open(
        "AMBIG-49",
        "which gRPC status does a rule without backends answer?",
        "UNAVAILABLE",
        "grpcWithoutBackends",
    ),
    fixed("AMBIG-50", "what bounds a try with `backendRequest: 0s` and a finite `request`?", "`request`"),
    open(
        "AMBIG-51",
        "which backend gets a retry, and which methods are retried?",
        "an endpoint of the same backend, chosen anew; all methods",
        "retriedMethods, retryTarget",
    ),
    open(
        "AMBIG-52",
        "what does an `appProtocol` outside of `kubernetes.io/` mean?",
        "nothing",
        "unknownAppProtocol",
    ),
    fixed(
        "AMBIG-53",
        "is a TCPRoute or UDPRoute with invalid backends accepted?",
        "yes; its references are unresolved",
    ),
    fixed(
        "AMBIG-54",
        "which reason does a CA reference of the wrong kind get?",
        "`InvalidKind` on a BackendTLSPolicy, `InvalidCACertificateKind` on a listener",
    ),
    fixed(
        "AMBIG-55",
        "is a listener accepted when some of its CA references are invalid?",
        "yes, while one is valid",
    ),
    fixed(
        "AMBIG-56",
        "are a parentRef without namespace and one with the Route's own namespace the same?",
        "each gets its own status; the Route is attached once",
    ),
    fixed("AMBIG-57", "is an empty `supportedKinds` written?", "it means the same as an absent one"),
    fixed(
        "AMBIG-58",
        "does frontend validation of client certificates hold for TLS listeners?",
        "no, for HTTPS listeners alone",
    ),
    fixed("AMBIG-59", "are TCPRoute and UDPRoute experimental?", "no: the channel of the CRD decides"),
    open(
        "AMBIG-60",
        "which feature stands for `parentRef.port`?",
        "`HTTPRouteParentRefPort`; `HTTPRouteDestinationPortMatching` is its older name",
        "features",
    ),
    fixed("AMBIG-61", "does a Route that is not accepted count as attached?", "no"),
    open(
        "AMBIG-62",
        "which status codes may be retried?",
        "400 to 599, as the schema says; connection errors and timeouts of a try where their features are claimed",
        "features",
    ),
    open(
        "AMBIG-63",
        "how is a retry budget counted?",
        "over a sliding window of its interval",
        "budgetCounting",
    ),
    open(
        "AMBIG-64",
        "what is answered when the TLS handshake with a backend fails?",
        "502; a policy that is invalid itself makes its backend an invalid one, 500",
        "failedHandshake",
    ),
    fixed(
        "AMBIG-65",
        "which protocols has an XBackend, and does its `tls` or a BackendTLSPolicy win?",
        "those of the schema; its `tls` wins",
    ),
    open("AMBIG-66", "what is answered after a timeout?", "504, for gRPC DEADLINE_EXCEEDED", "timeoutStatus"),
    fixed("AMBIG-67", "does BackendTLSPolicy hold for GRPCRoutes and TLSRoutes too?", "yes"),
    open(
        "AMBIG-68",
        "what are the names and tokens of session persistence?",
        "generated from the rule where none is given; tokens are the data plane's to make; an endpoint that is gone is replaced",
        "lostSession",
    ),
    fixed(
        "AMBIG-69",
        "may a mesh parentRef write its group as `core`?",
        "no, the group is empty; lint says so",
    ),
];

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::profile::CHOICES;

    #[test]
    fn all_corners_are_here_and_know_their_choices() {
        assert_eq!(AMBIGUITIES.len(), 69);
        for (index, ambiguity) in AMBIGUITIES.iter().enumerate() {
            assert_eq!(ambiguity.id, format!("AMBIG-{:02}", index + 1));
            assert!(ambiguity.question.ends_with('?'), "{}", ambiguity.id);
            let keys = ambiguity.key.into_iter().flat_map(|keys| keys.split(", "));
            for key in keys.filter(|key| !["features", "defaultGateways"].contains(key)) {
                let choice = CHOICES.iter().find(|choice| choice.key == key).expect("a key of `choices`");
                assert_eq!(choice.ambiguity, ambiguity.id, "{key}");
            }
        }
        for choice in CHOICES {
            let key = Ambiguity::of(choice.ambiguity).and_then(|ambiguity| ambiguity.key);
            assert!(key.is_some_and(|keys| keys.split(", ").any(|key| key == choice.key)), "{}", choice.key);
        }
    }
}
