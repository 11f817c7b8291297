package apiserver

import (
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// target is what the path of a request names.
type target struct {
	resource    *Resource
	version     string
	namespace   string
	name        string
	subresource string
}

func (t target) key() Key {
	return Key{
		GroupKind: schema.GroupKind{Group: t.resource.Group, Kind: t.resource.Kind},
		Namespace: t.namespace,
		Name:      t.name,
	}
}

func (t target) apiVersion() string {
	return schema.GroupVersion{Group: t.resource.Group, Version: t.version}.String()
}

// parsePath reads /api/v1/... and /apis/GROUP/VERSION/...; false if the server has no such resource.
func parsePath(r *Registry, path string) (target, bool) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	var t target
	var group string
	switch {
	case len(parts) >= 3 && parts[0] == "api":
		t.version, parts = parts[1], parts[2:]
	case len(parts) >= 4 && parts[0] == "apis":
		group, t.version, parts = parts[1], parts[2], parts[3:]
	default:
		return t, false
	}
	// /namespaces/NS/status is of the Namespace, /namespaces/NS/pods lists Pods.
	if parts[0] == "namespaces" && len(parts) >= 3 && parts[2] != "status" {
		t.namespace, parts = parts[1], parts[2:]
	}
	t.resource = r.byPlural[schema.GroupResource{Group: group, Resource: parts[0]}]
	if t.resource == nil || !t.resource.serves(t.version) || len(parts) > 3 {
		return t, false
	}
	if len(parts) > 1 {
		t.name = parts[1]
	}
	if len(parts) > 2 {
		t.subresource = parts[2]
	}
	// A namespaced object is only found below its namespace, the others never are.
	if t.name != "" && t.resource.Namespaced != (t.namespace != "") {
		return t, false
	}
	return t, true
}
