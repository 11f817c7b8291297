package controller

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"

	"gateway-core/conformance/apiserver"
)

// Infrastructure gives each Gateway of a class one Service, with the labels and annotations that its
// spec.infrastructure asks for: what an implementation in a cluster would expose the Gateway with.
func Infrastructure(class string) apiserver.Hook {
	return func(tx *apiserver.Tx) error {
		for _, key := range tx.Changed() {
			if key.GroupKind != (schema.GroupKind{Group: gatewayv1.GroupName, Kind: "Gateway"}) {
				continue
			}
			if err := writeService(tx, key, class); err != nil {
				return fmt.Errorf("service of %s: %w", key, err)
			}
		}
		return nil
	}
}

func writeService(tx *apiserver.Tx, key apiserver.Key, class string) error {
	name := key.Name + "-" + class
	existing := tx.Get(apiserver.Key{GroupKind: schema.GroupKind{Kind: "Service"}, Namespace: key.Namespace, Name: name})
	obj := tx.Get(key)
	if obj == nil {
		if existing == nil {
			return nil
		}
		return tx.Delete(apiserver.KeyOf(existing))
	}
	var gateway gatewayv1.Gateway
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(obj.Object, &gateway); err != nil {
		return err
	}
	if string(gateway.Spec.GatewayClassName) != class {
		return nil
	}
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(serviceFor(&gateway, name))
	if err != nil {
		return err
	}
	service := &unstructured.Unstructured{Object: content}
	if existing == nil {
		_, err = tx.Create(service)
	} else {
		_, err = tx.Update(service)
	}
	return err
}

func serviceFor(gateway *gatewayv1.Gateway, name string) *corev1.Service {
	controller := true
	service := &corev1.Service{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{
			Name:        name,
			Namespace:   gateway.Namespace,
			Labels:      map[string]string{},
			Annotations: map[string]string{},
			OwnerReferences: []metav1.OwnerReference{{
				APIVersion: gatewayv1.GroupVersion.String(), Kind: "Gateway", Name: gateway.Name, UID: gateway.UID, Controller: &controller,
			}},
		},
		Spec: corev1.ServiceSpec{Type: corev1.ServiceTypeLoadBalancer},
	}
	if infrastructure := gateway.Spec.Infrastructure; infrastructure != nil {
		for label, value := range infrastructure.Labels {
			service.Labels[string(label)] = string(value)
		}
		for annotation, value := range infrastructure.Annotations {
			service.Annotations[string(annotation)] = string(value)
		}
	}
	service.Labels[gatewayv1.GatewayNameLabelKey] = gateway.Name
	seen := map[string]bool{}
	for _, listener := range gateway.Spec.Listeners {
		protocol := corev1.ProtocolTCP
		if listener.Protocol == gatewayv1.UDPProtocolType {
			protocol = corev1.ProtocolUDP
		}
		port := corev1.ServicePort{
			Name:     fmt.Sprintf("%s-%d", protocolName(protocol), listener.Port),
			Protocol: protocol,
			Port:     int32(listener.Port),
		}
		if !seen[port.Name] {
			seen[port.Name] = true
			service.Spec.Ports = append(service.Spec.Ports, port)
		}
	}
	return service
}

func protocolName(protocol corev1.Protocol) string {
	if protocol == corev1.ProtocolUDP {
		return "udp"
	}
	return "tcp"
}
