// Package process starts processes that do not outlive this one.
package process

import (
	"os/exec"
	"runtime"
)

// Starter starts all processes from one thread that lives as long as it: on Linux a child can be bound to the thread
// that started it, so that none outlives a run that crashed.
type Starter struct {
	commands chan startRequest
}

type startRequest struct {
	command *exec.Cmd
	result  chan error
}

// NewStarter begins the thread.
func NewStarter() *Starter {
	s := &Starter{commands: make(chan startRequest)}
	go func() {
		runtime.LockOSThread()
		for request := range s.commands {
			bindToParent(request.command)
			request.result <- request.command.Start()
		}
	}()
	return s
}

// Start is command.Start on that thread.
func (s *Starter) Start(command *exec.Cmd) error {
	request := startRequest{command: command, result: make(chan error, 1)}
	s.commands <- request
	return <-request.result
}

// Stop ends the thread; what it started must have ended, and nothing may be started any more.
func (s *Starter) Stop() {
	close(s.commands)
}
