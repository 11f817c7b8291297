package apiserver

import (
	"fmt"
	"sort"
	"strconv"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Key names an object. Kind and Group, as one object is served in several versions.
type Key struct {
	schema.GroupKind
	Namespace string
	Name      string
}

func (k Key) String() string {
	return fmt.Sprintf("%s %s/%s", k.Kind, k.Namespace, k.Name)
}

// KeyOf is the key of an object.
func KeyOf(obj *unstructured.Unstructured) Key {
	return Key{GroupKind: obj.GroupVersionKind().GroupKind(), Namespace: obj.GetNamespace(), Name: obj.GetName()}
}

// Hook is a controller that runs inside every write, before the write is answered. What it writes belongs to it.
type Hook func(tx *Tx) error

// Store holds all objects. Those stored are never changed, only replaced.
type Store struct {
	Registry *Registry

	now     func() time.Time
	hooks   []Hook
	mu      sync.RWMutex
	objects map[Key]*unstructured.Unstructured
	version uint64
}

// NewStore is an empty cluster with the CRDs of a folder.
func NewStore(crdDir string) (*Store, error) {
	custom, definitions, err := loadCRDs(crdDir)
	if err != nil {
		return nil, err
	}
	s := &Store{
		Registry: newRegistry(append(builtIn(), custom...)),
		now:      time.Now,
		objects:  map[Key]*unstructured.Unstructured{},
	}
	err = s.Write(func(tx *Tx) error {
		for _, crd := range definitions {
			if _, err := tx.Create(crd); err != nil {
				return err
			}
		}
		return nil
	})
	return s, err
}

// AddHook appends a controller; before the first client writes.
func (s *Store) AddHook(h Hook) {
	s.hooks = append(s.hooks, h)
}

// Write runs f and then the hooks as one change: readers see all of it or nothing.
func (s *Store) Write(f func(tx *Tx) error) error {
	after, err := s.write(f)
	for _, call := range after {
		call()
	}
	return err
}

func (s *Store) write(f func(tx *Tx) error) ([]func(), error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	tx := &Tx{store: s, changed: map[Key]*unstructured.Unstructured{}}
	if err := f(tx); err != nil {
		return nil, err
	}
	for _, hook := range s.hooks {
		if len(tx.order) == 0 {
			break
		}
		if err := hook(tx); err != nil {
			return nil, err
		}
	}
	for key, obj := range tx.changed {
		if obj == nil {
			delete(s.objects, key)
		} else {
			s.objects[key] = obj
		}
	}
	return tx.after, nil
}

// Get gives a copy of an object, or nil.
func (s *Store) Get(key Key) *unstructured.Unstructured {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if obj := s.objects[key]; obj != nil {
		return obj.DeepCopy()
	}
	return nil
}

// List gives the objects of a kind that select accepts, by namespace and name. They must not be changed.
func (s *Store) List(kind schema.GroupKind, namespace string, accept func(*unstructured.Unstructured) bool) ([]*unstructured.Unstructured, string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found []*unstructured.Unstructured
	for key, obj := range s.objects {
		if key.GroupKind == kind && (namespace == "" || key.Namespace == namespace) && (accept == nil || accept(obj)) {
			found = append(found, obj)
		}
	}
	sortObjects(found)
	return found, strconv.FormatUint(s.version, 10)
}

func sortObjects(objects []*unstructured.Unstructured) {
	sort.Slice(objects, func(i, j int) bool {
		a, b := objects[i], objects[j]
		if a.GetNamespace() != b.GetNamespace() {
			return a.GetNamespace() < b.GetNamespace()
		}
		return a.GetName() < b.GetName()
	})
}
