package kubelet

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"gateway-core/conformance/apiserver"
)

// volumeFiles gives the content of each volume by file name, or false while an object is missing, as Pods wait for it.
func volumeFiles(tx *apiserver.Tx, pod *corev1.Pod) (map[string]map[string][]byte, bool) {
	volumes := map[string]map[string][]byte{}
	for _, volume := range pod.Spec.Volumes {
		var name, kind string
		var items []corev1.KeyToPath
		switch {
		case volume.Secret != nil:
			kind, name, items = "Secret", volume.Secret.SecretName, volume.Secret.Items
		case volume.ConfigMap != nil:
			kind, name, items = "ConfigMap", volume.ConfigMap.Name, volume.ConfigMap.Items
		default:
			continue
		}
		obj := tx.Get(apiserver.Key{GroupKind: schema.GroupKind{Kind: kind}, Namespace: pod.Namespace, Name: name})
		if obj == nil {
			return nil, false
		}
		files, ok := project(dataOf(obj), items)
		if !ok {
			return nil, false
		}
		volumes[volume.Name] = files
	}
	return volumes, true
}

func dataOf(obj *unstructured.Unstructured) map[string][]byte {
	data := map[string][]byte{}
	values, _, _ := unstructured.NestedStringMap(obj.Object, "data")
	for key, value := range values {
		data[key] = []byte(value)
		if obj.GetKind() == "Secret" {
			if decoded, err := base64.StdEncoding.DecodeString(value); err == nil {
				data[key] = decoded
			}
		}
	}
	return data
}

// project picks and renames keys; without items all of them are files.
func project(data map[string][]byte, items []corev1.KeyToPath) (map[string][]byte, bool) {
	if len(items) == 0 {
		return data, true
	}
	files := map[string][]byte{}
	for _, item := range items {
		content, ok := data[item.Key]
		if !ok {
			return nil, false
		}
		files[item.Path] = content
	}
	return files, true
}

// mount writes the volumes below dir and gives the folder of each mount path.
func mount(dir string, container *corev1.Container, volumes map[string]map[string][]byte) (map[string]string, error) {
	mounts := map[string]string{}
	for _, m := range container.VolumeMounts {
		folder := filepath.Join(dir, m.Name)
		for name, content := range volumes[m.Name] {
			path := filepath.Join(folder, filepath.Clean("/"+name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				return nil, fmt.Errorf("volume %s: %w", m.Name, err)
			}
			if err := os.WriteFile(path, content, 0o600); err != nil {
				return nil, fmt.Errorf("volume %s: %w", m.Name, err)
			}
		}
		mounts[m.MountPath] = folder
	}
	return mounts, nil
}

// onHost turns a path inside the container into one of the machine, if it lies in a volume.
func onHost(path string, mounts map[string]string) string {
	for at, folder := range mounts {
		if rest, ok := strings.CutPrefix(path, at+"/"); ok {
			return filepath.Join(folder, rest)
		}
	}
	return path
}
