//! Plots: time over size, both on scales of powers.

use std::error::Error;
use std::fs;
use std::path::Path;

use plotters::prelude::*;

use super::Known;
use crate::shape::Shape;

/// A line: its name, its color, its points.
type Line = (&'static str, RGBColor, Vec<(f64, f64)>);

const ENGINES: [(&str, RGBColor); 5] = [
    ("route", RGBColor(0, 90, 181)),
    ("http::Request", RGBColor(90, 160, 220)),
    ("matchit", RGBColor(220, 120, 0)),
    ("linear scan", RGBColor(120, 120, 120)),
    ("atc-router", RGBColor(170, 30, 60)),
];

/// Writes all plots into a folder.
pub fn write_plots(known: &Known, folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    for shape in Shape::ALL {
        let letter = shape.letter();
        let lines = ENGINES.map(|(engine, color)| (engine, color, points(known, "ns", engine, letter, 1.0)));
        let title = format!("Shape {letter}: ns of a match by number of rules");
        plot(&folder.join(format!("match-{letter}.svg")), &title, &lines)?;
    }
    let change = points(known, "µs", "one change: router", "routes", 1e-3);
    let lines = [
        ("one change", RGBColor(0, 90, 181), change),
        ("full build", RGBColor(120, 120, 120), points(known, "ms", "full build", "routes", 1.0)),
    ];
    plot(&folder.join("changes.svg"), "ms of a build by number of Routes", &lines)
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn points(known: &Known, what: &str, who: &str, shape: &str, factor: f64) -> Vec<(f64, f64)> {
    known.sizes(what, who, shape).map(|(size, value)| (size as f64, value * factor)).collect()
}

fn plot(file: &Path, title: &str, lines: &[Line]) -> Result<(), Box<dyn Error>> {
    let all = || lines.iter().flat_map(|(_, _, points)| points);
    if all().next().is_none() {
        return Ok(());
    }
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        let least = all().map(of).fold(f64::INFINITY, f64::min);
        let most = all().map(of).fold(0.0, f64::max);
        (least, most)
    };
    let ((left, right), (bottom, top)) = (bounds(|point| point.0), bounds(|point| point.1));
    let area = SVGBackend::new(file, (640, 400)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(32)
        .y_label_area_size(70)
        .build_cartesian_2d((left..right * 1.3).log_scale(), (bottom / 1.5..top * 1.5).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_label_formatter(&|size| format!("{size:.0}"))
        .y_label_formatter(&|value| if *value < 1.0 { format!("{value}") } else { format!("{value:.0}") })
        .draw()?;
    for (name, color, points) in lines.iter().filter(|(_, _, points)| !points.is_empty()) {
        let line = LineSeries::new(points.iter().copied(), color.stroke_width(2)).point_size(3);
        let color = *color;
        let series = chart.draw_series(line)?.label(*name);
        series.legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.3))
        .draw()?;
    area.present()?;
    Ok(())
}
