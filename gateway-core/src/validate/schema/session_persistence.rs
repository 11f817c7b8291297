//! Session persistence (experimental).

use super::Constant::Text;
use super::scalars::DURATION;
use super::table::{Schema, object, one_of, optional, rules, text};
use crate::validate::rules::filter_bodies::{COOKIE_CONFIG_ONLY, PERMANENT_HAS_TIMEOUT};

pub(super) const SESSION_PERSISTENCE: Schema = object!([
    optional("MODEL-SP-01", "absoluteTimeout", DURATION),
    optional(
        "MODEL-SP-02",
        "cookieConfig",
        object!([optional("MODEL-SP-03", "lifetimeType", one_of(&["Permanent", "Session"]))
            .default(Text("Session"))]),
    ),
    optional("MODEL-SP-04", "sessionName", text(0, 128)),
    optional("MODEL-SP-05", "type", one_of(&["Cookie", "Header"])).default(Text("Cookie")),
])
.rules(rules![&PERMANENT_HAS_TIMEOUT, &COOKIE_CONFIG_ONLY]);
