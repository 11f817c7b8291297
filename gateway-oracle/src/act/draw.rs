//! How a draw is spent: digits of one number, first the backend, then the mirrors in order.

use gateway_core::model::HttpRequestMirrorFilter;
use gateway_core::profile::LoneZeroWeight;

use crate::rule::Backend;

pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(draw: u64) -> Self {
        Self(draw)
    }

    fn digit(&mut self, base: u64) -> u64 {
        let digit = self.0 % base;
        self.0 /= base;
        digit
    }

    /// FILT-100..FILT-105: cumulative intervals in the order of the list, over all backends.
    pub(crate) fn backend(&mut self, backends: &[Backend], lone: LoneZeroWeight) -> Option<usize> {
        let weight = |backend: &Backend| u64::try_from(backend.weight).unwrap_or(0);
        let total: u64 = backends.iter().map(weight).sum();
        // AMBIG-47.
        if total == 0 {
            return (backends.len() == 1 && lone == LoneZeroWeight::AllTraffic).then_some(0);
        }
        let mut left = self.digit(total);
        for (index, backend) in backends.iter().enumerate() {
            if left < weight(backend) {
                return Some(index);
            }
            left -= weight(backend);
        }
        None
    }

    /// FILT-061: a mirror without a share spends nothing.
    pub(crate) fn mirror(&mut self, mirror: &HttpRequestMirrorFilter) -> bool {
        let (share, of) = match (mirror.percent, &mirror.fraction) {
            (Some(percent), _) => (percent, 100),
            (None, Some(fraction)) => (fraction.numerator, fraction.denominator()),
            (None, None) => return true,
        };
        let of = u64::try_from(of).unwrap_or(1).max(1);
        self.digit(of) < u64::try_from(share).unwrap_or(0)
    }
}
