//! When to try again, and how long to wait before (FILT-130..138).

use core::time::Duration;

use crate::act::Draw;
use crate::key::NamespacedName;
use crate::matching::RequestView;
use crate::profile::{BudgetCounting, Choices, RetriedMethods};
use crate::splitmix;
use crate::table::{Retries, RetryBudget};

/// Retries of a rule that does not say how many (FILT-130 leaves it open).
const ATTEMPTS: u32 = 1;
/// The least wait of a rule that does not say (FILT-133 leaves it open).
const LEAST_WAIT: Duration = Duration::from_millis(25);
/// The longest wait, as a multiple of the least one.
const CAP: u32 = 10;

/// How a try at a backend ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The backend answered with this status.
    Status(u16),
    /// The connection could not be made, or broke before there was an answer.
    ConnectionError,
    /// The try met its `backendRequest` timeout.
    BackendTimeout,
}

/// When a request is tried again. Borrows from the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry<'r> {
    rule: &'r Retries,
}

impl<'r> Retry<'r> {
    /// `None` when requests of the method are not repeated (AMBIG-51).
    pub(crate) fn new(rule: &'r Retries, request: &impl RequestView, choices: Choices) -> Option<Self> {
        let repeated = match choices.retried_methods {
            RetriedMethods::All => true,
            // RFC 9110, 9.2.2.
            RetriedMethods::Idempotent => {
                [&b"GET"[..], b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"TRACE"].contains(&request.method())
            }
        };
        repeated.then_some(Self { rule })
    }

    /// How many retries there are at most, so that there are at most one more tries (FILT-130). 1 where
    /// the rule does not say.
    pub fn attempts(&self) -> u32 {
        self.rule.attempts.unwrap_or(ATTEMPTS)
    }

    /// Statuses that are worth another try, sorted (FILT-131).
    pub fn codes(&self) -> &'r [u16] {
        &self.rule.codes
    }

    /// Whether such an outcome is worth another try, as long as [`Self::backoff`] has one left.
    pub fn should_retry(&self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Status(status) => self.rule.codes.binary_search(&status).is_ok(),
            Outcome::ConnectionError => self.rule.connection_errors,
            Outcome::BackendTimeout => self.rule.backend_timeouts,
        }
    }

    /// The least wait before a retry; 25 ms where the rule does not say (FILT-133).
    pub fn least_wait(&self) -> Duration {
        self.rule.backoff.unwrap_or(LEAST_WAIT)
    }

    /// The longest wait before a retry: ten times the least one.
    pub fn longest_wait(&self) -> Duration {
        self.least_wait().saturating_mul(CAP)
    }

    /// The waits before each retry, in order; when it ends, so do the tries, and the client gets what the
    /// last one brought (FILT-134).
    ///
    /// With the least wait `m`, retry `n` waits between half of `w` and `w`, where `w` is `m` times two to
    /// the power of `n`, at most ten `m`: never less than `m` (FILT-133). Where in between follows from
    /// `draw` and `n` alone.
    ///
    /// ```
    /// # use gateway_core::act::{Draw, Outcome, Retry};
    /// /// What happens to a request whose tries at the backend end as told.
    /// fn carry_out(retry: Retry<'_>, draw: Draw, mut tries: impl Iterator<Item = Outcome>) -> Option<Outcome> {
    ///     let mut last = tries.next()?;
    ///     for wait in retry.backoff(draw) {
    ///         if !retry.should_retry(last) {
    ///             break;
    ///         }
    ///         // A data plane sleeps here.
    ///         let _ = wait;
    ///         last = tries.next()?;
    ///     }
    ///     Some(last)
    /// }
    /// ```
    pub fn backoff(&self, draw: impl Into<Draw>) -> Backoff {
        Backoff { least: self.least_wait(), draw: draw.into(), attempts: self.attempts(), done: 0 }
    }
}

/// Waits before retries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backoff {
    least: Duration,
    draw: Draw,
    attempts: u32,
    done: u32,
}

impl Iterator for Backoff {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        if self.done >= self.attempts {
            return None;
        }
        self.done += 1;
        let factor = 1_u32.checked_shl(self.done).map_or(CAP, |factor| factor.clamp(2, CAP));
        let half = nanoseconds(self.least.saturating_mul(factor)) / 2;
        let jitter = mixed(self.draw.0.wrapping_add(u64::from(self.done))) % half.saturating_add(1);
        Some(Duration::from_nanos(half.saturating_add(jitter)).max(self.least))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.attempts - self.done).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Backoff {}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Bits that have nothing to do with those of the draw that chose backend and mirrors.
fn mixed(bits: u64) -> u64 {
    splitmix::number(bits.wrapping_mul(splitmix::STEP))
}

/// How many retries a backend takes (FILT-138). Borrows from the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget<'r> {
    /// The XBackendTrafficPolicy that says so.
    pub policy: &'r NamespacedName,
    /// The numbers.
    pub limits: RetryBudget,
    /// What is counted (AMBIG-63).
    pub counting: BudgetCounting,
}

/// What the caller counted for a backend, each retry of a request by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RetryLoad {
    /// Requests in the interval of the budget; with [`BudgetCounting::Active`] those under way.
    pub requests: u64,
    /// Retries likewise.
    pub retries: u64,
    /// Retries in the interval of the least rate.
    pub recent_retries: u64,
}

impl Budget<'_> {
    /// Whether one more retry may be sent; if not, the client gets
    /// [`Failure::RetryBudget`](crate::act::Failure::RetryBudget).
    pub fn allows(&self, load: RetryLoad) -> bool {
        let share = u128::from(load.retries).saturating_add(1).saturating_mul(100)
            <= u128::from(load.requests).saturating_mul(self.limits.percent.into());
        share || load.recent_retries < self.limits.min_count.into()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::matching::Request;

    fn rule(codes: &[u16], attempts: Option<u32>) -> Retries {
        let backoff = Some(Duration::from_millis(100));
        Retries { attempts, codes: codes.to_vec(), backoff, connection_errors: true, backend_timeouts: false }
    }

    /// The status that a client sees, and how many tries it took.
    fn status(rule: &Retries, tries: &[u16]) -> (u16, usize) {
        let retry = Retry { rule };
        let mut waits = retry.backoff(7);
        let mut done = 1;
        while retry.should_retry(Outcome::Status(tries[done - 1])) && waits.next().is_some() {
            done += 1;
        }
        (tries[done - 1], done)
    }

    #[test]
    fn filt_130_134_136_vectors() {
        let one = rule(&[500], Some(3));
        assert_eq!(status(&one, &[500, 500, 200]), (200, 3));
        assert_eq!(status(&one, &[500, 500, 500, 500, 200]), (500, 4));
        assert_eq!(status(&one, &[503, 200]), (503, 1));
        let all = rule(&[500, 502, 503, 504], Some(2));
        for code in [500, 502, 503, 504] {
            assert_eq!(status(&all, &[code, 200]), (200, 2));
            assert_eq!(status(&all, &[code, code, code, 200]), (code, 3));
        }
        // FILT-131: without codes no status is worth a retry.
        assert_eq!(status(&rule(&[], Some(2)), &[500, 200]), (500, 1));
        assert_eq!(Retry { rule: &rule(&[], None) }.attempts(), 1);
    }

    #[test]
    fn filt_132_connection_errors() {
        let rule = rule(&[500], None);
        let retry = Retry { rule: &rule };
        assert!(retry.should_retry(Outcome::ConnectionError));
        assert!(!retry.should_retry(Outcome::BackendTimeout));
    }

    #[test]
    fn filt_133_backoff() {
        let rule = rule(&[500], Some(40));
        let retry = Retry { rule: &rule };
        let least = Duration::from_millis(100);
        let mut firsts = Vec::new();
        for draw in 0..200_u64 {
            let waits: Vec<_> = retry.backoff(draw).collect();
            assert_eq!((waits.len(), retry.backoff(draw).len()), (40, 40));
            assert!(waits.iter().all(|wait| (least..=least * 10).contains(wait)), "{waits:?}");
            // Exponential: the third is longer than the first can be.
            assert!(waits[0] <= least * 2 && waits[1] >= least * 2 && waits[2] >= least * 4);
            assert!(waits[3..].iter().all(|wait| *wait >= least * 5));
            assert_eq!(waits, retry.backoff(draw).collect::<Vec<_>>(), "the same draw, the same waits");
            firsts.push(waits[0]);
        }
        firsts.sort_unstable();
        firsts.dedup();
        assert!(firsts.len() > 190, "jitter differs between draws");
        // None at all where none is wanted; nothing overflows.
        for (backoff, expected) in [(Duration::ZERO, Duration::ZERO), (Duration::MAX, Duration::MAX)] {
            let rule = Retries { backoff: Some(backoff), ..rule.clone() };
            assert!(Retry { rule: &rule }.backoff(u64::MAX).all(|wait| wait == expected));
        }
    }

    #[test]
    fn ambig_51_methods() {
        let rule = rule(&[500], None);
        let is_retried = |method: &[u8], retried_methods| {
            let choices = Choices { retried_methods, ..Choices::default() };
            Retry::new(&rule, &Request { method, ..Request::default() }, choices).is_some()
        };
        for (method, idempotent) in [(&b"GET"[..], true), (b"PUT", true), (b"POST", false), (b"PATCH", false)]
        {
            assert!(is_retried(method, RetriedMethods::All));
            assert_eq!(is_retried(method, RetriedMethods::Idempotent), idempotent);
        }
    }

    #[test]
    fn filt_138_budget() {
        let policy = NamespacedName::new("shop", "budget");
        let limits = RetryBudget {
            percent: 20,
            interval: Duration::from_secs(10),
            min_count: 10,
            min_interval: Duration::from_secs(1),
        };
        let budget = Budget { policy: &policy, limits, counting: BudgetCounting::Window };
        let allows = |requests, retries, recent_retries| {
            budget.allows(RetryLoad { requests, retries, recent_retries })
        };
        // Below the least rate always, beyond it up to the share.
        assert!(allows(0, 0, 9) && !allows(0, 10, 10));
        assert!(allows(100, 19, 10) && !allows(100, 20, 10) && allows(100, 20, 9));
        assert!(allows(u64::MAX, 0, u64::MAX) && !allows(0, u64::MAX, u64::MAX));
        let none = RetryBudget { percent: 0, min_count: 1, ..limits };
        let none = Budget { limits: none, ..budget };
        assert_eq!(
            vec![true, false],
            [0, 1].map(|recent_retries| none.allows(RetryLoad {
                requests: 1000,
                retries: 0,
                recent_retries
            }))
        );
    }
}
