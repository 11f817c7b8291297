//! ReferenceGrant, which has no status (MODEL-R09).

use super::scalars::{GROUP, KIND, NAMESPACE, OBJECT_NAME};
use super::table::{Schema, list, object, optional, required};

pub(super) const REFERENCE_GRANT: Schema = object!([required("MODEL-RG-01", "spec", SPEC)]);

const SPEC: Schema = object!([
    required(
        "MODEL-RG-02",
        "from",
        list!(object!([
            required("MODEL-RG-03", "group", GROUP),
            required("MODEL-RG-04", "kind", KIND),
            required("MODEL-RG-05", "namespace", NAMESPACE),
        ]))
        .items(1, 16),
    ),
    required(
        "MODEL-RG-06",
        "to",
        list!(object!([
            required("MODEL-RG-07", "group", GROUP),
            required("MODEL-RG-08", "kind", KIND),
            optional("MODEL-RG-09", "name", OBJECT_NAME),
        ]))
        .items(1, 16),
    ),
]);
