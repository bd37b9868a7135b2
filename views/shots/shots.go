// Package shots renders the pages of the window to images with the toolkit's
// software painter, without a display or GL. It brings in the toolkit's test
// application: only tools and tests may import it. The command is
// views/screenshots.
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

// Params say what to render.
type Params struct {
	Desk    func() views.Desk
	Fonts   ui.Fonts
	Version string
	Now     time.Time // the day the pages are viewed on
}

// Sizes are the two screen sizes the program is laid out for.
var Sizes = []fyne.Size{fyne.NewSize(1366, 768), fyne.NewSize(1920, 1080)}

// Open opens the window in that size and shows a page. All work is done when it
// returns.
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

// Sync returns a worker that does everything immediately on the calling
// goroutine, at a fixed time.
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

// Import renders the preview of importing a ledger book, as
// 「ledger-import-1366.png」.
func Import(folder string, p Params, book string) ([]string, error) {
	a := test.NewApp()
	defer a.Quit()
	var files []string
	for _, size := range Sizes {
		f := Open(a, p, "ledger", size)
		f.ReadLedger(book)
		path := filepath.Join(folder, fmt.Sprintf("ledger-import-%d.png", int(size.Width)))
		if err := WriteImage(path, f.Window().Canvas().Capture()); err != nil {
			return nil, err
		}
		files = append(files, path)
	}
	return files, nil
}

// Write renders every page in every size into a folder as 「claims-1366.png」,
// and returns the files.
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
			for _, picture := range picturesOf(id) {
				press(f.Window().Canvas(), picture.key, picture.times)
				path := filepath.Join(folder, fmt.Sprintf("%s-%d.png", picture.name, int(size.Width)))
				if err := WriteImage(path, f.Window().Canvas().Capture()); err != nil {
					return nil, err
				}
				files = append(files, path)
			}
		}
	}
	return files, nil
}

// picture is a page to draw after pressing a key some times.
type picture struct {
	name  string
	key   fyne.KeyName
	times int
}

// picturesOf returns the pictures of a page. In lists it selects a later row,
// because the first is rarely typical; of sections it shows the first.
func picturesOf(id string) []picture {
	switch id {
	case "settings", "today":
		return []picture{{name: id}}
	case "admissions":
		return []picture{{id, fyne.KeyDown, 5}, {id + "-open", fyne.KeyReturn, 1}}
	case "coverage":
		return []picture{{name: id}, {id + "-kasan1", fyne.KeyDown, 1}, {id + "-fee2", fyne.KeyDown, 1}, {id + "-reach", fyne.KeyDown, 1}, {id + "-work", fyne.KeyDown, 1}}
	}
	return []picture{{id, fyne.KeyDown, 4}}
}

// press presses a key several times at the cursor.
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

// memory keeps settings during a run.
type memory struct{ s views.Settings }

func (m *memory) Load() (views.Settings, error) { return m.s, nil }
func (m *memory) Save(s views.Settings) error   { m.s = s; return nil }
