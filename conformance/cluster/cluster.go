// Package cluster puts the parts together: a Kubernetes API with Pods, and the proxy as the implementation in it.
package cluster

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"

	"gateway-core/conformance/apiserver"
	"gateway-core/conformance/controller"
	"gateway-core/conformance/kubelet"
	"gateway-core/conformance/process"
)

// Names of the implementation in the cluster.
const (
	ClassName      = "gateway-core"
	ControllerName = "gateway-core.example/gateway-proxy"
)

// Config says what to run.
type Config struct {
	ProxyBinary string
	ProxyArgs   []string
	Dir         string    // for what is built and written
	Log         io.Writer // of the proxy
}

// Cluster is a running one.
type Cluster struct {
	Store   *apiserver.Store
	server  *http.Server
	address string
	kubelet *kubelet.Kubelet
	proxy   *Proxy
	starter *process.Starter
}

// Start runs a cluster with the GatewayClass of the proxy in it.
func Start(config Config) (*Cluster, error) {
	echo := filepath.Join(config.Dir, "echo-basic")
	if _, err := goTool("build", "-o", echo, "sigs.k8s.io/gateway-api/conformance/echo-basic"); err != nil {
		return nil, err
	}
	module, err := goTool("list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api")
	if err != nil {
		return nil, err
	}
	// The experimental channel holds the standard one, and some of the features claimed are in it alone.
	store, err := apiserver.NewStore(filepath.Join(module, "config", "crd", "experimental"))
	if err != nil {
		return nil, err
	}
	starter := process.NewStarter()
	proxy, err := StartProxy(starter, config.ProxyBinary, config.Log,
		append([]string{"--controller", ControllerName, "--addresses", "127.64.0.0/16"}, config.ProxyArgs...)...)
	if err != nil {
		starter.Stop()
		return nil, err
	}
	c := &Cluster{Store: store, proxy: proxy, kubelet: kubelet.New(store, starter, echo, config.Dir), starter: starter}
	addHooks(store, c.kubelet, proxy.Admin)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("api server: %w", err), c.Stop())
	}
	c.address = listener.Addr().String()
	c.server = &http.Server{Handler: &apiserver.Server{Store: store, Logs: c.kubelet.Logs}, ReadHeaderTimeout: time.Minute}
	go func() {
		// Ends when the cluster is stopped.
		_ = c.server.Serve(listener)
	}()
	if err := c.createClass(); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// addHooks puts the controllers in the order in which one depends on what the one before wrote.
func addHooks(store *apiserver.Store, k *kubelet.Kubelet, admin string) {
	store.AddHook(func(tx *apiserver.Tx) error { return kubelet.Namespaces(tx, store.Registry) })
	store.AddHook(kubelet.Deployments)
	store.AddHook(controller.Infrastructure(ClassName))
	store.AddHook(kubelet.Endpoints)
	store.AddHook(k.Hook)
	store.AddHook(controller.New(controller.NewAdmin(admin)).Hook)
}

// RestConfig is for clients of the API.
func (c *Cluster) RestConfig() *rest.Config {
	return &rest.Config{
		Host:          "http://" + c.address,
		ContentConfig: rest.ContentConfig{ContentType: "application/json", AcceptContentTypes: "application/json"},
		QPS:           -1, // no limit
	}
}

// Stop ends all processes.
func (c *Cluster) Stop() error {
	var errs []error
	if c.server != nil {
		errs = append(errs, c.server.Close())
	}
	errs = append(errs, c.kubelet.Stop(), c.proxy.Stop())
	c.starter.Stop()
	return errors.Join(errs...)
}

func (c *Cluster) createClass() error {
	class := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "gateway.networking.k8s.io/v1",
		"kind":       "GatewayClass",
		"metadata":   map[string]any{"name": ClassName},
		"spec":       map[string]any{"controllerName": ControllerName},
	}}
	return c.Store.Write(func(tx *apiserver.Tx) error {
		_, err := tx.Create(class)
		return err
	})
}

func goTool(args ...string) (string, error) {
	command := exec.Command("go", args...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
