//! A profile in the form of its file, and with what is known of it.

use std::collections::BTreeMap;

use gateway_core::Profile;
use gateway_core::model::GatewayStatusAddress;
use gateway_core::profile::CHOICES;
use serde::Serialize;

use super::Named;
use super::file::ParameterKind;

/// A profile in full.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shown {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) references: &'static [&'static str],
    /// What a file would say that comes to the same.
    pub(crate) profile: File,
    pub(crate) choices: Vec<Choice>,
}

/// A choice with the corner it is about.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Choice {
    pub(crate) key: &'static str,
    pub(crate) ambiguity: &'static str,
    pub(crate) word: &'static str,
    pub(crate) says: &'static str,
    /// Whether it is the rulebook's choice.
    pub(crate) default: bool,
}

/// The keys of a profile file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct File {
    pub(crate) controller: Option<String>,
    pub(crate) features: Vec<&'static str>,
    choices: BTreeMap<&'static str, &'static str>,
    assume: Vec<&'static str>,
    parameter_kinds: Vec<ParameterKind>,
    extension_kinds: Vec<ParameterKind>,
    addresses: Vec<GatewayStatusAddress>,
    usable_addresses: Option<Vec<String>>,
    bundle_versions: Vec<String>,
    pub(crate) default_gateways: bool,
    limits: Limits,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    listeners: Option<usize>,
    objects: usize,
    regex_bytes: usize,
    explained_candidates: usize,
}

impl Shown {
    pub(crate) fn new(name: &str, named: &Named) -> Self {
        let choices = CHOICES.iter().filter_map(|choice| {
            let word = named.profile.choices.get(choice.key)?;
            let index = choice.words.iter().position(|known| known.word == word)?;
            let says = choice.words[index].says;
            Some(Choice { key: choice.key, ambiguity: choice.ambiguity, word, says, default: index == 0 })
        });
        Self {
            name: name.to_owned(),
            title: named.preset.map(|preset| preset.title),
            source: named.preset.map(|preset| preset.source),
            references: named.preset.map_or(&[], |preset| preset.references()),
            profile: File::from(&named.profile),
            choices: choices.collect(),
        }
    }
}

impl From<&Profile> for File {
    fn from(profile: &Profile) -> Self {
        let word = |key| Some((key, profile.choices.get(key)?));
        let kind = |(group, kind): &(_, _)| ParameterKind { group: text(group), kind: text(kind) };
        Self {
            controller: profile.controller.as_ref().map(text),
            features: profile.features.iter().map(|feature| feature.name()).collect(),
            choices: CHOICES.iter().filter_map(|choice| word(choice.key)).collect(),
            assume: profile.assume.iter().map(|kind| kind.kind()).collect(),
            parameter_kinds: profile.parameter_kinds.iter().map(kind).collect(),
            extension_kinds: profile.extension_kinds.iter().map(kind).collect(),
            addresses: profile.addresses.clone(),
            usable_addresses: profile.usable_addresses.as_ref().map(|all| all.iter().cloned().collect()),
            bundle_versions: profile.bundle_versions.clone(),
            default_gateways: profile.default_gateways,
            limits: Limits {
                listeners: profile.limits.listeners,
                objects: profile.limits.objects,
                regex_bytes: profile.limits.regex_bytes,
                explained_candidates: profile.limits.explained_candidates,
            },
        }
    }
}

fn text(text: &impl ToString) -> String {
    text.to_string()
}
