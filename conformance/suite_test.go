// Package conformance runs the official suite of the Gateway API, unmodified, against gateway-proxy in a simulated
// cluster.
package conformance

import (
	"encoding/json"
	"flag"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-logr/logr"
	"github.com/stretchr/testify/require"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	gatewayv1alpha2 "sigs.k8s.io/gateway-api/apis/v1alpha2"
	gatewayv1alpha3 "sigs.k8s.io/gateway-api/apis/v1alpha3"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"
	xv1alpha1 "sigs.k8s.io/gateway-api/apisx/v1alpha1"
	"sigs.k8s.io/gateway-api/conformance"
	confv1 "sigs.k8s.io/gateway-api/conformance/apis/v1"
	"sigs.k8s.io/gateway-api/conformance/tests"
	"sigs.k8s.io/gateway-api/conformance/utils/config"
	"sigs.k8s.io/gateway-api/conformance/utils/suite"

	"gateway-core/conformance/apiserver"
	"gateway-core/conformance/cluster"
)

var (
	proxyBinary  = flag.String("proxy", "", "the gateway-proxy to test; without it the suite does not run")
	proxyProfile = flag.String("proxy-profile", "", "a profile for it: what it claims and how it behaves")
	proxyLog     = flag.String("proxy-log", "", "file for its log; default: standard error")
	only         = flag.String("only", "", "the tests to run, with commas between them; default: all")
	claimsFile   = flag.String("claims", "", "file for the features that the proxy claims")
	reportFile   = flag.String("suite-report", "", "file for the suite's own report")
)

// TestConformance is the official suite. What the proxy claims is what it writes into the GatewayClass.
func TestConformance(t *testing.T) {
	if *proxyBinary == "" {
		t.Skip("no -proxy given")
	}
	requireListenerPorts(t)
	c := startCluster(t)
	writeClaims(t, c)
	conformance.RunConformanceWithOptions(t, options(t, c))
}

// writeClaims keeps what the suite tests by: the features in the status of the GatewayClass.
func writeClaims(t *testing.T, c *cluster.Cluster) {
	if *claimsFile == "" {
		return
	}
	class := &gatewayv1.GatewayClass{}
	key := apiserver.Key{GroupKind: schema.GroupKind{Group: gatewayv1.GroupName, Kind: "GatewayClass"}, Name: cluster.ClassName}
	require.NoError(t, runtime.DefaultUnstructuredConverter.FromUnstructured(c.Store.Get(key).Object, class))
	names := []gatewayv1.FeatureName{}
	for _, feature := range class.Status.SupportedFeatures {
		names = append(names, feature.Name)
	}
	text, err := json.Marshal(names)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(*claimsFile, text, 0o644))
}

// requireListenerPorts says in time what is missing: the suite's Gateways listen on ports 80 and 443.
func requireListenerPorts(t *testing.T) {
	listener, err := net.Listen("tcp", "127.64.255.254:80")
	require.NoError(t, err, "the suite's Gateways need ports below 1024 on addresses of 127.0.0.0/8: "+
		"run as root on Linux, or once as root: sysctl net.ipv4.ip_unprivileged_port_start=80")
	require.NoError(t, listener.Close())
}

func startCluster(t *testing.T) *cluster.Cluster {
	config := cluster.Config{ProxyBinary: absolute(t, *proxyBinary), Dir: t.TempDir(), Log: os.Stderr}
	if *proxyProfile != "" {
		config.ProxyArgs = []string{"--profile", absolute(t, *proxyProfile)}
	}
	if *proxyLog != "" {
		file, err := os.Create(*proxyLog)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, file.Close()) })
		config.Log = file
	}
	c, err := cluster.Start(config)
	require.NoError(t, err, "start the cluster")
	t.Cleanup(func() { require.NoError(t, c.Stop()) })
	return c
}

func absolute(t *testing.T, path string) string {
	path, err := filepath.Abs(path)
	require.NoError(t, err)
	return path
}

func options(t *testing.T, c *cluster.Cluster) suite.ConformanceOptions {
	log.SetLogger(logr.Discard())
	clientOptions := client.Options{Scheme: scheme(t), Mapper: c.Mapper()}
	restConfig := c.RestConfig()
	kubeClient, err := client.New(restConfig, clientOptions)
	require.NoError(t, err)
	clientset, err := kubernetes.NewForConfig(restConfig)
	require.NoError(t, err)
	ip := gatewayv1.IPAddressType
	return suite.ConformanceOptions{
		Client:        kubeClient,
		ClientOptions: clientOptions,
		Clientset:     clientset,
		RestConfig:    restConfig,
		ConfigurableOptions: suite.ConfigurableOptions{
			GatewayClassName:     cluster.ClassName,
			CleanupBaseResources: true,
			CleanupTestResources: true,
			TimeoutConfig:        config.DefaultTimeoutConfig(),
			SkipTests:            skipped(t),
			ReportOutputPath:     *reportFile,
			Implementation: confv1.Implementation{
				Organization: "gateway-core", Project: "gateway-proxy", URL: "https://gateway-core.example",
				Version: "main", Contact: []string{"none: the cluster is simulated, this is no report to publish"},
			},
			ConformanceProfiles: []suite.ConformanceProfileName{
				suite.GatewayHTTPConformanceProfileName,
				suite.GatewayGRPCConformanceProfileName,
				suite.GatewayTLSConformanceProfileName,
				suite.GatewayTCPConformanceProfileName,
				suite.GatewayUDPConformanceProfileName,
			},
			UsableNetworkAddresses:   []gatewayv1.GatewaySpecAddress{{Type: &ip, Value: "127.65.0.1"}},
			UnusableNetworkAddresses: []gatewayv1.GatewaySpecAddress{{Type: &ip, Value: "192.0.2.1"}},
		},
	}
}

// skipped are the tests that -only leaves out; a name that there is not is an error.
func skipped(t *testing.T) []string {
	if *only == "" {
		return nil
	}
	wanted := map[string]bool{}
	for _, name := range strings.Split(*only, ",") {
		wanted[name] = true
	}
	var names []string
	for _, test := range tests.ConformanceTests {
		if wanted[test.ShortName] {
			delete(wanted, test.ShortName)
		} else {
			names = append(names, test.ShortName)
		}
	}
	require.Empty(t, wanted, "no such tests")
	return names
}

func scheme(t *testing.T) *runtime.Scheme {
	s := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clientgoscheme.AddToScheme, apiextensionsv1.AddToScheme,
		gatewayv1.Install, gatewayv1beta1.Install, gatewayv1alpha2.Install, gatewayv1alpha3.Install, xv1alpha1.Install,
	} {
		require.NoError(t, add(s))
	}
	return s
}
