package apiserver

import (
	"encoding/base64"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// setDefaults fills in what the API server does for the built-in kinds, as far as the cluster here looks at it.
func setDefaults(obj *unstructured.Unstructured) {
	switch obj.GroupVersionKind().GroupKind().String() {
	case "Service":
		setDefault(obj.Object, "ClusterIP", "spec", "type")
		for _, port := range maps(obj.Object, "spec", "ports") {
			setDefault(port, "TCP", "protocol")
			setDefault(port, port["port"], "targetPort")
		}
	case "EndpointSlice.discovery.k8s.io":
		for _, port := range maps(obj.Object, "ports") {
			setDefault(port, "TCP", "protocol")
			setDefault(port, "", "name")
		}
	case "Deployment.apps":
		setDefault(obj.Object, int64(1), "spec", "replicas")
	case "Secret":
		setDefault(obj.Object, "Opaque", "type")
		plain, _, _ := unstructured.NestedStringMap(obj.Object, "stringData")
		for name, value := range plain {
			encoded := base64.StdEncoding.EncodeToString([]byte(value))
			_ = unstructured.SetNestedField(obj.Object, encoded, "data", name)
		}
		delete(obj.Object, "stringData")
	}
}

func setDefault(obj map[string]any, value any, path ...string) {
	if _, found, err := unstructured.NestedFieldNoCopy(obj, path...); !found && err == nil && value != nil {
		_ = unstructured.SetNestedField(obj, value, path...)
	}
}

// maps gives the objects of a list without copying them.
func maps(obj map[string]any, path ...string) []map[string]any {
	list, _, _ := unstructured.NestedFieldNoCopy(obj, path...)
	items, _ := list.([]any)
	var found []map[string]any
	for _, item := range items {
		if m, ok := item.(map[string]any); ok {
			found = append(found, m)
		}
	}
	return found
}
