package kubelet

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"gateway-core/conformance/apiserver"
)

func deploymentKind() schema.GroupKind { return schema.GroupKind{Group: "apps", Kind: "Deployment"} }
func podKind() schema.GroupKind        { return schema.GroupKind{Kind: "Pod"} }
func namespaceKind() schema.GroupKind  { return schema.GroupKind{Kind: "Namespace"} }
func serviceKind() schema.GroupKind    { return schema.GroupKind{Kind: "Service"} }
func sliceKind() schema.GroupKind {
	return schema.GroupKind{Group: "discovery.k8s.io", Kind: "EndpointSlice"}
}

// Namespaces deletes what is in a Namespace together with it.
func Namespaces(tx *apiserver.Tx, registry *apiserver.Registry) error {
	for _, key := range tx.Changed() {
		if key.GroupKind != namespaceKind() || tx.Get(key) != nil {
			continue
		}
		for _, resource := range registry.Resources() {
			if !resource.Namespaced {
				continue
			}
			for _, obj := range tx.List(resource.GroupVersionKind().GroupKind(), key.Name) {
				if err := tx.Delete(apiserver.KeyOf(obj)); err != nil {
					return fmt.Errorf("delete %s: %w", apiserver.KeyOf(obj), err)
				}
			}
		}
	}
	return nil
}

// Deployments gives each Deployment its Pods: there are no rollouts, the Pods of a changed one stay as they are.
func Deployments(tx *apiserver.Tx) error {
	for _, key := range tx.Changed() {
		if key.GroupKind != deploymentKind() {
			continue
		}
		owned := podsOf(tx, key)
		obj := tx.Get(key)
		want := 0
		var deployment appsv1.Deployment
		if obj != nil {
			if err := decode(obj, &deployment); err != nil {
				return err
			}
			want = int(*deployment.Spec.Replicas)
		}
		for _, pod := range owned[min(want, len(owned)):] {
			if err := tx.Delete(apiserver.KeyOf(pod)); err != nil {
				return fmt.Errorf("delete Pod: %w", err)
			}
		}
		hash := suffix(5)
		for range want - len(owned) {
			if err := createPod(tx, &deployment, hash); err != nil {
				return err
			}
		}
	}
	return nil
}

// podsOf finds them by the label that names their Deployment, which outlives it.
func podsOf(tx *apiserver.Tx, deployment apiserver.Key) []*unstructured.Unstructured {
	var owned []*unstructured.Unstructured
	for _, pod := range tx.List(podKind(), deployment.Namespace) {
		for _, owner := range pod.GetOwnerReferences() {
			if owner.Kind == deployment.Kind && owner.Name == deployment.Name {
				owned = append(owned, pod)
			}
		}
	}
	return owned
}

func createPod(tx *apiserver.Tx, d *appsv1.Deployment, hash string) error {
	controller := true
	pod := corev1.Pod{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: metav1.ObjectMeta{
			Name:        fmt.Sprintf("%s-%s-%s", d.Name, hash, suffix(3)[:5]),
			Namespace:   d.Namespace,
			Labels:      d.Spec.Template.Labels,
			Annotations: d.Spec.Template.Annotations,
			OwnerReferences: []metav1.OwnerReference{{
				APIVersion: "apps/v1", Kind: "Deployment", Name: d.Name, UID: d.UID, Controller: &controller,
			}},
		},
		Spec: *d.Spec.Template.Spec.DeepCopy(),
	}
	pod.Spec.NodeName = nodeName
	obj, err := encode(&pod)
	if err != nil {
		return err
	}
	_, err = tx.Create(obj)
	return err
}

// suffix is of 2n hexadecimal digits.
func suffix(n int) string {
	raw := make([]byte, n)
	// Never fails.
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

func decode(obj *unstructured.Unstructured, into any) error {
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(obj.Object, into); err != nil {
		return fmt.Errorf("%s: %w", apiserver.KeyOf(obj), err)
	}
	return nil
}

func encode(typed any) (*unstructured.Unstructured, error) {
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(typed)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return &unstructured.Unstructured{Object: content}, nil
}
