package cluster

import (
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Mapper knows what the API serves, so that clients need not ask for it.
func (c *Cluster) Mapper() meta.RESTMapper {
	mapper := meta.NewDefaultRESTMapper(nil)
	for _, resource := range c.Store.Registry.Resources() {
		scope := meta.RESTScopeRoot
		if resource.Namespaced {
			scope = meta.RESTScopeNamespace
		}
		for _, version := range resource.Versions {
			gv := schema.GroupVersion{Group: resource.Group, Version: version}
			mapper.AddSpecific(gv.WithKind(resource.Kind), gv.WithResource(resource.Plural), gv.WithResource(resource.Plural), scope)
		}
	}
	return mapper
}
