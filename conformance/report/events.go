// Package report turns a run of the suite into a page.
//
// The suite's own report cannot be taken as it is: it is made when the tests that run in parallel have only been
// started, and counts each of them as passed. What passed is therefore read from the events of `go test -json`; which
// profile a test belongs to, and on which level, is said as the suite says it.
package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Outcome of a test, in the words of `go test -json`.
type Outcome string

// The outcomes.
const (
	Passed  Outcome = "pass"
	Failed  Outcome = "fail"
	Skipped Outcome = "skip"
)

// Result is what became of one test of the suite.
type Result struct {
	Outcome Outcome
	Seconds float64
	Errors  []string // the messages of what failed in it
}

// Run is one run of the suite.
type Run struct {
	Title   string
	Results map[string]*Result // by the tests' short names
	Seconds float64
	Passed  bool // all of it, with set-up and clean-up
}

type event struct {
	Action  string
	Test    string
	Output  string
	Elapsed float64
}

// Read takes the events of a run of TestConformance; other lines are not for us. Every line of output goes to echo.
func Read(title string, events io.Reader, echo io.Writer) (*Run, error) {
	run := &Run{Title: title, Results: map[string]*Result{}}
	output := map[string][]string{}
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("events of the run: %w", err)
		}
		if len(line) > 0 {
			run.take(line, output, echo)
		}
		if err == io.EOF {
			return run, nil
		}
	}
}

func (r *Run) take(line []byte, output map[string][]string, echo io.Writer) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		fmt.Fprintf(echo, "%s", line)
		return
	}
	if e.Action == "output" {
		fmt.Fprint(echo, e.Output)
	}
	root, rest, isTest := strings.Cut(e.Test, "/")
	if root != "TestConformance" {
		return
	}
	name, _, isPart := strings.Cut(rest, "/")
	switch e.Action {
	case "output":
		output[name] = append(output[name], e.Output)
	case string(Passed), string(Failed), string(Skipped):
		switch {
		case !isTest:
			r.Passed = e.Action == string(Passed)
			r.Seconds = e.Elapsed
		case !isPart:
			result := &Result{Outcome: Outcome(e.Action), Seconds: e.Elapsed}
			if result.Outcome == Failed {
				result.Errors = errorsIn(output[name])
			}
			r.Results[name] = result
		}
	}
}

// errorsIn finds the messages of failed assertions: testify's, and those of t.Errorf and t.Fatalf, which have no
// mark, by the line before the result.
func errorsIn(output []string) []string {
	var found []string
	for i, line := range output {
		text := strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(text, "Error:"); ok {
			found = append(found, strings.TrimSpace(rest))
		}
		if rest, ok := strings.CutPrefix(text, "Messages:"); ok {
			found = append(found, strings.TrimSpace(rest))
		}
		if strings.HasPrefix(text, "--- FAIL: ") && len(found) == 0 && i > 0 {
			found = append(found, strings.TrimSpace(output[i-1]))
		}
	}
	return found
}
