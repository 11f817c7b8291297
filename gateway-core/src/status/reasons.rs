//! The words of conditions that are written here; the index of all of them is ATT section 16.

pub(crate) const ACCEPTED: &str = "Accepted";
pub(crate) const PROGRAMMED: &str = "Programmed";
pub(crate) const RESOLVED_REFS: &str = "ResolvedRefs";
pub(crate) const CONFLICTED: &str = "Conflicted";
pub(crate) const OVERLAPPING_TLS_CONFIG: &str = "OverlappingTLSConfig";
pub(crate) const PARTIALLY_INVALID: &str = "PartiallyInvalid";
pub(crate) const PENDING: &str = "Pending";
pub(crate) const INVALID: &str = "Invalid";
pub(crate) const INVALID_PARAMETERS: &str = "InvalidParameters";
pub(crate) const UNSUPPORTED_ADDRESS: &str = "UnsupportedAddress";
pub(crate) const LISTENERS_NOT_VALID: &str = "ListenersNotValid";
pub(crate) const LISTENERS_NOT_RESOLVED: &str = "ListenersNotResolved";
pub(crate) const UNSUPPORTED_PROTOCOL: &str = "UnsupportedProtocol";
pub(crate) const PORT_UNAVAILABLE: &str = "PortUnavailable";
pub(crate) const UNSUPPORTED_VALUE: &str = "UnsupportedValue";
pub(crate) const HOSTNAME_CONFLICT: &str = "HostnameConflict";
pub(crate) const PROTOCOL_CONFLICT: &str = "ProtocolConflict";
pub(crate) const OVERLAPPING_HOSTNAMES: &str = "OverlappingHostnames";
pub(crate) const REF_NOT_PERMITTED: &str = "RefNotPermitted";
pub(crate) const INVALID_CERTIFICATE_REF: &str = "InvalidCertificateRef";
pub(crate) const INVALID_ROUTE_KINDS: &str = "InvalidRouteKinds";
pub(crate) const NO_MATCHING_PARENT: &str = "NoMatchingParent";
pub(crate) const NOT_ALLOWED_BY_LISTENERS: &str = "NotAllowedByListeners";
pub(crate) const NO_MATCHING_LISTENER_HOSTNAME: &str = "NoMatchingListenerHostname";
pub(crate) const INCOMPATIBLE_FILTERS: &str = "IncompatibleFilters";
pub(crate) const INVALID_KIND: &str = "InvalidKind";
pub(crate) const BACKEND_NOT_FOUND: &str = "BackendNotFound";
pub(crate) const NOT_ALLOWED: &str = "NotAllowed";
pub(crate) const PARENT_NOT_ACCEPTED: &str = "ParentNotAccepted";
/// The documentation names it, no constant does (AMBIG-12).
pub(crate) const PARENT_NOT_PROGRAMMED: &str = "ParentNotProgrammed";
pub(crate) const LISTENER_CONFLICT: &str = "ListenerConflict";
pub(crate) const TOO_MANY_LISTENERS: &str = "TooManyListeners";
pub(crate) const NO_VALID_CA_CERTIFICATE: &str = "NoValidCACertificate";
pub(crate) const INVALID_CA_CERTIFICATE_REF: &str = "InvalidCACertificateRef";
pub(crate) const INVALID_CA_CERTIFICATE_KIND: &str = "InvalidCACertificateKind";
pub(crate) const INVALID_CLIENT_CERTIFICATE_REF: &str = "InvalidClientCertificateRef";
pub(crate) const OVERLAPPING_CERTIFICATES: &str = "OverlappingCertificates";
pub(crate) const ADDRESS_NOT_ASSIGNED: &str = "AddressNotAssigned";
pub(crate) const ADDRESS_NOT_USABLE: &str = "AddressNotUsable";
pub(crate) const INSECURE_FRONTEND_VALIDATION_MODE: &str = "InsecureFrontendValidationMode";
pub(crate) const CONFIGURATION_CHANGED: &str = "ConfigurationChanged";
pub(crate) const SUPPORTED_VERSION: &str = "SupportedVersion";
pub(crate) const UNSUPPORTED_VERSION: &str = "UnsupportedVersion";
/// Type and reason of a condition that no constant names (AMBIG-14).
pub(crate) const DEFAULT_GATEWAY: &str = "DefaultGateway";
