//! SplitMix64, a generator made to seed others: bits that have nothing to do with those that they come from.

/// What its state grows by for each number.
pub(crate) const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The number of a state.
pub(crate) fn number(state: u64) -> u64 {
    let word = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::{STEP, number};

    #[test]
    fn as_published() {
        // The first numbers of the seed 0, as the reference implementation gives them.
        let published = [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f];
        for (times, expected) in (1_u64..).zip(published) {
            assert_eq!(number(STEP.wrapping_mul(times)), expected);
        }
    }
}
