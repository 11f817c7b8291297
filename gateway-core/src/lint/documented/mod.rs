//! What the documentation forbids and nobody enforces (rules 02 section 5).

mod gateways;
mod policies;
mod routes;
mod walk;

use alloc::string::ToString;

use crate::key::ObjectKey;
use crate::lint::declared::{Declared, Findings, declare};
use crate::model::{FieldPath, ObjectKind, Value};
use crate::validate::Channel;

declare! {
    HOSTNAME_IS_ADDRESS = "VAL-DOC-01", Warning,
        "a hostname that is an IP address",
        "Hostnames must not be addresses, and a request for an address never matches one (MATCH-05). Leave the hostname out, or use a name.";
    NAMES_REPEATED = "VAL-DOC-02", Warning,
        "a header or query name that is repeated in another case",
        "Names in one list must differ without regard to case, but only exact duplicates are refused. Of equivalent names only the first counts. Remove the others.";
    HEADER_ACTIONS = "VAL-DOC-03", Warning,
        "a header with several actions in one filter",
        "What happens to a header that is set and added, or changed and removed, is undefined. Keep one action for each name.";
    SELECTOR_MISSING = "VAL-DOC-04", Warning,
        "`from: Selector` without a selector",
        "Without a selector nobody is selected. Add one, or use Same or All.";
    TLS_MISSING = "VAL-DOC-05", Warning,
        "an HTTPS listener without `tls`",
        "The documentation requires `tls` for HTTPS; without it the listener has no certificate and serves nothing (AMBIG-05). Add it.";
    OPTION_WITHOUT_DOMAIN = "VAL-DOC-06", Warning,
        "an option without a domain",
        "Keys of an implementation must begin with its domain, as in `example.com/option`, so that they do not clash with keys of the API to come.";
    CERTIFICATE_PASSED_THROUGH = "VAL-DOC-07", Warning,
        "certificates on a passthrough listener",
        "A listener that passes TLS through needs no certificate, and ignores it. Remove the certificateRefs, or use mode Terminate.";
    PARAMETERS_NAMESPACE = "VAL-DOC-08", Warning,
        "parameters of a class with or without a namespace",
        "A reference to parameters names a namespace exactly when their kind has one.";
    RULE_NAMES = "VAL-DOC-09", Warning,
        "two rules of one name",
        "Names of rules must be unique in a Route, but not everywhere is that enforced. Rename one, so that statuses and policies can tell them apart.";
    REPLACEMENT_NOT_ABSOLUTE = "VAL-DOC-10", Warning,
        "a path replacement that is not absolute",
        "Replacements should begin with `/`; nobody checks it, and what comes of another one is open (AMBIG-40).";
    PREFIX_WITHOUT_PREFIX = "VAL-DOC-11", Warning,
        "ReplacePrefixMatch without a PathPrefix match",
        "The prefix of a path can only be replaced where a prefix was matched. Give the rule one match, of type PathPrefix.";
    RETRY_CODE = "VAL-DOC-12", Warning,
        "a retry code that need not be supported",
        "Only 500, 502, 503 and 504 must be supported; others are the implementation's choice.";
    POLICY_TARGET = "VAL-DOC-13", Warning,
        "a target that is not portable",
        "A BackendTLSPolicy is portable with one target, a core Service. Write one policy for each Service.";
    GRANT_KIND = "VAL-DOC-14", Warning,
        "a ReferenceGrant for kinds that do not refer so",
        "The schema takes any kinds, but a grant has meaning only for references that exist: Gateways and ListenerSets to Secrets and ConfigMaps, Routes to backends. Correct `group` or `kind`.";
    LOOSE_WORD = "VAL-DOC-15", Warning,
        "a protocol or type of address that is neither known nor domain-prefixed",
        "The schema lets words pass that mean nothing. Use a word of the API, or one of the form `example.com/word`.";
}

/// One object while it is checked.
pub(super) struct Sheet<'f> {
    key: &'f ObjectKey,
    found: &'f mut Findings,
}

impl Sheet<'_> {
    fn add(
        &mut self,
        rule: &Declared,
        path: &FieldPath,
        message: impl Into<alloc::string::String>,
        remedy: &str,
    ) {
        self.found.add(rule, self.key, path.to_string(), message, remedy);
    }
}

pub(in crate::lint) fn check(channel: Channel, key: &ObjectKey, manifest: &Value, found: &mut Findings) {
    let mut sheet = Sheet { key, found };
    let Some(spec) = manifest.get("spec") else { return };
    let root = FieldPath::root().key("spec");
    match key.kind {
        ObjectKind::GatewayClass => policies::parameters(&mut sheet, &root, spec),
        ObjectKind::Gateway => gateways::gateway(&mut sheet, &root, spec),
        ObjectKind::ListenerSet => gateways::listeners(&mut sheet, &root, spec),
        ObjectKind::HttpRoute
        | ObjectKind::GrpcRoute
        | ObjectKind::TlsRoute
        | ObjectKind::TcpRoute
        | ObjectKind::UdpRoute => {
            routes::route(&mut sheet, &root, spec, channel);
        }
        ObjectKind::BackendTlsPolicy => policies::backend_tls(&mut sheet, &root, spec),
        ObjectKind::ReferenceGrant => policies::grant(&mut sheet, &root, spec),
        _ => {}
    }
}
