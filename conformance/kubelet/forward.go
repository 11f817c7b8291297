package kubelet

import (
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"
)

// A forwarder makes a port of a process appear as a port of the Pod's own address.
type forwarder struct {
	close func() error
	done  sync.WaitGroup
}

func forward(network, from, to string) (*forwarder, error) {
	if network == "udp" {
		return forwardUDP(from, to)
	}
	return forwardTCP(from, to)
}

func (f *forwarder) stop() error {
	err := f.close()
	f.done.Wait()
	return err
}

func forwardTCP(from, to string) (*forwarder, error) {
	listener, err := net.Listen("tcp", from)
	if err != nil {
		return nil, err
	}
	f := &forwarder{close: listener.Close}
	f.done.Go(func() {
		for {
			conn, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err == nil {
				go pipe(conn.(*net.TCPConn), to)
			}
		}
	})
	return f, nil
}

// pipe joins a connection with one to the process. A half-closed or reset side looks the same on the other.
func pipe(client *net.TCPConn, to string) {
	defer client.Close()
	dialed, err := net.DialTimeout("tcp", to, 5*time.Second)
	if err != nil {
		reset(client)
		return
	}
	server := dialed.(*net.TCPConn)
	defer server.Close()
	var both sync.WaitGroup
	both.Go(func() { copyHalf(server, client) })
	both.Go(func() { copyHalf(client, server) })
	both.Wait()
}

func copyHalf(to, from *net.TCPConn) {
	if _, err := io.Copy(to, from); err != nil {
		if errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
			reset(to)
			reset(from)
			return
		}
	}
	// An error here means that the other half is gone already.
	_ = to.CloseWrite()
}

// reset closes with RST in place of FIN.
func reset(conn *net.TCPConn) {
	_ = conn.SetLinger(0)
	_ = conn.Close()
}

// idleUDP is how long a client's port is remembered without a datagram.
const idleUDP = 30 * time.Second

func forwardUDP(from, to string) (*forwarder, error) {
	outside, err := net.ListenPacket("udp", from)
	if err != nil {
		return nil, err
	}
	f := &forwarder{close: outside.Close}
	f.done.Go(func() {
		sessions := map[string]net.Conn{}
		var mu sync.Mutex
		buffer := make([]byte, 64<<10)
		for {
			n, client, err := outside.ReadFrom(buffer)
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				continue
			}
			mu.Lock()
			session := sessions[client.String()]
			if session == nil {
				if session, err = net.Dial("udp", to); err == nil {
					sessions[client.String()] = session
					go answers(outside, session, client, func() {
						mu.Lock()
						defer mu.Unlock()
						delete(sessions, client.String())
					})
				}
			}
			mu.Unlock()
			if session != nil {
				// Lost like any datagram that nobody takes.
				_, _ = session.Write(buffer[:n])
			}
		}
	})
	return f, nil
}

// answers carries what the process sends back to one client, until it is idle.
func answers(outside net.PacketConn, session net.Conn, client net.Addr, forget func()) {
	defer session.Close()
	defer forget()
	buffer := make([]byte, 64<<10)
	for {
		if err := session.SetReadDeadline(time.Now().Add(idleUDP)); err != nil {
			return
		}
		n, err := session.Read(buffer)
		if err != nil {
			return
		}
		if _, err := outside.WriteTo(buffer[:n], client); err != nil {
			return
		}
	}
}
