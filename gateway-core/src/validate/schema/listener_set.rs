//! ListenerSet.

use super::Constant::Text;
use super::listener::{LISTENER_STATUSES, LISTENERS};
use super::scalars::{GROUP, KIND, NAMESPACE, OBJECT_NAME};
use super::status::{ACCEPTED_AND_PROGRAMMED, CONDITIONS, STATUS_ACCEPTED_AND_PROGRAMMED};
use super::table::{Schema, object, optional, required, rules};
use crate::validate::rules::listener;

pub(super) const LISTENER_SET: Schema = object!([
    required("MODEL-LS-01", "spec", SPEC),
    optional("MODEL-LS-08", "status", STATUS).default(STATUS_ACCEPTED_AND_PROGRAMMED),
]);

const SPEC: Schema = object!([
    required(
        "MODEL-LS-02",
        "listeners",
        LISTENERS.rules(rules![
            &listener::NO_TLS,
            &listener::HTTPS_TERMINATES,
            &listener::TLS_HAS_MODE,
            &listener::NO_HOSTNAME,
            &listener::UNIQUE_NAME,
            &listener::DISTINCT_ENTRIES,
        ]),
    ),
    required("MODEL-LS-03", "parentRef", PARENT_GATEWAY_REFERENCE),
]);

const PARENT_GATEWAY_REFERENCE: Schema = object!([
    optional("MODEL-LS-04", "group", GROUP).default(Text("gateway.networking.k8s.io")),
    optional("MODEL-LS-05", "kind", KIND).default(Text("Gateway")),
    required("MODEL-LS-06", "name", OBJECT_NAME),
    optional("MODEL-LS-07", "namespace", NAMESPACE),
]);

const STATUS: Schema = object!([
    optional("MODEL-LS-09", "conditions", CONDITIONS.items(0, 8)).default(ACCEPTED_AND_PROGRAMMED),
    optional("MODEL-LS-10", "listeners", LISTENER_STATUSES),
]);
