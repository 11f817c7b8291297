//! Columns.

use std::io::{self, Write};

use super::style::Styled;

/// Writes rows with aligned columns, two spaces apart, after an indent.
pub(super) fn write(out: &mut dyn Write, indent: usize, rows: &[Vec<Styled>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(Styled::width).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    for row in rows {
        let last = row.iter().rposition(|cell| !cell.text.is_empty());
        write!(out, "{:indent$}", "")?;
        for (column, cell) in row.iter().enumerate().take(last.map_or(0, |last| last + 1)) {
            let pad = if Some(column) == last { 0 } else { widths[column] - cell.width() + 2 };
            write!(out, "{cell}{:pad$}", "")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
