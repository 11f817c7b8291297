package kubelet

import (
	"errors"
	"net"
	"strconv"
	"sync"
)

// Ports of the processes on the machine: below those that the system gives to outgoing connections.
const firstPort, lastPort = 20000, 31999

// portRange hands out ports that nobody listens on, none twice.
type portRange struct {
	mu   sync.Mutex
	next int
}

func (p *portRange) take() (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for ; p.next <= lastPort; p.next++ {
		text := strconv.Itoa(p.next)
		if free(text) {
			p.next++
			return text, nil
		}
	}
	return "", errors.New("no port left for processes")
}

// free tries both networks on all addresses, as the echo server binds them.
func free(port string) bool {
	listener, err := net.Listen("tcp", ":"+port)
	if err != nil {
		return false
	}
	defer listener.Close()
	packets, err := net.ListenPacket("udp", ":"+port)
	if err != nil {
		return false
	}
	return packets.Close() == nil
}
