// Command conformance runs the official suite against gateway-proxy and writes what came of it.
//
// It is to be started in the folder of this module.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	confv1 "sigs.k8s.io/gateway-api/conformance/apis/v1"
	"sigs.k8s.io/gateway-api/conformance/tests"
	"sigs.k8s.io/gateway-api/pkg/features"
	"sigs.k8s.io/yaml"

	"gateway-core/conformance/report"
)

type options struct {
	proxy   string
	page    string
	causes  string
	out     string
	only    string
	smoke   bool
	verbose bool
}

func main() {
	var o options
	flag.StringVar(&o.proxy, "proxy", "../target/debug/gateway-proxy", "the proxy to test")
	flag.StringVar(&o.page, "page", "", "file for the page; none: it is not written")
	flag.StringVar(&o.causes, "causes", "causes.yaml", "what is known of failing tests")
	flag.StringVar(&o.out, "out", "", "folder for logs and the suite's reports; default: a temporary one")
	flag.StringVar(&o.only, "only", "", "the tests to run, with commas between them; default: all")
	flag.BoolVar(&o.smoke, "smoke", false, "run a short selection, once")
	flag.BoolVar(&o.verbose, "v", false, "show all that the tests print")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

// variant is one run of the suite.
type variant struct {
	name, title, profile string
}

func run(o options) error {
	variants := []variant{
		{"full", "With all features", ""},
		{"without-mixed", "Without `TLSRouteModeMixed`", "profiles/without-mixed.yaml"},
		{"without-terminate", "Without `TLSRouteModeTerminate` and `TLSRouteModeMixed`", "profiles/without-terminate.yaml"},
	}
	if o.smoke {
		variants = variants[:1]
		o.only = strings.Join(smokeTests(), ",")
	}
	if o.out == "" {
		dir, err := os.MkdirTemp("", "conformance")
		if err != nil {
			return err
		}
		o.out = dir
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	causes := map[string]string{}
	if err := readYAML(o.causes, &causes); err != nil {
		return err
	}
	page := report.Page{Tests: len(tests.ConformanceTests), Mesh: report.Mesh(tests.ConformanceTests)}
	var failed error
	for _, v := range variants {
		summary, suiteReport, err := runVariant(o, v, causes)
		if err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
		page.Runs = append(page.Runs, *summary)
		page.Version, page.Channel = suiteReport.GatewayAPIVersion, suiteReport.GatewayAPIChannel
		printSummary(v, summary)
		if !summary.Passed {
			failed = errors.Join(failed, fmt.Errorf("%s: %d tests fail; logs are in %s", v.name, len(summary.Failing), o.out))
		}
	}
	if o.page != "" {
		file, err := os.Create(o.page)
		if err != nil {
			return err
		}
		if err := errors.Join(page.Write(file), file.Close()); err != nil {
			return err
		}
	}
	return failed
}

// runVariant runs the test binary by `go test`, whose exit status only repeats what the events say.
func runVariant(o options, v variant, causes map[string]string) (*report.RunPage, *confv1.ConformanceReport, error) {
	proxy, err := filepath.Abs(o.proxy)
	if err != nil {
		return nil, nil, err
	}
	base, err := filepath.Abs(filepath.Join(o.out, v.name))
	if err != nil {
		return nil, nil, err
	}
	command := exec.Command("go", "test", "-json", "-count=1", "-timeout=90m", "-run=^TestConformance$", ".", "-args",
		"-proxy="+proxy, "-proxy-profile="+v.profile, "-only="+o.only,
		"-proxy-log="+base+".proxy.log", "-suite-report="+base+".yaml", "-claims="+base+".claims.json")
	command.Stderr = os.Stderr
	events, err := command.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	log, err := os.Create(base + ".log")
	if err != nil {
		return nil, nil, err
	}
	var echo io.Writer = log
	if o.verbose {
		echo = io.MultiWriter(log, os.Stdout)
	}
	if err := command.Start(); err != nil {
		return nil, nil, err
	}
	results, err := report.Read(v.title, events, echo)
	if err := errors.Join(err, log.Close()); err != nil {
		return nil, nil, err
	}
	var exit *exec.ExitError
	if err := command.Wait(); err != nil && !errors.As(err, &exit) {
		return nil, nil, err
	}
	var claimed []features.FeatureName
	if err := readJSON(base+".claims.json", &claimed); err != nil {
		return nil, nil, fmt.Errorf("the suite did not start, see %s.log: %w", base, err)
	}
	suiteReport := &confv1.ConformanceReport{}
	if err := readYAML(base+".yaml", suiteReport); err != nil {
		return nil, nil, fmt.Errorf("the suite was cut off, see %s.log: %w", base, err)
	}
	summary := report.NewRunPage(results, tests.ConformanceTests, report.Claims(claimed), causes)
	return &summary, suiteReport, nil
}

func printSummary(v variant, summary *report.RunPage) {
	for _, p := range summary.Profiles {
		fmt.Printf("  %-13s core %d passed, %d failed, %d skipped; extended %d passed, %d failed, %d skipped\n", p.Name,
			p.Core.Passed, p.Core.Failed, p.Core.Skipped, p.Extended.Passed, p.Extended.Failed, p.Extended.Skipped)
	}
	for _, failure := range summary.Failing {
		fmt.Printf("  FAIL %s: %s (%s)\n", failure.Test, failure.Message, failure.Cause)
	}
	fmt.Printf("conformance: official suite on a simulated cluster, %s: %d of %d tests pass, %d left out, %s minutes\n",
		v.name, summary.All.Passed, summary.All.Total(), summary.All.Skipped, summary.Minutes)
}

func readYAML(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func readJSON(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
