package views

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/assets"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
)

// walker is a person at the keyboard in front of the whole window, on a
// register of their own that holds the sample hospital. What they see is the
// screen; what they did is read from the register.
type walker struct {
	*Frame
	t         *testing.T
	data      string // the folder of the register, the settings and the drafts
	registers *app.Registers
	files     *fakeFiles
	opened    []string
	clock     *time.Time
	keys      int // keys pressed, a chord as one; text typed is not counted
}

// morning is when the walks take place: the day the sample is looked at.
func morning() time.Time {
	day, err := time.Parse(time.DateOnly, sample.AsOf)
	if err != nil {
		panic(err)
	}
	return day.Add(10 * time.Hour)
}

func walkConfig(path string, now func() time.Time) app.Config {
	return app.Config{Data: path, Actor: "看護師 渡邉", Now: now, Log: slog.New(slog.DiscardHandler)}
}

// sit opens the window on a new register of the sample hospital.
func sit(t *testing.T) *walker {
	t.Helper()
	folder := t.TempDir()
	apptest.WriteSample(t, filepath.Join(folder, "renkei.db"))
	return sitAgain(t, folder)
}

// sitAgain opens the window on what an earlier one left, as after a crash.
func sitAgain(t *testing.T, folder string) *walker {
	t.Helper()
	return sitAt(t, folder, filepath.Join(folder, "renkei.db"))
}

// sitAt opens the window on the register at a place.
func sitAt(t *testing.T, folder, place string) *walker {
	t.Helper()
	clock := morning()
	now := func() time.Time { return clock }
	registers, err := app.OpenRegisters(context.Background(), walkConfig(place, now), app.Beginning{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, registers.Close()) })
	w := &walker{t: t, data: folder, registers: registers, files: &fakeFiles{folder: t.TempDir()}, clock: &clock}
	worker := syncWorker()
	worker.Now = now
	w.Frame = NewFrame(test.NewTempApp(t), Params{
		Desk: AppDesk(registers), Settings: NewSettingsFile(filepath.Join(folder, "settings.json")), Drafts: filepath.Join(folder, "drafts"),
		Version: app.Version, Log: slog.New(slog.DiscardHandler), Worker: worker, Files: w.files,
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
		Open:  func(path string) error { w.opened = append(w.opened, path); return nil },
	})
	w.window.Resize(fyne.NewSize(1366, 768))
	w.Start()
	return w
}

// later lets time pass.
func (w *walker) later(by time.Duration) { *w.clock = w.clock.Add(by) }

func (w *walker) today() models.Date { return models.DateOf(*w.clock) }

// press presses keys as the window does: Tab moves on, the others go to where
// the keyboard is.
func (w *walker) press(keys ...fyne.KeyName) {
	w.t.Helper()
	for _, key := range keys {
		w.keys++
		c := w.window.Canvas()
		focused := c.Focused()
		if tabbable, ok := focused.(fyne.Tabbable); key == fyne.KeyTab && (!ok || !tabbable.AcceptsTab()) {
			c.FocusNext()
			continue
		}
		require.NotNil(w.t, focused, "the keyboard is somewhere when %s is pressed", key)
		focused.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

// write types a text, a blank included, where the keyboard is.
func (w *walker) write(text string) {
	w.t.Helper()
	for _, r := range text {
		require.NotNil(w.t, w.window.Canvas().Focused(), "the keyboard is somewhere when 「%s」 is typed", text)
		w.window.Canvas().Focused().TypedRune(r)
	}
}

// chord presses a key with others held: the focused part gets it, else the
// window.
func (w *walker) chord(mod fyne.KeyModifier, key fyne.KeyName) {
	w.t.Helper()
	w.keys++
	shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: mod}
	if focused, ok := w.window.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(shortcut)
		return
	}
	w.shortcut(shortcut) // the test driver's window keeps none
}

func (w *walker) control(key fyne.KeyName) { w.t.Helper(); w.chord(fyne.KeyModifierControl, key) }

// turnTo goes to a page by Ctrl+PageDown.
func (w *walker) turnTo(id string) {
	w.t.Helper()
	for range w.screens {
		if w.page().ID() == id {
			return
		}
		w.control(fyne.KeyPageDown)
	}
	require.Equal(w.t, id, w.page().ID())
}

// at is the name of the part that has the keyboard.
func (w *walker) at() string {
	switch o := w.window.Canvas().Focused().(type) {
	case *ui.Button:
		return o.Text
	case interface{ AccessibilityLabel() string }:
		return o.AccessibilityLabel()
	}
	return ""
}

// tabTo presses Tab until the keyboard is in the part whose name begins so.
func (w *walker) tabTo(beginning string) {
	w.t.Helper()
	w.tabUntil(beginning, func(at string) bool { return strings.HasPrefix(at, beginning) })
}

func (w *walker) tabUntil(name string, there func(at string) bool) {
	w.t.Helper()
	var passed []string
	for range 80 {
		if there(w.at()) {
			return
		}
		passed = append(passed, w.at())
		w.press(fyne.KeyTab)
	}
	require.Failf(w.t, "Tab leads nowhere near", "「%s」, only to %q", name, passed)
}

// fill goes to a field by Tab and types.
func (w *walker) fill(field, text string) {
	w.t.Helper()
	w.tabUntil(field, func(at string) bool { return at == field })
	w.write(text)
}

// tap presses a button of the window by its words.
func (w *walker) tap(words string) {
	w.t.Helper()
	button := findButtons(w.window.Content())[words]
	require.NotNil(w.t, button, "the button 「%s」 is on the screen: %q", words, w.seen())
	require.True(w.t, button.Visible() && !button.Disabled(), "「%s」 can be pressed", words)
	test.Tap(button)
}

// seen is all text on the page and over it.
func (w *walker) seen() string {
	var words []string
	see := func(root fyne.CanvasObject) {
		walkShown(root, func(o fyne.CanvasObject) {
			if labelled, ok := o.(interface{ AccessibilityLabel() string }); ok {
				words = append(words, labelled.AccessibilityLabel())
			}
		})
	}
	see(w.window.Content())
	for _, o := range w.window.Canvas().Overlays().List() {
		see(o)
	}
	return strings.Join(words, "\n")
}

// walkShown visits what can be seen.
func walkShown(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	if w, ok := o.(fyne.Widget); ok {
		for _, child := range test.WidgetRenderer(w).Objects() {
			walkShown(child, visit)
		}
	} else if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			walkShown(child, visit)
		}
	}
}

// facts is what the register holds now.
func (w *walker) facts() *fee.Facts {
	w.t.Helper()
	return w.judged().Facts
}

func (w *walker) judged() *app.Judged {
	w.t.Helper()
	judged, err := w.registers.Shown().Judged(context.Background(), models.Part{Whole: true})
	require.NoError(w.t, err)
	return judged
}

// day reads a date.
func day(text string) models.Date { return models.MustDate(text) }
