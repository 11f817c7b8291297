//! Matches of HTTPRoute.

use super::Constant::{self, Map, Text};
use super::scalars::{HEADER_NAME, HEADER_VALUE, MATCH_TYPE};
use super::table::{Schema, list, object, one_of, optional, required, rules, text};
use crate::validate::rules::http_path;

/// The path of a match that says nothing (MODEL-R13).
pub(super) const ANY_PATH: Constant = Map(&[("type", Text("PathPrefix")), ("value", Text("/"))]);

pub(super) const HTTP_MATCH: Schema = object!([
    optional("MODEL-HM-01", "headers", HEADERS),
    optional(
        "MODEL-HM-05",
        "method",
        one_of(&["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]),
    ),
    optional("MODEL-HM-06", "path", PATH).default(ANY_PATH),
    optional("MODEL-HM-09", "queryParams", QUERY_PARAMS),
]);

const HEADERS: Schema = list!(object!([
    required("MODEL-HM-02", "name", HEADER_NAME),
    optional("MODEL-HM-03", "type", MATCH_TYPE).default(Text("Exact")),
    required("MODEL-HM-04", "value", HEADER_VALUE),
]))
.items(0, 16)
.keyed_by(&["name"]);

const PATH: Schema = object!([
    optional("MODEL-HM-07", "type", one_of(&["Exact", "PathPrefix", "RegularExpression"]))
        .default(Text("PathPrefix")),
    optional("MODEL-HM-08", "value", text(0, 1024)).default(Text("/")),
])
.rules(rules![
    &http_path::ABSOLUTE,
    &http_path::NO_EMPTY_SEGMENT,
    &http_path::NO_DOT_SEGMENT,
    &http_path::NO_DOT_DOT_SEGMENT,
    &http_path::NO_LOWER_ENCODED_SLASH,
    &http_path::NO_UPPER_ENCODED_SLASH,
    &http_path::NO_FRAGMENT,
    &http_path::NO_DOT_DOT_END,
    &http_path::NO_DOT_END,
    &http_path::KNOWN_TYPE,
    &http_path::VALID_CHARACTERS,
]);

const QUERY_PARAMS: Schema = list!(object!([
    required("MODEL-HM-10", "name", HEADER_NAME),
    optional("MODEL-HM-11", "type", MATCH_TYPE).default(Text("Exact")),
    required("MODEL-HM-12", "value", text(1, 1024)),
]))
.items(0, 16)
.keyed_by(&["name"]);
