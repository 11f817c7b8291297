//! The list as a document: a table for each section.

use std::fmt;

use crate::citations::Citations;
use crate::reasons::Reasons;
use crate::rulebook::Rule;

const HEAD: &str = "\
# Coverage of the rulebook

Written by `make coverage` from the tests; never by hand. The rulebook states the Gateway API v1.6.1 as
numbered rules; here is where each of them is tested. `status/routes` is `testdata/status/routes.yaml`.
A rule without a test has a reason (from `coverage-reasons.yaml`), or is open.
";

/// What there is to say about a rule.
#[derive(PartialEq)]
pub(crate) enum Answer {
    Cited(Vec<String>),
    Reason(String),
    Open,
}

/// The answer in a cell.
fn answer(cell: &str) -> Option<Answer> {
    if let Some(reason) = cell.strip_prefix("no test: ") {
        return Some(Answer::Reason(reason.to_owned()));
    }
    let name = |file: &str| Some(file.strip_prefix('`')?.strip_suffix('`')?.to_owned());
    cell.split(' ').map(name).collect::<Option<_>>().map(Answer::Cited)
}

struct Section {
    file: String,
    number: String,
    rows: Vec<(String, Answer)>,
}

/// The list.
pub(crate) struct Document(Vec<Section>);

impl Document {
    pub(crate) fn new(rules: &[Rule], citations: &Citations, reasons: &Reasons) -> Self {
        let mut document = Self(Vec::new());
        for rule in rules {
            let files = citations.of(&rule.id);
            let answer = match reasons.of(&rule.id) {
                _ if !files.is_empty() => Answer::Cited(files),
                Some(reason) => Answer::Reason(reason.to_owned()),
                None => Answer::Open,
            };
            let last = document.0.last();
            if last.is_none_or(|last| last.file != rule.file || last.number != rule.section) {
                document.start(rule.file, &rule.section);
            }
            document.push(rule.id.clone(), answer);
        }
        document
    }

    /// Reads what was written.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut document = Self(Vec::new());
        // The table of sums has no heading of its own.
        for line in text.lines().skip_while(|line| !line.starts_with("## ")) {
            let wrong = || format!("not a line of the list: {line}");
            if let Some(heading) = line.strip_prefix("## ") {
                let (file, number) = heading.split_once(", section ").ok_or_else(wrong)?;
                document.start(file, number);
            } else if let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
                match row.split_once(" | ").ok_or_else(wrong)? {
                    ("rule", _) => {}
                    (id, "open") => document.push(id.to_owned(), Answer::Open),
                    (id, cell) => document.push(id.to_owned(), answer(cell).ok_or_else(wrong)?),
                }
            } else if !line.is_empty() && line != "|---|---|" {
                return Err(wrong());
            }
        }
        Ok(document)
    }

    fn start(&mut self, file: &str, number: &str) {
        let section = Section { file: file.to_owned(), number: number.to_owned(), rows: Vec::new() };
        self.0.push(section);
    }

    fn push(&mut self, id: String, answer: Answer) {
        if let Some(section) = self.0.last_mut() {
            section.rows.push((id, answer));
        }
    }

    pub(crate) fn answers(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().flat_map(|section| &section.rows).map(|(id, answer)| (id.as_str(), answer))
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.answers().map(|(id, _)| id)
    }

    /// The rules that are open, with their files.
    pub(crate) fn open(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|section| {
            let open = section.rows.iter().filter(|(_, answer)| *answer == Answer::Open);
            open.map(|(id, _)| (section.file.as_str(), id.as_str()))
        })
    }

    fn sums(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut files: Vec<_> = self.0.iter().map(|section| section.file.as_str()).collect();
        files.dedup();
        writeln!(f, "\n| file | rules | cited | with a reason | open |\n|---|---|---|---|---|")?;
        for file in files {
            let sections = self.0.iter().filter(|section| section.file == file);
            let (mut cited, mut explained, mut open) = (0, 0, 0);
            for (_, answer) in sections.flat_map(|section| &section.rows) {
                match answer {
                    Answer::Cited(_) => cited += 1,
                    Answer::Reason(_) => explained += 1,
                    Answer::Open => open += 1,
                }
            }
            writeln!(f, "| {file} | {} | {cited} | {explained} | {open} |", cited + explained + open)?;
        }
        Ok(())
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.sums(f)?;
        for section in &self.0 {
            writeln!(
                f,
                "\n## {}, section {}\n\n| rule | cited by |\n|---|---|",
                section.file, section.number
            )?;
            for (id, answer) in &section.rows {
                match answer {
                    Answer::Cited(files) => {
                        let files: Vec<_> = files.iter().map(|file| format!("`{file}`")).collect();
                        writeln!(f, "| {id} | {} |", files.join(" "))?;
                    }
                    Answer::Reason(reason) => writeln!(f, "| {id} | no test: {reason} |")?,
                    Answer::Open => writeln!(f, "| {id} | open |")?,
                }
            }
        }
        Ok(())
    }
}
