//! Timing of several engines in one run.
//!
//! Engines take turns on a few hundred requests each, so that what else the machine does falls on all of
//! them, and on a turn as a whole or not at all: turns are shorter than what a scheduler hands out. A time
//! is the median over the turns, a ratio the median of the turns' ratios. No two engines of a round ask the
//! same requests: what one has just brought into the caches would help the next.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Calls of a turn, at most.
const TURN: usize = 256;
/// Turns of each engine.
const TURNS: usize = 400;
/// What all turns together may take; slow engines have fewer and shorter ones.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// One engine: a call on the request with that number.
pub struct Engine<'e> {
    /// Its name in tables.
    pub name: &'static str,
    run: Box<dyn FnMut(usize, usize) + 'e>,
}

impl std::fmt::Debug for Engine<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Engine").field(&self.name).finish()
    }
}

impl<'e> Engine<'e> {
    /// An engine that answers the request with a number.
    pub fn new<T>(name: &'static str, mut answer: impl FnMut(usize) -> T + 'e) -> Self {
        let run = move |start: usize, end: usize| {
            for number in start..end {
                black_box(answer(black_box(number)));
            }
        };
        Self { name, run: Box::new(run) }
    }
}

/// Nanoseconds of a call in each turn, by engine.
#[derive(Clone, Debug)]
pub struct Times(Vec<Vec<f64>>);

impl Times {
    /// The engine's median.
    pub fn median(&self, engine: usize) -> f64 {
        median(self.0[engine].clone())
    }

    /// How many times as long one engine takes as another.
    pub fn ratio(&self, engine: usize, other: usize) -> f64 {
        median(self.0[engine].iter().zip(&self.0[other]).map(|(one, other)| one / other).collect())
    }
}

/// Times all engines on so many requests.
#[expect(clippy::cast_precision_loss, reason = "times are short")]
pub fn measure(engines: &mut [Engine<'_>], requests: usize) -> Times {
    // Warms up, and finds out how long a turn can be.
    let lengths: Vec<usize> = engines.iter_mut().map(|engine| turn_length(engine, requests)).collect();
    let mut times = vec![Vec::with_capacity(TURNS); engines.len()];
    let (begin, mut turn) = (Instant::now(), 0);
    let apart = requests / engines.len().max(1) / TURN * TURN;
    while turn < TURNS && (turn < 5 || begin.elapsed() < PATIENCE) {
        for (number, (engine, length)) in engines.iter_mut().zip(&lengths).enumerate() {
            let first = (turn * TURN + number * apart) % requests;
            let end = (first + length).min(requests);
            let start = Instant::now();
            (engine.run)(first, end);
            times[number].push(start.elapsed().as_nanos() as f64 / (end - first) as f64);
        }
        turn += 1;
    }
    Times(times)
}

fn turn_length(engine: &mut Engine<'_>, requests: usize) -> usize {
    let start = Instant::now();
    let mut length = 0;
    while length < TURN.min(requests) && (length == 0 || start.elapsed() < PATIENCE / 500) {
        (engine.run)(length, length + 1);
        length += 1;
    }
    length
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The median of the times of a call, in nanoseconds; what it gives is dropped outside of the time.
#[expect(clippy::cast_precision_loss, reason = "times are short")]
pub fn time<T>(runs: usize, mut run: impl FnMut() -> T) -> f64 {
    let one = |_| {
        let start = Instant::now();
        let made = black_box(run());
        let taken = start.elapsed().as_nanos() as f64;
        drop(made);
        taken
    };
    median((0..runs).map(one).collect())
}
