package kubelet

import (
	"fmt"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"

	"gateway-core/conformance/apiserver"
)

// managedBy marks the slices that are ours to change.
const managedBy = "endpointslice-controller.k8s.io"

// Endpoints keeps one EndpointSlice for each Service that has a selector.
func Endpoints(tx *apiserver.Tx) error {
	namespaces := map[string]bool{}
	for _, key := range tx.Changed() {
		if key.GroupKind == serviceKind() || key.GroupKind == podKind() {
			namespaces[key.Namespace] = true
		}
		if key.GroupKind == serviceKind() && tx.Get(key) == nil {
			if slice := sliceOf(key); tx.Get(slice) != nil {
				if err := tx.Delete(slice); err != nil {
					return fmt.Errorf("delete EndpointSlice: %w", err)
				}
			}
		}
	}
	for namespace := range namespaces {
		for _, obj := range tx.List(serviceKind(), namespace) {
			var service corev1.Service
			if err := decode(obj, &service); err != nil {
				return err
			}
			if len(service.Spec.Selector) == 0 {
				continue
			}
			if err := writeSlice(tx, &service); err != nil {
				return err
			}
		}
	}
	return nil
}

func sliceOf(service apiserver.Key) apiserver.Key {
	return apiserver.Key{GroupKind: sliceKind(), Namespace: service.Namespace, Name: service.Name + "-pods"}
}

func writeSlice(tx *apiserver.Tx, service *corev1.Service) error {
	slice := discoveryv1.EndpointSlice{
		TypeMeta: metav1.TypeMeta{APIVersion: "discovery.k8s.io/v1", Kind: "EndpointSlice"},
		ObjectMeta: metav1.ObjectMeta{
			Name:      service.Name + "-pods",
			Namespace: service.Namespace,
			Labels:    map[string]string{discoveryv1.LabelServiceName: service.Name, discoveryv1.LabelManagedBy: managedBy},
			OwnerReferences: []metav1.OwnerReference{{
				APIVersion: "v1", Kind: "Service", Name: service.Name, UID: service.UID,
			}},
		},
		AddressType: discoveryv1.AddressTypeIPv4,
		Endpoints:   []discoveryv1.Endpoint{},
	}
	var selected []*corev1.Pod
	for _, obj := range tx.List(podKind(), service.Namespace) {
		if labels.SelectorFromSet(service.Spec.Selector).Matches(labels.Set(obj.GetLabels())) {
			pod := &corev1.Pod{}
			if err := decode(obj, pod); err != nil {
				return err
			}
			if pod.Status.PodIP != "" {
				selected = append(selected, pod)
			}
		}
	}
	for _, port := range service.Spec.Ports {
		number := targetPort(port.TargetPort, selected)
		slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{
			Name: &port.Name, Protocol: &port.Protocol, Port: &number, AppProtocol: port.AppProtocol,
		})
	}
	for _, pod := range selected {
		ready, terminating := isReady(pod), false
		slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{
			Addresses:  []string{pod.Status.PodIP},
			Conditions: discoveryv1.EndpointConditions{Ready: &ready, Serving: &ready, Terminating: &terminating},
			NodeName:   &pod.Spec.NodeName,
			TargetRef:  &corev1.ObjectReference{Kind: "Pod", Namespace: pod.Namespace, Name: pod.Name, UID: pod.UID},
		})
	}
	obj, err := encode(&slice)
	if err != nil {
		return err
	}
	if tx.Get(apiserver.KeyOf(obj)) == nil {
		_, err = tx.Create(obj)
	} else {
		_, err = tx.Update(obj)
	}
	return err
}

// targetPort is a number, or the name of a container's port; the Pods of the suite agree on it.
func targetPort(port intstr.IntOrString, pods []*corev1.Pod) int32 {
	if port.Type == intstr.Int {
		return port.IntVal
	}
	for _, pod := range pods {
		for _, container := range pod.Spec.Containers {
			for _, p := range container.Ports {
				if p.Name == port.StrVal {
					return p.ContainerPort
				}
			}
		}
	}
	number, err := strconv.ParseInt(port.StrVal, 10, 32)
	if err != nil {
		return 0
	}
	return int32(number)
}

func isReady(pod *corev1.Pod) bool {
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodReady {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}
