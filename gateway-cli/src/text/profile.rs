//! Profiles.

use std::io::{self, Write};

use gateway_ask::profile::Shown;
use gateway_core::Feature;
use gateway_core::profile::PRESETS;

use super::style::{bold, dim, good, plain, warning};
use super::table;

/// Writes the presets.
pub(crate) fn list(out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![vec![dim("NAME"), dim("FEATURES"), dim("WHAT")]];
    rows.extend(PRESETS.iter().map(|preset| {
        let count = preset.profile().features.len();
        vec![bold(preset.name), plain(count.to_string()), plain(preset.title)]
    }));
    table::write(out, 0, &rows)?;
    writeln!(out, "\n{}", dim("gateway profiles NAME shows one of them in full"))
}

/// Writes a profile in full.
pub(crate) fn one(out: &mut dyn Write, shown: &Shown) -> io::Result<()> {
    writeln!(out, "{} {}", bold(&shown.name), shown.title.unwrap_or("a file"))?;
    for source in shown.source.iter().chain(shown.references) {
        writeln!(out, "  {} {source}", dim("source"))?;
    }
    let file = &shown.profile;
    let controller = file.controller.as_deref().unwrap_or("every GatewayClass in the input is ours");
    writeln!(out, "  {} {controller}", dim("controller"))?;
    let default_gateways = if file.default_gateways { "yes" } else { "no" };
    writeln!(out, "  {} {default_gateways}", dim("default Gateways"))?;
    let (total, claimed) = (Feature::ALL.len(), file.features.len());
    writeln!(out, "\n{}", bold(format!("Features: {claimed} of {total}")))?;
    let rows: Vec<_> = Feature::ALL
        .iter()
        .map(|feature| {
            let is_claimed = file.features.contains(&feature.name());
            let mark = if is_claimed { good("✓") } else { warning("✗") };
            vec![mark, if is_claimed { plain(feature.name()) } else { dim(feature.name()) }]
        })
        .collect();
    table::write(out, 2, &rows)?;
    writeln!(out, "\n{}", bold("Choices"))?;
    let rows: Vec<_> = shown
        .choices
        .iter()
        .map(|choice| {
            let word = if choice.default { plain(choice.word) } else { warning(choice.word) };
            vec![plain(choice.key), word, dim(choice.ambiguity), plain(choice.says)]
        })
        .collect();
    table::write(out, 2, &rows)
}
