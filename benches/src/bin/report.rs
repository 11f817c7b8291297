//! Prints the table of all figures, and writes docs/benchmarks.md and its plots.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let figures = benches::report::Known::new(benches::figures::all());
    let page = benches::report::page(&figures);
    println!("{page}");
    let docs = benches::figures::root().join("docs");
    benches::report::write_plots(&figures, &docs.join("benchmarks"))?;
    benches::report::write_page(&page, &docs.join("benchmarks.md"))
}
