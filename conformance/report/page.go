package report

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"sigs.k8s.io/gateway-api/conformance/utils/suite"
	"sigs.k8s.io/gateway-api/pkg/features"
)

//go:embed page.md.tmpl
var pageTemplate string

// Page is what docs/conformance.md says.
type Page struct {
	Version string // of the suite
	Channel string // of the CRDs
	Tests   int    // in the suite
	Mesh    int    // of them for meshes
	Runs    []RunPage
}

// RunPage is one run on the page.
type RunPage struct {
	Title    string
	Minutes  string
	All      Count
	Profiles []Profile
	Failing  []Failure
	Passed   bool
}

// Failure is one row of the table of failing tests.
type Failure struct {
	Test, Cause, Message string
}

// Mesh counts the tests of meshes.
func Mesh(tests []suite.ConformanceTest) int {
	count := 0
	for _, test := range tests {
		if slices.Contains(test.Features, features.SupportMesh) {
			count++
		}
	}
	return count
}

// NewRunPage sums a run up. Causes are known ones, by test.
func NewRunPage(run *Run, tests []suite.ConformanceTest, claimed []features.FeatureName, causes map[string]string) RunPage {
	page := RunPage{
		Title:    run.Title,
		Minutes:  fmt.Sprintf("%.1f", run.Seconds/60),
		All:      run.All(tests, claimed),
		Profiles: run.Profiles(tests, claimed),
		Passed:   run.Passed,
	}
	for _, name := range page.All.Failures {
		failure := Failure{Test: name, Cause: causes[name], Message: "no result: the run was cut off"}
		if result := run.Results[name]; result != nil {
			failure.Message = cell(strings.Join(result.Errors, "; "))
		}
		if failure.Cause == "" {
			failure.Cause = "not looked into"
		}
		page.Failing = append(page.Failing, failure)
	}
	return page
}

// cell makes text fit into a table.
func cell(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 300 {
		text = text[:300] + "…"
	}
	return strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(text)
}

// Write writes the page.
func (p *Page) Write(w io.Writer) error {
	t, err := template.New("page").Funcs(template.FuncMap{"names": names}).Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if err := t.Execute(w, p); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

func names(list []features.FeatureName) string {
	if len(list) == 0 {
		return "none"
	}
	quoted := make([]string, len(list))
	for i, name := range list {
		quoted[i] = "`" + string(name) + "`"
	}
	return strings.Join(quoted, ", ")
}
