//! Finished automata, and how a value is stepped through one.

use alloc::string::String;
use alloc::vec::Vec;

use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, PatternID};

/// An automaton of one pattern or more, each for whole values.
#[derive(Clone, Debug)]
pub(crate) struct Automaton {
    dense: dense::DFA<Vec<u32>>,
    /// What every value that it accepts begins with: compared at once, where each step would read
    /// another row of a table.
    prefix: String,
    /// The state behind that prefix.
    behind: Option<StateID>,
}

impl Automaton {
    /// `prefix` is what every value that is accepted begins with.
    pub(crate) fn new(dense: dense::DFA<Vec<u32>>, prefix: String) -> Self {
        let state = start_state(&dense);
        let behind =
            state.map(|state| prefix.bytes().fold(state, |state, byte| dense.next_state(state, byte)));
        Self { dense, prefix, behind }
    }

    /// Bytes on the heap.
    pub(crate) fn memory(&self) -> usize {
        self.dense.memory_usage() + self.prefix.capacity()
    }

    /// Whether a value meets one of the patterns.
    pub(crate) fn accepts(&self, value: &[u8]) -> bool {
        self.end_state(value).is_some_and(|state| self.dense.is_match_state(state))
    }

    /// The same of a value in pieces.
    pub(crate) fn accepts_each(&self, value: impl IntoIterator<Item = u8>) -> bool {
        let Some(mut state) = start_state(&self.dense) else { return false };
        for byte in value {
            state = self.dense.next_state(state, byte);
            if self.dense.is_dead_state(state) || self.dense.is_quit_state(state) {
                return false;
            }
        }
        self.dense.is_match_state(self.dense.next_eoi_state(state))
    }

    /// The patterns that a value meets.
    #[inline]
    pub(crate) fn accepting(&self, value: &[u8]) -> impl Iterator<Item = PatternID> {
        let met = self.end_state(value).filter(|state| self.dense.is_match_state(*state));
        met.into_iter().flat_map(move |state| {
            (0..self.dense.match_len(state)).map(move |index| self.dense.match_pattern(state, index))
        })
    }

    /// The state behind a value and its end; `None` when no pattern can match.
    ///
    /// A state that only one, two or three bytes leave, as in `.*`, is not stepped through: those bytes
    /// are looked for many at a time.
    #[inline]
    fn end_state(&self, value: &[u8]) -> Option<StateID> {
        let automaton = &self.dense;
        let mut rest = value.strip_prefix(self.prefix.as_bytes())?;
        let mut state = self.behind?;
        while let Some((byte, after)) = rest.split_first() {
            state = automaton.next_state(state, *byte);
            rest = after;
            if automaton.is_special_state(state) {
                if automaton.is_dead_state(state) || automaton.is_quit_state(state) {
                    return None;
                }
                if automaton.is_accel_state(state) {
                    let stays = match *automaton.accelerator(state) {
                        [one] => memchr::memchr(one, rest),
                        [one, two] => memchr::memchr2(one, two, rest),
                        [one, two, three] => memchr::memchr3(one, two, three, rest),
                        _ => Some(0),
                    };
                    rest = rest.get(stays.unwrap_or(rest.len())..).unwrap_or_default();
                }
            }
        }
        Some(automaton.next_eoi_state(state))
    }
}

fn start_state(automaton: &dense::DFA<Vec<u32>>) -> Option<StateID> {
    automaton.start_state(&start::Config::new().anchored(Anchored::Yes)).ok()
}
