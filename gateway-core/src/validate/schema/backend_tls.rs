//! BackendTLSPolicy, and the validation of backends that XBackend shares.

use super::references::LOCAL_OBJECT_REFERENCE;
use super::scalars::{
    ABSOLUTE_URI, ANNOTATION_VALUE, GROUP, HOSTNAME, KIND, OBJECT_NAME, PRECISE_HOSTNAME, SECTION_NAME,
    WELL_KNOWN_CA,
};
use super::status::POLICY_STATUS;
use super::table::{Schema, list, map, object, one_of, optional, required, rules};
use crate::validate::rules::backend_tls;

pub(super) const BACKEND_TLS_POLICY: Schema =
    object!([required("MODEL-BTP-01", "spec", SPEC), optional("MODEL-BTP-09", "status", POLICY_STATUS)]);

const SPEC: Schema = object!([
    optional("MODEL-BTP-02", "options", map!(ANNOTATION_VALUE, 16)),
    required(
        "MODEL-BTP-03",
        "targetRefs",
        list!(TARGET_REF)
            .items(1, 16)
            .rules(rules![&backend_tls::SECTION_NAMES_SPECIFIED, &backend_tls::SECTION_NAMES_UNIQUE]),
    ),
    required("MODEL-BTP-08", "validation", BACKEND_VALIDATION),
]);

const TARGET_REF: Schema = object!([
    required("MODEL-BTP-04", "group", GROUP),
    required("MODEL-BTP-05", "kind", KIND),
    required("MODEL-BTP-06", "name", OBJECT_NAME),
    optional("MODEL-BTP-07", "sectionName", SECTION_NAME),
]);

pub(super) const BACKEND_VALIDATION: Schema = object!([
    optional("MODEL-BTV-01", "caCertificateRefs", list!(LOCAL_OBJECT_REFERENCE).items(0, 8)),
    required("MODEL-BTV-02", "hostname", PRECISE_HOSTNAME),
    optional("MODEL-BTV-03", "subjectAltNames", list!(SUBJECT_ALT_NAME).items(0, 5)),
    optional("MODEL-BTV-04", "wellKnownCACertificates", WELL_KNOWN_CA),
])
.rules(rules![&backend_tls::NOT_BOTH_CAS, &backend_tls::ONE_CA]);

const SUBJECT_ALT_NAME: Schema = object!([
    optional("MODEL-SAN-01", "hostname", HOSTNAME),
    required("MODEL-SAN-02", "type", one_of(&["Hostname", "URI"])),
    optional("MODEL-SAN-03", "uri", ABSOLUTE_URI),
])
.rules(rules![
    &backend_tls::HOSTNAME_SET,
    &backend_tls::HOSTNAME_ONLY,
    &backend_tls::URI_SET,
    &backend_tls::URI_ONLY,
]);
