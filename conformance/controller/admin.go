package controller

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
)

// adminTimeout is for one batch: the new router in force and its sockets bound.
const adminTimeout = 30 * time.Second

// Admin is the proxy's admin API.
type Admin struct {
	url    string
	client *http.Client
}

// NewAdmin is a client for the API at an address such as 127.0.0.1:9900.
func NewAdmin(address string) *Admin {
	return &Admin{url: "http://" + address, client: &http.Client{Timeout: adminTimeout, Transport: &http.Transport{}}}
}

// Reference names an object that is gone.
type Reference struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name"`
}

// Batch is one change of the proxy's objects.
type Batch struct {
	Upsert []*unstructured.Unstructured `json:"upsert"`
	Remove []Reference                  `json:"remove"`
}

// Answer is what a batch led to.
type Answer struct {
	Statuses []Status          `json:"statuses"`
	Problems []json.RawMessage `json:"problems"`
}

// Status is the new status of an object.
type Status struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		Namespace  string `json:"namespace"`
		Name       string `json:"name"`
		Generation int64  `json:"generation"`
	} `json:"metadata"`
	Status map[string]any `json:"status"`
}

// Apply sends a batch and returns when the proxy serves by it.
func (a *Admin) Apply(batch Batch) (*Answer, error) {
	body, err := json.Marshal(batch)
	if err != nil {
		return nil, fmt.Errorf("encode batch: %w", err)
	}
	response, err := a.client.Post(a.url+"/objects", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("proxy refuses a batch: %s: %s", response.Status, text)
	}
	answer := &Answer{}
	// Whole numbers stay whole, as in the store.
	if err := utiljson.Unmarshal(text, answer); err != nil {
		return nil, fmt.Errorf("answer of the proxy: %w", err)
	}
	for i := range answer.Statuses {
		if err := utiljson.ConvertMapNumbers(answer.Statuses[i].Status, 0); err != nil {
			return nil, fmt.Errorf("answer of the proxy: %w", err)
		}
	}
	return answer, nil
}
