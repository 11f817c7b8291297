//! Changes of headers.

use super::scalars::{HEADER_NAME, HEADER_VALUE};
use super::table::{Schema, any_text, list, object, optional, required};

pub(super) const HEADER_FILTER: Schema = object!([
    optional(
        "MODEL-HHF-01",
        "add",
        list!(object!([
            required("MODEL-HHF-02", "name", HEADER_NAME),
            required("MODEL-HHF-03", "value", HEADER_VALUE),
        ]))
        .items(0, 16)
        .keyed_by(&["name"]),
    ),
    optional("MODEL-HHF-04", "remove", list!(any_text()).items(0, 16).set()),
    optional(
        "MODEL-HHF-05",
        "set",
        list!(object!([
            required("MODEL-HHF-06", "name", HEADER_NAME),
            required("MODEL-HHF-07", "value", HEADER_VALUE),
        ]))
        .items(0, 16)
        .keyed_by(&["name"]),
    ),
]);
