package apiserver

import (
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Resource is one kind that the server stores.
type Resource struct {
	Group      string
	Kind       string
	Plural     string
	Versions   []string // served; the first one is stored
	Namespaced bool
	Status     bool // status is a subresource: other writes leave it alone
	Generation bool // metadata.generation counts changes of the spec
	schemas    map[string]*versionSchema
}

// GroupVersionKind of the stored version.
func (r *Resource) GroupVersionKind() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: r.Group, Version: r.Versions[0], Kind: r.Kind}
}

func (r *Resource) groupResource() schema.GroupResource {
	return schema.GroupResource{Group: r.Group, Resource: r.Plural}
}

func (r *Resource) serves(version string) bool {
	for _, v := range r.Versions {
		if v == version {
			return true
		}
	}
	return false
}

// builtIn are the kinds of Kubernetes itself that the suite or the simulated cluster use.
func builtIn() []*Resource {
	v1 := []string{"v1"}
	return []*Resource{
		{Kind: "Namespace", Plural: "namespaces", Versions: v1, Status: true},
		{Kind: "Node", Plural: "nodes", Versions: v1, Status: true},
		{Kind: "Pod", Plural: "pods", Versions: v1, Namespaced: true, Status: true},
		{Kind: "Service", Plural: "services", Versions: v1, Namespaced: true, Status: true},
		{Kind: "ServiceAccount", Plural: "serviceaccounts", Versions: v1, Namespaced: true},
		{Kind: "Secret", Plural: "secrets", Versions: v1, Namespaced: true},
		{Kind: "ConfigMap", Plural: "configmaps", Versions: v1, Namespaced: true},
		{Group: "apps", Kind: "Deployment", Plural: "deployments", Versions: v1, Namespaced: true, Status: true, Generation: true},
		{Group: "discovery.k8s.io", Kind: "EndpointSlice", Plural: "endpointslices", Versions: v1, Namespaced: true, Generation: true},
		{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Plural: "customresourcedefinitions", Versions: v1, Status: true, Generation: true},
	}
}

// Registry finds resources by kind and by path.
type Registry struct {
	byKind   map[schema.GroupKind]*Resource
	byPlural map[schema.GroupResource]*Resource
}

func newRegistry(resources []*Resource) *Registry {
	r := &Registry{byKind: map[schema.GroupKind]*Resource{}, byPlural: map[schema.GroupResource]*Resource{}}
	for _, res := range resources {
		r.byKind[schema.GroupKind{Group: res.Group, Kind: res.Kind}] = res
		r.byPlural[res.groupResource()] = res
	}
	return r
}

// Resources lists all of them, in no order.
func (r *Registry) Resources() []*Resource {
	all := make([]*Resource, 0, len(r.byKind))
	for _, res := range r.byKind {
		all = append(all, res)
	}
	return all
}
