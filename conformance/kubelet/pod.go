package kubelet

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"

	"gateway-core/conformance/apiserver"
)

// startTimeout is how long a process may take until it answers on all its ports.
const startTimeout = 30 * time.Second

// runningPod is what a Pod has on this machine.
type runningPod struct {
	ip      string
	dir     string
	deleted chan struct{}

	mu         sync.Mutex
	isDeleted  bool
	processes  []*exec.Cmd
	forwarders []*forwarder
	logs       map[string]*containerLog
}

// run starts the containers and returns when all of them answer.
func (k *Kubelet) run(p *runningPod, pod *corev1.Pod, volumes map[string]map[string][]byte) error {
	for i := range pod.Spec.Containers {
		container := &pod.Spec.Containers[i]
		log := &containerLog{}
		p.mu.Lock()
		p.logs[container.Name] = log
		p.mu.Unlock()
		var err error
		switch programOf(container.Image) {
		case echoBasic:
			err = k.runEcho(p, pod, container, volumes, log)
		case coreDNS:
			var f *forwarder
			if f, err = serveDNS(net.JoinHostPort(p.ip, "53"), log.add); err == nil {
				err = p.keep(nil, f)
			}
		default:
			err = fmt.Errorf("no program for image %s", container.Image)
		}
		if err != nil {
			return fmt.Errorf("container %s: %w", container.Name, err)
		}
	}
	return nil
}

func (k *Kubelet) runEcho(p *runningPod, pod *corev1.Pod, container *corev1.Container, volumes map[string]map[string][]byte, log *containerLog) error {
	mounts, err := mount(p.dir, container, volumes)
	if err != nil {
		return err
	}
	env := environment(pod, container)
	sockets := echoSockets(env)
	variables := map[string]string{}
	for name, value := range env {
		variables[name] = onHost(value, mounts)
	}
	type link struct{ network, from, to string }
	var links []link
	for _, s := range sockets {
		port, err := k.ports.take()
		if err != nil {
			return err
		}
		inside := s.port
		if env[s.variable] != "" {
			inside = env[s.variable]
		}
		variables[s.variable] = port
		links = append(links, link{s.network, net.JoinHostPort(p.ip, inside), net.JoinHostPort("127.0.0.1", port)})
	}
	command := exec.Command(k.echo)
	command.Env = []string{}
	for name, value := range variables {
		command.Env = append(command.Env, name+"="+value)
	}
	command.Stdout, command.Stderr = log, log
	command.WaitDelay = time.Second
	if err := k.starter.Start(command); err != nil {
		return fmt.Errorf("start %s: %w", k.echo, err)
	}
	if err := p.keep(command, nil); err != nil {
		return err
	}
	for _, l := range links {
		if err := p.answers(l.network, l.to, log); err != nil {
			return err
		}
		f, err := forward(l.network, l.from, l.to)
		if err != nil {
			return fmt.Errorf("port of the Pod: %w", err)
		}
		if err := p.keep(nil, f); err != nil {
			return err
		}
	}
	return nil
}

// answers waits until a port takes connections; a UDP server says in its log that it listens.
func (p *runningPod) answers(network, address string, log *containerLog) error {
	deadline := time.Now().Add(startTimeout)
	for time.Now().Before(deadline) {
		if network == "udp" && len(log.all()) > 0 {
			return nil
		}
		if network == "tcp" {
			if conn, err := net.Dial(network, address); err == nil {
				return conn.Close()
			}
		}
		select {
		case <-p.deleted:
			return errors.New("deleted while it started")
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s does not answer", address)
}

// keep remembers what is to be ended with the Pod; what comes too late is ended at once.
func (p *runningPod) keep(command *exec.Cmd, f *forwarder) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if command != nil {
		p.processes = append(p.processes, command)
	}
	if f != nil {
		p.forwarders = append(p.forwarders, f)
	}
	if p.isDeleted {
		p.end()
		return errors.New("deleted while it started")
	}
	return nil
}

func (p *runningPod) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.isDeleted {
		p.isDeleted = true
		close(p.deleted)
	}
	p.end()
}

func (p *runningPod) end() {
	for _, f := range p.forwarders {
		if err := f.stop(); err != nil {
			slog.Warn("close port of pod", "error", err)
		}
	}
	for _, command := range p.processes {
		if err := command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			slog.Warn("kill pod", "error", err)
		}
		// Says that it was killed.
		_ = command.Wait()
	}
	p.forwarders, p.processes = nil, nil
}

func (p *runningPod) lines(container string) ([]apiserver.LogLine, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if container == "" && len(p.logs) == 1 {
		for _, log := range p.logs {
			return log.all(), true
		}
	}
	log, ok := p.logs[container]
	if !ok {
		return nil, false
	}
	return log.all(), true
}
