package cluster

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"gateway-core/conformance/apiserver"
	"gateway-core/conformance/controller"
	"gateway-core/conformance/kubelet"
	"gateway-core/conformance/process"
)

// fakeAdmin accepts every Gateway and remembers what it was sent.
type fakeAdmin struct {
	mu      sync.Mutex
	batches []controller.Batch
}

func (f *fakeAdmin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var batch controller.Batch
	if err := json.NewDecoder(r.Body).Decode(&batch); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f.batches = append(f.batches, batch)
	statuses := []any{}
	for _, obj := range batch.Upsert {
		if obj.GetKind() != "Gateway" {
			continue
		}
		statuses = append(statuses, map[string]any{
			"apiVersion": obj.GetAPIVersion(), "kind": obj.GetKind(),
			"metadata": map[string]any{"namespace": obj.GetNamespace(), "name": obj.GetName(), "generation": obj.GetGeneration()},
			"status":   map[string]any{"addresses": []any{map[string]any{"type": "IPAddress", "value": "127.64.0.1"}}},
		})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"statuses": statuses, "removed": []any{}, "problems": []any{}})
}

func (f *fakeAdmin) last(t *testing.T) controller.Batch {
	f.mu.Lock()
	defer f.mu.Unlock()
	require.NotEmpty(t, f.batches)
	return f.batches[len(f.batches)-1]
}

type fixture struct {
	store   *apiserver.Store
	kubelet *kubelet.Kubelet
	admin   *fakeAdmin
}

func start(t *testing.T) *fixture {
	dir := t.TempDir()
	echo := filepath.Join(dir, "echo-basic")
	_, err := goTool("build", "-o", echo, "sigs.k8s.io/gateway-api/conformance/echo-basic")
	require.NoError(t, err)
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api").Output()
	require.NoError(t, err)
	store, err := apiserver.NewStore(filepath.Join(strings.TrimSpace(string(module)), "config", "crd", "experimental"))
	require.NoError(t, err)
	starter := process.NewStarter()
	t.Cleanup(starter.Stop)
	f := &fixture{store: store, kubelet: kubelet.New(store, starter, echo, dir), admin: &fakeAdmin{}}
	server := httptest.NewServer(f.admin)
	t.Cleanup(server.Close)
	t.Cleanup(func() { require.NoError(t, f.kubelet.Stop()) })
	addHooks(store, f.kubelet, strings.TrimPrefix(server.URL, "http://"))
	return f
}

func (f *fixture) apply(t *testing.T, manifests string) {
	for _, doc := range strings.Split(manifests, "\n---\n") {
		obj := &unstructured.Unstructured{}
		raw, err := yaml.YAMLToJSON([]byte(doc))
		require.NoError(t, err)
		require.NoError(t, obj.UnmarshalJSON(raw))
		require.NoError(t, f.store.Write(func(tx *apiserver.Tx) error {
			_, err := tx.Create(obj)
			return err
		}))
	}
}

func (f *fixture) delete(t *testing.T, kind, name string) {
	group := map[string]string{"Deployment": "apps", "Gateway": "gateway.networking.k8s.io"}[kind]
	key := apiserver.Key{GroupKind: schema.GroupKind{Group: group, Kind: kind}, Namespace: "infra", Name: name}
	if kind == "Namespace" {
		key.Namespace = ""
	}
	require.NoError(t, f.store.Write(func(tx *apiserver.Tx) error { return tx.Delete(key) }))
}

func (f *fixture) pods() []*unstructured.Unstructured {
	pods, _ := f.store.List(schema.GroupKind{Kind: "Pod"}, "infra", nil)
	return pods
}

// ready waits for the ready addresses in the EndpointSlice of a Service.
func (f *fixture) ready(t *testing.T, service string, count int) []string {
	key := apiserver.Key{GroupKind: schema.GroupKind{Group: "discovery.k8s.io", Kind: "EndpointSlice"}, Namespace: "infra", Name: service + "-pods"}
	var addresses []string
	require.Eventually(t, func() bool {
		addresses = nil
		if slice := f.store.Get(key); slice != nil {
			endpoints, _, _ := unstructured.NestedSlice(slice.Object, "endpoints")
			for _, endpoint := range endpoints {
				list, _, _ := unstructured.NestedStringSlice(endpoint.(map[string]any), "addresses")
				addresses = append(addresses, list...)
			}
		}
		return len(addresses) == count
	}, 30*time.Second, 20*time.Millisecond)
	return addresses
}

const namespace = `
apiVersion: v1
kind: Namespace
metadata: {name: infra}`

func backend(name, replicas, targetPort, protocol, env string) string {
	return `
apiVersion: v1
kind: Service
metadata: {name: ` + name + `, namespace: infra}
spec:
  selector: {app: ` + name + `}
  ports: [{port: 8080, targetPort: ` + targetPort + `, protocol: ` + protocol + `}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ` + name + `, namespace: infra}
spec:
  replicas: ` + replicas + `
  selector: {matchLabels: {app: ` + name + `}}
  template:
    metadata: {labels: {app: ` + name + `}}
    spec:
      volumes: [{name: secret, secret: {secretName: certificate, items: [{key: tls.crt, path: crt}]}}]
      containers:
      - name: ` + name + `
        image: registry.k8s.io/gateway-api/echo-basic:v1.5.1
        volumeMounts: [{name: secret, mountPath: /etc/secret}]
        env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, ` + env + `]`
}

const secret = `
apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: infra}
stringData: {tls.crt: none}`

func TestPodsServeOnTheirOwnAddresses(t *testing.T) {
	f := start(t)
	f.apply(t, namespace+"\n---"+backend("web", "2", "3000", "TCP", "{name: NAMESPACE, value: infra}"))
	require.Len(t, f.pods(), 2)
	require.Empty(t, f.ready(t, "web", 0), "the Pods wait for their Secret")
	f.apply(t, secret)
	addresses := f.ready(t, "web", 2)
	require.NotEqual(t, addresses[0], addresses[1])

	response, err := http.Get("http://" + addresses[0] + ":3000/some/path")
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	var echo struct{ Pod, Path, Namespace string }
	require.NoError(t, json.Unmarshal(body, &echo))
	require.Equal(t, "/some/path", echo.Path)
	require.Equal(t, "infra", echo.Namespace)
	require.Regexp(t, `^web-[0-9a-f]+-[0-9a-f]{5}$`, echo.Pod)

	lines, found := f.kubelet.Logs("infra", echo.Pod, "web")
	require.True(t, found)
	require.Contains(t, lines[len(lines)-1].Text, "Echoing back request made to /some/path to client")

	// A connection that the process resets is reset for the client.
	fresh := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	_, err = fresh.Get("http://" + addresses[0] + ":3000/retry/?uuid=1&succeedAfter=1")
	require.ErrorContains(t, err, "reset")

	f.delete(t, "Deployment", "web")
	require.Empty(t, f.pods())
	require.Empty(t, f.ready(t, "web", 0))
	_, err = net.DialTimeout("tcp", addresses[0]+":3000", time.Second)
	require.Error(t, err)
}

func TestDatagramsReachPods(t *testing.T) {
	f := start(t)
	f.apply(t, namespace+"\n---"+secret+"\n---"+backend("udp", "1", "8080", "UDP", `{name: UDP_ECHO_SERVER, value: "1"}`))
	conn, err := net.Dial("udp", f.ready(t, "udp", 1)[0]+":8080")
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte("hello"))
	require.NoError(t, err)
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(10*time.Second)))
	buffer := make([]byte, 1024)
	n, err := conn.Read(buffer)
	require.NoError(t, err)
	require.Contains(t, string(buffer[:n]), `"request":"hello"`)
}

func TestDNSAnswersItsZone(t *testing.T) {
	f := start(t)
	manifests := strings.ReplaceAll(backend("dns", "1", "53", "UDP", `{name: A, value: b}`), "gateway-api/echo-basic:v1.5.1", "coredns/coredns:v1.12.2")
	f.apply(t, namespace+"\n---"+secret+"\n---"+manifests)
	server := f.ready(t, "dns", 1)[0] + ":53"
	answer, err := dns.Exchange(new(dns.Msg).SetQuestion("foo.bar.com.", dns.TypeA), server)
	require.NoError(t, err)
	require.Equal(t, dns.RcodeSuccess, answer.Rcode)
	require.Len(t, answer.Extra, 2)
	answer, err = dns.Exchange(new(dns.Msg).SetQuestion("example.com.", dns.TypeA), server)
	require.NoError(t, err)
	require.Equal(t, dns.RcodeRefused, answer.Rcode)
}

func TestGatewaysGetStatusAndService(t *testing.T) {
	f := start(t)
	f.apply(t, namespace+`
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g, namespace: infra}
spec:
  gatewayClassName: `+ClassName+`
  infrastructure: {labels: {team: x}, annotations: {note: z}}
  listeners: [{name: http, port: 80, protocol: HTTP}, {name: more, port: 80, protocol: HTTP, hostname: a.example.com}]`)
	key := apiserver.Key{GroupKind: schema.GroupKind{Group: "gateway.networking.k8s.io", Kind: "Gateway"}, Namespace: "infra", Name: "g"}
	status, _, _ := unstructured.NestedMap(f.store.Get(key).Object, "status")
	require.Contains(t, status, "addresses")

	service := f.store.Get(apiserver.Key{GroupKind: schema.GroupKind{Kind: "Service"}, Namespace: "infra", Name: "g-" + ClassName})
	require.Equal(t, map[string]string{"team": "x", "gateway.networking.k8s.io/gateway-name": "g"}, service.GetLabels())
	require.Equal(t, map[string]string{"note": "z"}, service.GetAnnotations())
	kinds := []string{}
	for _, obj := range f.admin.last(t).Upsert {
		kinds = append(kinds, obj.GetKind())
	}
	require.Equal(t, []string{"Gateway", "Service"}, kinds, "one batch")

	f.delete(t, "Namespace", "infra")
	removed := f.admin.last(t).Remove
	require.Contains(t, removed, controller.Reference{Kind: "Gateway", Namespace: "infra", Name: "g"})
	require.Contains(t, removed, controller.Reference{Kind: "Namespace", Name: "infra"})
	require.Nil(t, f.store.Get(key))
}
