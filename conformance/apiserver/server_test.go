package apiserver

import (
	"context"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"
)

// api is a server with the clients that the suite uses.
type api struct {
	client.Client
	*kubernetes.Clientset
	store *Store
}

func start(t *testing.T, logs LogSource) api {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api").Output()
	require.NoError(t, err)
	store, err := NewStore(filepath.Join(strings.TrimSpace(string(module)), "config", "crd", "experimental"))
	require.NoError(t, err)
	server := httptest.NewServer(&Server{Store: store, Logs: logs})
	t.Cleanup(server.Close)

	scheme := runtime.NewScheme()
	require.NoError(t, clientgoscheme.AddToScheme(scheme))
	require.NoError(t, gatewayv1.Install(scheme))
	require.NoError(t, gatewayv1beta1.Install(scheme))
	mapper := meta.NewDefaultRESTMapper(nil)
	for _, r := range store.Registry.Resources() {
		scope := meta.RESTScopeRoot
		if r.Namespaced {
			scope = meta.RESTScopeNamespace
		}
		for _, version := range r.Versions {
			gvk := r.GroupVersionKind().GroupKind().WithVersion(version)
			gvr := gvk.GroupVersion().WithResource(r.Plural)
			mapper.AddSpecific(gvk, gvr, gvr, scope)
		}
	}
	config := &rest.Config{Host: server.URL, ContentConfig: rest.ContentConfig{ContentType: "application/json"}}
	c, err := client.New(config, client.Options{Scheme: scheme, Mapper: mapper})
	require.NoError(t, err)
	clientset, err := kubernetes.NewForConfig(config)
	require.NoError(t, err)
	a := api{Client: c, Clientset: clientset, store: store}
	require.NoError(t, c.Create(t.Context(), &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "infra", Labels: map[string]string{"a": "b"}}}))
	return a
}

func gateway(name string) *gatewayv1.Gateway {
	return &gatewayv1.Gateway{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "infra"},
		Spec: gatewayv1.GatewaySpec{
			GatewayClassName: "class",
			Listeners:        []gatewayv1.Listener{{Name: "http", Port: 80, Protocol: gatewayv1.HTTPProtocolType}},
		},
	}
}

func TestNamespacesAreLabelledWithTheirName(t *testing.T) {
	a := start(t, nil)
	ns := &corev1.Namespace{}
	require.NoError(t, a.Get(t.Context(), types.NamespacedName{Name: "infra"}, ns))
	require.Equal(t, map[string]string{"a": "b", NamespaceLabel: "infra"}, ns.Labels)
}

func TestCreateDefaultsAndIdentifies(t *testing.T) {
	a := start(t, nil)
	gw := gateway("g")
	gw.Generation, gw.Status.AttachedListenerSets = 7, new(int32)
	require.NoError(t, a.Create(t.Context(), gw))
	require.EqualValues(t, 1, gw.Generation)
	require.NotEmpty(t, gw.UID)
	require.NotEmpty(t, gw.ResourceVersion)
	require.WithinDuration(t, time.Now(), gw.CreationTimestamp.Time, 2*time.Second)
	require.Zero(t, gw.CreationTimestamp.Nanosecond())
	require.Equal(t, gatewayv1.NamespacesFromSame, *gw.Spec.Listeners[0].AllowedRoutes.Namespaces.From, "default of the CRD")
	require.Nil(t, gw.Status.AttachedListenerSets, "a client cannot create a status")
	require.Len(t, gw.Status.Conditions, 2, "default of the CRD, of the status too")

	require.True(t, apierrors.IsAlreadyExists(a.Create(t.Context(), gateway("g"))))
	lost := gateway("g")
	lost.Namespace = "nowhere"
	require.True(t, apierrors.IsNotFound(a.Create(t.Context(), lost)))
	invalid := gateway("invalid")
	invalid.Spec.Listeners[0].Port = 70000
	require.True(t, apierrors.IsInvalid(a.Create(t.Context(), invalid)), "schema of the CRD")
	doubled := gateway("doubled")
	doubled.Spec.Listeners = append(doubled.Spec.Listeners, doubled.Spec.Listeners[0])
	doubled.Spec.Listeners[1].Name = "other"
	require.ErrorContains(t, a.Create(t.Context(), doubled), "Combination of port, protocol and hostname must be unique")
}

func TestGenerationFollowsTheSpecAlone(t *testing.T) {
	a := start(t, nil)
	gw := gateway("g")
	require.NoError(t, a.Create(t.Context(), gw))

	before := gw.DeepCopy()
	gw.Labels = map[string]string{"new": "label"}
	require.NoError(t, a.Patch(t.Context(), gw, client.MergeFrom(before)))
	require.EqualValues(t, 1, gw.Generation)
	require.NotEqual(t, before.ResourceVersion, gw.ResourceVersion)

	before = gw.DeepCopy()
	gw.Spec.Listeners = append(gw.Spec.Listeners, gatewayv1.Listener{Name: "more", Port: 81, Protocol: gatewayv1.HTTPProtocolType})
	gw.Status.Addresses = []gatewayv1.GatewayStatusAddress{{Value: "127.0.0.1"}}
	require.NoError(t, a.Patch(t.Context(), gw, client.MergeFrom(before)))
	require.EqualValues(t, 2, gw.Generation)
	require.Empty(t, gw.Status.Addresses, "the status has a path of its own")
	require.NotNil(t, gw.Spec.Listeners[1].AllowedRoutes, "patched objects are defaulted too")

	gw.Status.Addresses = []gatewayv1.GatewayStatusAddress{{Value: "127.0.0.1"}}
	gw.Spec.GatewayClassName = "other"
	require.NoError(t, a.Status().Update(t.Context(), gw))
	require.EqualValues(t, 2, gw.Generation)
	require.EqualValues(t, "class", gw.Spec.GatewayClassName)
	require.Equal(t, "127.0.0.1", gw.Status.Addresses[0].Value)

	version := gw.ResourceVersion
	require.NoError(t, a.Update(t.Context(), gw))
	require.Equal(t, version, gw.ResourceVersion, "nothing changed")
}

func TestJSONPatch(t *testing.T) {
	a := start(t, nil)
	gw := gateway("g")
	require.NoError(t, a.Create(t.Context(), gw))
	patch := client.RawPatch(types.JSONPatchType, []byte(`[{"op":"replace","path":"/spec/listeners/0/port","value":90}]`))
	require.NoError(t, a.Patch(t.Context(), gw, patch))
	require.EqualValues(t, 90, gw.Spec.Listeners[0].Port)
	require.EqualValues(t, 2, gw.Generation)
	require.Error(t, a.Patch(t.Context(), gw, client.RawPatch(types.StrategicMergePatchType, []byte(`{}`))))
}

func TestUpdateOfAStaleObjectConflicts(t *testing.T) {
	a := start(t, nil)
	gw := gateway("g")
	require.NoError(t, a.Create(t.Context(), gw))
	stale := gw.DeepCopy()
	gw.Labels = map[string]string{"new": "label"}
	require.NoError(t, a.Update(t.Context(), gw))
	require.True(t, apierrors.IsConflict(a.Update(t.Context(), stale)))
}

func TestListsSelect(t *testing.T) {
	a := start(t, nil)
	for name, labels := range map[string]map[string]string{"one": {"app": "x"}, "two": {"app": "y"}} {
		gw := gateway(name)
		gw.Labels = labels
		require.NoError(t, a.Create(t.Context(), gw))
	}
	list := &gatewayv1.GatewayList{}
	require.NoError(t, a.List(t.Context(), list, client.InNamespace("infra")))
	require.Len(t, list.Items, 2)
	require.NoError(t, a.List(t.Context(), list, client.MatchingLabels{"app": "y"}))
	require.Len(t, list.Items, 1)
	require.Equal(t, "two", list.Items[0].Name)
	require.NoError(t, a.List(t.Context(), list, client.MatchingFields{"metadata.name": "one"}))
	require.Len(t, list.Items, 1)
	require.NoError(t, a.List(t.Context(), list, client.InNamespace("elsewhere")))
	require.Empty(t, list.Items)
}

func TestVersionsShareTheirObjects(t *testing.T) {
	a := start(t, nil)
	require.NoError(t, a.Create(t.Context(), gateway("g")))
	old := &gatewayv1beta1.Gateway{}
	require.NoError(t, a.Get(t.Context(), types.NamespacedName{Namespace: "infra", Name: "g"}, old))
	old.Spec.Listeners[0].Port = 8080
	require.NoError(t, a.Update(t.Context(), old))
	now := &gatewayv1.Gateway{}
	require.NoError(t, a.Get(t.Context(), types.NamespacedName{Namespace: "infra", Name: "g"}, now))
	require.EqualValues(t, 8080, now.Spec.Listeners[0].Port)
}

func TestFinalizersHoldDeletedObjects(t *testing.T) {
	a := start(t, nil)
	gw := gateway("g")
	gw.Finalizers = []string{"example.com/wait"}
	require.NoError(t, a.Create(t.Context(), gw))
	require.NoError(t, a.Delete(t.Context(), gw))
	key := types.NamespacedName{Namespace: "infra", Name: "g"}
	require.NoError(t, a.Get(t.Context(), key, gw))
	require.NotNil(t, gw.DeletionTimestamp)
	gw.Finalizers = nil
	require.NoError(t, a.Update(t.Context(), gw))
	require.True(t, apierrors.IsNotFound(a.Get(t.Context(), key, gw)))
	require.True(t, apierrors.IsNotFound(a.Delete(t.Context(), gw)))
}

func TestHooksRunInsideTheWrite(t *testing.T) {
	a := start(t, nil)
	a.store.AddHook(func(tx *Tx) error {
		for _, key := range tx.Changed() {
			if obj := tx.Get(key); obj != nil && key.Kind == "Gateway" {
				obj.Object["status"] = map[string]any{"conditions": []any{map[string]any{
					"type": "Accepted", "status": "True", "reason": "Accepted", "message": "",
					"lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": obj.GetGeneration(),
				}}}
				if _, err := tx.UpdateStatus(obj); err != nil {
					return err
				}
			}
		}
		return nil
	})
	gw := gateway("g")
	require.NoError(t, a.Create(t.Context(), gw))
	require.EqualValues(t, 1, gw.Status.Conditions[0].ObservedGeneration, "the answer to the write has the status")
}

func TestPodLogsSince(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	a := start(t, func(namespace, pod, container string) ([]LogLine, bool) {
		return []LogLine{{at, "first"}, {at.Add(time.Second), "second"}}, namespace+pod+container == "infrapc"
	})
	read := func(pod string, since time.Time) (string, error) {
		text, err := a.CoreV1().Pods("infra").GetLogs(pod, &corev1.PodLogOptions{
			Container: "c", SinceTime: &metav1.Time{Time: since},
		}).DoRaw(context.Background())
		return string(text), err
	}
	text, err := read("p", at)
	require.NoError(t, err)
	require.Equal(t, "first\nsecond\n", text)
	text, err = read("p", at.Add(time.Second))
	require.NoError(t, err)
	require.Equal(t, "second\n", text)
	_, err = read("other", at)
	require.True(t, apierrors.IsNotFound(err))
}

func TestSecretsAndServicesAreDefaulted(t *testing.T) {
	a := start(t, nil)
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "s", Namespace: "infra"}, StringData: map[string]string{"k": "v"}}
	require.NoError(t, a.Create(t.Context(), secret))
	require.Equal(t, []byte("v"), secret.Data["k"])
	require.Equal(t, corev1.SecretTypeOpaque, secret.Type)
	service := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: "s", Namespace: "infra"},
		Spec:       corev1.ServiceSpec{Ports: []corev1.ServicePort{{Port: 80}}},
	}
	require.NoError(t, a.Create(t.Context(), service))
	require.Equal(t, corev1.ProtocolTCP, service.Spec.Ports[0].Protocol)
	require.Zero(t, service.Generation)
}
