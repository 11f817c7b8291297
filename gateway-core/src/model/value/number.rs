//! Numbers as JSON and YAML have them.

use alloc::boxed::Box;
use core::fmt;

/// A number, and how it was written when that is not its plain decimal form.
#[derive(Clone, Debug)]
pub struct Number {
    repr: Repr,
    written: Option<Box<str>>,
}

/// A whole number has one representation, so that equal numbers compare equal.
#[derive(Clone, Copy, Debug)]
pub(super) enum Repr {
    /// At least 0.
    Natural(u64),
    /// Below 0.
    Negative(i64),
    /// With a fraction, an exponent, or too great.
    Float(f64),
}

impl Number {
    /// The number with the text it was written as, such as YAML's `017` or `1e3`.
    #[must_use]
    pub fn with_text(self, written: impl Into<Box<str>>) -> Self {
        Self { written: Some(written.into()), ..self }
    }

    /// The number, when it is whole and fits; `1.0` is whole, as in JSON schema.
    pub fn as_i64(&self) -> Option<i64> {
        match self.repr {
            Repr::Natural(number) => i64::try_from(number).ok(),
            Repr::Negative(number) => Some(number),
            Repr::Float(number) => whole(number),
        }
    }

    /// The number, when it is whole, not negative, and fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self.repr {
            Repr::Natural(number) => Some(number),
            Repr::Negative(_) => None,
            Repr::Float(number) => whole(number).and_then(|number| u64::try_from(number).ok()),
        }
    }

    /// The nearest floating-point number.
    #[expect(clippy::cast_precision_loss, reason = "the nearest is asked for")]
    pub fn as_f64(&self) -> f64 {
        match self.repr {
            Repr::Natural(number) => number as f64,
            Repr::Negative(number) => number as f64,
            Repr::Float(number) => number,
        }
    }

    /// Whether the number is whole.
    pub(in crate::model) fn is_whole(&self) -> bool {
        !matches!(self.repr, Repr::Float(number) if whole(number).is_none())
    }

    pub(super) fn repr(&self) -> Repr {
        self.repr
    }
}

/// A whole number in the range where floating point is exact.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !(-EXACT..=EXACT).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "compared with the original below")]
    let whole = number as i64;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "exact in this range")]
    let same = whole as f64 == number;
    same.then_some(whole)
}

impl PartialEq for Number {
    /// Compares the numbers, not how they were written.
    fn eq(&self, other: &Self) -> bool {
        match (self.repr, other.repr) {
            (Repr::Natural(a), Repr::Natural(b)) => a == b,
            (Repr::Negative(a), Repr::Negative(b)) => a == b,
            (Repr::Float(a), Repr::Float(b)) => a.to_bits() == b.to_bits(),
            _ => false,
        }
    }
}

impl Eq for Number {}

impl fmt::Display for Number {
    /// Writes the text as written, or else the shortest decimal form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.written, self.repr) {
            (Some(text), _) => f.write_str(text),
            (None, Repr::Natural(number)) => write!(f, "{number}"),
            (None, Repr::Negative(number)) => write!(f, "{number}"),
            (None, Repr::Float(number)) => write!(f, "{number:?}"),
        }
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self { repr: Repr::Natural(number), written: None }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        let repr = u64::try_from(number).map_or(Repr::Negative(number), Repr::Natural);
        Self { repr, written: None }
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self { repr: Repr::Float(number), written: None }
    }
}
