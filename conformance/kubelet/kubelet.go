// Package kubelet runs Pods as processes of this machine. Each has a loopback address of its own, at which the ports
// of its containers are found. The package also holds the small controllers around Pods: Deployments, EndpointSlices.
package kubelet

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"gateway-core/conformance/apiserver"
	"gateway-core/conformance/process"
)

const nodeName = "loopback"

// Kubelet holds the running Pods.
type Kubelet struct {
	store   *apiserver.Store
	echo    string // path of the echo server's binary
	dir     string // for volumes
	ports   *portRange
	starter *process.Starter

	mu      sync.Mutex
	pods    map[apiserver.Key]*runningPod
	address int // of the last Pod
	stopped bool
	work    sync.WaitGroup
}

// New is a kubelet that writes to store. Its Hook is to be added there.
func New(store *apiserver.Store, starter *process.Starter, echoBinary, dir string) *Kubelet {
	return &Kubelet{
		store:   store,
		echo:    echoBinary,
		dir:     dir,
		ports:   &portRange{next: firstPort},
		starter: starter,
		pods:    map[apiserver.Key]*runningPod{},
	}
}

// Hook starts and stops Pods after the write that calls for it.
func (k *Kubelet) Hook(tx *apiserver.Tx) error {
	for _, key := range tx.Changed() {
		if key.GroupKind == podKind() && tx.Get(key) == nil {
			tx.AfterCommit(func() { k.remove(key) })
		}
	}
	// All Pods, as one may wait for a Secret that comes with this write.
	for _, obj := range tx.List(podKind(), "") {
		key := apiserver.KeyOf(obj)
		if k.knows(key) {
			continue
		}
		var pod corev1.Pod
		if err := decode(obj, &pod); err != nil {
			return err
		}
		volumes, ready := volumeFiles(tx, &pod)
		if !ready {
			continue
		}
		tx.AfterCommit(func() { k.start(key, &pod, volumes) })
	}
	return nil
}

func (k *Kubelet) knows(key apiserver.Key) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.pods[key] != nil
}

// start runs a Pod in the background and reports it when it answers.
func (k *Kubelet) start(key apiserver.Key, pod *corev1.Pod, volumes map[string]map[string][]byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stopped || k.pods[key] != nil {
		return
	}
	k.address++
	running := &runningPod{
		ip:      fmt.Sprintf("127.1.%d.%d", k.address/250, k.address%250+1),
		dir:     filepath.Join(k.dir, fmt.Sprintf("pod-%d", k.address)),
		logs:    map[string]*containerLog{},
		deleted: make(chan struct{}),
	}
	k.pods[key] = running
	pod.Status.PodIP = running.ip
	k.work.Go(func() {
		if err := k.run(running, pod, volumes); err != nil {
			slog.Error("pod does not start", "pod", key.String(), "error", err)
			return
		}
		if err := k.report(key, running.ip); err != nil {
			slog.Error("pod status", "pod", key.String(), "error", err)
		}
	})
}

// report writes that a Pod is ready, unless it was deleted meanwhile.
func (k *Kubelet) report(key apiserver.Key, ip string) error {
	return k.store.Write(func(tx *apiserver.Tx) error {
		obj := tx.Get(key)
		if obj == nil {
			return nil
		}
		var pod corev1.Pod
		if err := decode(obj, &pod); err != nil {
			return err
		}
		now := metav1.Now()
		pod.Status = corev1.PodStatus{
			Phase:     corev1.PodRunning,
			PodIP:     ip,
			PodIPs:    []corev1.PodIP{{IP: ip}},
			StartTime: &now,
		}
		for _, kind := range []corev1.PodConditionType{corev1.PodScheduled, corev1.PodInitialized, corev1.ContainersReady, corev1.PodReady} {
			pod.Status.Conditions = append(pod.Status.Conditions,
				corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue, LastTransitionTime: now})
		}
		next, err := encode(&pod)
		if err != nil {
			return err
		}
		_, err = tx.UpdateStatus(next)
		return err
	})
}

func (k *Kubelet) remove(key apiserver.Key) {
	k.mu.Lock()
	running := k.pods[key]
	delete(k.pods, key)
	k.mu.Unlock()
	if running != nil {
		running.stop()
	}
}

// Logs implements apiserver.LogSource.
func (k *Kubelet) Logs(namespace, name, container string) ([]apiserver.LogLine, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	running := k.pods[apiserver.Key{GroupKind: podKind(), Namespace: namespace, Name: name}]
	if running == nil {
		return nil, false
	}
	return running.lines(container)
}

// Stop ends all processes and waits for them.
func (k *Kubelet) Stop() error {
	k.mu.Lock()
	k.stopped = true
	pods := k.pods
	k.pods = map[apiserver.Key]*runningPod{}
	k.mu.Unlock()
	for _, running := range pods {
		running.stop()
	}
	k.work.Wait()
	var errs []error
	for _, running := range pods {
		errs = append(errs, os.RemoveAll(running.dir))
	}
	return errors.Join(errs...)
}
