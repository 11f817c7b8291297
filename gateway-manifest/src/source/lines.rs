//! Lines and columns of a text.

/// In a line longer than this, columns are counted from the nearest mark and not from its beginning, so
/// that notes about a dump in a single line do not read it again and again.
const STEP: usize = 4096;

/// Where the lines of a text begin.
///
/// Lines end as in YAML: with LF, CR LF, or CR alone.
#[derive(Debug)]
pub(super) struct LineIndex {
    starts: Vec<u32>,
    marks: Vec<Mark>,
}

/// A place within a long line.
#[derive(Debug)]
struct Mark {
    offset: u32,
    /// How many characters of the line begin before it.
    characters: u32,
}

#[expect(clippy::cast_possible_truncation, reason = "sources are limited to what a u32 can count")]
impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        let mut index = Self { starts: vec![0], marks: Vec::new() };
        let bytes = text.as_bytes();
        let (mut start, mut characters) = (0, 0);
        for (offset, &byte) in bytes.iter().enumerate() {
            if offset > start && (offset - start).is_multiple_of(STEP) {
                index.marks.push(Mark { offset: offset as u32, characters });
            }
            if begins_character(byte) {
                characters += 1;
            }
            if byte == b'\n' || (byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n')) {
                start = offset + 1;
                characters = 0;
                index.starts.push(start as u32);
            }
        }
        index
    }

    /// The line and the column of an offset, both counted from 1, the column in characters.
    pub(super) fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let marks = self.marks.partition_point(|mark| mark.offset as usize <= offset);
        let mark = self.marks.get(marks.wrapping_sub(1)).filter(|mark| mark.offset >= start);
        let (from, characters) = mark.map_or((start, 0), |mark| (mark.offset, mark.characters));
        let counted = text.as_bytes().get(from as usize..offset).unwrap_or_default();
        let counted = counted.iter().filter(|byte| begins_character(**byte)).count();
        (line, characters as usize + counted + 1)
    }

    /// A line without its end, counted from 1.
    pub(super) fn line<'t>(&self, text: &'t str, line: usize) -> Option<&'t str> {
        let start = *self.starts.get(line.checked_sub(1)?)? as usize;
        let end = self.starts.get(line).map_or(text.len(), |next| *next as usize);
        Some(text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, STEP};

    #[test]
    fn counts_lines_and_characters() {
        let text = "a: 1\r\nä: 2\rb\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), (1, 1));
        assert_eq!(index.position(text, 6), (2, 1));
        assert_eq!(index.position(text, 8), (2, 2));
        assert_eq!(index.position(text, 12), (3, 1));
        assert_eq!(index.position(text, 99), (4, 1));
        assert_eq!(index.line(text, 2), Some("ä: 2"));
        assert_eq!(index.line(text, 4), Some(""));
        assert_eq!(index.line(text, 5), None);
        assert_eq!(index.line(text, 0), None);
    }

    #[test]
    fn counts_in_long_lines() {
        let text = "\n".to_owned() + &"ä".repeat(STEP * 3);
        let index = LineIndex::new(&text);
        for characters in [0, 1, STEP / 2 - 1, STEP / 2, STEP, STEP * 3] {
            assert_eq!(index.position(&text, 1 + 2 * characters), (2, characters + 1));
        }
    }
}
