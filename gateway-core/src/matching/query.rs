//! Query parameters, read in place (MATCH-42, MATCH-43, AMBIG-26).

/// Name and value of each parameter, still encoded: split on `&`, then on the first `=`; a missing
/// `=` is an empty value, an empty piece is no parameter.
pub fn parameters(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    query.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
        let equals = piece.iter().position(|byte| *byte == b'=');
        match equals {
            Some(equals) => {
                (piece.get(..equals).unwrap_or_default(), piece.get(equals + 1..).unwrap_or_default())
            }
            None => (piece, &[][..]),
        }
    })
}

/// The decoded bytes of a name or value: `+` is a space, `%xx` a byte, and a `%` without two
/// hexadecimal digits stands for itself.
pub fn decoded(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut position = 0;
    core::iter::from_fn(move || {
        let byte = *text.get(position)?;
        let escape = || {
            let high = hex(*text.get(position + 1)?)?;
            let low = hex(*text.get(position + 2)?)?;
            Some(high << 4 | low)
        };
        let (byte, length) = match byte {
            b'+' => (b' ', 1),
            b'%' => escape().map_or((b'%', 1), |byte| (byte, 3)),
            byte => (byte, 1),
        };
        position += length;
        Some(byte)
    })
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn match_43_decoding() {
        for (text, expected) in
            [("a+b", "a b"), ("%41%6a", "Aj"), ("100%", "100%"), ("%zz", "%zz"), ("%4", "%4")]
        {
            assert_eq!(decoded(text.as_bytes()).collect::<Vec<_>>(), expected.as_bytes());
        }
        let pairs: Vec<_> = parameters(b"a=1&&b&c=d=e&=x").collect();
        let expected: [(&[u8], &[u8]); 4] = [(b"a", b"1"), (b"b", b""), (b"c", b"d=e"), (b"", b"x")];
        assert_eq!(pairs, expected);
    }
}
