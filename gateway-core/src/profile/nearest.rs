//! The known name that an unknown one was probably meant to be.

use alloc::vec::Vec;

/// The nearest of the known names, when it is near enough to be a slip. Case counts little.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Half of the letters may be wrong; a name longer than any is not worth comparing.
    let limit = name.chars().count();
    let near = known.into_iter().map(|known| (distance(name, known), known)).min()?;
    (near.0 <= limit && name.len() <= 256).then_some(near.1)
}

/// Twice the number of letters to add, drop or replace; a letter of the other case counts half.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).map(|length| 2 * length).collect();
    for (index, letter) in one.chars().take(256).enumerate() {
        let mut diagonal = row[0];
        row[0] = 2 * (index + 1);
        for (column, wanted) in other.iter().enumerate() {
            let replaced = match letter {
                same if same == *wanted => 0,
                case if case.eq_ignore_ascii_case(wanted) => 1,
                _ => 2,
            };
            let cheapest = (diagonal + replaced).min(row[column] + 2).min(row[column + 1] + 2);
            diagonal = core::mem::replace(&mut row[column + 1], cheapest);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_near_and_strangers_are_not() {
        let known = ["spec", "standard", "envoy-gateway", "istio"];
        assert_eq!(nearest("envoygateway", known), Some("envoy-gateway"));
        assert_eq!(nearest("ISTIO", known), Some("istio"));
        assert_eq!(nearest("sepc", known), Some("spec"));
        assert_eq!(nearest("haproxy", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
