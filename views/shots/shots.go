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
			press(f.Window().Canvas(), fyne.KeyDown, downTo(id))
			names := []string{id}
			if opened[id] {
				names = append(names, id+"-open")
			}
			for i, name := range names {
				press(f.Window().Canvas(), fyne.KeyReturn, i)
				path := filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, int(size.Width)))
				if err := WriteImage(path, f.Window().Canvas().Capture()); err != nil {
					return nil, err
				}
				files = append(files, path)
			}
		}
	}
	return files, nil
}

// opened are the pages drawn a second time with the chosen record opened.
var opened = map[string]bool{"admissions": true}

// downTo is how many rows down the list of a page the picture is taken, so
// that it does not show the first row by chance alone. Of a list of sections
// the first says most.
func downTo(id string) int {
	switch id {
	case "coverage", "settings", "today":
		return 0
	case "admissions":
		return 5
	}
	return 4
}

// press presses a key so many times where the cursor is.
func press(c fyne.Canvas, key fyne.KeyName, times int) {
	for range times {
		if focused := c.Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: key})
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
