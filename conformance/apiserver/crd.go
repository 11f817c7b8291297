package apiserver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// versionSchema is what a CRD says of one version, in the form that the API server itself works with.
type versionSchema struct {
	structural *structuralschema.Structural
	validator  validation.SchemaValidator
	rules      func() *cel.Validator // nil: there are none
}

// loadCRDs reads the CRDs among the YAML files of a folder, with the resources that they define.
func loadCRDs(dir string) ([]*Resource, []*unstructured.Unstructured, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		return nil, nil, fmt.Errorf("list CRDs: %w", err)
	}
	var resources []*Resource
	var objects []*unstructured.Unstructured
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, fmt.Errorf("read CRD: %w", err)
		}
		for _, doc := range strings.Split(string(data), "\n---\n") {
			crd := &apiextensionsv1.CustomResourceDefinition{}
			if err := yaml.Unmarshal([]byte(doc), crd); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", path, err)
			}
			if crd.Kind != "CustomResourceDefinition" {
				continue
			}
			resource, err := resourceOf(crd)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", path, err)
			}
			object := &unstructured.Unstructured{}
			if err := yaml.Unmarshal([]byte(doc), &object.Object); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", path, err)
			}
			resources = append(resources, resource)
			objects = append(objects, object)
		}
	}
	if len(resources) == 0 {
		return nil, nil, errors.New("no CRD in " + dir)
	}
	return resources, objects, nil
}

func resourceOf(crd *apiextensionsv1.CustomResourceDefinition) (*Resource, error) {
	r := &Resource{
		Group:      crd.Spec.Group,
		Kind:       crd.Spec.Names.Kind,
		Plural:     crd.Spec.Names.Plural,
		Namespaced: crd.Spec.Scope == apiextensionsv1.NamespaceScoped,
		Generation: true,
		schemas:    map[string]*versionSchema{},
	}
	for _, version := range crd.Spec.Versions {
		if !version.Served {
			continue
		}
		if version.Storage {
			r.Versions = append([]string{version.Name}, r.Versions...)
		} else {
			r.Versions = append(r.Versions, version.Name)
		}
		r.Status = r.Status || version.Subresources != nil && version.Subresources.Status != nil
		internal := &apiextensions.JSONSchemaProps{}
		if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, internal, nil); err != nil {
			return nil, fmt.Errorf("convert schema of %s: %w", version.Name, err)
		}
		structural, err := structuralschema.NewStructural(internal)
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", version.Name, err)
		}
		validator, _, err := validation.NewSchemaValidator(internal)
		if err != nil {
			return nil, fmt.Errorf("validator of %s: %w", version.Name, err)
		}
		r.schemas[version.Name] = &versionSchema{
			structural: structural,
			validator:  validator,
			// Compiled when first used, as that takes a while.
			rules: sync.OnceValue(func() *cel.Validator {
				return cel.NewValidator(structural, true, celconfig.PerCallLimit)
			}),
		}
	}
	if len(r.Versions) == 0 {
		return nil, errors.New("no version is served")
	}
	return r, nil
}

// admit prunes, defaults and validates an object of a custom resource in place.
func (r *Resource) admit(obj, old *unstructured.Unstructured) error {
	s := r.schemas[obj.GroupVersionKind().Version]
	if s == nil {
		return nil
	}
	pruning.Prune(obj.Object, s.structural, true)
	defaulting.PruneNonNullableNullsWithoutDefaults(obj.Object, s.structural)
	defaulting.Default(obj.Object, s.structural)
	errs := validation.ValidateCustomResource(nil, obj.Object, s.validator)
	if old != nil {
		errs = validation.ValidateCustomResourceUpdate(nil, obj.Object, old.Object, s.validator)
	}
	if rules := s.rules(); rules != nil && len(errs) == 0 {
		var before any
		if old != nil {
			before = old.Object
		}
		errs, _ = rules.Validate(context.Background(), nil, s.structural, obj.Object, before, celconfig.RuntimeCELCostBudget)
	}
	if len(errs) > 0 {
		return apierrors.NewInvalid(r.GroupVersionKind().GroupKind(), obj.GetName(), errs)
	}
	return nil
}
