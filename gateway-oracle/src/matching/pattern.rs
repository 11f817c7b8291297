//! Regular expressions: RE2 syntax, the whole value (AMBIG-24).

use gateway_core::profile::{Choices, RegexAnchoring, RegexDialect};
use regex::bytes::Regex;

/// MATCH-36: whether a pattern can be used. It must be one by itself, not only between anchors.
pub(crate) fn is_valid(choices: &Choices, pattern: &str) -> bool {
    choices.regex_dialect != RegexDialect::None && Regex::new(&spoken(choices, pattern)).is_ok()
}

/// The pattern in the words of the library.
fn spoken(choices: &Choices, pattern: &str) -> String {
    if choices.regex_dialect == RegexDialect::Rust { pattern.to_owned() } else { ascii(pattern) }
}

/// MATCH-36: whether the whole value meets a pattern, which must be valid by itself.
pub(crate) fn matches(choices: &Choices, pattern: &str, value: &[u8]) -> bool {
    let pattern = spoken(choices, pattern);
    let (start, end) = match choices.regex_anchoring {
        RegexAnchoring::Full => (r"\A", r"\z"),
        RegexAnchoring::Start => (r"\A", ""),
        RegexAnchoring::Search => ("", ""),
    };
    // A pattern may end in a comment of its own, which a new line ends.
    let anchored = [format!("{start}(?:{pattern}){end}"), format!("{start}(?:{pattern}\n){end}")];
    let whole = anchored.iter().find_map(|pattern| Regex::new(pattern).ok());
    whole.is_some_and(|whole| whole.is_match(value))
}

/// `docs/SEMANTICS.md`: `\d \w \s \b` are ASCII, as RE2 has them.
fn ascii(pattern: &str) -> String {
    let mut text = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('d') => text.push_str("[0-9]"),
            Some('D') => text.push_str("[^0-9]"),
            Some('w') => text.push_str("[0-9A-Za-z_]"),
            Some('W') => text.push_str("[^0-9A-Za-z_]"),
            Some('s') => text.push_str(r"[\t\n\x0C\r ]"),
            Some('S') => text.push_str(r"[^\t\n\x0C\r ]"),
            Some('b') => text.push_str(r"(?-u:\b)"),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use gateway_core::profile::Choices;

    fn is_valid(pattern: &str) -> bool {
        super::is_valid(&Choices::DEFAULT, pattern)
    }

    fn matches(pattern: &str, value: &[u8]) -> bool {
        is_valid(pattern) && super::matches(&Choices::DEFAULT, pattern, value)
    }

    #[test]
    fn whole_values() {
        assert!(matches("/a|/ab", b"/ab") && !matches("/a|/ab", b"/abc"));
        assert!(matches(r"/\d+[\d.]*", b"/1.2") && !matches(r"\d", "\u{0661}".as_bytes()));
        assert!(!is_valid("/a)|(?:/b") && !matches("/a)|(?:/b", b"/a"));
        assert!(!is_valid(r"(.)\1") && !is_valid("(?!a)") && !is_valid("*"));
    }
}
