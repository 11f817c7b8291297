//! The normal form of a path, for profiles that want one (MATCH-35, AMBIG-23).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::matching::request::RequestView;
use crate::profile::PathNormalization;

impl PathNormalization {
    /// The path in its normal form. Nothing is allocated when it has that form already.
    #[inline]
    pub fn apply(self, path: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Off => Cow::Borrowed(path),
            Self::Rfc3986 => normal(path, false),
            Self::Envoy => normal(path, true),
        }
    }
}

fn normal(path: &[u8], merges: bool) -> Cow<'_, [u8]> {
    // Without a slash it is no path, but `*` or nothing.
    if !path.starts_with(b"/") || is_plain(path, merges) {
        return Cow::Borrowed(path);
    }
    let mut normal = without_dots(&unescaped(path, !merges));
    if merges {
        normal.dedup_by(|next, before| *next == b'/' && *before == b'/');
    }
    Cow::Owned(normal)
}

/// Whether there is nothing to do: no escape, no dot segment, and no empty segment if those are merged.
fn is_plain(path: &[u8], merges: bool) -> bool {
    let dots = |segment: &[u8]| matches!(segment, b"." | b"..");
    let has_work = path.contains(&b'%')
        || path.split(|byte| *byte == b'/').any(dots)
        || (merges && path.windows(2).any(|pair| pair == b"//"));
    !has_work
}

/// Escapes of unreserved characters decoded; the digits of all others in upper case if that is asked for.
fn unescaped(path: &[u8], upper: bool) -> Vec<u8> {
    let mut plain = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let (Some(byte), b'%') = (escaped(after), *first) else {
            plain.push(*first);
            continue;
        };
        let (digits, after) = after.split_at(2);
        rest = after;
        let is_unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if is_unreserved && !(byte.is_ascii_hexdigit() && is_open(&plain)) {
            plain.push(byte);
        } else {
            plain.push(b'%');
            plain.extend(digits.iter().map(|digit| if upper { digit.to_ascii_uppercase() } else { *digit }));
        }
    }
    plain
}

/// Whether a `%` stands at the end that lacks a digit: another one would make an escape that the path does
/// not have, and that somebody would decode once more.
fn is_open(plain: &[u8]) -> bool {
    match plain {
        [.., b'%'] => true,
        [.., b'%', digit] => digit.is_ascii_hexdigit(),
        _ => false,
    }
}

/// The byte that two hexadecimal digits stand for.
fn escaped(digits: &[u8]) -> Option<u8> {
    let digit = |index: usize| char::from(*digits.get(index)?).to_digit(16);
    u8::try_from(digit(0)? << 4 | digit(1)?).ok()
}

/// RFC 3986 section 5.2.4, for a path that begins with a slash; any other is left alone.
fn without_dots(path: &[u8]) -> Vec<u8> {
    let Some(relative) = path.strip_prefix(b"/") else { return path.to_vec() };
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut segments = relative.split(|byte| *byte == b'/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            b"." | b".." => {
                if segment == b".." {
                    kept.pop();
                }
                // A dot segment at the end leaves its slash.
                if is_last {
                    kept.push(b"");
                }
            }
            _ => kept.push(segment),
        }
    }
    let mut normal = Vec::with_capacity(path.len());
    for segment in kept {
        normal.push(b'/');
        normal.extend_from_slice(segment);
    }
    normal
}

/// A request with another path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithPath<'a, R> {
    /// The request.
    pub(crate) request: &'a R,
    /// The path that counts.
    pub(crate) path: &'a [u8],
}

impl<R: RequestView> RequestView for WithPath<'_, R> {
    fn method(&self) -> &[u8] {
        self.request.method()
    }

    fn scheme(&self) -> Option<&[u8]> {
        self.request.scheme()
    }

    fn authority(&self) -> &[u8] {
        self.request.authority()
    }

    fn path(&self) -> &[u8] {
        self.path
    }

    fn query(&self) -> Option<&[u8]> {
        self.request.query()
    }

    fn headers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.request.headers()
    }

    fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.request.header_values(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambig_23_normal_forms() {
        // RFC 3986 sections 5.2.4 and 6.2.2; the second form is that of the proxy of the same name.
        for (path, rfc, envoy) in [
            ("/a/b", "/a/b", "/a/b"),
            ("/a/./b/../c", "/a/c", "/a/c"),
            ("/a/b/c/./../../g", "/a/g", "/a/g"),
            ("/../../x", "/x", "/x"),
            ("/a/..", "/", "/"),
            ("/a/.", "/a/", "/a/"),
            ("/..", "/", "/"),
            ("/a//b", "/a//b", "/a/b"),
            ("//", "//", "/"),
            ("/%7Euser/%61", "/~user/a", "/~user/a"),
            ("/a%2fb", "/a%2Fb", "/a%2fb"),
            ("/%2e%2e/x", "/x", "/x"),
            ("/100%", "/100%", "/100%"),
            ("/%zz%4", "/%zz%4", "/%zz%4"),
            ("/%%32%65%61", "/%%32ea", "/%%32ea"),
            ("/%2%65%61", "/%2%65a", "/%2%65a"),
            ("*", "*", "*"),
            ("a%41/../", "a%41/../", "a%41/../"),
            ("", "", ""),
        ] {
            let form = |how: PathNormalization| how.apply(path.as_bytes()).into_owned();
            assert_eq!(form(PathNormalization::Off), path.as_bytes());
            assert_eq!(form(PathNormalization::Rfc3986), rfc.as_bytes(), "{path}");
            assert_eq!(form(PathNormalization::Envoy), envoy.as_bytes(), "{path}");
            for how in [PathNormalization::Rfc3986, PathNormalization::Envoy] {
                assert_eq!(form(how), how.apply(&form(how)).into_owned(), "{path} is stable");
                // Escapes have to be looked at.
                let is_copied = matches!(how.apply(&form(how)), Cow::Owned(_));
                assert!(!is_copied || form(how).contains(&b'%'), "{path}");
            }
        }
    }
}
