package kubelet

import (
	"bytes"
	"sync"
	"time"

	"gateway-core/conformance/apiserver"
)

// containerLog keeps what a container writes, line by line. It is an io.Writer.
type containerLog struct {
	mu      sync.Mutex
	lines   []apiserver.LogLine
	partial []byte
}

func (l *containerLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.partial = append(l.partial, p...)
	for {
		line, rest, ok := bytes.Cut(l.partial, []byte("\n"))
		if !ok {
			return len(p), nil
		}
		l.lines = append(l.lines, apiserver.LogLine{Time: now, Text: string(line)})
		l.partial = rest
	}
}

func (l *containerLog) add(line string) {
	// Never fails.
	_, _ = l.Write([]byte(line + "\n"))
}

func (l *containerLog) all() []apiserver.LogLine {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]apiserver.LogLine(nil), l.lines...)
}
