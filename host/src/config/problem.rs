//! A mistake in what somebody wrote down: where it is, and what to do about it.

use std::{fmt, ops::Range, sync::Arc};

use miette::{Diagnostic, LabeledSpan, NamedSource, Severity, SourceCode};

/// A file that was read, or another place where something is written.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<NamedSource<String>>,
}

/// One mistake, said in one sentence with its remedy.
#[derive(Clone, Debug)]
pub struct Problem {
    source: Source,
    span: Option<Range<usize>>,
    sentence: String,
    severity: Severity,
}

impl Source {
    /// As problems call it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let text = NamedSource::new(&name, text.into()).with_language("TOML");
        Self {
            name,
            text: Arc::new(text),
        }
    }

    pub fn text(&self) -> &str {
        self.text.inner()
    }

    /// A mistake at these bytes.
    pub fn error(&self, span: Range<usize>, sentence: impl Into<String>) -> Problem {
        self.problem(Some(span), sentence.into(), Severity::Error)
    }

    /// A mistake of the whole.
    pub fn error_at_all(&self, sentence: impl Into<String>) -> Problem {
        self.problem(None, sentence.into(), Severity::Error)
    }

    /// Something that is allowed and probably not meant.
    pub fn warning(&self, span: Range<usize>, sentence: impl Into<String>) -> Problem {
        self.problem(Some(span), sentence.into(), Severity::Warning)
    }

    fn problem(&self, span: Option<Range<usize>>, sentence: String, severity: Severity) -> Problem {
        Problem {
            source: self.clone(),
            span,
            sentence,
            severity,
        }
    }
}

impl Problem {
    /// Something that cannot be read or used: a folder, a variable.
    pub fn of(name: impl Into<String>, sentence: impl Into<String>) -> Self {
        Source::new(name, "").error_at_all(sentence)
    }

    /// The same, and nothing stands in the way.
    pub fn warning_of(name: impl Into<String>, sentence: impl Into<String>) -> Self {
        Source::new(name, "").problem(None, sentence.into(), Severity::Warning)
    }

    /// The file, or what else it is about.
    pub fn place(&self) -> &str {
        &self.source.name
    }

    /// From 1; columns count characters.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        let before = self.source.text().get(..self.span.as_ref()?.start)?;
        let line = before.rsplit('\n').next().unwrap_or_default();
        Some((before.matches('\n').count() + 1, line.chars().count() + 1))
    }

    /// For sorting.
    pub(super) fn start(&self) -> Option<usize> {
        self.span.as_ref().map(|span| span.start)
    }

    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// Only worth knowing: what is written is in force all the same.
    pub fn is_warning(&self) -> bool {
        self.severity != Severity::Error
    }
}

/// Whether any of them stands in the way.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| !problem.is_warning())
}

/// `teams/default.toml:12:3: sentence`, for logs and scripts.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source.name)?;
        if let Some((line, column)) = self.line_and_column() {
            write!(f, ":{line}:{column}")?;
        }
        let warning = if self.is_warning() { "warning: " } else { "" };
        write!(f, ": {warning}{}", self.sentence)
    }
}

impl std::error::Error for Problem {}

/// For terminals, which show the line itself.
impl Diagnostic for Problem {
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.span
            .as_ref()
            .map(|_| &*self.source.text as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(
            Some("here".to_owned()),
            span,
        ))))
    }
}
