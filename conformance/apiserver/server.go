// Package apiserver is a Kubernetes API in memory: as much of it as clients of the Gateway API's conformance suite
// can tell from a real one. It speaks JSON over HTTP and has no discovery and no watches.
package apiserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// maxBody is the limit of a real API server for one object, with room to spare.
const maxBody = 4 << 20

// Server answers the requests of Kubernetes clients.
type Server struct {
	Store *Store
	Logs  LogSource // of Pods; nil: none has any
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t, ok := parsePath(s.Store.Registry, r.URL.Path)
	if !ok {
		writeError(w, &apierrors.StatusError{ErrStatus: metav1.Status{
			Status: metav1.StatusFailure, Code: http.StatusNotFound, Reason: metav1.StatusReasonNotFound,
			Message: "the server could not find the requested resource",
		}})
		return
	}
	if t.subresource == "log" && t.resource.Kind == "Pod" && r.Method == http.MethodGet {
		s.serveLogs(w, r, t)
		return
	}
	answer, code, err := s.handle(r, t)
	if err != nil {
		writeError(w, err)
		return
	}
	writeJSON(w, code, answer)
}

func (s *Server) handle(r *http.Request, t target) (any, int, error) {
	if t.subresource != "" && t.subresource != "status" {
		return nil, 0, apierrors.NewNotFound(t.resource.groupResource(), t.name+"/"+t.subresource)
	}
	switch {
	case r.Method == http.MethodGet && t.name == "":
		list, err := s.list(r, t)
		return list, http.StatusOK, err
	case r.Method == http.MethodGet:
		obj := s.Store.Get(t.key())
		if obj == nil {
			return nil, 0, apierrors.NewNotFound(t.resource.groupResource(), t.name)
		}
		return t.present(obj), http.StatusOK, nil
	case r.Method == http.MethodPost && t.name == "":
		obj, err := s.create(r, t)
		return obj, http.StatusCreated, err
	case r.Method == http.MethodPut && t.name != "":
		obj, err := s.update(r, t)
		return obj, http.StatusOK, err
	case r.Method == http.MethodPatch && t.name != "":
		obj, err := s.patch(r, t)
		return obj, http.StatusOK, err
	case r.Method == http.MethodDelete && t.name != "":
		status, err := s.delete(t)
		return status, http.StatusOK, err
	}
	return nil, 0, apierrors.NewMethodNotSupported(t.resource.groupResource(), r.Method)
}

func (s *Server) list(r *http.Request, t target) (any, error) {
	query := r.URL.Query()
	if query.Get("watch") != "" && query.Get("watch") != "false" {
		return nil, apierrors.NewMethodNotSupported(t.resource.groupResource(), "watch")
	}
	byLabel, err := labels.Parse(query.Get("labelSelector"))
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	byField, err := fields.ParseSelector(query.Get("fieldSelector"))
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	found, version := s.Store.List(t.key().GroupKind, t.namespace, func(obj *unstructured.Unstructured) bool {
		named := fields.Set{"metadata.name": obj.GetName(), "metadata.namespace": obj.GetNamespace()}
		return byLabel.Matches(labels.Set(obj.GetLabels())) && byField.Matches(named)
	})
	items := make([]any, 0, len(found))
	for _, obj := range found {
		items = append(items, t.present(obj.DeepCopy()).Object)
	}
	return map[string]any{
		"apiVersion": t.apiVersion(),
		"kind":       t.resource.Kind + "List",
		"metadata":   map[string]any{"resourceVersion": version},
		"items":      items,
	}, nil
}

func (s *Server) create(r *http.Request, t target) (*unstructured.Unstructured, error) {
	obj, err := readObject(r, t)
	if err != nil {
		return nil, err
	}
	var created *unstructured.Unstructured
	err = s.Store.Write(func(tx *Tx) error {
		created, err = tx.Create(obj)
		return err
	})
	return s.written(t, obj, created, err)
}

func (s *Server) update(r *http.Request, t target) (*unstructured.Unstructured, error) {
	obj, err := readObject(r, t)
	if err != nil {
		return nil, err
	}
	var updated *unstructured.Unstructured
	err = s.Store.Write(func(tx *Tx) error {
		updated, err = t.store(tx, obj)
		return err
	})
	return s.written(t, obj, updated, err)
}

func (s *Server) patch(r *http.Request, t target) (*unstructured.Unstructured, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	var patched *unstructured.Unstructured
	err = s.Store.Write(func(tx *Tx) error {
		old := tx.Get(t.key())
		if old == nil {
			return apierrors.NewNotFound(t.resource.groupResource(), t.name)
		}
		next, err := applyPatch(r.Header.Get("Content-Type"), t.present(old), body)
		if err != nil {
			return err
		}
		if err := t.check(next); err != nil {
			return err
		}
		patched, err = t.store(tx, next)
		return err
	})
	return s.written(t, nil, patched, err)
}

func (s *Server) delete(t target) (*metav1.Status, error) {
	err := s.Store.Write(func(tx *Tx) error { return tx.Delete(t.key()) })
	if err != nil {
		return nil, err
	}
	return &metav1.Status{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Status"},
		Status:   metav1.StatusSuccess,
	}, nil
}

// written is the answer to a write: the object as the controllers left it, statuses included.
func (s *Server) written(t target, sent, stored *unstructured.Unstructured, err error) (*unstructured.Unstructured, error) {
	if err != nil {
		return nil, err
	}
	t.name = stored.GetName()
	if sent != nil && t.namespace == "" {
		t.namespace = sent.GetNamespace()
	}
	if latest := s.Store.Get(t.key()); latest != nil && latest.GetUID() == stored.GetUID() {
		stored = latest
	}
	return t.present(stored), nil
}

func (t target) store(tx *Tx, obj *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	if t.subresource == "status" {
		return tx.UpdateStatus(obj)
	}
	return tx.Update(obj)
}

// present gives an object in the version asked for. The versions of the Gateway API differ in name alone.
func (t target) present(obj *unstructured.Unstructured) *unstructured.Unstructured {
	obj.SetGroupVersionKind(schema.GroupVersionKind{Group: t.resource.Group, Version: t.version, Kind: t.resource.Kind})
	return obj
}

// check compares an object with the path it was sent to, and fills in the namespace.
func (t target) check(obj *unstructured.Unstructured) error {
	if obj.GetAPIVersion() != t.apiVersion() || obj.GetKind() != t.resource.Kind {
		return apierrors.NewBadRequest(fmt.Sprintf("the object is a %s %s, the path is of %s %s",
			obj.GetAPIVersion(), obj.GetKind(), t.apiVersion(), t.resource.Kind))
	}
	if t.resource.Namespaced {
		if obj.GetNamespace() == "" {
			obj.SetNamespace(t.namespace)
		}
		if t.namespace == "" || obj.GetNamespace() != t.namespace {
			return apierrors.NewBadRequest("the namespace of the object is not that of the path")
		}
	}
	if t.name != "" && obj.GetName() != t.name {
		return apierrors.NewBadRequest("the name of the object is not that of the path")
	}
	return nil
}

func readObject(r *http.Request, t target) (*unstructured.Unstructured, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	obj := &unstructured.Unstructured{}
	if err := obj.UnmarshalJSON(body); err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	return obj, t.check(obj)
}

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	if len(body) > maxBody {
		return nil, apierrors.NewRequestEntityTooLargeError(fmt.Sprintf("limit is %d", maxBody))
	}
	return body, nil
}

func writeError(w http.ResponseWriter, err error) {
	var status apierrors.APIStatus
	if !errors.As(err, &status) {
		slog.Error("api server", "error", err)
		status = apierrors.NewInternalError(err)
	}
	answer := status.Status()
	answer.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Status"}
	writeJSON(w, int(answer.Code), &answer)
}

func writeJSON(w http.ResponseWriter, code int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	if _, err := w.Write(body); err != nil {
		slog.Debug("client left", "error", err)
	}
}
