// Package controller brings the cluster's objects to the proxy and the proxy's statuses to the cluster.
package controller

import (
	"fmt"
	"log/slog"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"gateway-core/conformance/apiserver"
)

// Controller sends every change to the proxy.
type Controller struct {
	admin *Admin
}

// New is a controller for the proxy behind admin. Its Hook is to be the last one.
func New(admin *Admin) *Controller {
	return &Controller{admin: admin}
}

// Hook sends what changed as one batch and writes the statuses that come back, in the same write: no reader sees an
// object at a generation without the status for it.
func (c *Controller) Hook(tx *apiserver.Tx) error {
	batch := Batch{Upsert: []*unstructured.Unstructured{}, Remove: []Reference{}}
	for _, key := range tx.Changed() {
		if !watched(key.GroupKind) {
			continue
		}
		if obj := tx.Get(key); obj != nil {
			batch.Upsert = append(batch.Upsert, obj)
		} else if tx.Before(key) != nil {
			batch.Remove = append(batch.Remove, Reference{Kind: key.Kind, Namespace: key.Namespace, Name: key.Name})
		}
	}
	if len(batch.Upsert)+len(batch.Remove) == 0 {
		return nil
	}
	answer, err := c.admin.Apply(batch)
	if err != nil {
		return err
	}
	for _, problem := range answer.Problems {
		slog.Warn("proxy reports a problem", "problem", string(problem))
	}
	for _, status := range answer.Statuses {
		if err := writeStatus(tx, status); err != nil {
			return err
		}
	}
	return nil
}

// watched are the kinds that the proxy takes.
func watched(kind schema.GroupKind) bool {
	switch kind.Group {
	case "gateway.networking.k8s.io", "gateway.networking.x-k8s.io":
		return true
	case "discovery.k8s.io":
		return kind.Kind == "EndpointSlice"
	case "":
		return kind.Kind == "Namespace" || kind.Kind == "Service" || kind.Kind == "Secret" || kind.Kind == "ConfigMap"
	}
	return false
}

func writeStatus(tx *apiserver.Tx, status Status) error {
	gv, err := schema.ParseGroupVersion(status.APIVersion)
	if err != nil {
		return fmt.Errorf("status from the proxy: %w", err)
	}
	key := apiserver.Key{
		GroupKind: schema.GroupKind{Group: gv.Group, Kind: status.Kind},
		Namespace: status.Metadata.Namespace,
		Name:      status.Metadata.Name,
	}
	obj := tx.Get(key)
	if obj == nil {
		return fmt.Errorf("the proxy gives a status to %s, which does not exist", key)
	}
	if obj.GetGeneration() != status.Metadata.Generation {
		return fmt.Errorf("the proxy gives %s a status for generation %d, it is at %d", key, status.Metadata.Generation, obj.GetGeneration())
	}
	obj.Object["status"] = status.Status
	if _, err := tx.UpdateStatus(obj); err != nil {
		return fmt.Errorf("status of %s: %w", key, err)
	}
	return nil
}
