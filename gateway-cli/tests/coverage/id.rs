//! Ids of rules: a family, perhaps groups, and a number, as in `REF-09a` or `VAL-GEN-08`.

use std::collections::BTreeSet;

const FAMILIES: [&str; 8] = ["MODEL", "VAL", "ATT", "REF", "MATCH", "FILT", "FEAT", "AMBIG"];

/// The families whose rules the list holds. The others cut across them.
pub(crate) fn is_listed(id: &str) -> bool {
    !id.starts_with("FEAT-") && !id.starts_with("AMBIG-")
}

/// Whether a word has the shape of an id.
pub(crate) fn is_id(word: &str) -> bool {
    let mut parts = word.split('-');
    let family = parts.next().is_some_and(|family| FAMILIES.contains(&family));
    let mut groups: Vec<_> = parts.collect();
    let number = groups.pop().unwrap_or_default();
    family
        && is_number(number)
        && groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_uppercase()))
}

/// `09`, `09a`, `K01`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(word);
    let digits = digits.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(digits);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The ids in a text. Ends of a range (`ATT-010..022`) are none: a range in prose cites nothing.
pub(crate) fn in_text(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'));
    words.map(|word| word.trim_end_matches('.')).filter(|word| is_id(word))
}

/// The id in a name such as `att_030_same_port` or `what_ref_09a_says`.
pub(crate) fn in_name(name: &str) -> Option<String> {
    let parts: Vec<_> = name.split('_').collect();
    (0..parts.len()).find_map(|start| {
        (start + 1..parts.len().min(start + 4)).find_map(|end| {
            let family = parts[start..end].iter().map(|part| part.to_ascii_uppercase() + "-");
            let number = parts[end];
            let upper = |letter: &str| letter.to_ascii_uppercase() + &number[letter.len()..];
            let number = number.get(..1).map(upper)?;
            let id = family.collect::<String>() + &number;
            is_id(&id).then_some(id)
        })
    })
}

/// What an entry of a list of rules stands for: an id, or every known id of a range.
pub(crate) fn expand(entry: &str, known: &BTreeSet<String>) -> Vec<String> {
    let Some((first, last)) = entry.split_once("..") else {
        return vec![entry.to_owned()];
    };
    let Some((family, first)) = first.rsplit_once('-').and_then(|(family, n)| Some((family, value(n)?)))
    else {
        return vec![entry.to_owned()];
    };
    let Some(last) = value(last.rsplit_once('-').map_or(last, |(_, number)| number)) else {
        return vec![entry.to_owned()];
    };
    let ids = known.iter().filter(|id| {
        id.rsplit_once('-').is_some_and(|(other, number)| {
            other == family && value(number).is_some_and(|it| first <= it && it <= last)
        })
    });
    let ids: Vec<_> = ids.cloned().collect();
    if ids.is_empty() { vec![entry.to_owned()] } else { ids }
}

/// The letter before a number, and the number; letters behind it are in any range.
fn value(number: &str) -> Option<(&str, u32)> {
    let start = number.find(|c: char| c.is_ascii_digit())?;
    let digits = number[start..].trim_end_matches(|c: char| c.is_ascii_lowercase());
    Some((&number[..start], digits.parse().ok()?))
}

#[test]
fn ids_are_told_from_other_words() {
    for id in ["ATT-119a", "VAL-GEN-08", "REF-09a", "MODEL-K01", "MODEL-COND-01", "MATCH-01", "VAL-XBTP-02"] {
        assert!(is_id(id), "{id}");
    }
    for word in ["RFC-1123", "GEP-91", "ATT", "ATT-", "ATT-010..022", "VAL-gen-08", "ATT-1-2", "REF-09aa"] {
        assert!(!is_id(word), "{word}");
    }
    let text = "by ATT-119a, REF-01/REF-02 and ATT-010..022 (VAL-GEN-08).";
    assert_eq!(in_text(text).collect::<Vec<_>>(), ["ATT-119a", "REF-01", "REF-02", "VAL-GEN-08"]);
}

#[test]
fn names_hold_ids() {
    assert_eq!(in_name("att_030_same_port").as_deref(), Some("ATT-030"));
    assert_eq!(in_name("what_ref_09a_says").as_deref(), Some("REF-09a"));
    assert_eq!(in_name("val_gen_08").as_deref(), Some("VAL-GEN-08"));
    assert_eq!(in_name("model_r13_nests").as_deref(), Some("MODEL-R13"));
    assert_eq!(in_name("a_route_is_attached_2_times"), None);
}

#[test]
fn ranges_stand_for_known_ids() {
    let known = ["ATT-119", "ATT-119a", "ATT-120", "ATT-122", "REF-120", "MODEL-R10", "MODEL-S10"];
    let known = known.map(str::to_owned).into();
    assert_eq!(expand("ATT-119..121", &known), ["ATT-119", "ATT-119a", "ATT-120"]);
    assert_eq!(expand("MODEL-R09..R20", &known), ["MODEL-R10"]);
    assert_eq!(expand("ATT-001", &known), ["ATT-001"]);
    assert_eq!(expand("ATT-200..201", &known), ["ATT-200..201"]);
}
