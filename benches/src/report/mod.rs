//! From figures to the table, the goals and the plots.

mod goals;
mod machine;
mod page;
mod plots;

use std::collections::BTreeMap;

use crate::figures::Figure;

pub use page::{page, write_page};
pub use plots::write_plots;

/// All figures, to be asked for.
#[derive(Debug)]
pub struct Known(BTreeMap<(String, String, String, usize), f64>);

impl Known {
    /// Of figures.
    pub fn new(figures: Vec<Figure>) -> Self {
        let known = figures.into_iter().map(|one| ((one.what, one.who, one.shape, one.size), one.value));
        Self(known.collect())
    }

    /// One of them.
    pub fn get(&self, what: &str, who: &str, shape: &str, size: usize) -> Option<f64> {
        self.0.get(&(what.to_owned(), who.to_owned(), shape.to_owned(), size)).copied()
    }

    /// The sizes of one, in order.
    pub fn sizes<'k>(
        &'k self,
        what: &'k str,
        who: &'k str,
        shape: &'k str,
    ) -> impl Iterator<Item = (usize, f64)> {
        let is_asked =
            move |key: &&(String, String, String, usize)| (&*key.0, &*key.1, &*key.2) == (what, who, shape);
        self.0.keys().filter(is_asked).map(|key| (key.3, self.0[key]))
    }

    /// All of one kind, whatever shape and size.
    pub fn all<'k>(&'k self, what: &'k str, who: &'k str) -> impl Iterator<Item = (&'k str, usize, f64)> {
        let those = self.0.iter().filter(move |(key, _)| (&*key.0, &*key.1) == (what, who));
        those.map(|(key, value)| (key.2.as_str(), key.3, *value))
    }
}
