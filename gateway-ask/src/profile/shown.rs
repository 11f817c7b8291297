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
pub struct Shown {
    /// The name that was asked for.
    pub name: String,
    /// What it describes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'static str>,
    /// Where that is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
    /// Where to read on.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub references: &'static [&'static str],
    /// What a file would say that comes to the same.
    pub profile: File,
    /// Its choices in corners that the specification leaves open.
    pub choices: Vec<Choice>,
}

/// A choice with the corner it is about.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// The key in a profile file.
    pub key: &'static str,
    /// The id of the corner.
    pub ambiguity: &'static str,
    /// What was chosen.
    pub word: &'static str,
    /// What that means.
    pub says: &'static str,
    /// Whether it is the rulebook's choice.
    pub default: bool,
}

/// The keys of a profile file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// The controller.
    pub controller: Option<String>,
    /// The features that are claimed.
    pub features: Vec<&'static str>,
    choices: BTreeMap<&'static str, &'static str>,
    assume: Vec<&'static str>,
    parameter_kinds: Vec<ParameterKind>,
    extension_kinds: Vec<ParameterKind>,
    addresses: Vec<GatewayStatusAddress>,
    usable_addresses: Option<Vec<String>>,
    bundle_versions: Vec<String>,
    /// Whether there are default Gateways.
    pub default_gateways: bool,
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
    /// The profile in full.
    pub fn new(name: &str, named: &Named) -> Self {
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
