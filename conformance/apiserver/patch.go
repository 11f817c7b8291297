package apiserver

import (
	"mime"
	"net/http"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
)

// applyPatch gives a new object. Strategic merges and server-side apply are refused, as for custom resources the first is.
func applyPatch(contentType string, obj *unstructured.Unstructured, patch []byte) (*unstructured.Unstructured, error) {
	before, err := obj.MarshalJSON()
	if err != nil {
		return nil, apierrors.NewInternalError(err)
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	var after []byte
	switch types.PatchType(media) {
	case types.MergePatchType:
		after, err = jsonpatch.MergePatch(before, patch)
	case types.JSONPatchType:
		var operations jsonpatch.Patch
		if operations, err = jsonpatch.DecodePatch(patch); err == nil {
			after, err = operations.Apply(before)
		}
	default:
		return nil, &apierrors.StatusError{ErrStatus: metav1.Status{
			Status: metav1.StatusFailure, Code: http.StatusUnsupportedMediaType, Reason: metav1.StatusReasonUnsupportedMediaType,
			Message: "patches of type " + media + " are not supported",
		}}
	}
	if err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	patched := &unstructured.Unstructured{}
	if err := patched.UnmarshalJSON(after); err != nil {
		return nil, apierrors.NewBadRequest(err.Error())
	}
	return patched, nil
}
