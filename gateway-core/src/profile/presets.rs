//! Profiles by name.
//!
//! Those of implementations state what their published conformance reports claim, and nothing else:
//! a feature that the reports of that version did not ask about is not claimed.

mod implementations;

use alloc::collections::BTreeSet;

use super::{Feature, FeatureChannel, Profile, SupportLevel};
use implementations::{IMPLEMENTATIONS, Implementation};

/// A profile with a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The name, for [`Profile::preset`].
    pub name: &'static str,
    /// What it is, in a line.
    pub title: &'static str,
    /// Where its facts come from.
    pub source: &'static str,
    make: Make,
}

#[derive(Clone, Copy, Debug)]
enum Make {
    Spec,
    Standard,
    Core,
    Implementation(&'static Implementation),
}

/// All presets: those of the specification, then those of implementations by name.
pub const PRESETS: &[Preset] = &{
    const COUNT: usize = 3 + IMPLEMENTATIONS.len();
    const SPEC: Preset = Preset {
        name: "spec",
        title: "the specification: every feature, the rulebook's choices",
        source: "Gateway API v1.6.1, pkg/features",
        make: Make::Spec,
    };
    let mut presets = [SPEC; COUNT];
    presets[1] = Preset {
        name: "standard",
        title: "the standard channel: its features, and no default Gateways",
        make: Make::Standard,
        ..SPEC
    };
    presets[2] = Preset {
        name: "core",
        title: "core features alone, and no default Gateways",
        make: Make::Core,
        ..SPEC
    };
    let mut index = 0;
    while index < IMPLEMENTATIONS.len() {
        let one = &IMPLEMENTATIONS[index];
        presets[3 + index] =
            Preset { name: one.name, title: one.title, source: one.report, make: Make::Implementation(one) };
        index += 1;
    }
    presets
};

impl Preset {
    /// The preset of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// Documents for its controller and its choices, beside the source of its features.
    pub fn references(&self) -> &'static [&'static str] {
        match self.make {
            Make::Implementation(implementation) => implementation.references,
            Make::Spec | Make::Standard | Make::Core => &[],
        }
    }

    /// The profile.
    pub fn profile(&self) -> Profile {
        let spec = Profile::every_class();
        let only = |wanted: fn(&Feature) -> bool| -> BTreeSet<Feature> {
            Feature::ALL.iter().copied().filter(wanted).collect()
        };
        match self.make {
            Make::Spec => spec,
            Make::Standard => Profile {
                features: only(|feature| feature.channel() == FeatureChannel::Standard),
                default_gateways: false,
                ..spec
            },
            Make::Core => Profile {
                features: only(|feature| feature.level() == SupportLevel::Core),
                default_gateways: false,
                ..spec
            },
            Make::Implementation(implementation) => Profile {
                controller: implementation.controller.map(Into::into),
                features: implementation.features(),
                choices: implementation.choices,
                parameter_kinds: implementation.parameter_kinds(),
                default_gateways: false,
                ..spec
            },
        }
    }
}

impl Profile {
    /// The profile of a preset; `None` when none has that name.
    pub fn preset(name: &str) -> Option<Self> {
        Preset::named(name).map(Preset::profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_of_the_specification() {
        assert_eq!(Profile::preset("spec"), Some(Profile::every_class()));
        let standard = Profile::preset("standard").expect("it is there");
        // Rules 07 count 58 features, 5 of them experimental (FEAT-17, 40, 41, 42, 57).
        assert_eq!((Feature::ALL.len(), standard.features.len()), (58, 53));
        assert!(!standard.supports(Feature::HttpRouteRetry) && !standard.default_gateways);
        let core = Profile::preset("core").expect("it is there");
        assert!(core.supports(Feature::HttpRoute) && !core.supports(Feature::HttpRouteMethodMatching));
        assert!(core.features.is_subset(&standard.features));
        assert_eq!(Profile::preset("unheard-of"), None);
    }

    #[test]
    fn names_are_unique_and_sources_are_named() {
        let names: BTreeSet<_> = PRESETS.iter().map(|preset| preset.name).collect();
        assert_eq!(names.len(), PRESETS.len());
        assert!(PRESETS[3..].is_sorted_by_key(|preset| preset.name));
        for preset in &PRESETS[3..] {
            let report = preset.source;
            assert!(report.contains("conformance/reports/v") && report.contains(".yaml"), "{report}");
            let profile = preset.profile();
            let documented =
                profile.controller.is_some() || profile.choices != super::super::Choices::default();
            assert_eq!(documented, !preset.references().is_empty(), "{}", preset.name);
        }
    }
}
