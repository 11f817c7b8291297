package report

import (
	"maps"
	"slices"
	"sort"

	"sigs.k8s.io/gateway-api/conformance/utils/suite"
	"sigs.k8s.io/gateway-api/pkg/features"
)

// Count of the tests on one level of a profile.
type Count struct {
	Passed, Failed, Skipped int
	Failures                []string
}

// Total without those left out.
func (c Count) Total() int {
	return c.Passed + c.Failed
}

// Profile is what a run means for one profile.
type Profile struct {
	Name           suite.ConformanceProfileName
	Core, Extended Count
	Claimed        []features.FeatureName // extended ones
	NotClaimed     []features.FeatureName
}

// Gateway are the profiles that are tested.
func Gateway() []suite.ConformanceProfile {
	return []suite.ConformanceProfile{
		suite.GatewayHTTPConformanceProfile,
		suite.GatewayGRPCConformanceProfile,
		suite.GatewayTLSConformanceProfile,
		suite.GatewayTCPConformanceProfile,
		suite.GatewayUDPConformanceProfile,
	}
}

// Claims are the features that the suite tests by, of those that a GatewayClass names: it drops those of meshes, and
// adds the core of every profile.
func Claims(named []features.FeatureName) []features.FeatureName {
	claims := suite.FeaturesSet{}
	claims.Insert(named...)
	claims = claims.Difference(features.SetsToNamesSet(features.MeshCoreFeatures, features.MeshExtendedFeatures))
	for _, p := range Gateway() {
		claims = claims.Union(p.CoreFeatures)
	}
	return slices.Sorted(maps.Keys(claims))
}

// Profiles sorts the results of a run as the suite does: a test is of a profile that has all its features, and of the
// core if they are all of the profile's core. Tests of features that are not claimed count nowhere.
func (r *Run) Profiles(tests []suite.ConformanceTest, claimed []features.FeatureName) []Profile {
	var profiles []Profile
	for _, p := range Gateway() {
		profile := Profile{Name: p.Name}
		for feature := range p.ExtendedFeatures.Difference(p.CoreFeatures) {
			if slices.Contains(claimed, feature) {
				profile.Claimed = append(profile.Claimed, feature)
			} else {
				profile.NotClaimed = append(profile.NotClaimed, feature)
			}
		}
		slices.Sort(profile.Claimed)
		slices.Sort(profile.NotClaimed)
		for _, test := range tests {
			if p.CoreFeatures.Union(p.ExtendedFeatures).HasAll(test.Features...) {
				level := &profile.Extended
				if p.CoreFeatures.HasAll(test.Features...) {
					level = &profile.Core
				}
				level.add(test, r.Results[test.ShortName], claimed)
			}
		}
		profiles = append(profiles, profile)
	}
	return profiles
}

// All counts every test once, whatever profiles it is of.
func (r *Run) All(tests []suite.ConformanceTest, claimed []features.FeatureName) Count {
	var all Count
	for _, test := range tests {
		all.add(test, r.Results[test.ShortName], claimed)
	}
	sort.Strings(all.Failures)
	return all
}

func (c *Count) add(test suite.ConformanceTest, result *Result, claimed []features.FeatureName) {
	for _, feature := range test.Features {
		if !slices.Contains(claimed, feature) {
			return
		}
	}
	switch {
	case result == nil || result.Outcome == Failed:
		// A test without an end was cut off.
		c.Failed++
		c.Failures = append(c.Failures, test.ShortName)
	case result.Outcome == Skipped:
		c.Skipped++
	default:
		c.Passed++
	}
}
