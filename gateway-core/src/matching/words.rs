//! What a word is: as RE2 has it, letters, digits and `_` of ASCII, also in a pattern that needs Unicode.

use alloc::boxed::Box;

use regex_syntax::hir::{Capture, Hir, HirKind, Look, Repetition};

/// The expression with boundaries of ASCII words in place of Unicode's, which no automaton knows.
pub(super) fn ascii(expression: Hir) -> Hir {
    match expression.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            look => look,
        }),
        HirKind::Repetition(one) => Hir::repetition(Repetition { sub: Box::new(ascii(*one.sub)), ..one }),
        HirKind::Capture(one) => Hir::capture(Capture { sub: Box::new(ascii(*one.sub)), ..one }),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(ascii).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(ascii).collect()),
    }
}
