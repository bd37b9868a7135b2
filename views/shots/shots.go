// Package shots renders the window's pages to images with the toolkit's
// software painter: no display and no GL are needed. Only tools and tests
// import it, for the toolkit's test application comes with it.
package shots

import (
	"bufio"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"renkei/views"
	"renkei/views/ui"
)

// Params say what is rendered.
type Params struct {
	Desk    views.Desk
	Fonts   ui.Fonts
	Version string
	Now     time.Time // the day the pages are seen on
}

// Sizes are those of the two screens the program is laid out for.
var Sizes = []fyne.Size{fyne.NewSize(1366, 768), fyne.NewSize(1920, 1080)}

// Open makes the window of the size on the application and shows a page. All
// work is done before it returns.
func Open(a fyne.App, p Params, screen string, size fyne.Size) *views.Frame {
	settings := &memory{views.Settings{Screen: screen, Width: size.Width, Height: size.Height}}
	f := views.NewFrame(a, views.Params{
		Desk: p.Desk, Settings: settings, Fonts: p.Fonts, Version: p.Version,
		Log:    slog.New(slog.DiscardHandler),
		Worker: Sync(p.Now),
	})
	f.Window().Resize(size)
	f.Start()
	return f
}

// Sync returns a worker that does everything at once on the calling goroutine,
// at a fixed time.
func Sync(now time.Time) views.Worker {
	at := func(f func()) { f() }
	return views.Worker{
		Go: at, UI: at,
		After: func(_ time.Duration, f func()) { f() },
		Now:   func() time.Time { return now },
		Log:   slog.New(slog.DiscardHandler),
	}
}

// Screenshot renders one page at a size.
func Screenshot(p Params, screen string, size fyne.Size) image.Image {
	a := test.NewApp()
	defer a.Quit()
	return Open(a, p, screen, size).Window().Canvas().Capture()
}

// Start renders the first page of an empty register as 「start-1366.png」.
func Start(folder string, p Params) ([]string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, fmt.Sprintf("start-%d.png", int(Sizes[0].Width)))
	return []string{path}, WriteImage(path, Screenshot(p, "", Sizes[0]))
}

// Write renders every page at every size into a folder as
// 「claims-1366.png」 and returns the files.
func Write(folder string, p Params) ([]string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	a := test.NewApp()
	defer a.Quit()
	var files []string
	for _, size := range Sizes {
		f := Open(a, p, "", size)
		for _, id := range f.ScreenIDs() {
			f.Show(id)
			if !asTheyOpen[id] {
				chooseRow(f.Window().Canvas())
			}
			path := filepath.Join(folder, fmt.Sprintf("%s-%d.png", id, int(size.Width)))
			if err := WriteImage(path, f.Window().Canvas().Capture()); err != nil {
				return nil, err
			}
			files = append(files, path)
		}
	}
	return files, nil
}

// asTheyOpen are the pages whose list is one of sections, of which the first
// says most.
var asTheyOpen = map[string]bool{"coverage": true, "settings": true, "today": true}

// chooseRow moves a few rows down the list that has the cursor, so that the
// picture does not show the first row by chance alone.
func chooseRow(c fyne.Canvas) {
	if list := c.Focused(); list != nil {
		for range 4 {
			list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		}
	}
}

// WriteImage writes a PNG.
func WriteImage(path string, img image.Image) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	w := bufio.NewWriter(file)
	if err := png.Encode(w, img); err != nil {
		return err
	}
	return w.Flush()
}

// memory keeps settings for the length of a run.
type memory struct{ s views.Settings }

func (m *memory) Load() (views.Settings, error) { return m.s, nil }
func (m *memory) Save(s views.Settings) error   { m.s = s; return nil }
