//! See `gateway_core_fuzz::Target`.
#![no_main]

use gateway_core_fuzz::Target;

libfuzzer_sys::fuzz_target!(init: Target::named("redirect_rewrite").begin(), |data: &[u8]| Target::named("redirect_rewrite").run(data));
