//! What the figures were found on.

use std::fs;
use std::process::Command;

/// Processor, memory, system and compiler, as far as the system says.
pub(super) fn description() -> String {
    let of = |file: &str, name: &str| {
        let text = fs::read_to_string(file).ok()?;
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let processor = of("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let kilobytes = of("/proc/meminfo", "MemTotal");
    let kilobytes = kilobytes.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let memory = kilobytes
        .map_or_else(String::new, |number| format!(", {} GiB of memory", (number + (1 << 19)) >> 20));
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let rustc = Command::new("rustc").arg("--version").output().ok();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let rustc = rustc.unwrap_or_default();
    let rustc = rustc.split(" (").next().unwrap_or_default();
    format!("{processor}, {processors} processors{memory}, {}, {rustc}", std::env::consts::OS)
}
