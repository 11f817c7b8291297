//! The linter: every check, in one place.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::key::ObjectKey;
use crate::lint::declared::{Declared, Findings, declare};
use crate::lint::{
    Finding, Group, LintRule, Severity, ambiguous, attach, backend, certificate, documented, grant, input,
    limit, shadow, status,
};
use crate::model::{PathSegment, Value};
use crate::profile::Ambiguity;
use crate::router::Router;
use crate::snapshot::Snapshot;
use crate::validate::{self, Channel, Problem, ProblemKind, Validation, Validator};

declare! {
    NOT_CHECKED = "VAL-GEN-02", Error,
        "rules that were not checked",
        "When a field is missing, of the wrong type or over a limit the API server looks at no CEL rule, so that more may be wrong. Correct the other problems of the object first.";
}

/// Finds what is wrong with objects. Build it once, use it many times.
///
/// ```
/// use gateway_core::lint::Linter;
/// use gateway_core::validate::Channel;
/// use gateway_core::{Profile, Router, Snapshot};
///
/// let snapshot = Snapshot::new();
/// let router = Router::build(&snapshot, &Profile::default())?;
/// assert!(Linter::new(Channel::Experimental).objects(&snapshot, &router).is_empty());
/// # Ok::<(), gateway_core::BuildError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Linter {
    validator: Validator,
    /// What each rule of `validate` asks for.
    asked: BTreeMap<&'static str, String>,
}

impl Linter {
    /// A linter for the CRDs of a channel.
    pub fn new(channel: Channel) -> Self {
        let asked = validate::rules().map(|rule| (rule.id, rule.doc)).collect();
        Self { validator: Validator::new(channel), asked }
    }

    /// What is wrong with one manifest as it was read: what the API server would refuse, and what the
    /// documentation forbids.
    pub fn manifest(&self, key: &ObjectKey, manifest: &Value) -> Vec<Finding> {
        self.of_manifest(key, &self.validator.create(manifest))
    }

    /// What is wrong with a manifest that replaces another of the same object (VAL-GEN-13).
    pub fn update(&self, key: &ObjectKey, old: &Value, new: &Value) -> Vec<Finding> {
        self.of_manifest(key, &self.validator.update(old, new))
    }

    fn of_manifest(&self, key: &ObjectKey, validation: &Validation) -> Vec<Finding> {
        let mut found = Findings::default();
        for problem in &validation.problems {
            found.push(Finding {
                rule: problem.rule,
                severity: Severity::Error,
                object: Some(key.clone()),
                path: problem.path.to_string(),
                message: problem.message(),
                remedy: self.remedy(problem),
            });
        }
        documented::check(self.validator.channel(), key, &validation.object, &mut found);
        found.sorted()
    }

    /// What is wrong with how objects fit together, and what nobody would guess of them.
    pub fn objects(&self, snapshot: &Snapshot, router: &Router) -> Vec<Finding> {
        let mut found = Findings::default();
        let graph = router.graph();
        input::check(snapshot, graph, router.profile(), &mut found);
        status::check(router, &mut found);
        shadow::check(router, &mut found);
        attach::check(snapshot, graph, &mut found);
        grant::check(snapshot, graph, &mut found);
        backend::check(graph, &router.profile().choices, &mut found);
        certificate::check(graph, &mut found);
        ambiguous::check(snapshot, router, &mut found);
        for key in snapshot.keys().filter(|key| key.kind.is_gateway_api()) {
            if let Some(object) = snapshot.get(&key) {
                limit::check(&self.validator, &key, &object.to_value(), &mut found);
            }
        }
        ambiguous::add_choices(&router.profile().choices, &mut found);
        found.sorted()
    }

    /// Every rule, by group and then by id.
    pub fn rules() -> Vec<LintRule> {
        let refused = validate::rules().map(|rule| LintRule {
            id: rule.id,
            group: Group::Validate,
            severity: Severity::Error,
            title: title(&rule),
            doc: format!(
                "{}. The API server refuses the object otherwise: {}",
                sentence(&rule.doc),
                rule.message
            ),
        });
        let declared: [(Group, &[Declared]); 11] = [
            (Group::Validate, RULES),
            (Group::Documented, documented::RULES),
            (Group::Shadow, shadow::RULES),
            (Group::Attach, attach::RULES),
            (Group::Grant, grant::RULES),
            (Group::Backend, backend::RULES),
            (Group::Certificate, certificate::RULES),
            (Group::Ambiguous, ambiguous::RULES),
            (Group::Limit, limit::RULES),
            (Group::Input, input::RULES),
            (Group::Status, status::RULES),
        ];
        let declared =
            declared.into_iter().flat_map(|(group, rules)| rules.iter().map(move |rule| rule.rule(group)));
        let declared = declared.map(with_keys);
        let mut rules: Vec<_> = refused.chain(declared).chain(status::rules()).collect();
        rules.sort_by(|one, other| (one.group, one.id).cmp(&(other.group, other.id)));
        rules
    }

    /// What to change, where more can be said than the API server says.
    fn remedy(&self, problem: &Problem) -> String {
        let field = problem.path.segments().iter().rev().find_map(|segment| match segment {
            PathSegment::Key(key) => Some(key.as_str()),
            PathSegment::Index(_) => None,
        });
        match problem.kind {
            ProblemKind::Required => field.map(|field| format!("add `{field}`")).unwrap_or_default(),
            ProblemKind::NotSupported => "use one of the supported values".to_string(),
            ProblemKind::TooMany => "remove some, or split the object".to_string(),
            _ if problem.rule == NOT_CHECKED.id => {
                "correct the other problems of the object first".to_string()
            }
            ProblemKind::Duplicate => "remove one of the two".to_string(),
            _ if problem.rule.starts_with("VAL-") => {
                self.asked.get(problem.rule).cloned().unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

fn title(rule: &validate::ValidationRule) -> String {
    let kinds: Vec<_> = rule.kinds.iter().map(|kind| kind.kind()).collect();
    match rule.paths.first() {
        Some(path) if !path.is_empty() => format!("{} {path}", kinds.join(", ")),
        _ => kinds.join(", "),
    }
}

/// A rule about a corner of the specification, with the keys of the profile that decide it.
fn with_keys(mut rule: LintRule) -> LintRule {
    if let Some(keys) = Ambiguity::of(rule.id).and_then(|corner| corner.key) {
        rule.doc = format!("{} The profile decides: {}.", rule.doc, keys);
    }
    rule
}

/// The text with a capital letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
