package partners

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/assets"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// today is the last day of the sample hospital.
var today = models.MustDate(sample.AsOf)

// sampleApp opens a register, filled with the sample hospital unless empty.
func sampleApp(t testing.TB, empty bool) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{
		Data: filepath.Join(t.TempDir(), "renkei.db"), Actor: "連携 花子",
		Now: func() time.Time { return today.Time() },
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	if !empty {
		_, err = a.LoadSample(context.Background(), nil)
		require.NoError(t, err)
	}
	return a
}

func sampleIndex(t testing.TB, a *app.App) *Index {
	t.Helper()
	judged, err := a.Judged(context.Background())
	require.NoError(t, err)
	return NewIndex(judged, today, nil)
}

// bench is the page in a window on a real register.
type bench struct {
	*Page
	t      testing.TB
	app    *app.App
	shell  *pagetest.Shell
	canvas fyne.Canvas
}

func open(t testing.TB, a *app.App, size fyne.Size) *bench {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, ui.TextSize))
	shell := &pagetest.Shell{On: today}
	p := New(shell, a)
	shell.Pages = []page.Page{p}
	shell.Window = test.NewTempWindow(t, p.Build())
	shell.Window.SetPadded(false)
	shell.Window.Resize(size)
	p.Shown()
	return &bench{Page: p, t: t, app: a, shell: shell, canvas: shell.Window.Canvas()}
}

// wide is the room a page has in a window of 1366×768.
var wide = fyne.NewSize(1366-ui.NavigationWidth-2*12, 768-ui.TitleHeight-ui.StatusHeight-ui.GapField)

func openSample(t testing.TB) *bench {
	t.Helper()
	return open(t, sampleApp(t, false), wide)
}

// press types keys into whatever has the keyboard; Tab moves it on.
func (b *bench) press(keys ...fyne.KeyName) {
	b.t.Helper()
	for _, k := range keys {
		if k == fyne.KeyTab {
			b.canvas.FocusNext()
			continue
		}
		require.NotNil(b.t, b.canvas.Focused())
		b.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// enter types a text into whatever has the keyboard.
func (b *bench) enter(text string) {
	b.t.Helper()
	require.NotNil(b.t, b.canvas.Focused())
	for _, r := range text {
		b.canvas.Focused().TypedRune(r)
	}
}

// save presses Ctrl+S where the keyboard is.
func (b *bench) save() {
	b.t.Helper()
	s, ok := b.canvas.Focused().(fyne.Shortcutable)
	require.True(b.t, ok)
	s.TypedShortcut(ui.SaveShortcut)
}

func (b *bench) book() *models.Book {
	b.t.Helper()
	judged, err := b.app.Judged(context.Background())
	require.NoError(b.t, err)
	return judged.Facts.Book
}

// shows returns every word at the right.
func (b *bench) shows() string { return texts(b.right) }

func texts(o fyne.CanvasObject) string {
	var found []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *ui.Paragraph:
			found = append(found, o.Text())
		case *ui.Caption:
			found = append(found, o.Text())
		case *ui.Badge:
			found = append(found, o.Word())
		case *ui.Button:
			found = append(found, o.Text)
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, child := range test.WidgetRenderer(w).Objects() {
				walk(child)
			}
		} else if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				walk(child)
			}
		}
	}
	walk(o)
	return strings.Join(found, "\n")
}

// button finds a button at the right by its word.
func (b *bench) button(word string) *ui.Button {
	b.t.Helper()
	var found *ui.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if button, ok := o.(*ui.Button); ok && button.Text == word && found == nil {
			found = button
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, child := range test.WidgetRenderer(w).Objects() {
				walk(child)
			}
		} else if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				walk(child)
			}
		}
	}
	walk(b.right)
	require.NotNil(b.t, found, "no button %s", word)
	return found
}
