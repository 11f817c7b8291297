package report

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/gateway-api/conformance/utils/suite"
	"sigs.k8s.io/gateway-api/pkg/features"
)

const events = `{"Action":"run","Test":"TestConformance"}
not an event
{"Action":"output","Test":"TestConformance/Bad/part","Output":"        \tError:      \tReceived | unexpected\n"}
{"Action":"fail","Test":"TestConformance/Bad/part","Elapsed":1}
{"Action":"fail","Test":"TestConformance/Bad","Elapsed":2}
{"Action":"output","Test":"TestConformance/Plain","Output":"    some.go:1: no answer\n"}
{"Action":"output","Test":"TestConformance/Plain","Output":"--- FAIL: TestConformance/Plain (0.00s)\n"}
{"Action":"fail","Test":"TestConformance/Plain"}
{"Action":"skip","Test":"TestConformance/Left"}
{"Action":"pass","Test":"TestConformance/Good","Elapsed":3}
{"Action":"pass","Test":"TestOther/Good","Elapsed":3}
{"Action":"fail","Test":"TestConformance","Elapsed":60}
`

func suiteTests() []suite.ConformanceTest {
	http := []features.FeatureName{features.SupportGateway, features.SupportHTTPRoute}
	return []suite.ConformanceTest{
		{ShortName: "Good", Features: http},
		{ShortName: "Bad", Features: append(http[:2:2], features.SupportHTTPRouteCORS)},
		{ShortName: "Plain", Features: []features.FeatureName{features.SupportGateway}},
		{ShortName: "Left", Features: http},
		{ShortName: "CutOff", Features: http},
		{ShortName: "NotClaimed", Features: append(http[:2:2], features.SupportHTTPRouteParentRefPort)},
		{ShortName: "Mesh", Features: []features.FeatureName{features.SupportMesh}},
	}
}

func TestResultsComeFromTheEvents(t *testing.T) {
	run, err := Read("title", strings.NewReader(events), io.Discard)
	require.NoError(t, err)
	require.False(t, run.Passed)
	require.EqualValues(t, 60, run.Seconds)
	require.Len(t, run.Results, 4)
	require.Equal(t, []string{"Received | unexpected"}, run.Results["Bad"].Errors)
	require.Equal(t, []string{"some.go:1: no answer"}, run.Results["Plain"].Errors)
}

func TestProfilesCountWhatIsClaimed(t *testing.T) {
	run, err := Read("title", strings.NewReader(events), io.Discard)
	require.NoError(t, err)
	claims := Claims([]features.FeatureName{features.SupportHTTPRouteCORS, features.SupportMesh})
	require.NotContains(t, claims, features.SupportMesh)

	profiles := run.Profiles(suiteTests(), claims)
	require.Equal(t, Count{Passed: 1, Failed: 2, Skipped: 1, Failures: []string{"Plain", "CutOff"}}, profiles[0].Core)
	require.Equal(t, Count{Failed: 1, Failures: []string{"Bad"}}, profiles[0].Extended)
	require.Equal(t, []features.FeatureName{features.SupportHTTPRouteCORS}, profiles[0].Claimed)
	require.Equal(t, Count{Failed: 1, Failures: []string{"Plain"}}, profiles[4].Core, "a test of Gateways is of every profile")

	all := run.All(suiteTests(), claims)
	require.Equal(t, 4, all.Total())
	require.Equal(t, 1, all.Skipped)
}

func TestPageNamesEachFailure(t *testing.T) {
	run, err := Read("A run", strings.NewReader(events), io.Discard)
	require.NoError(t, err)
	claims := Claims([]features.FeatureName{features.SupportHTTPRouteCORS})
	page := Page{
		Version: "v1", Channel: "experimental", Tests: 7, Mesh: Mesh(suiteTests()),
		Runs: []RunPage{NewRunPage(run, suiteTests(), claims, map[string]string{"Bad": "known"})},
	}
	var text bytes.Buffer
	require.NoError(t, page.Write(&text))
	require.Contains(t, text.String(), "**1 of 4 tests pass**, 1 were left out, in 1.0 minutes.")
	require.Contains(t, text.String(), "| `Bad` | known | Received \\| unexpected |")
	require.Contains(t, text.String(), "| `CutOff` | not looked into | no result: the run was cut off |")
	require.Contains(t, text.String(), "| GATEWAY-HTTP | 1 | 2 | 1 | 0 | 1 | 0 |")
}
