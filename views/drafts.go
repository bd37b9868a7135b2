package views

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"renkei/views/ui"
)

// drafts keeps what is typed in the forms and not saved yet, a file a form, so
// that neither a crash nor a lock of the machine loses it.
type drafts struct {
	folder string // "" keeps nothing
	mu     sync.Mutex
}

func (d *drafts) form(name string) ui.Draft { return &formDraft{d, name} }

type formDraft struct {
	d    *drafts
	form string
}

// path is a file in the one folder: the names of forms hold / and :, which mean
// something in a path.
func (f *formDraft) path() string {
	return filepath.Join(f.d.folder, url.QueryEscape(f.form)+".json")
}

// Load returns what was typed, and whether there is anything.
func (f *formDraft) Load() (map[string]string, bool) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.folder == "" {
		return nil, false
	}
	data, err := os.ReadFile(f.path())
	var values map[string]string
	if err != nil || json.Unmarshal(data, &values) != nil {
		return nil, false // a draft that cannot be read is none
	}
	return values, len(values) > 0
}

// Save keeps what is typed.
func (f *formDraft) Save(values map[string]string) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.folder == "" {
		return nil
	}
	if err := os.MkdirAll(f.d.folder, 0o700); err != nil {
		return err
	}
	data, err := json.Marshal(values)
	if err != nil {
		return err
	}
	return replaceFile(f.path(), data)
}

// Clear forgets what was typed.
func (f *formDraft) Clear() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.folder == "" {
		return nil
	}
	if err := os.Remove(f.path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
