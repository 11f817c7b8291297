package cluster

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"gateway-core/conformance/process"
)

// readyTimeout is how long the proxy may take until its admin API listens.
const readyTimeout = 30 * time.Second

// Proxy is the running gateway-proxy.
type Proxy struct {
	Admin   string // address of its admin API
	command *exec.Cmd
	done    chan error
}

// StartProxy runs the binary with args and waits for its admin API. Its log goes to log.
func StartProxy(starter *process.Starter, binary string, log io.Writer, args ...string) (*Proxy, error) {
	p := &Proxy{command: exec.Command(binary, append([]string{"--admin", "127.0.0.1:0"}, args...)...), done: make(chan error, 1)}
	p.command.Stderr = log
	stdout, err := p.command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	if err := starter.Start(p.command); err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if address, ok := strings.CutPrefix(lines.Text(), "admin listening on "); ok {
				ready <- strings.TrimSpace(address)
			}
			fmt.Fprintln(log, lines.Text())
		}
		p.done <- p.command.Wait()
	}()
	select {
	case p.Admin = <-ready:
		return p, nil
	case err := <-p.done:
		return nil, fmt.Errorf("proxy ended before it was ready: %w", err)
	case <-time.After(readyTimeout):
		return nil, errors.Join(errors.New("proxy is not ready"), p.command.Process.Kill())
	}
}

// Stop asks the proxy to end, and ends it if it does not.
func (p *Proxy) Stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop proxy: %w", err)
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(10 * time.Second):
		return fmt.Errorf("proxy did not end by itself: %w", p.command.Process.Kill())
	}
}
