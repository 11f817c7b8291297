//! Strings and numbers with a name of their own (MODEL-S01..S25).

use super::table::{Schema, int32, one_of, text};
use crate::validate::pattern::Pattern;

pub(super) const GROUP: Schema = text(0, 253).pattern(Pattern::Group);
pub(super) const KIND: Schema = text(1, 63).pattern(Pattern::Kind);
pub(super) const OBJECT_NAME: Schema = text(1, 253);
pub(super) const NAMESPACE: Schema = text(1, 63).pattern(Pattern::DnsLabel);
pub(super) const SECTION_NAME: Schema = text(1, 253).pattern(Pattern::Subdomain);
pub(super) const HOSTNAME: Schema = text(1, 253).pattern(Pattern::Hostname);
pub(super) const PRECISE_HOSTNAME: Schema = text(1, 253).pattern(Pattern::Subdomain);
pub(super) const PORT: Schema = int32(1, 65535);
pub(super) const CONTROLLER_NAME: Schema = text(1, 253).pattern(Pattern::ControllerName);
pub(super) const HEADER_NAME: Schema = text(1, 256).pattern(Pattern::HeaderName);
pub(super) const HEADER_VALUE: Schema = text(1, 4096).experimental_pattern(Pattern::HeaderValue);
pub(super) const DURATION: Schema = text(0, usize::MAX).pattern(Pattern::Duration);
pub(super) const ADDRESS_TYPE: Schema = text(1, 253).pattern(Pattern::AddressType);
pub(super) const PROTOCOL: Schema = text(1, 255).pattern(Pattern::ProtocolType);
pub(super) const CORS_ORIGIN: Schema = text(1, 253).pattern(Pattern::CorsOrigin);
pub(super) const ABSOLUTE_URI: Schema = text(1, 253).pattern(Pattern::AbsoluteUri);
pub(super) const WELL_KNOWN_CA: Schema = text(1, 253).pattern(Pattern::WellKnownCaCertificates);
pub(super) const ANNOTATION_VALUE: Schema = text(0, 4096);
pub(super) const LABEL_VALUE: Schema = text(0, 63).pattern(Pattern::LabelValue);
pub(super) const EXTERNAL_AUTH_PATH: Schema = text(0, 1024).pattern(Pattern::PathCharacters);
pub(super) const CONDITION_REASON: Schema = text(1, 1024).pattern(Pattern::ConditionReason);
pub(super) const CONDITION_TYPE: Schema = text(0, 316).pattern(Pattern::ConditionType);

/// `spec.defaultScope` and `spec.useDefaultGateways`.
pub(super) const DEFAULT_SCOPE: Schema = one_of(&["All", "None"]);
/// How headers, query parameters and methods of gRPC are compared.
pub(super) const MATCH_TYPE: Schema = one_of(&["Exact", "RegularExpression"]);
