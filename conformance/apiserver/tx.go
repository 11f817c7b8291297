package apiserver

import (
	"errors"
	"reflect"
	"strconv"

	"github.com/google/uuid"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

// NamespaceLabel is the label that every Namespace gets with its own name.
const NamespaceLabel = "kubernetes.io/metadata.name"

// Tx is one change of the store. It is valid until Store.Write returns.
type Tx struct {
	store   *Store
	changed map[Key]*unstructured.Unstructured // nil: deleted
	order   []Key                              // of the first change of each object
	after   []func()
}

// Changed are the objects touched so far, in the order of their first change.
func (tx *Tx) Changed() []Key {
	return append([]Key(nil), tx.order...)
}

// AfterCommit calls f once readers see the change, without any lock.
func (tx *Tx) AfterCommit(f func()) {
	tx.after = append(tx.after, f)
}

func (tx *Tx) current(key Key) *unstructured.Unstructured {
	if obj, ok := tx.changed[key]; ok {
		return obj
	}
	return tx.store.objects[key]
}

// Get gives a copy of an object as this change leaves it, or nil.
func (tx *Tx) Get(key Key) *unstructured.Unstructured {
	if obj := tx.current(key); obj != nil {
		return obj.DeepCopy()
	}
	return nil
}

// Before gives an object as it was before this change, or nil. It must not be changed.
func (tx *Tx) Before(key Key) *unstructured.Unstructured {
	return tx.store.objects[key]
}

// List gives the objects of a kind, by namespace and name; all namespaces for "". They must not be changed.
func (tx *Tx) List(kind schema.GroupKind, namespace string) []*unstructured.Unstructured {
	var found []*unstructured.Unstructured
	for key, obj := range tx.changed {
		if obj != nil && key.GroupKind == kind && (namespace == "" || key.Namespace == namespace) {
			found = append(found, obj)
		}
	}
	for key, obj := range tx.store.objects {
		if _, touched := tx.changed[key]; !touched && key.GroupKind == kind && (namespace == "" || key.Namespace == namespace) {
			found = append(found, obj)
		}
	}
	sortObjects(found)
	return found
}

// Create stores a new object.
func (tx *Tx) Create(obj *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	res, err := tx.resource(obj)
	if err != nil {
		return nil, err
	}
	key := KeyOf(obj)
	if key.Name == "" {
		return nil, apierrors.NewBadRequest("metadata.name is required")
	}
	if tx.current(key) != nil {
		return nil, apierrors.NewAlreadyExists(res.groupResource(), key.Name)
	}
	if res.Namespaced {
		ns := Key{GroupKind: schema.GroupKind{Kind: "Namespace"}, Name: key.Namespace}
		if tx.current(ns) == nil {
			return nil, apierrors.NewNotFound(schema.GroupResource{Resource: "namespaces"}, key.Namespace)
		}
	}
	obj = obj.DeepCopy()
	if res.Status {
		delete(obj.Object, "status")
	}
	if key.GroupKind == (schema.GroupKind{Kind: "Namespace"}) {
		labels := obj.GetLabels()
		if labels == nil {
			labels = map[string]string{}
		}
		labels[NamespaceLabel] = key.Name
		obj.SetLabels(labels)
	}
	setDefaults(obj)
	if err := res.admit(obj, nil); err != nil {
		return nil, err
	}
	obj.SetUID(types.UID(uuid.NewString()))
	obj.SetCreationTimestamp(metav1.NewTime(tx.store.now().UTC().Truncate(1e9)))
	obj.SetDeletionTimestamp(nil)
	obj.SetGeneration(0)
	if res.Generation {
		obj.SetGeneration(1)
	}
	return tx.put(res, key, obj), nil
}

// Update replaces all of an object but its status, where that is a subresource.
func (tx *Tx) Update(obj *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	res, key, old, err := tx.writable(obj)
	if err != nil {
		return nil, err
	}
	obj = obj.DeepCopy()
	keepIdentity(obj, old)
	if res.Status {
		setOrDelete(obj, "status", old.Object["status"])
	}
	setDefaults(obj)
	if err := res.admit(obj, old); err != nil {
		return nil, err
	}
	if res.Generation && !reflect.DeepEqual(specOf(obj), specOf(old)) {
		obj.SetGeneration(old.GetGeneration() + 1)
	}
	if obj.GetDeletionTimestamp() != nil && len(obj.GetFinalizers()) == 0 {
		tx.mark(key, nil)
		return obj, nil
	}
	if sameButVersion(obj, old) {
		return old.DeepCopy(), nil
	}
	return tx.put(res, key, obj), nil
}

// UpdateStatus replaces the status of an object and nothing else.
func (tx *Tx) UpdateStatus(obj *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	res, key, old, err := tx.writable(obj)
	if err != nil {
		return nil, err
	}
	if !res.Status {
		return nil, apierrors.NewNotFound(res.groupResource(), key.Name+"/status")
	}
	next := old.DeepCopy()
	next.SetAPIVersion(obj.GetAPIVersion())
	setOrDelete(next, "status", obj.DeepCopy().Object["status"])
	if err := res.admit(next, old); err != nil {
		return nil, err
	}
	if sameButVersion(next, old) {
		return old.DeepCopy(), nil
	}
	return tx.put(res, key, next), nil
}

// Delete removes an object, or marks it when finalizers hold it.
func (tx *Tx) Delete(key Key) error {
	res := tx.store.Registry.byKind[key.GroupKind]
	if res == nil {
		return apierrors.NewBadRequest("no kind " + key.Kind)
	}
	obj := tx.Get(key)
	if obj == nil {
		return apierrors.NewNotFound(res.groupResource(), key.Name)
	}
	if len(obj.GetFinalizers()) == 0 {
		tx.mark(key, nil)
		return nil
	}
	if obj.GetDeletionTimestamp() == nil {
		now := metav1.NewTime(tx.store.now().UTC().Truncate(1e9))
		obj.SetDeletionTimestamp(&now)
		tx.put(res, key, obj)
	}
	return nil
}

func (tx *Tx) resource(obj *unstructured.Unstructured) (*Resource, error) {
	gvk := obj.GroupVersionKind()
	res := tx.store.Registry.byKind[gvk.GroupKind()]
	if res == nil || !res.serves(gvk.Version) {
		return nil, apierrors.NewBadRequest("no kind " + gvk.String())
	}
	return res, nil
}

func (tx *Tx) writable(obj *unstructured.Unstructured) (*Resource, Key, *unstructured.Unstructured, error) {
	key := KeyOf(obj)
	res, err := tx.resource(obj)
	if err != nil {
		return nil, key, nil, err
	}
	old := tx.current(key)
	if old == nil {
		return nil, key, nil, apierrors.NewNotFound(res.groupResource(), key.Name)
	}
	if v := obj.GetResourceVersion(); v != "" && v != old.GetResourceVersion() {
		return nil, key, nil, apierrors.NewConflict(res.groupResource(), key.Name,
			errors.New("the object has been modified; please apply your changes to the latest version and try again"))
	}
	if uid := obj.GetUID(); uid != "" && uid != old.GetUID() {
		return nil, key, nil, apierrors.NewConflict(res.groupResource(), key.Name, errors.New("uid differs"))
	}
	return res, key, old, nil
}

// put stores an object in the stored version, with a resourceVersion of its own.
func (tx *Tx) put(res *Resource, key Key, obj *unstructured.Unstructured) *unstructured.Unstructured {
	obj.SetGroupVersionKind(res.GroupVersionKind())
	tx.store.version++
	obj.SetResourceVersion(strconv.FormatUint(tx.store.version, 10))
	tx.mark(key, obj)
	return obj.DeepCopy()
}

func (tx *Tx) mark(key Key, obj *unstructured.Unstructured) {
	if _, seen := tx.changed[key]; !seen {
		tx.order = append(tx.order, key)
	}
	tx.changed[key] = obj
}

func keepIdentity(obj, old *unstructured.Unstructured) {
	obj.SetUID(old.GetUID())
	obj.SetCreationTimestamp(old.GetCreationTimestamp())
	obj.SetDeletionTimestamp(old.GetDeletionTimestamp())
	obj.SetGeneration(old.GetGeneration())
	if obj.GetKind() == "Namespace" {
		labels := obj.GetLabels()
		if labels == nil {
			labels = map[string]string{}
		}
		labels[NamespaceLabel] = old.GetName()
		obj.SetLabels(labels)
	}
}

func setOrDelete(obj *unstructured.Unstructured, field string, value any) {
	if value == nil {
		delete(obj.Object, field)
	} else {
		obj.Object[field] = value
	}
}

// specOf is what counts for the generation: all but metadata, status and what names the version.
func specOf(obj *unstructured.Unstructured) map[string]any {
	spec := map[string]any{}
	for field, value := range obj.Object {
		switch field {
		case "apiVersion", "kind", "metadata", "status":
		default:
			spec[field] = value
		}
	}
	return spec
}

func sameButVersion(a, b *unstructured.Unstructured) bool {
	a, b = a.DeepCopy(), b.DeepCopy()
	for _, obj := range []*unstructured.Unstructured{a, b} {
		obj.SetResourceVersion("")
		obj.SetAPIVersion("")
	}
	return reflect.DeepEqual(a.Object, b.Object)
}
