package views

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"renkei/models/files"
)

// Settings are the choices the window remembers. Losing them loses no work.
type Settings struct {
	Width    float32 `json:"width,omitempty"`
	Height   float32 `json:"height,omitempty"`
	TextSize float32 `json:"text_size,omitempty"` // 12–20 pixels, 0 is 14
	Screen   string  `json:"screen,omitempty"`
	Folder   string  `json:"folder,omitempty"` // of the last file chosen
	// Kept holds what the pages remember, by a key of their own.
	Kept map[string]string `json:"kept,omitempty"`
}

// The window's least sensible and its first size: a 1366×768 screen less the
// desktop's own bars.
const (
	firstWidth, firstHeight = 1360, 720
	leastWidth, leastHeight = 800, 560
)

// size is the size of the window.
func (s Settings) size() fyne.Size {
	return fyne.NewSize(max(leastWidth, cmp.Or(s.Width, firstWidth)), max(leastHeight, cmp.Or(s.Height, firstHeight)))
}

// SettingsStore keeps the settings between two starts.
type SettingsStore interface {
	// Load returns what was saved, or the defaults with the reason why not.
	Load() (Settings, error)
	Save(Settings) error
}

// SettingsFile keeps the settings in a JSON file. A crash in the middle of
// saving leaves the file of before.
type SettingsFile struct {
	path string
	mu   sync.Mutex
}

var _ SettingsStore = (*SettingsFile)(nil)

// NewSettingsFile returns the store at a path; the file need not exist.
func NewSettingsFile(path string) *SettingsFile { return &SettingsFile{path: path} }

// Load reads the file. A missing one gives the defaults; one that cannot be
// read gives the defaults and the error, for the log.
func (f *SettingsFile) Load() (Settings, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, err
	}
	var s Settings
	if err := json.Unmarshal(data, &s); err != nil {
		return Settings{}, err
	}
	return s, nil
}

// Save writes a new file beside the old one and puts it in its place.
func (f *SettingsFile) Save(s Settings) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	dir := filepath.Dir(f.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return replaceFile(f.path, append(data, '\n'))
}

// newestSettings saves settings from several goroutines. An older copy never
// replaces a newer one.
type newestSettings struct {
	store SettingsStore
	asked atomic.Int64 // copies handed out so far

	mu    sync.Mutex
	saved int64 // the newest copy that was saved
}

// next takes a copy and returns what saves it, unless a newer one was saved.
func (n *newestSettings) next(s Settings) (save func() error) {
	number := n.asked.Add(1)
	return func() error {
		n.mu.Lock()
		defer n.mu.Unlock()
		if number < n.saved {
			return nil
		}
		n.saved = number
		return n.store.Save(s)
	}
}

// replaceFile writes a new file beside the old one and puts it in its place, so
// that a crash leaves the one or the other.
func replaceFile(path string, data []byte) error {
	return files.Write(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
