package kubelet

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// socket is a port that a container serves, and the variable that moves it.
type socket struct {
	network  string // tcp or udp
	variable string
	port     string // without the variable
}

// program is what a container's image stands for here.
type program int

const (
	unknownImage program = iota
	echoBasic            // the suite's own backend, built from its module
	coreDNS              // answered by this package
)

func programOf(image string) program {
	name := image[strings.LastIndex(image, "/")+1:]
	name, _, _ = strings.Cut(name, ":")
	switch name {
	case "echo-basic":
		return echoBasic
	case "coredns":
		return coreDNS
	}
	return unknownImage
}

// echoSockets are the ports that echo-basic opens, by the variables that choose its mode.
func echoSockets(env map[string]string) []socket {
	set := func(name string) bool { return env[name] != "" }
	switch {
	case set("GRPC_ECHO_SERVER"):
		sockets := []socket{{"tcp", "HTTP_PORT", "3000"}}
		if set("TLS_SERVER_CERT") && set("TLS_SERVER_PRIV_KEY") {
			sockets = append(sockets, socket{"tcp", "HTTPS_PORT", "8443"})
		}
		return sockets
	case set("TCP_ECHO_SERVER"):
		sockets := []socket{{"tcp", "TCP_PORT", "3000"}}
		if set("TLS_SERVER_CERT") && set("TLS_SERVER_PRIV_KEY") {
			sockets = append(sockets, socket{"tcp", "TLS_PORT", "8443"})
		}
		return sockets
	case set("UDP_ECHO_SERVER"):
		return []socket{{"udp", "UDP_PORT", "8080"}}
	}
	sockets := []socket{{"tcp", "HTTP_PORT", "3000"}, {"tcp", "H2C_PORT", "3001"}}
	if set("TLS_SERVER_CERT") && set("TLS_SERVER_PRIVKEY") {
		sockets = append(sockets, socket{"tcp", "HTTPS_PORT", "8443"})
	}
	return sockets
}

// environment resolves the variables of a container, as the kubelet does for values and the downward API.
func environment(pod *corev1.Pod, container *corev1.Container) map[string]string {
	env := map[string]string{}
	for _, v := range container.Env {
		value := v.Value
		if v.ValueFrom != nil && v.ValueFrom.FieldRef != nil {
			switch v.ValueFrom.FieldRef.FieldPath {
			case "metadata.name":
				value = pod.Name
			case "metadata.namespace":
				value = pod.Namespace
			case "status.podIP":
				value = pod.Status.PodIP
			}
		}
		env[v.Name] = value
	}
	return env
}
