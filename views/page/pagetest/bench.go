package pagetest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/assets"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// Actor is who changes the register in a test.
const Actor = "山田"

// Today is the last day of the sample hospital.
const Today models.Date = 2026_11_22

// Now is half past ten of Today.
func Now() time.Time { return time.Date(2026, 11, 22, 10, 30, 0, 0, time.Local) }

// The room a page has in a window of 1366×768 and of 1920×1080.
var (
	Small = room(1366, 768)
	Large = room(1920, 1080)
)

func room(width, height float32) fyne.Size {
	const around = 12 // of the page, at each side
	return fyne.NewSize(width-ui.NavigationWidth-2*around, height-ui.TitleHeight-ui.StatusHeight-ui.GapField)
}

// NewApp opens an empty register under a clock.
func NewApp(t testing.TB, now func() time.Time) *app.App {
	t.Helper()
	return apptest.Empty(t, apptest.By(Actor), apptest.At(now))
}

// SampleApp opens a register that holds the sample hospital, at Now.
func SampleApp(t testing.TB) *app.App {
	t.Helper()
	return apptest.Sample(t, apptest.By(Actor), apptest.At(Now))
}

// Bench is a page in a window over a real register, and the hands at its
// keyboard.
type Bench struct {
	T       testing.TB
	App     *app.App
	Shell   *Shell
	toolkit fyne.App
}

// NewBench returns a window on the last day of the sample hospital, with
// nothing in it yet.
func NewBench(t testing.TB, a *app.App) *Bench {
	t.Helper()
	b := &Bench{T: t, App: a, toolkit: test.NewTempApp(t)}
	b.SetTextSize(ui.TextSize)
	b.Shell = &Shell{On: Today, Window: test.NewTempWindow(t, nil)}
	b.Shell.Window.SetPadded(false)
	return b
}

// SetTextSize draws everything with text of a size in pixels.
func (b *Bench) SetTextSize(size float32) {
	b.toolkit.Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, size))
}

// Show brings a page into sight in a window of a size, as a start of the
// program does.
func (b *Bench) Show(p page.Page, size fyne.Size) {
	b.T.Helper()
	b.Shell.Pages = []page.Page{p}
	b.Shell.Window.SetContent(p.Build())
	b.Shell.Window.Resize(size)
	p.Shown()
	require.Empty(b.T, b.Shell.Errors)
}

// Focused is what has the keyboard; there must be something.
func (b *Bench) Focused() fyne.Focusable {
	b.T.Helper()
	focused := b.Shell.Canvas().Focused()
	require.NotNil(b.T, focused, "nothing has the keyboard")
	return focused
}

// Cursor is the name of what has the keyboard, as a screen reader says it.
func (b *Bench) Cursor() string {
	if named, ok := b.Focused().(interface{ AccessibilityLabel() string }); ok {
		return named.AccessibilityLabel()
	}
	return ""
}

// Press types keys into whatever has the keyboard; Tab moves it on.
func (b *Bench) Press(keys ...fyne.KeyName) {
	b.T.Helper()
	for _, k := range keys {
		if k == fyne.KeyTab {
			b.Shell.Canvas().FocusNext()
			continue
		}
		b.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// Type types a text into whatever has the keyboard, which may move meanwhile.
func (b *Bench) Type(text string) {
	b.T.Helper()
	for _, r := range text {
		b.Focused().TypedRune(r)
	}
}

// TypeOver types a text in place of what stands in the field.
func (b *Bench) TypeOver(text string) {
	b.T.Helper()
	if s, ok := b.Focused().(fyne.Shortcutable); ok {
		s.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	b.Type(text)
}

// Shortcut presses a key with Ctrl or another modifier.
func (b *Bench) Shortcut(key fyne.KeyName, modifier fyne.KeyModifier) {
	b.T.Helper()
	focused, ok := b.Focused().(fyne.Shortcutable)
	require.True(b.T, ok, "%T takes no shortcuts", b.Focused())
	focused.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
}

// CtrlS presses Ctrl+S where the keyboard is.
func (b *Bench) CtrlS() {
	b.T.Helper()
	b.Shortcut(fyne.KeyS, fyne.KeyModifierControl)
}

// Said is the last notice.
func (b *Bench) Said() string {
	b.T.Helper()
	require.NotEmpty(b.T, b.Shell.Said)
	return b.Shell.Said[len(b.Shell.Said)-1]
}

// Judged is the register as it is now.
func (b *Bench) Judged() *app.Judged {
	b.T.Helper()
	judged, err := b.App.Judged(context.Background(), models.Part{Whole: true})
	require.NoError(b.T, err)
	return judged
}

// Book is what the register holds now.
func (b *Bench) Book() *models.Book {
	b.T.Helper()
	return b.Judged().Facts.Book
}

// walk visits what is in sight below an object, from the top.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		below = o.Objects
	}
	for _, child := range below {
		walk(child, visit)
	}
}

// Texts returns every word in sight below an object, a line each.
func Texts(o fyne.CanvasObject) string {
	var words []string
	walk(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *ui.Paragraph:
			words = append(words, o.Text())
		case *ui.Caption:
			words = append(words, o.Text())
		case *ui.Badge:
			words = append(words, o.Word())
		case *ui.Button:
			words = append(words, o.Text)
		}
	})
	return strings.Join(words, "\n")
}

// Button returns the first button in sight with a word below an object.
func Button(t testing.TB, o fyne.CanvasObject, word string) *ui.Button {
	t.Helper()
	var found *ui.Button
	walk(o, func(o fyne.CanvasObject) {
		if b, ok := o.(*ui.Button); ok && b.Text == word && found == nil {
			found = b
		}
	})
	require.NotNil(t, found, "no button %s among\n%s", word, Texts(o))
	return found
}

// Links returns what is in sight below an object that leads to a record, by its
// words.
func Links(o fyne.CanvasObject) map[string]fyne.Tappable {
	links := make(map[string]fyne.Tappable)
	walk(o, func(o fyne.CanvasObject) {
		labelled, ok := o.(interface {
			fyne.Tappable
			AccessibilityLabel() string
			AccessibilityRole() fyne.AccessibleRole
		})
		if ok && labelled.AccessibilityRole() == fyne.AccessibleRoleLink {
			links[labelled.AccessibilityLabel()] = labelled
		}
	})
	return links
}

// Conditions is the first table of conditions in sight below an object.
func Conditions(t testing.TB, o fyne.CanvasObject) *ui.Conditions {
	t.Helper()
	var found *ui.Conditions
	walk(o, func(o fyne.CanvasObject) {
		if c, ok := o.(*ui.Conditions); ok && found == nil {
			found = c
		}
	})
	require.NotNil(t, found, "no table of conditions among\n%s", Texts(o))
	return found
}

// All returns everything of a type in sight below an object, from the top.
func All[O fyne.CanvasObject](below fyne.CanvasObject) []O {
	var all []O
	walk(below, func(o fyne.CanvasObject) {
		if o, ok := o.(O); ok {
			all = append(all, o)
		}
	})
	return all
}

// Field returns the field of a form by its name.
func Field[F ui.Field](t testing.TB, f interface{ Field(name string) ui.Field }, name string) F {
	t.Helper()
	field, ok := f.Field(name).(F)
	require.True(t, ok, "%s is no %T", name, field)
	return field
}

// Form is the usual form open on a page of records.
func Form(t testing.TB, p interface{ Editor() page.Editor }) *page.Form {
	t.Helper()
	f, ok := p.Editor().(*page.Form)
	require.True(t, ok, "no form is open but %T", p.Editor())
	return f
}

// EntersAll checks that a form has a field for every field of a record but those
// named.
func EntersAll[R any](t testing.TB, f *page.Form, but ...string) {
	t.Helper()
	for _, described := range models.FieldsOf[R]() {
		if !slices.Contains(but, described.Name) {
			assert.NotNil(t, f.Field(described.Name), "%s cannot be entered", described.Name)
		}
	}
}
