//! How long a try may take (FILT-120..125, FILT-135).

use core::time::Duration;

use crate::table::Timeouts;

/// The time that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// None: the client gets [`Failure::Timeout`](crate::act::Failure::Timeout), at once (FILT-135).
    Expired,
    /// This long.
    Within(Duration),
    /// Without limit.
    Unlimited,
    /// The Route does not say: the data plane's own default holds (FILT-122).
    Unstated,
}

impl Timeouts {
    /// What is left of the whole transaction, `elapsed` after it began. Retries, waits before them and
    /// external authorization are part of it (FILT-120, FILT-125).
    ///
    /// ```
    /// use core::time::Duration;
    /// use gateway_core::act::TimeLeft;
    /// use gateway_core::table::Timeouts;
    ///
    /// let seconds = Duration::from_secs;
    /// let timeouts = Timeouts { request: Some(seconds(10)), backend_request: Some(seconds(4)) };
    /// assert_eq!(timeouts.left(seconds(3)), TimeLeft::Within(seconds(7)));
    /// assert_eq!(timeouts.left_for_attempt(seconds(3)), TimeLeft::Within(seconds(4)));
    /// assert_eq!(timeouts.left_for_attempt(seconds(8)), TimeLeft::Within(seconds(2)));
    /// assert_eq!(timeouts.left_for_attempt(seconds(10)), TimeLeft::Expired);
    /// ```
    pub fn left(&self, elapsed: Duration) -> TimeLeft {
        match self.request {
            None => TimeLeft::Unstated,
            Some(Duration::ZERO) => TimeLeft::Unlimited,
            Some(limit) => match limit.checked_sub(elapsed) {
                None | Some(Duration::ZERO) => TimeLeft::Expired,
                Some(left) => TimeLeft::Within(left),
            },
        }
    }

    /// How long a try may take that begins `elapsed` after the transaction did: `backendRequest`, but no
    /// longer than the whole has left (FILT-123, FILT-135, AMBIG-50).
    pub fn left_for_attempt(&self, elapsed: Duration) -> TimeLeft {
        let whole = self.left(elapsed);
        let limit = self.backend_request.filter(|limit| !limit.is_zero());
        match (whole, limit) {
            (TimeLeft::Expired, _) => TimeLeft::Expired,
            (TimeLeft::Within(left), limit) => TimeLeft::Within(limit.map_or(left, |limit| limit.min(left))),
            (_, Some(limit)) => TimeLeft::Within(limit),
            (TimeLeft::Unlimited, None) if self.backend_request.is_some() => TimeLeft::Unlimited,
            (TimeLeft::Unlimited | TimeLeft::Unstated, None) => TimeLeft::Unstated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(request: Option<u64>, backend: Option<u64>, elapsed: u64) -> (TimeLeft, TimeLeft) {
        let time = Duration::from_millis;
        let timeouts = Timeouts { request: request.map(time), backend_request: backend.map(time) };
        (timeouts.left(time(elapsed)), timeouts.left_for_attempt(time(elapsed)))
    }

    #[test]
    fn filt_120_to_124() {
        use TimeLeft::{Expired, Unlimited, Unstated, Within};
        let within = |left| Within(Duration::from_millis(left));
        for (request, backend, elapsed, whole, attempt) in [
            // FILT-124: 500ms and an answer after none, and after a second.
            (Some(500), None, 0, within(500), within(500)),
            (Some(500), None, 1_000, Expired, Expired),
            (Some(500), None, 500, Expired, Expired),
            (Some(0), None, 1_000, Unlimited, Unstated),
            (None, Some(500), 1_000, Unstated, within(500)),
            (None, Some(0), 1_000, Unstated, Unstated),
            // FILT-122: what neither limits has no limit.
            (Some(0), Some(0), 1_000, Unlimited, Unlimited),
            (Some(0), Some(500), 1_000, Unlimited, within(500)),
            (None, None, 1_000, Unstated, Unstated),
            // AMBIG-50: without a limit of its own a try ends with the request.
            (Some(500), Some(0), 200, within(300), within(300)),
            // FILT-135: the later try is cut short.
            (Some(500), Some(200), 100, within(400), within(200)),
            (Some(500), Some(200), 400, within(100), within(100)),
            (Some(500), Some(200), 600, Expired, Expired),
        ] {
            assert_eq!(
                left(request, backend, elapsed),
                (whole, attempt),
                "{request:?} {backend:?} {elapsed}"
            );
        }
    }
}
