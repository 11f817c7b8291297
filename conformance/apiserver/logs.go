package apiserver

import (
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// LogLine is one line that a container wrote, without the line break.
type LogLine struct {
	Time time.Time
	Text string
}

// LogSource gives what a container of a Pod has written so far; false if there is no such container. An empty name
// is the only container.
type LogSource func(namespace, pod, container string) ([]LogLine, bool)

func (s *Server) serveLogs(w http.ResponseWriter, r *http.Request, t target) {
	query := r.URL.Query()
	since, err := s.since(query)
	if err != nil {
		writeError(w, apierrors.NewBadRequest(err.Error()))
		return
	}
	var lines []LogLine
	found := false
	if s.Logs != nil {
		lines, found = s.Logs(t.namespace, t.name, query.Get("container"))
	}
	if !found {
		writeError(w, apierrors.NewNotFound(t.resource.groupResource(), t.name))
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	for _, line := range lines {
		if line.Time.Before(since) {
			continue
		}
		if _, err := w.Write([]byte(line.Text + "\n")); err != nil {
			slog.Debug("client left", "error", err)
			return
		}
	}
}

func (s *Server) since(query url.Values) (time.Time, error) {
	if text := query.Get("sinceTime"); text != "" {
		return time.Parse(time.RFC3339, text)
	}
	if text := query.Get("sinceSeconds"); text != "" {
		seconds, err := strconv.ParseInt(text, 10, 64)
		return s.Store.now().Add(-time.Duration(seconds) * time.Second), err
	}
	return time.Time{}, nil
}
