package kubelet

import (
	"os/exec"
	"runtime"
)

// starter starts all processes from one thread that lives as long as it: on Linux a child can be bound to the thread
// that started it, so that none outlives a run that crashed.
type starter struct {
	commands chan startRequest
}

type startRequest struct {
	command *exec.Cmd
	result  chan error
}

func newStarter() *starter {
	s := &starter{commands: make(chan startRequest)}
	go func() {
		runtime.LockOSThread()
		for request := range s.commands {
			bindToParent(request.command)
			request.result <- request.command.Start()
		}
	}()
	return s
}

func (s *starter) start(command *exec.Cmd) error {
	request := startRequest{command: command, result: make(chan error, 1)}
	s.commands <- request
	return <-request.result
}

// stop ends the thread; nothing may be started any more.
func (s *starter) stop() {
	close(s.commands)
}
