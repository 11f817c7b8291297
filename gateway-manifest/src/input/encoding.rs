//! Bytes to text.

use crate::error::Encoding;

/// A text, and what was special about its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) oddity: Option<Oddity>,
}

/// What was special about the bytes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// It is UTF-8 and begins with a byte order mark.
    ByteOrderMark,
    /// It is UTF-16.
    Utf16(Encoding),
}

/// Turns bytes into text: UTF-8, or UTF-16 when they begin with its byte order mark or look like it.
///
/// The error is the encoding they seem to have, and the offset of the first byte that is wrong.
pub(crate) fn decode(mut bytes: Vec<u8>) -> Result<Decoded, (Encoding, usize)> {
    match bytes.as_slice() {
        [0xFF, 0xFE, text @ ..] => utf16(text, 2, Encoding::Utf16Le),
        [0xFE, 0xFF, text @ ..] => utf16(text, 2, Encoding::Utf16Be),
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            let text = utf8(bytes).map_err(|(encoding, offset)| (encoding, offset + 3))?;
            Ok(Decoded { text, oddity: Some(Oddity::ByteOrderMark) })
        }
        _ => match guess(&bytes) {
            Some(encoding) => utf16(&bytes, 0, encoding),
            None => Ok(Decoded { text: utf8(bytes)?, oddity: None }),
        },
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, (Encoding, usize)> {
    String::from_utf8(bytes).map_err(|error| (Encoding::Utf8, error.utf8_error().valid_up_to()))
}

/// UTF-16 without a byte order mark is seen by the zeros between the first characters.
fn guess(bytes: &[u8]) -> Option<Encoding> {
    let units = || bytes.chunks_exact(2).take(4);
    if units().len() < 2 {
        return None;
    }
    let all = |is: fn(&[u8]) -> bool| units().all(is);
    if all(|unit| unit[0] != 0 && unit[1] == 0) {
        Some(Encoding::Utf16Le)
    } else if all(|unit| unit[0] == 0 && unit[1] != 0) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], skipped: usize, encoding: Encoding) -> Result<Decoded, (Encoding, usize)> {
    let unit = |pair: &[u8]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        Encoding::Utf16Le | Encoding::Utf8 => u16::from_le_bytes([pair[0], pair[1]]),
    };
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut offset = skipped;
    for character in char::decode_utf16(bytes.chunks_exact(2).map(unit)) {
        let character = character.map_err(|_| (encoding, offset))?;
        text.push(character);
        offset += 2 * character.len_utf16();
    }
    if !bytes.len().is_multiple_of(2) {
        return Err((encoding, offset));
    }
    Ok(Decoded { text, oddity: Some(Oddity::Utf16(encoding)) })
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Oddity, decode};

    fn read(bytes: &[u8]) -> Result<(String, Option<Oddity>), (Encoding, usize)> {
        decode(bytes.to_vec()).map(|decoded| (decoded.text, decoded.oddity))
    }

    #[test]
    fn utf16_is_converted() {
        let little: Vec<u8> = "a: ä😀\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "a: ä😀\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let text = || "a: ä😀\n".to_owned();
        assert_eq!(read(&little), Ok((text(), Some(Oddity::Utf16(Encoding::Utf16Le)))));
        assert_eq!(read(&big), Ok((text(), Some(Oddity::Utf16(Encoding::Utf16Be)))));
        assert_eq!(
            read(&[&[0xFF, 0xFE], &*little].concat()),
            Ok((text(), Some(Oddity::Utf16(Encoding::Utf16Le))))
        );
        assert_eq!(
            read(&[&[0xFE, 0xFF], &*big].concat()),
            Ok((text(), Some(Oddity::Utf16(Encoding::Utf16Be))))
        );
    }

    #[test]
    fn the_first_wrong_byte_is_told() {
        assert_eq!(read(b"a: \xE4\n"), Err((Encoding::Utf8, 3)));
        assert_eq!(read(b"\xEF\xBB\xBFa: \xE4\n"), Err((Encoding::Utf8, 6)));
        assert_eq!(read(b"a\0:\0\x00\xD8x\0"), Err((Encoding::Utf8, 5)));
        assert_eq!(read(b"\xFF\xFEa\0\x00\xD8x\0"), Err((Encoding::Utf16Le, 4)));
        assert_eq!(read(b"\xFE\xFF\0a\0"), Err((Encoding::Utf16Be, 4)));
    }

    #[test]
    fn a_few_nul_bytes_are_not_utf16() {
        assert_eq!(read(b"a\0"), Ok(("a\0".to_owned(), None)));
        assert_eq!(read(b"a\0b: 1\n"), Ok(("a\0b: 1\n".to_owned(), None)));
    }
}
