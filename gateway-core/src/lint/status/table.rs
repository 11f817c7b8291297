//! Which rule of rules 03 a condition belongs to: the one table from object, type and reason to id.

use crate::lint::Severity;

/// What carries a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lint) enum Subject {
    Class,
    Gateway,
    /// A listener of a Gateway or a ListenerSet.
    Listener,
    ListenerSet,
    /// A Route towards one of its parents.
    Route,
    /// A BackendTLSPolicy or XBackendTrafficPolicy towards one of its ancestors.
    Policy,
    Mesh,
    Backend,
}

impl Subject {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Class => "GatewayClass",
            Self::Gateway => "Gateway",
            Self::Listener => "listener",
            Self::ListenerSet => "ListenerSet",
            Self::Route => "Route",
            Self::Policy => "policy",
            Self::Mesh => "XMesh",
            Self::Backend => "XBackend",
        }
    }
}

/// A condition that is not as it should be.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Row {
    pub(in crate::lint) id: &'static str,
    pub(in crate::lint) subject: Subject,
    /// The type of the condition.
    pub(in crate::lint) condition: &'static str,
    /// Its reasons.
    pub(in crate::lint) reasons: &'static [&'static str],
    pub(in crate::lint) severity: Severity,
    /// What it means and why it matters.
    pub(in crate::lint) doc: &'static str,
    /// What to do, where the condition's message does not say it.
    pub(in crate::lint) remedy: &'static str,
}

impl Row {
    /// The row as one line.
    pub(in crate::lint) fn title(&self) -> alloc::string::String {
        let truth = if super::is_negative(self.condition) { "True" } else { "False" };
        alloc::format!("{} {}={truth}/{}", self.subject.as_str(), self.condition, self.reasons.join(", "))
    }
}

/// The row of a condition.
pub(in crate::lint) fn row(subject: Subject, condition: &str, reason: &str) -> Option<&'static Row> {
    ROWS.iter()
        .find(|row| row.subject == subject && row.condition == condition && row.reasons.contains(&reason))
}

macro_rules! rows {
    ($($id:literal $subject:ident $condition:literal [$($reason:literal),*] $severity:ident, $doc:literal, $remedy:literal;)*) => {
        /// Every condition that can be wrong, by object.
        pub(in crate::lint) const ROWS: &[Row] = &[$(
            Row {
                id: $id,
                subject: Subject::$subject,
                condition: $condition,
                reasons: &[$($reason),*],
                severity: Severity::$severity,
                doc: $doc,
                remedy: $remedy,
            },
        )*];
    };
}

rows! {
    "ATT-115" Class "Accepted" ["InvalidParameters"] Error,
        "The parametersRef of the class does not resolve, so that no Gateway of the class is served. Correct the reference.",
        "correct `spec.parametersRef`";
    "ATT-116" Class "Accepted" ["Unsupported"] Error,
        "The controller takes no classes that users define.",
        "use a class of the controller";
    "ATT-117" Class "Accepted" ["UnsupportedVersion"] Error,
        "The installed CRDs are of a version that the controller does not support at all, so that no Gateway of the class is served. Install a supported bundle.",
        "install a supported version of the CRDs";
    "ATT-118" Class "Accepted" ["Pending", "Waiting"] Error,
        "Nobody has taken the class yet, and its Gateways wait.",
        "check `spec.controllerName`";
    "ATT-119" Class "SupportedVersion" ["UnsupportedVersion"] Error,
        "Some CRD is of a version that the controller does not know; what it does is best effort. Install a supported bundle.",
        "install a supported version of the CRDs";
    "ATT-119a" Mesh "Accepted" ["InvalidParameters", "Pending"] Error,
        "The mesh is not accepted, most often because its parametersRef does not resolve.",
        "correct `spec.parametersRef`";
    "ATT-092" Gateway "Accepted" ["ListenersNotValid"] Error,
        "No listener of the Gateway is valid, so that it serves nothing. The findings of its listeners say why.",
        "correct its listeners";
    "ATT-093" Gateway "Accepted" ["Invalid"] Error,
        "Something in the Gateway cannot be carried out, so that it serves nothing.",
        "correct what the message names";
    "ATT-094" Gateway "Accepted" ["InvalidParameters"] Error,
        "`infrastructure.parametersRef` does not resolve, so that the Gateway serves nothing. Correct the reference.",
        "correct `spec.infrastructure.parametersRef`";
    "ATT-095" Gateway "Accepted" ["UnsupportedAddress"] Error,
        "An address of a type that the controller does not know makes the whole Gateway unaccepted. Use IPAddress or Hostname.",
        "use a supported type of address";
    "ATT-096" Gateway "Accepted" ["NotReconciled"] Error,
        "A deprecated reason that only old controllers write: nobody serves the Gateway.",
        "check `spec.gatewayClassName`";
    "ATT-097" Gateway "Accepted" ["Pending"] Error,
        "The Gateway waits to be looked at, and serves nothing until then.",
        "check `spec.gatewayClassName`";
    "ATT-099" Gateway "Programmed" ["Invalid"] Error,
        "The Gateway serves nothing, because it is not accepted or none of its listeners can serve. Other findings say why.",
        "correct what the Gateway's and its listeners' other findings say";
    "ATT-100" Gateway "Programmed" ["Pending"] Error,
        "The data plane of the Gateway is not ready.",
        "wait, or look at the controller";
    "ATT-101" Gateway "Programmed" ["NoResources"] Error,
        "The infrastructure has no room for the Gateway.",
        "give the infrastructure more resources";
    "ATT-102" Gateway "Programmed" ["AddressNotAssigned"] Error,
        "The Gateway has no address, so that nobody can reach it.",
        "name an address, or give the controller a pool of them";
    "ATT-103" Gateway "Programmed" ["AddressNotUsable"] Error,
        "A requested address cannot be bound. The Gateway is Accepted but serves nothing.",
        "request an address that can be bound";
    "ATT-105" Gateway "ResolvedRefs" ["InvalidClientCertificateRef"] Error,
        "The certificate that the Gateway shows to backends is missing or malformed, so that backends that ask for it refuse connections.",
        "correct `spec.tls.backend.clientCertificateRef`";
    "ATT-106" Gateway "ResolvedRefs" ["RefNotPermitted"] Error,
        "The certificate for backends lies in another namespace that does not permit the reference. Add a ReferenceGrant there.",
        "add a ReferenceGrant in the namespace of the Secret";
    "ATT-107" Gateway "ResolvedRefs" ["ListenersNotResolved"] Error,
        "A listener of the Gateway has references that do not resolve. The findings of the listener say which.",
        "correct the references of its listeners";
    "ATT-108" Gateway "InsecureFrontendValidationMode" ["ConfigurationChanged"] Warning,
        "Clients without a valid certificate are let in (AllowInsecureFallback), so that a backend must not take a client for authenticated. Use AllowValidOnly where that matters.",
        "use mode AllowValidOnly";
    "ATT-051" Listener "Accepted" ["PortUnavailable"] Error,
        "The port cannot be opened, so that the listener serves nothing. Use another port.",
        "use another port";
    "ATT-052" Listener "Accepted" ["UnsupportedProtocol"] Error,
        "Nobody here speaks the protocol, so that the listener takes no Routes.",
        "use HTTP, HTTPS, TLS, TCP or UDP";
    "ATT-053" Listener "Accepted" ["NoValidCACertificate"] Error,
        "Clients are to show certificates, but none of the authorities that may have signed them can be used. The listener serves nothing rather than everybody.",
        "correct the caCertificateRefs of the Gateway";
    "ATT-054" Listener "Accepted" ["UnsupportedValue"] Error,
        "A field of the listener has a value that the controller cannot carry out, so that the listener serves nothing.",
        "use a supported value";
    "ATT-055" Listener "Accepted" ["HostnameConflict", "ProtocolConflict", "ListenerConflict"] Error,
        "The listener cannot be told apart from another one of its port and does not serve. Change port, protocol or hostname of one of them.",
        "change port, protocol or hostname of one of the listeners";
    "ATT-056" Listener "Accepted" ["TooManyListeners"] Error,
        "The Gateway has as many listeners as the controller allows, and this one is not served. Remove some, or use another Gateway.",
        "remove listeners, or use another Gateway";
    "ATT-057" Listener "Accepted" ["Pending"] Error,
        "The listener waits to be looked at.",
        "correct what keeps its Gateway from being reconciled";
    "ATT-012" Listener "Accepted" ["NotAllowed", "ParentNotAccepted", "Invalid"] Error,
        "The listener belongs to a ListenerSet that its Gateway does not take, so that it does not exist.",
        "correct what the ListenerSet's own findings say";
    "ATT-058" Listener "Conflicted" ["HostnameConflict", "ProtocolConflict", "ListenerConflict"] Error,
        "Another listener of the port has the same hostname, or a protocol that cannot share the port. Change one of them.",
        "change port, protocol or hostname of one of the listeners";
    "ATT-061" Listener "ResolvedRefs" ["InvalidCertificateRef"] Error,
        "A certificate of the listener is missing, of the wrong type or malformed, so that the listener is not programmed. Refer to a Secret of type kubernetes.io/tls with a matching pair.",
        "refer to a Secret of type kubernetes.io/tls";
    "ATT-062" Listener "ResolvedRefs" ["RefNotPermitted"] Error,
        "The listener refers into another namespace that does not permit it. Add a ReferenceGrant there.",
        "add a ReferenceGrant in the namespace of what is referred to";
    "ATT-063" Listener "ResolvedRefs" ["InvalidRouteKinds"] Error,
        "`allowedRoutes.kinds` lists a kind that the protocol cannot carry; Routes of that kind never attach.",
        "list only kinds that the protocol can carry";
    "ATT-064" Listener "ResolvedRefs" ["InvalidCACertificateRef"] Error,
        "A certificate authority for clients is missing or malformed. Refer to a ConfigMap with PEM under `ca.crt`.",
        "refer to a ConfigMap with PEM under `ca.crt`";
    "ATT-065" Listener "ResolvedRefs" ["InvalidCACertificateKind"] Error,
        "A certificate authority for clients is of a kind that cannot hold one. Refer to a core ConfigMap.",
        "refer to a core ConfigMap";
    "ATT-067" Listener "Programmed" ["Invalid"] Error,
        "The listener serves nothing, because it is not accepted or has no usable certificate. Its other findings say why.",
        "correct what the listener's other findings say";
    "ATT-068" Listener "Programmed" ["Pending"] Error,
        "The listener is not ready.",
        "wait, or look at the controller";
    "ATT-069" Listener "Programmed" ["PortUnavailable", "HostnameConflict", "ProtocolConflict", "ListenerConflict", "TooManyListeners", "NotAllowed", "ParentNotAccepted", "ParentNotProgrammed", "ListenersNotValid"] Error,
        "The listener serves nothing for the reason of its Accepted condition.",
        "correct what the listener's other findings say";
    "ATT-070" Listener "OverlappingTLSConfig" ["OverlappingHostnames"] Info,
        "Another TLS listener of the port fits some of the same names. A browser may reuse a connection made for one of them for a request to the other; such requests are answered with 421 and come again. Know it, or use separate ports or certificates.",
        "know that clients may reuse connections across the listeners";
    "ATT-071" Listener "OverlappingTLSConfig" ["OverlappingCertificates"] Info,
        "The certificates of two TLS listeners of the port are good for the same names. A browser may reuse a connection made for one of them for a request to the other; such requests are answered with 421 and come again. Use certificates without names in common where that matters.",
        "know that clients may reuse connections across the listeners";
    "ATT-132" ListenerSet "Accepted" ["ListenersNotValid"] Error,
        "No listener of the set is valid, so that the set is not attached. The findings of its listeners say why.",
        "correct its listeners";
    "ATT-133" ListenerSet "Accepted" ["NotAllowed"] Error,
        "The Gateway takes no ListenerSets from this namespace, so that none of its listeners exists. The Gateway's `spec.allowedListeners` decides.",
        "select the namespace in `spec.allowedListeners` of the Gateway";
    "ATT-134" ListenerSet "Accepted" ["ParentNotAccepted"] Error,
        "The Gateway itself is not accepted, and so its sets are not.",
        "correct the Gateway";
    "ATT-135" ListenerSet "Accepted" ["Invalid"] Error,
        "Something in the set cannot be carried out.",
        "correct what the message names";
    "ATT-136" ListenerSet "Accepted" ["Pending"] Error,
        "The set waits to be looked at.",
        "check `spec.parentRef`";
    "ATT-138" ListenerSet "Programmed" ["ListenersNotValid", "NotAllowed", "Invalid", "ParentNotAccepted", "ParentNotProgrammed", "PortUnavailable"] Error,
        "The set serves nothing. Its other findings, and those of its listeners, say why.",
        "correct what the set's and its listeners' other findings say";
    "ATT-139" ListenerSet "Programmed" ["Pending"] Error,
        "The set is not ready.",
        "wait, or look at the controller";
    "ATT-171" Route "Accepted" ["NotAllowedByListeners"] Error,
        "No selected listener takes the Route: its kind or its namespace is not in `allowedRoutes`, or a Route of another kind holds the hostname. It gets no traffic from this parent.",
        "widen `allowedRoutes` of a listener, or attach to another one";
    "ATT-172" Route "Accepted" ["NoMatchingListenerHostname"] Error,
        "No hostname of the Route fits a selected listener. It gets no traffic from this parent.",
        "use a hostname that a listener covers";
    "ATT-173" Route "Accepted" ["NoMatchingParent"] Error,
        "The parent has no listener (or the Service no port) of that name or number. The Route gets no traffic from it.",
        "correct `sectionName` or `port` of the parentRef";
    "ATT-174" Route "Accepted" ["UnsupportedValue"] Error,
        "Every rule of the Route has a value that cannot be carried out. The Route gets no traffic.",
        "use supported values";
    "ATT-175" Route "Accepted" ["IncompatibleFilters"] Error,
        "Filters of its rules exclude each other. The Route gets no traffic.",
        "split the rule, or remove one of the filters";
    "ATT-176" Route "Accepted" ["Pending"] Error,
        "The Route waits to be looked at.",
        "correct what keeps its parent from being reconciled";
    "ATT-215" Route "Accepted" ["Conflicted"] Error,
        "A Route of a more specific kind holds the Service port (GRPCRoute before HTTPRoute before TLSRoute before TCPRoute). This one has no effect there.",
        "use one kind of Route for the port";
    "ATT-178" Route "ResolvedRefs" ["RefNotPermitted"] Error,
        "A backend lies in another namespace that does not permit the reference; its share of the traffic fails. Add a ReferenceGrant there.",
        "add a ReferenceGrant in the namespace of the backend";
    "ATT-179" Route "ResolvedRefs" ["InvalidKind"] Error,
        "A reference is to a kind that is not known here; its share of the traffic fails. Refer to a core Service.",
        "refer to a core Service";
    "ATT-180" Route "ResolvedRefs" ["BackendNotFound"] Error,
        "A backend, or its port, does not exist; its share of the traffic fails. Create it, or correct the reference.",
        "create the backend, or correct the reference";
    "ATT-181" Route "ResolvedRefs" ["UnsupportedProtocol"] Error,
        "A backend's port speaks a protocol that the Route cannot use; its share of the traffic fails.",
        "use a port that speaks a suitable protocol";
    "ATT-182" Route "PartiallyInvalid" ["UnsupportedValue", "IncompatibleFilters", "Conflicted"] Error,
        "Some rules of the Route cannot be carried out and are dropped; the others work. Requests for the dropped ones go to other rules or get 404.",
        "correct the rules that the message names";
    "ATT-241" Policy "Accepted" ["Conflicted"] Error,
        "An older policy has the same target, and this one has no effect (ATT-222). Keep one of the two.",
        "remove one of the policies, or target different ports";
    "ATT-242" Policy "Accepted" ["Invalid"] Error,
        "Something in the policy cannot be carried out; traffic to its target fails rather than going unprotected (ATT-228..230).",
        "correct what the message names";
    "ATT-243" Policy "Accepted" ["TargetNotFound"] Error,
        "The target, or its port, does not exist (ATT-224, ATT-225). The policy has no effect.",
        "create the target, or correct the reference";
    "ATT-226" Policy "Accepted" ["NoValidCACertificate"] Error,
        "No certificate authority of the policy can be used, so that its target cannot be verified and traffic to it fails. Refer to a ConfigMap with PEM under `ca.crt`.",
        "refer to a ConfigMap with PEM under `ca.crt`";
    "ATT-226" Policy "ResolvedRefs" ["InvalidCACertificateRef", "InvalidKind", "RefNotPermitted"] Error,
        "A certificate authority of the policy is missing, malformed or of another kind. Refer to a ConfigMap with PEM under `ca.crt`.",
        "refer to a ConfigMap with PEM under `ca.crt`";
    "ATT-247" Backend "Accepted" ["Invalid", "NoValidCACertificate", "Conflicted", "Pending"] Error,
        "The XBackend cannot be used, and traffic to it fails.",
        "correct what the message names";
    "ATT-247" Backend "ResolvedRefs" ["InvalidCACertificateRef", "InvalidKind", "InvalidClientCertificateRef", "InvalidCertificateRef", "RefNotPermitted"] Error,
        "A certificate that the XBackend names is missing, malformed, of another kind or not permitted.",
        "correct the reference";
}
