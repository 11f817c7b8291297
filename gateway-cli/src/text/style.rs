//! Colours. They are always written; the stream drops them where no terminal shows them.

use std::fmt::{self, Display};

use anstyle::{AnsiColor, Style};

/// A text with a colour.
#[derive(Clone, Debug, Default)]
pub(crate) struct Styled {
    pub(crate) text: String,
    style: Style,
}

impl Styled {
    /// How many columns it takes.
    pub(crate) fn width(&self) -> usize {
        self.text.chars().count()
    }
}

impl Display for Styled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return Ok(());
        }
        write!(f, "{}{}{}", self.style, self.text, self.style.render_reset())
    }
}

impl From<Styled> for String {
    fn from(styled: Styled) -> Self {
        styled.to_string()
    }
}

/// A text without a colour.
pub(crate) fn plain(text: impl Into<String>) -> Styled {
    Styled { text: text.into(), style: Style::new() }
}

fn coloured(text: impl Into<String>, colour: AnsiColor) -> Styled {
    Styled { text: text.into(), style: colour.on_default() }
}

/// What the eye should find first.
pub(crate) fn bold(text: impl Into<String>) -> Styled {
    Styled { text: text.into(), style: Style::new().bold() }
}

/// What is there for the sake of completeness.
pub(crate) fn dim(text: impl Into<String>) -> Styled {
    Styled { text: text.into(), style: Style::new().dimmed() }
}

/// What is good.
pub(crate) fn good(text: impl Into<String>) -> Styled {
    coloured(text, AnsiColor::Green)
}

/// What is doubtful.
pub(crate) fn warning(text: impl Into<String>) -> Styled {
    coloured(text, AnsiColor::Yellow)
}

/// What is wrong.
pub(crate) fn error(text: impl Into<String>) -> Styled {
    Styled { text: text.into(), style: AnsiColor::Red.on_default().bold() }
}

/// Helping words.
pub(crate) fn help(text: impl Into<String>) -> Styled {
    coloured(text, AnsiColor::Cyan)
}
