package views

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"renkei/app"
	"renkei/models"
	"renkei/views/ui"
)

// drafts keeps what is typed in the forms and not saved, one file for each form.
// A crash or a locked machine loses nothing. Each register has its own folder,
// named after its file, so that a draft never appears in another register.
type drafts struct {
	folder string // "" keeps nothing
	mu     sync.Mutex
}

// draftEnding is that of the files.
const draftEnding = ".json"

// of returns the folder of the drafts of a register.
func (d *drafts) of(register string) string { return filepath.Join(d.folder, filepath.Base(register)) }

// sweep removes what a killed program left half-written for a register.
func (d *drafts) sweep(register string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.folder == "" {
		return nil
	}
	left, err := filesIn(d.of(register), func(name string) bool { return strings.HasPrefix(name, ".") })
	for _, half := range left {
		err = errors.Join(err, os.Remove(half))
	}
	return err
}

// takeOver moves the drafts of old versions, which kept all registers' drafts
// together, to a register. If the usual register lies beside it, they are that
// one's and stay.
func (d *drafts) takeOver(register string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.folder == "" {
		return nil
	}
	together, err := filesIn(d.folder, func(name string) bool { return filepath.Ext(name) == draftEnding })
	if len(together) == 0 {
		return err
	}
	if filepath.Base(register) != app.UsualName {
		if _, missing := os.Stat(filepath.Join(filepath.Dir(register), app.UsualName)); missing == nil {
			return nil
		}
	}
	if err := os.MkdirAll(d.of(register), 0o700); err != nil {
		return err
	}
	for _, path := range together {
		err = errors.Join(err, os.Rename(path, filepath.Join(d.of(register), filepath.Base(path))))
	}
	return err
}

// filesIn returns the paths of the files of a folder whose names are wanted;
// a folder that is not there has none.
func filesIn(folder string, wanted func(name string) bool) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var paths []string
	for _, e := range entries {
		if !e.IsDir() && wanted(e.Name()) {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths, err
}

// form returns the draft of a form on a register, nil when nothing is kept.
func (d *drafts) form(register, name string) ui.Draft {
	if d.folder == "" {
		return nil
	}
	return &formDraft{d, filepath.Join(d.of(register), draftFile(name))}
}

// mostName is how long the name of a file may be; file systems take 255 bytes.
const mostName = 200

// draftFile is a file name for a form: the names of forms hold / and :, which
// mean something in a path.
func draftFile(form string) string {
	name := url.QueryEscape(form)
	if len(name) > mostName {
		sum := sha256.Sum256([]byte(form))
		name = hex.EncodeToString(sum[:])
	}
	return name + draftEnding
}

type formDraft struct {
	d    *drafts
	path string
}

// Load returns what was typed. Drafts of earlier versions are the values alone.
func (f *formDraft) Load() (ui.Typed, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return ui.Typed{}, nil
	}
	var typed ui.Typed
	if err == nil && json.Unmarshal(data, &typed.Values) != nil {
		typed = ui.Typed{}
		err = json.Unmarshal(data, &typed)
	}
	if err != nil {
		return ui.Typed{}, models.Wrap(err, models.Unavailable, "ファイル「%s」が壊れているか、読むことが許されていません", f.path)
	}
	return typed, nil
}

// Save keeps what is typed.
func (f *formDraft) Save(typed ui.Typed) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	data, err := json.Marshal(typed)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(f.path), 0o700)
	}
	if err == nil {
		err = replaceFile(f.path, data)
	}
	if err != nil {
		return models.Wrap(err, models.Unavailable,
			"フォルダ「%s」に書き込めません。ディスクの空きと、書き込みの許可を確かめてください", filepath.Dir(f.path))
	}
	return nil
}

// Clear forgets what was typed.
func (f *formDraft) Clear() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return models.Wrap(err, models.Unavailable, "ファイル「%s」を消せません。書き込みの許可を確かめてください。次に同じ入力を開くと、この書きかけがまた出ます", f.path)
	}
	return nil
}
