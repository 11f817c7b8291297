//! What is counted for retry budgets (FILT-138): requests and retries of each backend that has one.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gateway_core::act::{Budget, RetryLoad};
use gateway_core::profile::BudgetCounting;
use gateway_core::table::Target;

/// Into how many parts an interval is counted.
const PARTS: u32 = 20;

/// Counts by backend.
#[derive(Debug, Default)]
pub(crate) struct Budgets(Mutex<HashMap<String, Arc<Mutex<Count>>>>);

#[derive(Debug, Default)]
struct Count {
    active: u64,
    active_retries: u64,
    requests: Window,
    retries: Window,
    recent_retries: Window,
}

/// A request that is under way, or a retry. Counted until it is dropped.
#[derive(Debug)]
pub(super) struct Counted {
    count: Arc<Mutex<Count>>,
    is_retry: bool,
}

const POISONED: &str = "no holder of this lock panics";

impl Budgets {
    fn of(&self, target: &Target) -> Arc<Mutex<Count>> {
        let Target { kind, namespace, name, port, .. } = target;
        let key = format!("{kind}/{namespace}/{name}:{}", port.unwrap_or_default());
        Arc::clone(self.0.lock().expect(POISONED).entry(key).or_default())
    }

    /// Counts the first try of a request.
    pub(super) fn request(&self, target: &Target, budget: &Budget<'_>) -> Counted {
        let count = self.of(target);
        {
            let mut count = count.lock().expect(POISONED);
            count.active += 1;
            count.requests.add(budget.limits.interval);
        }
        Counted { count, is_retry: false }
    }

    /// Counts a retry if the budget has room for it.
    pub(super) fn retry(&self, target: &Target, budget: &Budget<'_>) -> Option<Counted> {
        let count = self.of(target);
        {
            let mut count = count.lock().expect(POISONED);
            let load = count.load(budget);
            if !budget.allows(load) {
                return None;
            }
            count.active_retries += 1;
            count.retries.add(budget.limits.interval);
            count.recent_retries.add(budget.limits.min_interval);
        }
        Some(Counted { count, is_retry: true })
    }
}

impl Count {
    fn load(&mut self, budget: &Budget<'_>) -> RetryLoad {
        let recent_retries = self.recent_retries.sum(budget.limits.min_interval);
        match budget.counting {
            BudgetCounting::Active => {
                RetryLoad { requests: self.active, retries: self.active_retries, recent_retries }
            }
            BudgetCounting::Window => RetryLoad {
                requests: self.requests.sum(budget.limits.interval),
                retries: self.retries.sum(budget.limits.interval),
                recent_retries,
            },
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut count = self.count.lock().expect(POISONED);
        let active = if self.is_retry { &mut count.active_retries } else { &mut count.active };
        *active = active.saturating_sub(1);
    }
}

/// How often something happened in an interval that ends now.
#[derive(Debug, Default)]
struct Window(VecDeque<(Instant, u64)>);

impl Window {
    fn add(&mut self, interval: Duration) {
        self.forget(interval);
        match self.0.back_mut().filter(|(since, _)| since.elapsed() < interval / PARTS) {
            Some((_, count)) => *count += 1,
            None => self.0.push_back((Instant::now(), 1)),
        }
    }

    fn sum(&mut self, interval: Duration) -> u64 {
        self.forget(interval);
        self.0.iter().map(|(_, count)| count).sum()
    }

    fn forget(&mut self, interval: Duration) {
        while self.0.front().is_some_and(|(since, _)| since.elapsed() > interval) {
            self.0.pop_front();
        }
    }
}
